"""Addresses of dwellings; the list of them, with what they do, is in allocation."""

from django.urls import path

from intrek.ground.dwellings import views

app_name = "dwellings"

urlpatterns = [
    path("add/", views.add, name="add"),
    path("<uuid:dwelling_id>/", views.dwelling, name="dwelling"),
    path("<uuid:dwelling_id>/change/", views.change, name="change"),
]
