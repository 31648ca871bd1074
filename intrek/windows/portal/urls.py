"""The start pages of partners."""

from django.urls import path

from intrek.windows.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("dwellings/", views.dwellings, name="dwellings"),
]
