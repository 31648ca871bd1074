"""Addresses of the partners' pages."""

from django.urls import path

from intrek.ground.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("add/", views.add, name="add"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/stand-in/", views.stand_in, name="stand_in"),
    path("begin/", views.begin, name="begin"),
    path("<uuid:organisation_id>/", views.organisation, name="organisation"),
    path("<uuid:organisation_id>/change/", views.change, name="change"),
    path("<uuid:organisation_id>/rename/", views.rename, name="rename"),
    path("<uuid:organisation_id>/merge/", views.merge, name="merge"),
    path("<uuid:organisation_id>/protocol/", views.add_protocol, name="add_protocol"),
    path("protocols/<uuid:protocol_id>/end/", views.end_protocol, name="end_protocol"),
    path("<uuid:organisation_id>/people/add/", views.add_person, name="add_person"),
    path("people/<uuid:contact_id>/", views.change_person, name="change_person"),
    path("people/<uuid:contact_id>/role/", views.give, name="give_role"),
    path("roles/<uuid:membership_id>/end/", views.end, name="end_role"),
    path("roles/<uuid:membership_id>/invite/", views.invite_again, name="invite_again"),
    path("roles/<uuid:membership_id>/let-in/", views.reset, name="reset"),
    path("resets/<uuid:reset_id>/confirm/", views.confirm_reset, name="confirm_reset"),
]
