"""Addresses of allocation."""

from django.urls import path

from intrek.story.allocation.views import choices, offers

app_name = "allocation"

urlpatterns = [
    path("stock/", offers.stock, name="stock"),
    path("free/", offers.free, name="free"),
    path("dwelling/<uuid:dwelling_id>/", offers.of_dwelling, name="of_dwelling"),
    path("dwelling/<uuid:dwelling_id>/offer/", offers.offer, name="offer"),
    path("offer/<uuid:offer_id>/change/", offers.change, name="change_offer"),
    path("offer/<uuid:offer_id>/withdraw/", offers.withdraw, name="withdraw"),
    path("offer/<uuid:offer_id>/candidates/", choices.shortlist, name="shortlist"),
    path("offer/<uuid:offer_id>/choose/<uuid:pathway_id>/", choices.choose, name="choose"),
    path("pathway/<uuid:pathway_id>/", choices.of_pathway, name="of_pathway"),
    path("<uuid:allocation_id>/accept/", choices.accept, name="accept"),
    path("<uuid:allocation_id>/decline/", choices.decline, name="decline"),
    path("<uuid:allocation_id>/release/", choices.release, name="release"),
]
