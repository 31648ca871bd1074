"""Papers are laid ready, signed, or set aside with a reason (P13, P20)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.documents import rules
from intrek.ground.documents.models import Paper
from intrek.ground.journal.actions import Actor, record
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import PaperRule, Track


@transaction.atomic
def prepare_papers(pathway: Pathway, stay_id: UUID, track: Track, *, on: date, by: Actor | None) -> list[Paper]:
    """Lay ready the papers that the track asks for on this day; those already there stay as they are."""
    held = set(Paper.objects.filter(stay_id=stay_id).values_list("rule_id", flat=True))
    wanted = PaperRule.objects.in_force(on).filter(programme_id=pathway.programme_id, track=track).exclude(pk__in=held)
    made = [
        Paper(programme_id=pathway.programme_id, pathway=pathway, rule=rule, stay_id=stay_id, group=rule.group)
        for rule in wanted
    ]
    Paper.objects.bulk_create(made)
    if made:
        record(pathway, "documents.prepared", on=on, by=by, count=len(made))
    return made


@transaction.atomic
def sign_paper(
    paper: Paper, *, signed_on: date, today: date | None = None, signed_by: str = "", by: Actor | None
) -> Paper:
    """The paper is in, signed on this day. ``today`` null: history, which is not refused."""
    refuse_if(rules.sign_reasons(signed_on, today) if today else [])
    paper.signed_on, paper.signed_by, paper.not_needed_why = signed_on, signed_by, ""
    paper.save(update_fields=["signed_on", "signed_by", "not_needed_why"])
    record(paper, "documents.signed", on=signed_on, by=by, paper=paper)
    return paper


@transaction.atomic
def sign_papers(
    stay_id: UUID, *, papers: Iterable[str], signed_on: date, today: date | None = None, by: Actor | None
) -> list[Paper]:
    """Several papers of one stay were signed on the same day; ``papers`` are their ids."""
    chosen = Paper.objects.filter(stay_id=stay_id, pk__in=list(papers)).select_related("rule").order_by("pk")
    return [sign_paper(paper, signed_on=signed_on, today=today, by=by) for paper in chosen]


@transaction.atomic
def set_paper_aside(paper: Paper, *, why: str, on: date, by: Actor | None) -> Paper:
    """The stay does without the paper, for a reason that is kept (P20)."""
    refuse_if([] if why.strip() else [Refusal(rules.Reason.NO_REASON, form_field="why")])
    paper.signed_on, paper.not_needed_why = None, why.strip()
    paper.save(update_fields=["signed_on", "not_needed_why"])
    record(paper, "documents.set_aside", on=on, by=by, paper=paper, why=paper.not_needed_why)
    return paper
