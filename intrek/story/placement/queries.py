"""Stays and what hangs on them, as pages and rules need them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from intrek.ground.documents.queries import papers_of
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeItem, CodeList, PaperGroup
from intrek.story.placement import rules
from intrek.story.placement.models import Placement, UsageFee


def term_of(pathway: Pathway, on: date) -> rules.Term:
    """How long the term of this pathway's own track may be, by the rule of a day."""
    rule = pathway.track.rule(on)
    return rules.Term(rule.min_months, rule.max_months)


def other_stays(pathway: Pathway, dwelling: Dwelling, *, leave_out: Placement | None = None) -> list[rules.OtherStay]:
    """The open stays of this person and in this dwelling."""
    rows = Placement.objects.open().filter(
        Q(pathway__person_id=pathway.person_id) | Q(dwelling=dwelling), programme_id=pathway.programme_id
    )
    kept: Iterable[Placement] = rows.select_related("pathway__person", "dwelling").order_by("created_at", "pk")
    return [
        rules.OtherStay(
            person=each.pathway.person.name,
            dwelling=str(each.dwelling),
            is_same_person=each.pathway.person_id == pathway.person_id,
            is_same_dwelling=each.dwelling_id == dwelling.pk,
        )
        for each in kept
        if each != leave_out
    ]


def key_papers(placement: Placement) -> list[rules.PaperFacts]:
    """The papers that must be signed before the keys (P13)."""
    return [
        rules.PaperFacts(str(paper), paper.signed_on, paper.is_in)
        for paper in papers_of(placement.pk).filter(group=PaperGroup.BEFORE_KEYS)
    ]


def ending_of(pathway: Pathway, code: str) -> CodeItem | None:
    """The ending of the programme's list with this code; its group says how it counts."""
    return CodeItem.objects.filter(programme_id=pathway.programme_id, list=CodeList.ENDING, code=code).first()


def stays_of(pathway: Pathway) -> QuerySet[Placement]:
    """The stays of one pathway, the running or latest first."""
    rows: QuerySet[Placement] = Placement.objects.filter(pathway=pathway)
    return rows.select_related("dwelling__owner", "pathway__person").order_by("-created_at", "-pk")


def fee_parts(fee: UsageFee) -> dict[str, object]:
    """The parts of a usage fee by name."""
    return {name: getattr(fee, name) for name in rules.FEE_PARTS}


def fee_total(fee: UsageFee) -> object:
    """What a month costs the resident under this fee."""
    return rules.fee_total(fee_parts(fee))
