"""Addresses of services around the home."""

from django.urls import path

from intrek.ground.services import views

app_name = "services"

urlpatterns = [
    path("", views.directory, name="directory"),
    path("add/", views.add, name="add"),
    path("<uuid:service_id>/", views.of_service, name="of_service"),
    path("<uuid:service_id>/edit/", views.edit, name="edit"),
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("of/<uuid:pathway_id>/ask/", views.ask, name="ask"),
    path("asked/<uuid:request_id>/", views.change, name="change"),
    path("asked/<uuid:request_id>/checked/", views.checked, name="checked"),
]
