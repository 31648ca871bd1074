"""A stay is prepared, its keys are handed over, its days change, it ends (P9, P11–P13)."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from intrek.ground.access.actions import end_grants, grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.common.dates import months_later
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.documents.actions import prepare_papers
from intrek.ground.dwellings.actions import end_occupancy, open_occupancy
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.actions import await_, expect, move, note_unknown, reach
from intrek.ground.pathways.models import Awaited, Party, Pathway, Stage, Station
from intrek.ground.programmes.models import StayTitle
from intrek.story.allocation.actions import release
from intrek.story.allocation.models import Allocation
from intrek.story.placement import rules
from intrek.story.placement.models import Placement
from intrek.story.placement.queries import ending_of, key_reasons_of, other_stays, term_of


def open_sight(pathway: Pathway, dwelling: Dwelling, *, from_on: date | None) -> None:
    """The landlord sees tenancy facts of who lives in their dwelling, never care content (P7)."""
    first = from_on or pathway.referred_on
    if dwelling.owner and dwelling.owner.is_housing and first:
        grant(pathway.pk, dwelling.owner, ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=first)


def close_sight(pathway: Pathway, dwelling: Dwelling, *, last_day: date | None) -> None:
    """The landlord's sight ends with the stay."""
    if dwelling.owner and last_day:
        end_grants(pathway.pk, dwelling.owner, ground=Ground.OWN_DWELLING, last_day=last_day)


def who_prepares(pathway: Pathway) -> tuple[Party, str]:
    """From whom the team's next move is awaited: the support worker, else the coordinator."""
    return (Party.WORKER, pathway.worker.name) if pathway.worker else (Party.COORDINATOR, "")


@transaction.atomic
def prepare_placement(
    allocation: Allocation,
    *,
    starts_on: date | None,
    months: int | None = None,
    ends_on: date | None = None,
    history: bool = False,
    by: Membership | None,
) -> Placement:
    """An accepted candidate will live here from a first to a last day; the papers are laid ready (P9, P12, P13)."""
    pathway, dwelling = allocation.pathway, allocation.offer.dwelling
    if ends_on is None and starts_on and months is not None:
        ends_on = months_later(starts_on, months)
    _end_given_back(pathway, dwelling)
    if not history:
        _refuse_preparing(allocation, starts_on, ends_on)
    placement = _made(
        programme_id=pathway.programme_id,
        pathway=pathway,
        allocation=allocation,
        dwelling=dwelling,
        title=pathway.track.rule(starts_on or date.max).stay_title,
        starts_on=starts_on,
        agreed_last_day=ends_on,
    )
    if starts_on is None:
        note_unknown(pathway, "starts_on")
    papers_on = starts_on or pathway.accepted_on or pathway.referred_on
    if papers_on:
        prepare_papers(pathway, placement.pk, pathway.track, on=papers_on, by=by)
    expect(pathway, Station.KEYS, on=starts_on)
    party, name = who_prepares(pathway)
    await_(pathway, Awaited.PAPERS, party=party, name=name, by_day=starts_on, dwelling=dwelling)
    record(
        placement, "placement.prepared", on=starts_on, by=by, dwelling=dwelling, starts_on=starts_on, ends_on=ends_on
    )
    return placement


def _end_given_back(pathway: Pathway, dwelling: Dwelling) -> None:
    """A stay that was prepared for a candidate who gave the dwelling back stands in nobody's way."""
    rows = Placement.objects.open().filter(Q(pathway=pathway) | Q(dwelling=dwelling), keys_on=None)
    for left in rows.filter(allocation__released_on__isnull=False).select_related("allocation").order_by("pk"):
        left.ended_on = left.allocation.released_on
        left.save(update_fields=["ended_on"])


def _refuse_preparing(allocation: Allocation, starts_on: date | None, ends_on: date | None) -> None:
    pathway = allocation.pathway
    refuse_if(
        rules.prepare_reasons(
            accepted_on=allocation.accepted_on,
            released_on=allocation.released_on,
            term=term_of(pathway, starts_on or date.max),
            starts_on=starts_on,
            ends_on=ends_on,
            others=other_stays(pathway, allocation.offer.dwelling),
        )
    )


def _made(**facts: Any) -> Placement:
    # Of two requests at once one wins; the other hears who was first.
    try:
        with transaction.atomic():
            return Placement.objects.create(**facts)
    except IntegrityError as clash:
        raise Refused(rules.overlap_reasons(other_stays(facts["pathway"], facts["dwelling"]))) from clash


@transaction.atomic
def change_days(placement: Placement, *, starts_on: date, months: int, by: Membership | None) -> Placement:
    """The days of a prepared stay are moved before the keys are given (P12)."""
    ends_on = months_later(starts_on, months)
    reasons = rules.key_reasons(keys_on=placement.keys_on, ended_on=placement.ended_on, papers=[], on=starts_on)
    refuse_if(reasons + rules.term_reasons(term_of(placement.pathway, starts_on), starts_on, ends_on))
    _write_days(placement, starts_on, ends_on)
    expect(placement.pathway, Station.KEYS, on=starts_on)
    record(placement, "placement.days_changed", on=starts_on, by=by, starts_on=starts_on, ends_on=ends_on)
    return placement


