"""The partners do not meet: nobody falls between two meetings, and everybody hears it (P17, P24)."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db import transaction
from django.utils.translation import gettext

from intrek.ground.common.refusals import refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.common.wording import day
from intrek.ground.journal.actions import Actor, record
from intrek.ground.pathways.actions import promise
from intrek.ground.pathways.models import Pathway, Station
from intrek.ground.post.models import Kind
from intrek.story.intervision import rules
from intrek.story.intervision.actions.agenda import await_decision, reorder
from intrek.story.intervision.actions.invitations import tell_of_change
from intrek.story.intervision.actions.seats import seat
from intrek.story.intervision.models import AgendaItem, Meeting
from intrek.story.intervision.queries import call_off_reasons, left_on, next_meeting, order_of
from intrek.story.referral.actions import tell_referrer


@transaction.atomic
def call_off(meeting: Meeting, *, why: str, on: date, by: Actor | None) -> Meeting:
    """The partners do not meet that day. What stood on the agenda goes to the next meeting; who is invited and who referred hear why."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("programme").get(pk=meeting.pk)
    refuse_if(call_off_reasons(meeting, why))
    left, later = list(left_on(meeting).select_related("pathway")), next_meeting(meeting.programme_id, meeting.on)
    facts = {"called_off_on": on, "closed_on": on, "called_off_why": why.strip()}
    save_version(meeting, fields=facts, expected_version=None, by=by)
    seat(meeting)  # nobody: it is closed
    record(meeting, "intervision.called_off", on=on, by=by, meeting_on=meeting.on, why=meeting.called_off_why)
    if later:
        _hand_over(left, meeting, later, on=on, by=by)
    if meeting.on >= on:  # afterwards everybody has stood before a closed door
        tell_of_change(meeting, is_other_time=False, by=by)
    return meeting


def _hand_over(items: Sequence[AgendaItem], off: Meeting, to: Meeting, *, on: date, by: Actor | None) -> None:
    """They come first on the next agenda, in the order they had: they have waited longest."""
    before = order_of(to)
    there = set(AgendaItem.objects.filter(meeting=to).values_list("pathway_id", flat=True))
    moved = [each for each in items if each.pathway_id not in there]
    for item in moved:
        item.meeting = to
        item.save(update_fields=["meeting"])
        record(item, "intervision.handed_over", on=on, by=by, meeting_on=to.on)
        if item.pathway.stage in rules.UNDECIDED_STAGES:
            await_decision(item.pathway, to, on=on)
            _tell(item.pathway, off, to, on=on, by=by)
    reorder([each.pk for each in moved] + before)
    seat(to)


def _tell(pathway: Pathway, off: Meeting, to: Meeting, *, on: date, by: Actor | None) -> None:
    due_on = rules.hears_by(on, 0, next_meeting_on=to.on)
    if pathway.hears_by and pathway.hears_by >= due_on:
        due_on = pathway.hears_by
    else:
        promise(pathway, Station.INTERVISION, due_on=due_on, on=on, reason=off.called_off_why)
    tell_referrer(pathway, Kind.LATER_DAY, words=partial(_words, off, to, due_on), on=on, by=by)


def _words(off: Meeting, to: Meeting, due_on: date) -> str:
    told = gettext(
        "The meeting of %(day)s is called off: %(why)s. The partners discuss your referral on %(next)s; you will hear more by %(by)s."
    )
    return told % {"day": day(off.on), "why": off.called_off_why.rstrip("."), "next": day(to.on), "by": day(due_on)}
