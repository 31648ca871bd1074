"""Addresses of the stay."""

from django.urls import path

from intrek.story.placement import views

app_name = "placement"

urlpatterns = [
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("prepare/<uuid:allocation_id>/", views.prepare, name="prepare"),
    path("<uuid:placement_id>/", views.stay, name="stay"),
    path("<uuid:placement_id>/days/", views.change_days, name="change_days"),
    path("<uuid:placement_id>/worker/", views.worker, name="worker"),
    path("<uuid:placement_id>/call-off/", views.call_off, name="call_off"),
    path("<uuid:placement_id>/keys-back/", views.keys_back, name="keys_back"),
    path("<uuid:placement_id>/furnishing/", views.furnishing, name="furnishing"),
    path("<uuid:placement_id>/furnishing/usual/", views.list_usual, name="list_usual"),
    path("<uuid:placement_id>/furnishing/<uuid:furnishing_id>/", views.furnish, name="furnish"),
    path("<uuid:placement_id>/fee/", views.fee, name="fee"),
    path("<uuid:placement_id>/domicile/", views.domicile, name="domicile"),
    path("<uuid:placement_id>/domicile/contact/", views.contact, name="contact"),
    path("<uuid:placement_id>/deviate/", views.deviate, name="deviate"),
    path("<uuid:placement_id>/deviation/<uuid:deviation_id>/", views.learned, name="learned"),
]
