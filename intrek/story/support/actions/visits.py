"""Home visits are planned, moved, and noted in under a minute (P11, P19)."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.db import transaction

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.pathways.models import Pathway
from intrek.story.support import rules
from intrek.story.support.models import Visit, VisitState
from intrek.story.support.queries import open_term, unknown_help


def _closed_reasons(pathway: Pathway, on: date) -> list[Refusal]:
    if pathway.closed_on and on > pathway.closed_on:
        return [Refusal(rules.Reason.PATHWAY_CLOSED, {"on": pathway.closed_on})]
    return []


@transaction.atomic
def plan_visit(
    pathway: Pathway,
    *,
    on: date,
    starts_at: time | None = None,
    place: str = "",
    worker: Contact | None,
    by: Membership | None,
) -> Visit:
    """A home visit is put in the diary (P11)."""
    today = by.on if by else None
    reasons = rules.visit_reasons(is_done=False, is_planned=True, on=on, today=today, minutes=None)
    refuse_if(_closed_reasons(pathway, on) + reasons)
    visit = _made(pathway, worker=worker, on=on, starts_at=starts_at, place=place)
    record(visit, "support.visit_planned", on=today, by=by, day=on)
    return visit


def _made(pathway: Pathway, **facts: Any) -> Visit:
    return Visit.objects.create(programme_id=pathway.programme_id, pathway=pathway, term=open_term(pathway), **facts)


@transaction.atomic
def move_visit(
    visit: Visit,
    *,
    on: date,
    starts_at: time | None = None,
    place: str = "",
    worker: Contact | None,
    expected_version: int | None = None,
    by: Membership | None,
) -> Visit:
    """A planned visit gets another day, hour, place or worker."""
    today = by.on if by else None
    refuse_if(rules.visit_reasons(is_done=False, is_planned=True, on=on, today=today, minutes=None))
    facts = {"on": on, "starts_at": starts_at, "place": place, "worker": worker}
    save_version(visit, fields=facts, expected_version=expected_version, by=by)
    record(visit, "support.visit_moved", on=today, by=by, day=on)
    return visit


def _note_reasons(pathway: Pathway, facts: dict[str, Any], by: Membership | None) -> list[Refusal]:
    done = facts["state"] == VisitState.DONE
    reasons = rules.visit_reasons(
        is_done=facts["state"] != VisitState.CANCELLED,
        is_planned=False,
        on=facts["on"],
        today=by.on if by else None,
        minutes=facts["minutes"],
        needs_minutes=done,
        unknown_help=unknown_help(pathway, facts["help_kinds"]),
    )
    return _closed_reasons(pathway, facts["on"]) + reasons


def _facts(state: str, on: date, minutes: int | None, help_kinds: Sequence[str], note: str) -> dict[str, Any]:
    # Nobody was helped on a visit that did not take place.
    took_place = state == VisitState.DONE
    return {
        "state": state,
        "on": on,
        "minutes": minutes if took_place else None,
        "help_kinds": list(help_kinds) if took_place else [],
        "note": note,
    }


@transaction.atomic
def note_visit(
    visit: Visit,
    *,
    state: str,
    on: date | None = None,
    minutes: int | None = None,
    help_kinds: Sequence[str] = (),
    note: str = "",
    expected_version: int | None = None,
    by: Membership | None,
) -> Visit:
    """What became of a visit: done (how long, what kind of help), nobody home, cancelled; and a note (P19)."""
    facts = _facts(state, on or visit.on, minutes, help_kinds, note)
    refuse_if(_note_reasons(visit.pathway, facts, by))
    save_version(visit, fields=facts, expected_version=expected_version, by=by)
    record(visit, "support.visit_noted", on=visit.on, by=by, state=VisitState(state).label)
    return visit


@transaction.atomic
def record_visit(
    pathway: Pathway,
    *,
    state: str,
    on: date,
    minutes: int | None = None,
    help_kinds: Sequence[str] = (),
    note: str = "",
    worker: Contact | None,
    by: Membership | None,
) -> Visit:
    """A visit that was not planned is noted."""
    facts = _facts(state, on, minutes, help_kinds, note)
    refuse_if(_note_reasons(pathway, facts, by))
    visit = _made(pathway, worker=worker, **facts)
    record(visit, "support.visit_noted", on=on, by=by, state=VisitState(state).label)
    return visit
