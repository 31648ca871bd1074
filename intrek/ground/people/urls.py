from django.urls import path

from intrek.ground.people import views

app_name = "people"
urlpatterns = [
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("of/<uuid:pathway_id>/edit/", views.edit, name="edit"),
    path("of/<uuid:pathway_id>/residences/", views.residences, name="residences"),
    path("of/<uuid:pathway_id>/near/", views.near, name="near"),
    path("of/<uuid:pathway_id>/registration/", views.registration, name="registration"),
    path("of/<uuid:pathway_id>/consent/", views.consent, name="consent"),
    path("of/<uuid:pathway_id>/consent/<uuid:consent_id>/", views.end_consent, name="end_consent"),
    path("of/<uuid:pathway_id>/sharing/", views.sharing, name="sharing"),
    path("of/<uuid:pathway_id>/sharing/new/", views.share, name="share"),
    path("of/<uuid:pathway_id>/sharing/<uuid:share_id>/sheet/", views.share_sheet, name="share_sheet"),
    path("of/<uuid:pathway_id>/sharing/<uuid:share_id>/", views.withdraw_share, name="withdraw_share"),
]
