"""Evaluations as rules and pages look at them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet

from intrek.ground.common.charts import Domain, Moment, Multiples, multiples
from intrek.ground.common.wording import day, month_name
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import codes, rule_of
from intrek.story.evaluation import rules
from intrek.story.evaluation.models import Evaluation
from intrek.story.support.models import SupportTerm


def domains_of(programme: Programme) -> dict[str, str]:
    """The life domains of the programme's own form, by code, in words."""
    return {each.code: str(each) for each in codes(programme, CodeList.LIFE_DOMAIN)}


def evaluations_of(pathway: Pathway) -> QuerySet[Evaluation]:
    """What was held on this pathway, oldest first, with its scores; a day nobody knows stands first."""
    held = Evaluation.objects.filter(programme_id=pathway.programme_id, pathway=pathway)
    return held.select_related("term").prefetch_related("scores").order_by(F("held_on").asc(nulls_first=True), "pk")


def term_facts(term: SupportTerm, *, leave_out: Evaluation | None = None) -> rules.Term:
    """A term as the rules look at it, with the days on which it was evaluated."""
    rows = term.evaluations.order_by("held_on", "pk")
    held = {each.held_on: each.sequence for each in rows if each.held_on and each != leave_out}
    return rules.Term(term.starts_on, term.is_ended, term.ended_on, is_trial=term.track.is_trial, held=held)


def final_of(term: SupportTerm | None) -> Evaluation | None:
    """The final evaluation of a term: the last one held, if one was."""
    if term is None:
        return None
    finals = term.evaluations.filter(is_final=True)
    return finals.order_by(F("held_on").desc(nulls_last=True), "-sequence").first()


def open_term(pathway: Pathway) -> SupportTerm | None:
    """The support that runs now, if any."""
    return (
        SupportTerm.objects.open()
        .filter(programme_id=pathway.programme_id, pathway=pathway)
        .select_related("track", "pathway__person", "placement")
        .order_by("-starts_on", "pk")
        .first()
    )


@dataclass(frozen=True)
class Told:
    """One evaluation on a page: its scores by domain, in the order of the programme's form."""

    evaluation: Evaluation
    scores: list[tuple[str, int | None, int | None]]

    @property
    def is_scored(self) -> bool:
        """At least one domain is known."""
        return any(score is not None for _domain, *pair in self.scores for score in pair)


def told(evaluation: Evaluation, domains: dict[str, str]) -> Told:
    """An evaluation with every domain of the form; one that is no longer on the form keeps its code as its name."""
    held = {score.domain: (score.by_resident, score.by_worker) for score in evaluation.scores.all()}
    names = domains | {code: domains.get(code, code) for code in held}
    return Told(evaluation, [(name, *held.get(code, (None, None))) for code, name in names.items()])


def picture_of(evaluations: list[Evaluation], domains: dict[str, str]) -> Multiples | None:
    """The scores over time, one small picture a domain; nothing before anything was scored."""
    scores = [
        {score.domain: (score.by_resident, score.by_worker) for score in each.scores.all()} for each in evaluations
    ]
    if not any(scores):
        return None
    moments = [Moment(f"{each.sequence}, {day(each.held_on)}", _short(each.held_on)) for each in evaluations]
    drawn = []
    for code, name in domains.items():
        pairs = [held.get(code, (None, None)) for held in scores]
        drawn.append(Domain(name, [pair[0] for pair in pairs], [pair[1] for pair in pairs]))
    return multiples(moments, drawn)


def _short(on: date | None) -> str:
    return month_name(on, year=False) if on else "?"


def scores_before(term: SupportTerm) -> dict[str, tuple[int | None, int | None]]:
    """What was scored the last time on this pathway, so that two people can look back while they talk."""
    held = Evaluation.objects.filter(programme_id=term.programme_id, pathway_id=term.pathway_id)
    last = held.order_by(F("held_on").desc(nulls_last=True), "-pk").prefetch_related("scores").first()
    return {score.domain: (score.by_resident, score.by_worker) for score in last.scores.all()} if last else {}


def form_page(pathway: Pathway, term: SupportTerm) -> dict[str, Any]:
    """What stands around the form of an evaluation."""
    closed = rules.closed_reasons(term_facts(term))
    return {"pathway": pathway, "term": term, "number": term.evaluations_held + 1, "reasons": closed}


def page_of(pathway: Pathway, on: date) -> dict[str, Any]:
    """The page about all evaluations of a pathway on a day."""
    domains = domains_of(pathway.programme)
    held = list(evaluations_of(pathway))
    term = open_term(pathway)
    final = final_of(term)
    leads = term and final and rules.leads_to_tenancy(term.track.is_trial, final.is_positive, final.next_step)
    rule = rule_of(pathway.programme, on)
    soon = on + timedelta(weeks=rule.ending_soon_weeks)
    return {
        "pathway": pathway,
        "term": term,
        "told": [told(each, domains) for each in reversed(held)],
        "picture": picture_of(held, domains),
        "is_ending": bool(term and term.agreed_last_day and term.agreed_last_day <= soon),
        "to_tenancy": bool(leads),
        "final": final,
    }
