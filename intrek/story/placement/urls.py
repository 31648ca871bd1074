"""Addresses of the stay."""

from django.urls import path

from intrek.story.placement.views import condition, fees, stay

app_name = "placement"

urlpatterns = [
    path("of/<uuid:pathway_id>/", stay.of_pathway, name="of_pathway"),
    path("prepare/<uuid:allocation_id>/", stay.prepare, name="prepare"),
    path("<uuid:placement_id>/", stay.stay, name="stay"),
    path("<uuid:placement_id>/days/", stay.change_days, name="change_days"),
    path("<uuid:placement_id>/worker/", stay.worker, name="worker"),
    path("<uuid:placement_id>/call-off/", stay.call_off, name="call_off"),
    path("<uuid:placement_id>/keys-back/", stay.keys_back, name="keys_back"),
    path("<uuid:placement_id>/furnishing/", stay.furnishing, name="furnishing"),
    path("<uuid:placement_id>/furnishing/usual/", stay.list_usual, name="list_usual"),
    path("<uuid:placement_id>/furnishing/<uuid:furnishing_id>/", stay.furnish, name="furnish"),
    path("<uuid:placement_id>/condition/<slug:moment>/", condition.condition, name="condition"),
    path("<uuid:placement_id>/condition/<slug:moment>/rest/", condition.rest_is_good, name="rest_is_good"),
    path("condition/<uuid:item_id>/", condition.look_at, name="look_at"),
    path("condition/<uuid:item_id>/take-out/", condition.take_out, name="take_out"),
    path("condition/<uuid:item_id>/bear/", condition.bear, name="bear"),
    path("photos/<uuid:upload_id>/", condition.photo, name="photo"),
    path("photos/<uuid:upload_id>/small/", condition.small_photo, name="small_photo"),
    path("photos/<uuid:upload_id>/drop/", condition.drop_photo, name="drop_photo"),
    path("<uuid:placement_id>/fee/", fees.fee, name="fee"),
    path("<uuid:placement_id>/payments/", fees.payments, name="payments"),
    path("<uuid:placement_id>/payments/ask/", fees.ask, name="ask"),
    path("<uuid:placement_id>/payments/statement/", fees.statement, name="statement"),
    path("payments/", fees.ledger, name="ledger"),
    path("payments/ask/", fees.ask_everybody, name="ask_everybody"),
    path("payments/<uuid:asked_id>/", fees.asked, name="asked"),
    path("payments/<uuid:asked_id>/correct/", fees.correct, name="correct"),
    path("payments/booked/<uuid:payment_id>/take-back/", fees.take_back, name="take_back"),
    path("payments/<uuid:asked_id>/paper/", fees.request_paper, name="request_paper"),
    path("<uuid:placement_id>/domicile/", stay.domicile, name="domicile"),
    path("<uuid:placement_id>/domicile/contact/", stay.contact, name="contact"),
    path("<uuid:placement_id>/deviate/", stay.deviate, name="deviate"),
    path("<uuid:placement_id>/deviation/<uuid:deviation_id>/", stay.learned, name="learned"),
]
