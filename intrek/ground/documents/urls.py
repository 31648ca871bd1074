"""Addresses of papers."""

from django.urls import path

from intrek.ground.documents import views

app_name = "documents"

urlpatterns = [
    path("of/<uuid:stay_id>/", views.of_stay, name="of_stay"),
    path("<uuid:paper_id>/sign/", views.sign, name="sign"),
    path("<uuid:paper_id>/set-aside/", views.set_aside, name="set_aside"),
]
