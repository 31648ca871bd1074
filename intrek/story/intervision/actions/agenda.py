"""Pathways go on an agenda, off it, up and down on it; what is said about them is written down."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.pathways.actions import await_, move, reach
from intrek.ground.pathways.models import Awaited, Party, Pathway, Stage, Station, Step, StepState
from intrek.story.intervision import rules
from intrek.story.intervision.actions.seats import seat
from intrek.story.intervision.models import AgendaItem, Decision, Meeting, Why
from intrek.story.intervision.queries import case_facts, open_elsewhere, order_of, postponed_times


def weigh_conditions(pathway: Pathway, *, on: date | None) -> None:
    """What the partners discuss, they discuss with its conditions on the table: that station is behind the pathway."""
    passed = Step.objects.filter(pathway=pathway, station=Station.ELIGIBILITY, state=StepState.DONE)
    if not passed.exists():
        reach(pathway, Station.ELIGIBILITY, on=on)


def _added_on(meeting: Meeting, by: Actor | None, *, history: bool) -> date:
    return meeting.on if history else getattr(by, "on", None) or meeting.on


def reorder(order: Sequence[UUID]) -> None:
    """The items stand on their agenda in this order."""
    for position, item_id in enumerate(order, start=1):
        AgendaItem.objects.filter(pk=item_id).exclude(position=position).update(position=position)


def _made(meeting: Meeting, pathway: Pathway, why: str, question: str) -> AgendaItem:
    # Of two people who put the same person on the agenda at once one wins; the other hears that it is there.
    try:
        with transaction.atomic():
            return AgendaItem.objects.create(
                programme_id=meeting.programme_id,
                meeting=meeting,
                pathway=pathway,
                position=len(order_of(meeting)) + 1,
                why=Why(why),
                question=question,
            )
    except IntegrityError as clash:
        raise Refused([Refusal(rules.Reason.ON_THIS_AGENDA, {"person": pathway.person.name})]) from clash


@transaction.atomic
def put_on_agenda(
    meeting: Meeting, pathway: Pathway, *, why: str, question: str = "", by: Actor | None, history: bool = False
) -> AgendaItem:
    """The partners will talk about this pathway. A new referral thereby awaits their decision of that day."""
    pathway.refresh_from_db(fields=["stage", "closed_on", "ending"])
    if not history:
        refuse_if(
            rules.agenda_reasons(
                case_facts(pathway),
                meeting_on=meeting.on,
                minutes_closed_on=meeting.closed_on,
                on_this=AgendaItem.objects.filter(meeting=meeting, pathway=pathway).exists(),
                open_elsewhere=open_elsewhere(meeting, pathway),
            )
        )
    known = AgendaItem.objects.filter(meeting=meeting, pathway=pathway).first() if history else None
    if known:
        return known
    before = order_of(meeting)
    item = _made(meeting, pathway, why, question)
    if postponed_times([pathway.pk]).get(pathway.pk, 0) >= rules.POSTPONED_OFTEN:
        reorder([item.pk, *before])
    on = _added_on(meeting, by, history=history)
    await_decision(pathway, meeting, on=on)
    if not history:
        seat(meeting)
    record(item, "intervision.put_on", on=on, by=by, meeting_on=meeting.on)
    return item


def await_decision(pathway: Pathway, meeting: Meeting, *, on: date) -> None:
    """A referral awaits what the partners decide that day; of a pathway that runs already nothing changes."""
    if pathway.stage not in {Stage.NEW, Stage.ON_AGENDA}:
        return
    if pathway.stage == Stage.NEW:
        move(pathway, Stage.ON_AGENDA, agenda_on=on)
    weigh_conditions(pathway, on=on)
    await_(pathway, Awaited.DECISION, party=Party.PARTNERS, by_day=meeting.on, on=meeting.on)


@transaction.atomic
def fill_agenda(meeting: Meeting, candidates: Iterable[rules.Candidate], *, by: Actor | None) -> list[AgendaItem]:
    """Everything that needs talk goes on the agenda; who was postponed twice comes first. What cannot go on is left where it is."""
    before = order_of(meeting)
    items: dict[Any, AgendaItem] = {}
    for candidate in candidates:
        try:
            item = put_on_agenda(meeting, candidate.pathway, why=candidate.why, question=candidate.question, by=by)
        except Refused:
            continue  # it stands on another agenda by now, or was closed meanwhile: nothing is lost by leaving it there
        items[item.pathway_id] = item
    times = postponed_times(items)
    order = rules.agenda_order(
        before, [each.pk for each in items.values()], postponed={items[key].pk: times[key] for key in times}
    )
    reorder(order)
    return list(items.values())


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Actor | None) -> AgendaItem:
    """An item goes a place up or down on its agenda."""
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    refuse_if(rules.minutes_reasons(meeting.on, meeting.closed_on))
    order = order_of(meeting)
    moved = rules.swapped(order, item.pk, up=up)
    if moved != order:
        reorder(moved)
        record(meeting, "intervision.ordered", on=_added_on(meeting, by, history=False), by=by, meeting_on=meeting.on)
    item.refresh_from_db(fields=["position"])
    return item


@transaction.atomic
def take_off(item: AgendaItem, *, on: date, by: Actor | None) -> Pathway:
    """An item that was not discussed yet leaves the agenda; a referral awaits a place on another one."""
    item.refresh_from_db()
    pathway, meeting = item.pathway, item.meeting
    refuse_if(
        rules.take_off_reasons(
            meeting_on=meeting.on,
            minutes_closed_on=meeting.closed_on,
            decision=Decision(item.decision).label if item.decision else "",
            decided_on=item.decided_on,
            is_discussed=item.is_written_about or item.action_points.exists(),
        )
    )
    record(item, "intervision.taken_off", on=on, by=by, meeting_on=meeting.on)
    item.delete()
    seat(meeting)
    if pathway.stage == Stage.ON_AGENDA:
        if not AgendaItem.objects.filter(pathway=pathway).exists():
            move(pathway, Stage.NEW, agenda_on=None)
        await_(pathway, Awaited.AGENDA, party=Party.COORDINATOR, by_day=pathway.hears_by)
    return pathway


@transaction.atomic
def write_note(
    item: AgendaItem, *, note: str, expected_version: int | None = None, by: Actor | None, **texts: Any
) -> AgendaItem:
    """What the partners say about this pathway; ``texts``: what was written of a decision that is not taken yet.

    Raises Conflict when somebody else saved meanwhile: both texts are kept.
    """
    refuse_if(rules.minutes_reasons(item.meeting.on, item.meeting.closed_on))
    first = not item.note and bool(note)
    save_version(item, fields=texts | {"note": note}, expected_version=expected_version, by=by)
    if first:
        record(item, "intervision.discussed", on=item.meeting.on, by=by, meeting_on=item.meeting.on)
    return item
