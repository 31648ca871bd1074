"""Addresses of intervision."""

from django.urls import path

from intrek.story.intervision.models import MeetingKind
from intrek.story.intervision.views import invitations, items, meetings, minutes, points

app_name = "intervision"

urlpatterns = [
    path("", meetings.all_meetings, name="meetings"),
    path("plan/", meetings.plan, name="plan"),
    path("plan/series/", meetings.plan_series, name="plan_series"),
    path("plan/steering/", meetings.plan, {"kind": MeetingKind.STEERING}, name="plan_steering"),
    path("points/", points.open_ones, name="points"),
    path("meeting/<uuid:meeting_id>/", meetings.one, name="meeting"),
    path("meeting/<uuid:meeting_id>/change/", meetings.change, name="change"),
    path("meeting/<uuid:meeting_id>/attendance/", meetings.attendance, name="attendance"),
    path("meeting/<uuid:meeting_id>/invite/", invitations.invite, name="invite"),
    path("invitation/<uuid:invitation_id>/", invitations.answer, name="invitation"),
    path("invitation/<uuid:invitation_id>/calendar/", invitations.in_calendar, name="in_calendar"),
    path("meeting/<uuid:meeting_id>/find/", meetings.find, name="find"),
    path("meeting/<uuid:meeting_id>/close/", meetings.close, name="close"),
    path("meeting/<uuid:meeting_id>/call-off/", meetings.call_off, name="call_off"),
    path("meeting/<uuid:meeting_id>/reopen/", meetings.reopen, name="reopen"),
    path("meeting/<uuid:meeting_id>/minutes/", minutes.of_meeting, name="minutes"),
    path("meeting/<uuid:meeting_id>/minutes/paper/", minutes.of_meeting_paper, name="minutes_paper"),
    path("ours/<uuid:meeting_id>/paper/", minutes.our_minutes_paper, name="our_minutes_paper"),
    path("ours/", minutes.ours, name="ours"),
    path("ours/<uuid:meeting_id>/", minutes.our_minutes, name="our_minutes"),
    path("item/<uuid:item_id>/", items.one, name="item"),
    path("item/<uuid:item_id>/decide/", items.decide, name="decide"),
    path("item/<uuid:item_id>/move/", items.move, name="move"),
    path("item/<uuid:item_id>/take-off/", items.take_off, name="take_off"),
    path("item/<uuid:item_id>/point/", points.add, name="add_point"),
    path("point/<uuid:point_id>/tick/", points.tick, name="tick"),
    path("pathway/<uuid:pathway_id>/", items.of_pathway, name="of_pathway"),
    path("pathway/<uuid:pathway_id>/put-on/", items.put_on, name="put_on"),
]
