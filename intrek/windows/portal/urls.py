"""The start pages of partners."""

from django.urls import path

from intrek.windows.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("dwellings/", views.dwellings, name="dwellings"),
    path("shared/", views.shared, name="shared"),
    path("shared/<uuid:pathway_id>/", views.shared_file, name="shared_file"),
    path("outside/", views.outside, name="outside"),
    path("outside/<uuid:pathway_id>/", views.outside_file, name="outside_file"),
    path("as-seen/<uuid:pathway_id>/", views.as_seen, name="as_seen"),
]
