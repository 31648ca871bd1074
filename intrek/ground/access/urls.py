"""Addresses of who one is here."""

from django.urls import path

from intrek.ground.access import views

app_name = "access"
urlpatterns = [
    path("switch/", views.switch, name="switch"),
    path("lock/", views.lock, name="lock"),
    path("here/", views.here, name="here"),
]
