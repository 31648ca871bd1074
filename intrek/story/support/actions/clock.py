"""The running term on the pathway's clock, and which evaluation is awaited (P14)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from intrek.ground.pathways.actions import await_, set_clock, stop_clock
from intrek.ground.pathways.models import Awaited, Party, Stage, Station, Step, StepState
from intrek.story.support import rules
from intrek.story.support.actions.marks import stations_of
from intrek.story.support.models import SupportTerm
from intrek.story.support.queries import evaluation_days, pauses_of

FINALS = (Station.FINAL_EVALUATION, Station.SECOND_FINAL_EVALUATION)


@transaction.atomic
def refresh_clock(term: SupportTerm, *, on: date | None, held: Sequence[date] | None = None) -> SupportTerm:
    """Recompute what the term's days bring: the pathway's clock, the next evaluation, and who is awaited for it.

    ``held`` are the days on which its evaluations were held; null: as the clock had them. ``on`` null: the day is not known.
    """
    if term.is_ended or term.pathway.stage != Stage.RUNNING:
        return term
    party, name = Party.WORKER, term.worker.name if term.worker else ""
    days = evaluation_days(term)
    if term.starts_on is None or term.agreed_last_day is None:
        stop_clock(term.pathway)
        _keep(term, None)
        number = term.evaluations_held + 1
        await_(term.pathway, Awaited.EVALUATION, party=party, name=name, by_day=None, number=number)
        return term
    held = _held(term) if held is None else held
    number, due = rules.next_evaluation(days, term.evaluations_held, on, term.agreed_last_day)
    set_clock(
        term.pathway,
        starts_on=term.starts_on,
        ends_on=term.agreed_last_day,
        pauses=pauses_of(term),
        evaluations=_pairs(days, sorted(held), number, term.agreed_last_day),
    )
    rests = any(last is None for _first, last in pauses_of(term))
    if _is_decided(term):
        # The final evaluation told what comes next: that stays awaited, whatever happens to the days.
        pass
    elif due or rests:
        await_(term.pathway, Awaited.EVALUATION, party=party, name=name, by_day=due, number=number)
    else:
        due = term.agreed_last_day
        await_(term.pathway, Awaited.FINAL_EVALUATION, party=party, name=name, by_day=due)
    _keep(term, due)
    return term


def _is_decided(term: SupportTerm) -> bool:
    finals = [each for each in stations_of(term.pathway, term.track) if each in FINALS]
    return Step.objects.filter(pathway=term.pathway, station__in=finals, state=StepState.DONE).exists()


def _keep(term: SupportTerm, next_on: date | None) -> None:
    term.next_evaluation_on = next_on
    term.save(update_fields=["next_evaluation_on"])


def _held(term: SupportTerm) -> list[date]:
    clock: Mapping[str, Any] = term.pathway.clock
    if not term.starts_on or clock.get("starts_on") != term.starts_on.isoformat():
        return []
    return [date.fromisoformat(each["held_on"]) for each in clock["evaluations"] if each["held_on"]]


def _pairs(days: Sequence[date], held: Sequence[date], number: int, last_day: date) -> list[tuple[date, date | None]]:
    # What was held stands at the day it was held; what is left, the final evaluation included, at the day it is due.
    ahead = [*days[number - 1 :], last_day]
    return [(day, day) for day in held] + [(day, None) for day in ahead]
