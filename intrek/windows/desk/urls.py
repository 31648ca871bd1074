"""Addresses of the desk."""

from django.urls import path

from intrek.windows.desk.views import agenda
from intrek.windows.desk.views import looks as looks_views
from intrek.windows.desk.views import pages as views
from intrek.windows.desk.views import review as review_views

app_name = "desk"

urlpatterns = [
    path("day/", views.day, name="day"),
    path("referrals/", views.referrals, name="referrals"),
    path("waiting/", views.waiting, name="waiting"),
    path("residents/", views.residents, name="residents"),
    path("meeting/<uuid:meeting_id>/fill/", agenda.fill_agenda, name="fill_agenda"),
    path("looks/", looks_views.looks, name="looks"),
    path("pathway/<uuid:pathway_id>/looks/", looks_views.looks_sheet, name="looks_sheet"),
    path("looks/review/", review_views.review, name="review"),
    path("looks/review/<str:key>/", review_views.judge, name="judge"),
    path("pathway/<uuid:pathway_id>/tie/", review_views.tie, name="tie"),
    path("search/", views.search, name="search"),
    path("pathway/<uuid:pathway_id>/", views.pathway, name="pathway"),
    path("pathway/<uuid:pathway_id>/timeline/", views.timeline, name="timeline"),
    path("pathway/<uuid:pathway_id>/answer/", views.answer, name="answer"),
    path("pathway/<uuid:pathway_id>/complete/", views.complete, name="complete"),
]
