"""A meeting is planned, its facts change, its minutes are closed."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.actions import grant_for_meeting
from intrek.ground.common.refusals import Refusal, Refused, WayOut, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.actions import await_
from intrek.ground.pathways.models import Awaited, Party
from intrek.ground.programmes.models import Programme
from intrek.story.intervision import rules
from intrek.story.intervision.actions.invitations import tell_of_change
from intrek.story.intervision.actions.seats import seat
from intrek.story.intervision.models import Attendance, Meeting, MeetingKind
from intrek.story.intervision.queries import items_of, meeting_on


def _day_of(by: Actor | None, otherwise: date) -> date:
    return getattr(by, "on", None) or otherwise


def _way_to(meeting: Meeting | None) -> WayOut | None:
    return WayOut(reverse("intervision:meeting", args=[meeting.pk]), _("To that meeting")) if meeting else None


@transaction.atomic
def plan_meeting(
    programme: Programme,
    *,
    on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    chair: Contact | None = None,
    agenda_closes_on: date | None = None,
    kind: str = MeetingKind.INTERVISION,
    by: Actor | None,
    history: bool = False,
) -> Meeting:
    """The partners will meet on a day. A meeting that went before Intrek is the one of that day, made if it is not there."""
    known = meeting_on(programme, on, kind=kind)
    if history and known:
        return known
    if not history:
        hours = {"starts_at": starts_at, "ends_at": ends_at, "closes_on": agenda_closes_on}
        refuse_if(rules.plan_reasons(on, **hours, same_day=_way_to(known)))  # type: ignore[arg-type]  # each its own kind
    meeting = Meeting.objects.create(
        programme=programme,
        kind=kind,
        on=on,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        chair=chair,
        agenda_closes_on=agenda_closes_on,
    )
    record(meeting, "intervision.planned", on=on if history else _day_of(by, on), by=by, meeting_on=on)
    return meeting


@transaction.atomic
def plan_series(
    programme: Programme, days: Iterable[date], *, closes_days: int, by: Actor | None, **facts: Any
) -> list[Meeting]:
    """Meetings on all of these days, each with its agenda closed so many days before; on none of them when one is refused."""
    reasons, made = [], []
    for on in days:
        try:
            closes_on = on - timedelta(days=closes_days)
            made.append(plan_meeting(programme, on=on, agenda_closes_on=closes_on, by=by, **facts))
        except Refused as refused:
            reasons += [each for each in refused.reasons if each not in reasons]
    refuse_if(reasons)
    return made


def _where_and_when(meeting: Meeting) -> tuple[Any, ...]:
    """What who is invited has to know."""
    return meeting.on, meeting.starts_at, meeting.ends_at, meeting.place


@transaction.atomic
def change_meeting(
    meeting: Meeting, *, on: date, by: Actor | None, expected_version: int | None = None, **facts: Any
) -> Meeting:
    """Day, hours, place, chair or closing day of the agenda change; ``on`` is the meeting's day. Raises Conflict when somebody else saved meanwhile."""
    known = meeting_on(meeting.programme, on, kind=meeting.kind)
    told = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at} | facts
    reasons = rules.minutes_reasons(meeting.on, meeting.closed_on)
    reasons += rules.plan_reasons(
        on,
        starts_at=told["starts_at"],
        ends_at=told["ends_at"],
        closes_on=facts.get("agenda_closes_on", meeting.agenda_closes_on),
        same_day=_way_to(known) if known and known != meeting else None,
    )
    refuse_if(reasons)
    before, told_before = meeting.on, _where_and_when(meeting)
    save_version(meeting, fields=facts | {"on": on}, expected_version=expected_version, by=by)
    # What is corrected after the day tells nobody.
    if told_before != _where_and_when(meeting) and meeting.on >= _day_of(by, meeting.on):
        tell_of_change(meeting, is_other_time=told_before[:3] != _where_and_when(meeting)[:3], by=by)
    if on != before and not meeting.is_of_steering_group:
        grant_for_meeting(meeting.programme_id, [], {}, on=before)
        seat(meeting)
        _await_on_that_day(meeting)
    record(meeting, "intervision.changed", on=_day_of(by, on), by=by, meeting_on=on)
    return meeting


def _await_on_that_day(meeting: Meeting) -> None:
    for item in items_of(meeting):
        if not item.decision and item.pathway.awaits == Awaited.DECISION:
            await_(item.pathway, Awaited.DECISION, party=Party.PARTNERS, by_day=meeting.on, on=meeting.on)


@transaction.atomic
def note_attendance(meeting: Meeting, present: Mapping[Contact, bool], *, by: Actor | None) -> list[Attendance]:
    """Who is there (true) and who sent apologies (false); who is not named did neither."""
    Attendance.objects.filter(meeting=meeting).exclude(contact__in=present).delete()
    rows = [
        Attendance.objects.update_or_create(
            meeting=meeting,
            contact=contact,
            defaults={
                "programme_id": meeting.programme_id,
                "organisation_id": contact.organisation_id,
                "is_present": is_present,
            },
        )[0]
        for contact, is_present in present.items()
    ]
    seat(meeting)
    record(meeting, "intervision.attended", on=meeting.on, by=by, meeting_on=meeting.on)
    return rows


@transaction.atomic
def close_meeting(meeting: Meeting, *, on: date, by: Actor | None) -> Meeting:
    """The minutes are closed. Refused while somebody is undecided: nobody falls between two meetings."""
    undecided = [
        (item.pathway.person.name, WayOut(reverse("intervision:item", args=[item.pk]), _("Decide or postpone")))
        for item in items_of(meeting)
        if not item.decision and item.pathway.is_open
    ]
    refuse_if(rules.close_reasons(meeting_on=meeting.on, closed_on=meeting.closed_on, on=on, undecided=undecided))
    meeting.closed_on = on
    meeting.save(update_fields=["closed_on"])
    seat(meeting)  # the ground for showing an item is this meeting, and ends with it
    record(meeting, "intervision.closed", on=on, by=by, meeting_on=meeting.on)
    return meeting


@transaction.atomic
def reopen_meeting(meeting: Meeting, *, on: date, by: Actor | None) -> Meeting:
    """The minutes were closed too early."""
    not_closed = [] if meeting.closed_on else [Refusal(rules.Reason.NOT_CLOSED)]
    refuse_if(not_closed + rules.called_off_reasons(meeting.on, meeting.called_off_on))
    meeting.closed_on = None
    meeting.save(update_fields=["closed_on"])
    seat(meeting)
    record(meeting, "intervision.reopened", on=on, by=by, meeting_on=meeting.on)
    return meeting
