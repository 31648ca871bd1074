"""The minutes of a meeting, on the screen and on paper: all of them, and for each partner its own."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.common.downloads import made_or_told
from intrek.ground.common.listing import address_with
from intrek.ground.common.lists import list_page
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.common.wording import day
from intrek.ground.documents.actions import press_sheet
from intrek.ground.partners.models import Organisation
from intrek.story.intervision import queries
from intrek.story.intervision.sheets import minutes_sheet
from intrek.story.intervision.views.meetings import find_meeting


def _tabs(request: HttpRequest, partners: list[Organisation], chosen: Organisation | None) -> list[dict[str, Any]]:
    whole = {"url": address_with(request.GET, partner=""), "label": _("All of it"), "current": chosen is None}
    return [whole] + [
        {"url": address_with(request.GET, partner=str(each.pk)), "label": each.name, "current": each == chosen}
        for each in partners
    ]


def _chosen(request: HttpRequest, partners: list[Organisation]) -> Organisation | None:
    """The partner that the address names; all of the minutes without one."""
    named = request.GET.get("partner", "")
    if not named:
        return None
    found = next((each for each in partners if str(each.pk) == named), None)
    if found is None:
        raise Http404
    return found


@requires("intervision.read")
def of_meeting(request, meeting_id):
    """The minutes: all of them, or as one partner reads them."""
    meeting = find_meeting(request, meeting_id)
    partners = queries.partners_at(meeting)
    chosen = _chosen(request, partners)
    page = {"minutes": queries.minutes_of(meeting, chosen), "attendance": queries.attendance_of(meeting)}
    return render(request, "intervision/minutes.html", page | {"tabs": _tabs(request, partners, chosen)})


def _on_paper(request: AskedRequest, minutes: queries.Minutes, attendance: Any, back: str) -> HttpResponse:
    title, parts = minutes_sheet(minutes, attendance)
    meeting = minutes.meeting
    told: dict[str, Any] = {"programme": meeting.programme, "reference": day(meeting.on), "on": request.today}
    return made_or_told(
        request, partial(press_sheet, title, parts, **told), name=f"minutes-{meeting.on}.pdf", back=back
    )


@requires("intervision.read")
def of_meeting_paper(request, meeting_id):
    """The same on paper."""
    meeting = find_meeting(request, meeting_id)
    chosen = _chosen(request, queries.partners_at(meeting))
    attendance = [] if chosen else queries.attendance_of(meeting)
    back = reverse("intervision:minutes", args=[meeting.pk])
    return _on_paper(request, queries.minutes_of(meeting, chosen), attendance, back)


@requires("intervision.own_minutes")
def our_minutes_paper(request, meeting_id: UUID):
    """What one meeting decided on my organisation's referrals, on paper."""
    found = queries.minutes_for(request.member, find_meeting(request, meeting_id))
    if not found.items:
        raise Http404
    return _on_paper(request, found, [], reverse("intervision:our_minutes", args=[meeting_id]))


@requires("intervision.own_minutes")
def ours(request):
    """The meetings that decided on my organisation's referrals."""
    rows = queries.our_meetings(request.member)
    return list_page(request, rows, "intervision/ours.html", title=_("What the meetings decided"))


@requires("intervision.own_minutes")
def our_minutes(request, meeting_id: UUID):
    """What one meeting decided on my organisation's referrals."""
    found = queries.minutes_for(request.member, find_meeting(request, meeting_id))
    if not found.items:
        raise Http404
    return render(request, "intervision/minutes.html", {"minutes": found})
