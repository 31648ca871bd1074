"""What the papers of a support term in one's own home print (P16)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import WayOut
from intrek.ground.documents.queries import (
    Facts,
    facts_of_dwelling,
    facts_of_pathway,
    facts_of_programme,
    facts_of_rule,
    landlord_of,
    pages_of,
    parties_of,
)
from intrek.ground.programmes.models import CodeList
from intrek.story.support.models import SupportTerm, Threat
from intrek.story.support.queries import home_of, rule_of


def facts_of(stay_id: UUID, on: date) -> Facts | None:
    """What is true of a support term on a day, for its papers; none when the id is of no term."""
    term = _term(stay_id)
    if term is None:
        return None
    pathway, home = term.pathway, home_of(term.pathway)
    dwelling = home.dwelling if home else None
    of_pathway, household = facts_of_pathway(pathway)
    values: dict[str, Any] = {
        **facts_of_programme(pathway.programme, on),
        **of_pathway,
        **facts_of_rule(rule_of(term)),
        **(facts_of_dwelling(dwelling) if dwelling else {}),
        "support.first_day": term.starts_on,
        "support.last_day": term.agreed_last_day,
        "threats.list": _threats(term),
        "worker.name": term.worker.name if term.worker else None,
    }
    return Facts(
        values=values,
        conditions=frozenset({str(term.track.kind)} | household),
        pages=pages_of(pathway, dwelling) | _pages(term),
        parties=parties_of(values),
        organisations=landlord_of(dwelling),
        pathway_id=pathway.pk,
        is_over=term.is_ended,
    )


def _term(stay_id: UUID) -> SupportTerm | None:
    rows = SupportTerm.objects.filter(pk=stay_id).select_related(
        "track", "worker", "pathway__person", "pathway__worker", "pathway__programme"
    )
    found: SupportTerm | None = rows.first()
    return found


def _threats(term: SupportTerm) -> list[str]:
    open_ones = Threat.objects.filter(pathway_id=term.pathway_id, resolved_on=None).order_by("created_at", "pk")
    programme = term.pathway.programme
    return [programme.code_label(CodeList.THREAT, each.kind) for each in open_ones]


def _pages(term: SupportTerm) -> dict[str, WayOut]:
    support = WayOut(reverse("support:of_pathway", args=[term.pathway_id]), _("See the support"))
    worker = WayOut(reverse("support:change_worker", args=[term.pk]), _("Choose the support worker"))
    return {"support": support, "threats": support, "dwelling": support, "landlord": support, "worker": worker}
