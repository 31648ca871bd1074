"""Stays and what hangs on them, as pages and rules need them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut
from intrek.ground.documents.queries import Groups, groups_of, made_of, papers_of
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeItem, CodeList, PaperGroup
from intrek.story.allocation.models import Allocation
from intrek.story.placement import rules
from intrek.story.placement.models import Deviation, Furnishing, NoDomicile, Placement
from intrek.story.placement.queries.fees import Fee, fee_on, fees_of


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


def key_papers(placement: Placement, on: date) -> list[rules.PaperFacts]:
    """The papers that must be signed before the keys, and whether they are still true on that day (P13)."""
    papers = list(papers_of(placement.pk).filter(group=PaperGroup.BEFORE_KEYS))
    made = made_of(papers, placement.pk, on)
    void = {paper_id for paper_id, each in made.items() if each.is_void}
    return [rules.PaperFacts(str(each), each.signed_on, each.is_in, each.pk in void) for each in papers]


def ending_of(pathway: Pathway, code: str) -> CodeItem | None:
    """The ending of the programme's list with this code; its group says how it counts."""
    return CodeItem.objects.filter(programme_id=pathway.programme_id, list=CodeList.ENDING, code=code).first()


def stays_of(pathway: Pathway) -> QuerySet[Placement]:
    """The stays of one pathway, the running or latest first."""
    rows: QuerySet[Placement] = Placement.objects.filter(pathway=pathway)
    return rows.select_related("dwelling__owner", "pathway__person").order_by("-created_at", "-pk")


@dataclass(frozen=True)
class StayPage:
    """All that the page of one stay shows."""

    placement: Placement
    groups: Groups
    furnishings: list[Furnishing]
    fee: Fee | None
    no_domicile: NoDomicile | None
    contact_by: date | None
    deviations: list[Deviation]
    key_reasons: list[Refusal]
    looked_over: set[str]

    @property
    def in_place(self) -> int:
        """How many things of the furnishing list are there."""
        return sum(each.done_on is not None for each in self.furnishings)


def stay_page(placement: Placement, on: date, *, contact_months: int) -> StayPage:
    """One stay with its papers, furniture, fee, domicile and deviations."""
    no_domicile = NoDomicile.objects.filter(placement=placement).select_related("reviewer").first()
    waits = placement.keys_on is None and not placement.is_ended
    return StayPage(
        placement=placement,
        groups=groups_of(papers_of(placement.pk)),
        furnishings=list(placement.dwelling.furnishings.all()),
        fee=fee_on(fees_of(placement), on),
        no_domicile=no_domicile,
        contact_by=contact_by(no_domicile, contact_months) if no_domicile else None,
        deviations=list(placement.deviations.select_related("approved_by").order_by("review_on", "pk")),
        key_reasons=key_reasons_of(placement, on=on) if waits else [],
        looked_over=set(placement.conditions.order_by().values_list("moment", flat=True)),
    )


def contact_by(record: NoDomicile, months: int) -> date | None:
    """By when the next contact for the reference address is due; none without one (P10)."""
    if not record.is_reference_address:
        return None
    return rules.next_contact_on(record.from_on, record.last_contact_on, months)


def key_reasons_of(placement: Placement, *, on: date) -> list[Refusal]:
    """Why the keys of this stay may not be given on a day: each missing paper, with the page where it is signed (P13)."""
    return rules.key_reasons(
        keys_on=placement.keys_on,
        ended_on=placement.ended_on,
        released_on=placement.allocation.released_on if placement.allocation else None,
        papers=key_papers(placement, on),
        on=on,
        way_out=WayOut(reverse("documents:of_stay", args=[placement.pk]), _("Sign papers")),
    )


def to_prepare(pathway: Pathway) -> Allocation | None:
    """An accepted allocation that has no stay yet."""
    rows: QuerySet[Allocation] = Allocation.objects.filter(
        pathway=pathway, released_on=None, accepted_on__isnull=False, placements=None
    )
    return rows.select_related("offer__dwelling").order_by("-created_at", "-pk").first()
