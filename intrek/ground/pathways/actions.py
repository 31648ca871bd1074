"""Moving a pathway: the one place where its stage, its steps, what it awaits and what was promised change."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from intrek.ground.common.refusals import refuse_if
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways import rules
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Promise, Stage, Station, Step, StepState
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import Programme, Track


def next_number(programme: Programme, year: int) -> str:
    """The next number of a year: 2026-042. Numbers are never given twice, also not after an erasure."""
    prefix = f"{year}-"
    # A range instead of a prefix, so that both databases read the last number off the index.
    of_year = Pathway.objects.filter(programme=programme, number__gt=prefix, number__lt=f"{year}.")
    last = of_year.aggregate(last=Max("number"))["last"]
    count = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{count:05d}"


@transaction.atomic
def open_pathway(
    person: Person,
    track: Track,
    *,
    referred_by: Organisation | None,
    on: date | None,
    number_year: int,
    by: Actor | None,
) -> Pathway:
    """A referral was submitted: the person's way through the programme begins. ``on`` null: the day is not known."""
    pathway = Pathway.objects.create(
        programme=person.programme,
        number=next_number(person.programme, number_year),
        person=person,
        track=track,
        current_track=track,
        referred_by=referred_by,
        referred_on=on,
        to_complete=[] if on else ["referred_on"],
        is_incomplete=on is None,
    )
    reach(pathway, Station.REFERRAL, on=on)
    record(pathway, "pathways.opened", on=on, by=by, organisation=referred_by)
    return pathway


@transaction.atomic
def move(pathway: Pathway, stage: Stage, **milestones: Any) -> Pathway:
    """The pathway goes to another stage; ``milestones`` are its dated columns that this step fills. Refused for a move the table does not know."""
    refuse_if(rules.move_reasons(pathway.stage, stage, labels=dict(Stage.choices)))
    return set_facts(pathway, stage=stage, **milestones)


def set_facts(pathway: Pathway, **facts: Any) -> Pathway:
    """Write columns of the pathway and nothing else, so that two actions at once do not undo each other."""
    for name, value in facts.items():
        setattr(pathway, name, value)
    pathway.save(update_fields=list(facts))
    return pathway


def reach(pathway: Pathway, station: Station, *, on: date | None, state: StepState = StepState.DONE) -> Step:
    """A station of the line was passed (or stopped at, or skipped) on a day; null: the day is not known."""
    step, _made = Step.objects.update_or_create(
        pathway=pathway, station=station, defaults={"programme_id": pathway.programme_id, "state": state, "on": on}
    )
    return step


def step_back(pathway: Pathway, station: Station) -> None:
    """A station that was passed lies ahead again, for instance when a candidate loses the dwelling before the keys."""
    Step.objects.filter(pathway=pathway, station=station).update(state="", on=None)


def expect(pathway: Pathway, station: Station, *, on: date | None) -> Step:
    """A station ahead is expected on a day; what was already passed stays passed."""
    step, _made = Step.objects.update_or_create(
        pathway=pathway, station=station, defaults={"programme_id": pathway.programme_id, "expected_on": on}
    )
    return step


def await_(
    pathway: Pathway, what: Awaited, *, party: Party, name: str = "", by_day: date | None, **facts: Any
) -> Pathway:
    """From now on something is awaited, from them, by that day (P24). A day among ``facts`` is kept as ``2027-03-03``."""
    kept = {key: value.isoformat() if isinstance(value, date) else str(value) for key, value in facts.items()}
    return set_facts(
        pathway, awaits=what, awaits_party=party, awaits_from=name[:120], awaits_by=by_day, awaits_facts=kept
    )


@transaction.atomic
def promise(pathway: Pathway, about: Station, *, due_on: date, on: date, reason: str = "") -> Promise:
    """The referrer will hear about this step by ``due_on``; an earlier open promise is replaced (P24)."""
    Promise.objects.filter(pathway=pathway, kept_on=None, replaced_on=None).update(replaced_on=on)
    set_facts(pathway, hears_by=due_on)
    return Promise.objects.create(
        programme_id=pathway.programme_id, pathway=pathway, about=about, made_on=on, due_on=due_on, reason=reason
    )


@transaction.atomic
def keep_promises(pathway: Pathway, *, on: date) -> int:
    """The referrer has heard: what was promised is kept (P24). How many promises that were."""
    set_facts(pathway, hears_by=None)
    return Promise.objects.filter(pathway=pathway, kept_on=None, replaced_on=None).update(kept_on=on)


@transaction.atomic
def assign_worker(pathway: Pathway, worker: Contact | None, *, on: date, by: Actor | None) -> Pathway:
    """The support worker carries the pathway from now on."""
    set_facts(pathway, worker=worker)
    if worker and not worker.carries_pathways:
        worker.carries_pathways = True
        worker.save(update_fields=["carries_pathways"])
    record(pathway, "pathways.assigned", on=on, by=by, worker=worker)
    return pathway


def set_clock(
    pathway: Pathway,
    *,
    starts_on: date,
    ends_on: date,
    pauses: Sequence[tuple[date, date | None]] = (),
    evaluations: Sequence[tuple[date, date | None]] = (),
) -> Pathway:
    """The running term as the line shows it; ``evaluations`` are pairs of the due day and the day it was held."""
    clock = {
        "starts_on": starts_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "pauses": [[first.isoformat(), last.isoformat() if last else None] for first, last in pauses],
        "evaluations": [
            {"due_on": due.isoformat(), "held_on": held.isoformat() if held else None} for due, held in evaluations
        ],
    }
    return set_facts(pathway, clock=clock)


def stop_clock(pathway: Pathway) -> Pathway:
    """No term runs any more."""
    return set_facts(pathway, clock={})


@transaction.atomic
def close_pathway(
    pathway: Pathway,
    *,
    ending: Ending,
    stopped_at: Station | None = None,
    on: date | None,
    by: Actor | None,
    **outcomes: Any,
) -> Pathway:
    """The pathway ends; ``outcomes`` are its outcome columns: support ended how, home kept, the two lines of P6. Nothing is awaited any more."""
    if stopped_at:
        reach(pathway, stopped_at, on=on, state=StepState.STOPPED)
    nothing: dict[str, Any] = {
        "awaits": "",
        "awaits_party": "",
        "awaits_from": "",
        "awaits_by": None,
        "awaits_facts": {},
        "clock": {},
    }
    move(pathway, Stage.CLOSED, ending=ending, closed_on=on, **nothing, **outcomes)
    record(pathway, "pathways.closed", on=on, by=by, ending=Ending(ending).label, code=outcomes.get("ended_how", ""))
    return pathway


def note_unknown(pathway: Pathway, *names: str) -> Pathway:
    """These days are not known: the pathway stands on the list *to complete*; nothing is invented."""
    return set_facts(pathway, to_complete=sorted({*pathway.to_complete, *names}), is_incomplete=True)


def note_known(pathway: Pathway, *names: str) -> Pathway:
    """These days are known now; with the last of them the pathway leaves the list *to complete*."""
    left = [name for name in pathway.to_complete if name not in names]
    return set_facts(pathway, to_complete=left, is_incomplete=bool(left))
