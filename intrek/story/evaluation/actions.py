"""An evaluation is held with the resident, corrected, and the final one decides (P14, P15)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.actions import await_, note_unknown, reach, step_back
from intrek.ground.pathways.models import Awaited, Party, Station
from intrek.story.evaluation import rules
from intrek.story.evaluation.models import Evaluation, NextStep, Score
from intrek.story.evaluation.queries import domains_of, final_of, term_facts
from intrek.story.support.actions import extend_term, refresh_clock
from intrek.story.support.models import SupportTerm
from intrek.story.support.queries import length_of, pauses_of, rule_of
from intrek.story.support.rules import extend_reasons, rested_days


@transaction.atomic
def hold_evaluation(
    term: SupportTerm,
    *,
    held_on: date | None,
    is_final: bool,
    is_positive: bool | None,
    scores: rules.Scores,
    next_step: str = "",
    support_goes_on: bool = False,
    extend_to: date | None = None,
    by: Membership | None,
    history: bool = False,
    **texts: str,
) -> Evaluation:
    """The evaluation was held with the resident; a final one decides what comes next.

    ``texts`` are ``going_well``, ``hard``, ``agreed`` and ``resident_words``; a score of None is *unknown*.
    """
    _lock(term)
    decided: dict[str, Any] = {"is_positive": is_positive, "next_step": next_step, "support_goes_on": support_goes_on}
    said = rules.Said(held_on, is_final, extend_to=extend_to, scores=scores, has_words=any(texts.values()), **decided)
    refuse_if([] if history else _hold_reasons(term, said, by))
    evaluation = Evaluation.objects.create(
        programme_id=term.programme_id,
        pathway=term.pathway,
        term=term,
        sequence=(term.evaluations.aggregate(last=Max("sequence"))["last"] or 0) + 1,
        due_on=term.next_evaluation_on,
        held_on=held_on,
        is_final=is_final,
        **decided,
        **texts,
    )
    _keep_scores(evaluation, scores)
    _tell(evaluation, by)
    _count(term)
    if next_step == NextStep.EXTEND and extend_to:
        extend_term(term, last_day=extend_to, on=held_on, by=by)
    _go_on(evaluation, term)
    return evaluation


@transaction.atomic
def change_evaluation(
    evaluation: Evaluation,
    *,
    held_on: date,
    scores: rules.Scores,
    expected_version: int | None = None,
    on: date,
    by: Membership,
    **facts: Any,
) -> Evaluation:
    """A typing error is mended, or the verdict of a final evaluation while its term still runs. Raises Conflict."""
    term = evaluation.term
    kept = {
        name: facts.get(name, getattr(evaluation, name)) for name in ("is_positive", "next_step", "support_goes_on")
    }
    others = term_facts(term, leave_out=evaluation)
    # The term may have ended since; a typing error can still be mended, a decision no longer taken.
    running = replace(others, is_ended=False)
    words = any(value for value in facts.values() if isinstance(value, str))
    said = rules.Said(
        held_on, evaluation.is_final, extend_to=term.agreed_last_day, scores=scores, has_words=words, **kept
    )
    refuse_if(rules.hold_reasons(running, said, domains_of(evaluation.programme), today=on))
    save_version(evaluation, fields=facts | {"held_on": held_on}, expected_version=expected_version, by=by)
    evaluation.scores.all().delete()
    _keep_scores(evaluation, scores)
    record(evaluation, "evaluation.corrected", on=on, by=by, number=evaluation.sequence)
    if not term.is_ended:
        _go_on(evaluation, term)
    return evaluation


def _lock(term: SupportTerm) -> None:
    """See the term as it is now, and let nobody else change it before this is done; its pathway stays the caller's."""
    SupportTerm.objects.select_for_update().filter(pk=term.pk).first()
    term.refresh_from_db(
        fields=["starts_on", "agreed_last_day", "next_evaluation_on", "evaluations_held", "ended_on", "ended_how"]
    )


def _count(term: SupportTerm) -> None:
    held = list(term.evaluations.order_by("pk").values_list("held_on", flat=True))
    term.evaluations_held = len(held)
    term.save(update_fields=["evaluations_held"])
    if None in held:
        note_unknown(term.pathway, "evaluation_on")


def _hold_reasons(term: SupportTerm, said: rules.Said, by: Membership | None) -> list[Refusal]:
    today = by.on if by else None
    reasons = rules.hold_reasons(term_facts(term), said, domains_of(term.programme), today=today)
    return reasons + _extension_reasons(term, said)


def _extension_reasons(term: SupportTerm, said: rules.Said) -> list[Refusal]:
    if said.next_step != NextStep.EXTEND or said.extend_to is None or term.is_ended:
        return []
    rule = rule_of(term)
    found = extend_reasons(
        ended=False,
        ended_on=None,
        agreed=term.agreed_last_day,
        starts_on=term.starts_on,
        last_day=said.extend_to,
        term=length_of(rule),
        rested=0 if rule.suspension_counts else rested_days(pauses_of(term)),
    )
    return [replace(each, form_field="extend_to") for each in found]


def _keep_scores(evaluation: Evaluation, scores: rules.Scores) -> None:
    Score.objects.bulk_create(
        Score(
            programme_id=evaluation.programme_id,
            evaluation=evaluation,
            domain=domain,
            by_resident=by_resident,
            by_worker=by_worker,
        )
        for domain, (by_resident, by_worker) in scores.items()
    )


def _tell(evaluation: Evaluation, by: Membership | None) -> None:
    if not evaluation.is_final:
        record(evaluation, "evaluation.held", on=evaluation.held_on, by=by, number=evaluation.sequence)
        return
    step = NextStep(evaluation.next_step).label if evaluation.next_step else "–"
    record(
        evaluation, "evaluation.final_held", on=evaluation.held_on, by=by, verdict=evaluation.verdict, next_step=step
    )


def _go_on(evaluation: Evaluation, term: SupportTerm) -> None:
    """What the pathway awaits from now on: the next evaluation, or what the final one decided."""
    pathway = term.pathway
    held = [each.held_on for each in term.evaluations.order_by("held_on", "pk") if each.held_on]
    final = final_of(term)
    continued = pathway.track_id != term.track_id
    station = Station.SECOND_FINAL_EVALUATION if continued else Station.FINAL_EVALUATION
    if final is None or final.next_step not in rules.DECIDES_THE_END:
        step_back(pathway, station)
        refresh_clock(term, on=evaluation.held_on, held=held)
        return
    reach(pathway, station, on=final.held_on)
    refresh_clock(term, on=evaluation.held_on, held=held)
    term.next_evaluation_on = None
    term.save(update_fields=["next_evaluation_on"])
    if rules.leads_to_tenancy(term.track.is_trial, final.is_positive, final.next_step):
        owner = term.placement.dwelling.owner if term.placement else None
        name = owner.name if owner else ""
        await_(pathway, Awaited.TENANCY, party=Party.LANDLORD, name=name, by_day=term.agreed_last_day)
    else:
        await_(pathway, Awaited.NEXT_STEP, party=Party.COORDINATOR, by_day=term.agreed_last_day)