def _write_days(placement: Placement, starts_on: date | None, ends_on: date | None) -> None:
    placement.starts_on, placement.agreed_last_day = starts_on, ends_on
    placement.save(update_fields=["starts_on", "agreed_last_day"])


@transaction.atomic
def hand_over_keys(placement: Placement, *, on: date | None, history: bool = False, by: Membership | None) -> Placement:
    """The keys are given and the stay begins (P13). Bare: ``support.actions.start_stay`` calls it, as support begins with it (P11).

    On another day than planned the stay keeps its months, counted from the keys.
    """
    pathway, dwelling = placement.pathway, placement.dwelling
    if on is None and not history:
        raise Refused([Refusal(rules.Reason.NO_FIRST_DAY, form_field="on")])
    if on and not history:
        refuse_if(key_reasons_of(placement, on=on))
    if on and placement.starts_on and placement.agreed_last_day and on != placement.starts_on and not history:
        _write_days(placement, on, rules.moved_last_day(placement.starts_on, placement.agreed_last_day, on))
    placement.occupancy = open_occupancy(
        dwelling, pathway.person, pathway=pathway, title=StayTitle(placement.title), from_on=on, history=history, by=by
    )
    placement.keys_on = on
    placement.save(update_fields=["occupancy", "keys_on"])
    open_sight(pathway, dwelling, from_on=on)
    reach(pathway, Station.ALLOCATION, on=placement.allocation.accepted_on if placement.allocation else None)
    reach(pathway, Station.KEYS, on=on)
    record(placement, "placement.keys_handed_over", on=on, by=by, dwelling=dwelling)
    return placement


@transaction.atomic
def extend_stay(placement: Placement, *, ends_on: date, on: date | None = None, by: Membership | None) -> Placement:
    """The stay goes on as long as its support term does. Bare: ``support`` decides how long (P11, P12)."""
    _write_days(placement, placement.starts_on, ends_on)
    record(placement, "placement.extended", on=on, by=by, dwelling=placement.dwelling, ends_on=ends_on)
    return placement


@transaction.atomic
def end_placement(
    placement: Placement, *, on: date | None, how: str, note: str = "", history: bool = False, by: Membership | None
) -> Placement:
    """The stay ends and the dwelling is free again. Bare: it ends through ``support.actions.end_stay`` or a later caller (P11)."""
    ending = ending_of(placement.pathway, how)
    if not history:
        refuse_if(
            rules.end_reasons(
                starts_on=placement.keys_on or placement.starts_on,
                ended=placement.is_ended,
                ended_on=placement.ended_on,
                on=on,
                how=how,
                is_known_code=ending is not None,
            )
        )
    placement.ended_on, placement.ended_how, placement.ended_note = on, how, note
    placement.save(update_fields=["ended_on", "ended_how", "ended_note"])
    if on and placement.occupancy and placement.occupancy.until_on is None:
        end_occupancy(placement.occupancy, until_on=on, by=by)
    close_sight(placement.pathway, placement.dwelling, last_day=on)
    _free(placement, on, by)
    if on is None:
        note_unknown(placement.pathway, "ended_on")
    record(placement, "placement.ended", on=on, by=by, dwelling=placement.dwelling, how=str(ending or how))
    return placement


def _free(placement: Placement, on: date | None, by: Membership | None) -> None:
    allocation = placement.allocation
    if allocation is None or allocation.released_on is not None:
        return
    allocation.pathway = placement.pathway
    if on:
        release(allocation, on=on, by=by)


@transaction.atomic
def return_keys(placement: Placement, *, on: date, by: Membership | None) -> Placement:
    """The keys are back with the landlord."""
    start = placement.keys_on or placement.starts_on
    late = start is not None and on < start
    refuse_if([Refusal(rules.Reason.END_BEFORE_START, {"on": on, "starts_on": start}, form_field="on")] if late else [])
    placement.keys_back_on = on
    placement.save(update_fields=["keys_back_on"])
    record(placement, "placement.keys_returned", on=on, by=by, dwelling=placement.dwelling)
    return placement


@transaction.atomic
def call_off(placement: Placement, *, why: str, on: date, by: Membership | None) -> Placement:
    """A prepared stay does not go through: no keys were given, the dwelling is free, the person waits again."""
    pathway = placement.pathway
    reasons = [Refusal(rules.Reason.KEYS_GIVEN, {"on": placement.keys_on})] if placement.keys_on else []
    if placement.is_ended:
        reasons.append(Refusal(rules.Reason.ENDED_ALREADY, {"on": placement.ended_on or "–"}))
    refuse_if(reasons if why.strip() else [*reasons, Refusal(rules.Reason.NO_WHY, form_field="why")])
    placement.ended_on, placement.ended_note = on, why.strip()
    placement.save(update_fields=["ended_on", "ended_note"])
    _free(placement, on, by)
    if pathway.stage == Stage.ALLOCATED:
        move(pathway, Stage.WAITING)
        await_(pathway, Awaited.DWELLING, party=Party.HOUSING, by_day=None)
    record(placement, "placement.called_off", on=on, by=by, dwelling=placement.dwelling, why=why.strip())
    return placement
