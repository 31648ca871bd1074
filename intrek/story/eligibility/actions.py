"""The conditions are looked at again whenever something new is known; where data do not allow, a person judges."""

from datetime import date
from typing import Any

from django.db import transaction

from intrek.ground.common.refusals import refuse_if
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.actions import reach
from intrek.ground.pathways.models import Pathway, Stage, Station, Step, StepState
from intrek.ground.programmes.models import Criterion
from intrek.story.eligibility import rules
from intrek.story.eligibility.models import Assessment, Verdict
from intrek.story.eligibility.queries import criteria_asked
from intrek.story.eligibility.rules import Found, Next, Standing
from intrek.story.referral.models import Referral
from intrek.story.referral.queries import told_of


@transaction.atomic
def assess(pathway: Pathway, *, on: date) -> list[Assessment]:
    """Look at every condition again with what is known now; only what is new is written, nothing is rewritten. Returns what was written."""
    referral = Referral.objects.filter(pathway=pathway).select_related("pathway").first()
    if referral is None:
        return []
    # Two savings at once would each make a current verdict: the second waits here.
    Pathway.objects.select_for_update().filter(pk=pathway.pk).first()
    asked = criteria_asked(pathway, on)
    standings = _standings(pathway)
    # Conditions are counted on the day of referral, whenever they are looked at (P3).
    found = rules.verdicts(asked, told_of(referral), pathway.referred_on or on)
    written = [_write(pathway, each, standings.get(each.criterion.pk), on=on) for each in found]
    _mark_station(pathway, on=on)
    return [each for each in written if each]


def _standings(pathway: Pathway) -> dict[Any, Standing]:
    newest: dict[Any, Assessment] = {}
    automatic: dict[Any, tuple[str, dict[str, Any]]] = {}
    for row in Assessment.objects.filter(pathway=pathway).order_by("created_at", "pk"):
        if row.is_current:
            newest[row.criterion_id] = row
        if row.judged_by_id is None:
            automatic[row.criterion_id] = (row.verdict, row.evidence)
    return {key: Standing(row.verdict, row.judged_by_id is not None, automatic.get(key)) for key, row in newest.items()}


def _write(pathway: Pathway, found: Found, standing: Standing | None, *, on: date) -> Assessment | None:
    becomes = rules.what_becomes(found, standing)
    if becomes == Next.NOTHING:
        return None
    if becomes == Next.CURRENT and standing:
        _no_longer_current(pathway, found.criterion)
    return Assessment.objects.create(
        programme_id=pathway.programme_id,
        pathway=pathway,
        criterion=found.criterion,
        verdict=found.verdict,
        evidence=found.evidence,
        assessed_on=on,
        is_current=becomes == Next.CURRENT,
    )


def _no_longer_current(pathway: Pathway, criterion: Criterion) -> None:
    Assessment.objects.filter(pathway=pathway, criterion=criterion, is_current=True).update(is_current=False)


def _mark_station(pathway: Pathway, *, on: date) -> None:
    """The station is passed once every condition has an answer; partners may also go on without (P4)."""
    if pathway.stage == Stage.CLOSED or Step.objects.filter(pathway=pathway, station=Station.ELIGIBILITY).exists():
        return
    current = Assessment.objects.filter(pathway=pathway, is_current=True)
    if current.exists() and not current.filter(verdict=Verdict.UNKNOWN).exists():
        reach(pathway, Station.ELIGIBILITY, on=on, state=StepState.DONE)


@transaction.atomic
def judge(
    pathway: Pathway, criterion: Criterion, *, verdict: str, note: str, on: date, by: Membership | None
) -> Assessment:
    """A person judges a condition, with what it rests on; the verdict before stays in the history (P4)."""
    held = Pathway.objects.select_for_update().get(pk=pathway.pk)
    is_asked = criterion.pk in {each.pk for each in criteria_asked(held, on)}
    refuse_if(rules.judge_reasons(has_judge=by is not None, verdict=verdict, note=note, is_asked=is_asked))
    _no_longer_current(pathway, criterion)
    judged = Assessment.objects.create(
        programme_id=pathway.programme_id,
        pathway=pathway,
        criterion=criterion,
        verdict=verdict,
        note=note.strip(),
        judged_by=by.contact if by else None,
        assessed_on=on,
    )
    _mark_station(held, on=on)
    record(
        judged,
        "eligibility.judged",
        on=on,
        by=by,
        criterion=criterion,
        verdict=Verdict(verdict).label,
    )
    return judged
