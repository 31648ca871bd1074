from django.urls import path

from intrek.story.referral import views

app_name = "referral"
urlpatterns = [
    path("new/", views.new, name="new"),
    path("new/<uuid:draft_id>/check/", views.check, name="check"),
    path("new/<uuid:draft_id>/throw-away/", views.throw_away, name="throw_away"),
    path("new/<uuid:draft_id>/<slug:step>/", views.step, name="step"),
    path("of/<uuid:pathway_id>/", views.of_pathway, name="of_pathway"),
    path("of/<uuid:pathway_id>/said/", views.said, name="said"),
    path("of/<uuid:pathway_id>/correct/", views.correct, name="correct"),
    path("of/<uuid:pathway_id>/care/", views.care, name="care"),
    path("of/<uuid:pathway_id>/person/", views.same_person, name="same_person"),
    path("of/<uuid:pathway_id>/ask/", views.ask, name="ask"),
    path("of/<uuid:pathway_id>/add/", views.add, name="add"),
    path("of/<uuid:pathway_id>/pause/", views.pause, name="pause"),
    path("answer/<uuid:remark_id>/", views.answer, name="answer"),
    path("file/<uuid:upload_id>/", views.file, name="file"),
    path("file/<uuid:upload_id>/small/", views.small, name="small"),
    path("of/<uuid:pathway_id>/withdraw/", views.withdraw, name="withdraw"),
]
