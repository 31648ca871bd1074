"""Meetings: the list, one of them, its facts and who attends."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.lists import list_page
from intrek.ground.common.pages import AskedRequest, requires, tried
from intrek.ground.common.refusals import Refused
from intrek.ground.common.sheets import Column
from intrek.ground.common.wording import day
from intrek.story.intervision import actions, queries
from intrek.story.intervision.forms import AttendanceForm, CallOffForm, MeetingForm, SeriesForm
from intrek.story.intervision.models import Meeting, MeetingKind

COLUMNS = [
    Column(gettext_lazy("Day"), lambda row: row.on),
    Column(gettext_lazy("Place"), lambda row: row.place),
    Column(gettext_lazy("Chair"), lambda row: row.chair),
    Column(gettext_lazy("On the agenda"), lambda row: row.item_count),
    Column(gettext_lazy("Not decided"), lambda row: row.undecided_count),
    Column(gettext_lazy("Minutes closed on"), lambda row: row.closed_on),
]


def find_meeting(request: HttpRequest, meeting_id: Any) -> Meeting:
    """The meeting of the address, if it is one of the reader's programme."""
    member = request.member  # type: ignore[attr-defined]
    rows = Meeting.objects.filter(programme_id=member.programme_id).select_related("programme", "chair__organisation")
    return get_object_or_404(rows, pk=meeting_id)


def _page(request: AskedRequest, meeting: Meeting, **more: Any) -> HttpResponse:
    items = queries.items_of(meeting)
    attendance = queries.attendance_of(meeting)
    context = {
        "meeting": meeting,
        "items": items,
        "undecided": [each for each in items if not each.decision and each.pathway.is_open],
        "present": [each for each in attendance if each.is_present],
        "apologies": [each for each in attendance if not each.is_present],
        "points": queries.points_at(meeting),
        "invited": queries.invited_to(meeting),
    }
    return render(request, "intervision/meeting.html", context | {"reasons": []} | more)


@requires("intervision.read")
def all_meetings(request):
    """Every meeting, the latest first."""
    rows = queries.meetings_of(request.member)
    return list_page(request, rows, "intervision/meetings.html", title=_("Intervision"), columns=COLUMNS)


@requires("intervision.read")
def one(request, meeting_id):
    """One meeting: its agenda, who attends, what was agreed."""
    meeting = find_meeting(request, meeting_id)
    if meeting.is_of_steering_group:
        return redirect("steering:meeting", meeting.pk)
    if meeting.on == request.today and meeting.planned_end and not meeting.closed_on:
        request.hold_open(meeting.planned_end)  # no screen locks while people talk
    return _page(request, meeting)


@requires("intervision.plan")
def plan(request, kind=MeetingKind.INTERVISION):
    """Plan a meeting, of the partners or of the steering group."""
    programme = request.member.programme
    work = drafted(request, MeetingForm, f"intervision.meeting.new:{kind}", programme=programme, kind=kind)
    if work.saved(partial(actions.plan_meeting, programme, kind=kind, by=request.member)):
        messages.success(request, _("The meeting of %(day)s is planned.") % {"day": day(work.result.on)})
        return redirect("intervision:meeting", work.result.pk)
    return work.page("intervision/meeting_form.html", meeting=None, title=_("Plan a meeting"))


@requires("intervision.plan")
def plan_series(request):
    """Plan the meetings of a year at once."""
    programme = request.member.programme
    usual = queries.usual_series(programme, request.today)
    work = drafted(request, SeriesForm, "intervision.series.new", programme=programme, initial=usual)
    if work.saved(partial(actions.plan_series, programme, by=request.member)):
        told = _("These meetings are planned: %(days)s.") % {"days": ", ".join(day(each.on) for each in work.result)}
        messages.success(request, told)
        return redirect("intervision:meetings")
    return work.page("intervision/meeting_form.html", meeting=None, title=_("Plan a series"))


@requires("intervision.plan")
def change(request, meeting_id):
    """Change when, where or under whom the partners meet."""
    meeting = find_meeting(request, meeting_id)
    key = f"intervision.meeting:{meeting.pk}"
    work = drafted(request, MeetingForm, key, instance=meeting, programme=meeting.programme, kind=meeting.kind)
    if work.saved(partial(actions.change_meeting, meeting, by=request.member)):
        return redirect("intervision:meeting", meeting.pk)
    return work.page("intervision/meeting_form.html", meeting=meeting)


@requires("intervision.minute")
def attendance(request, meeting_id):
    """Write down who attends and who sent apologies."""
    meeting = find_meeting(request, meeting_id)
    asked = {"people": queries.contacts_of(meeting.programme), "came": queries.who_came(meeting)}
    work = drafted(request, AttendanceForm, f"intervision.attendance:{meeting.pk}", **asked)
    if work.saved(partial(actions.note_attendance, meeting, by=request.member)):
        return redirect("intervision:meeting", meeting.pk)
    return work.page("intervision/people.html", meeting=meeting, title=_("Who is there"), button=_("Save"))


@requires("intervision.plan")
def find(request, meeting_id):
    """Look for somebody to put on the agenda by hand."""
    meeting = find_meeting(request, meeting_id)
    text = request.GET.get("q", "")[:80]
    context = {"meeting": meeting, "text": text, "found": queries.found_for(meeting, text)}
    return render(request, "intervision/find.html", context)


@require_POST
@requires("intervision.plan")
def close(request, meeting_id):
    """Close the minutes, or hear who is still undecided."""
    meeting = find_meeting(request, meeting_id)
    try:
        actions.close_meeting(meeting, on=request.today, by=request.member)
    except Refused as refused:
        return _page(request, meeting, reasons=refused.reasons)
    return redirect("intervision:meeting", meeting.pk)


@requires("intervision.plan")
def call_off(request, meeting_id):
    """Say that the partners do not meet: the agenda goes to the next meeting, and everybody hears it."""
    meeting = find_meeting(request, meeting_id)
    work = drafted(request, CallOffForm, f"intervision.call_off:{meeting.pk}")
    if work.saved(partial(actions.call_off, meeting, on=request.today, by=request.member)):
        messages.success(request, _("The meeting of %(day)s is called off.") % {"day": day(meeting.on)})
        return redirect("intervision:meeting", meeting.pk)
    return work.page(
        "common/form_page.html",
        title=_("Call off the meeting of %(day)s") % {"day": day(meeting.on)},
        save=_("Call off"),
        back=reverse("intervision:meeting", args=[meeting.pk]),
        facts=queries.follows_calling_off(meeting),
        reasons=queries.call_off_reasons(meeting) if request.method == "GET" else [],
    )


@require_POST
@requires("intervision.plan")
def reopen(request, meeting_id):
    """Open the minutes again."""
    meeting = find_meeting(request, meeting_id)
    tried(request, partial(actions.reopen_meeting, meeting, on=request.today, by=request.member))
    return redirect("intervision:meeting", meeting.pk)
