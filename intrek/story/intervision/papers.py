"""What a letter about a decision prints: to the referrer, and in plain language to the resident (P17, P24)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from intrek.ground.common.refusals import WayOut
from intrek.ground.documents.queries import Facts, facts_about
from intrek.story.intervision.models import AgendaItem, Decision

CONDITIONS = {Decision.ACCEPT: "accepted", Decision.DECLINE: "declined"}


def facts_of(about_id: UUID, on: date) -> Facts | None:
    """What was decided on an item of an agenda; none when the id is of no item. The inner motive stays inside (P24)."""
    item = _item(about_id)
    if item is None:
        return None
    referrer = item.pathway.referred_by
    values: dict[str, Any] = {
        "decision.day": item.decided_on,
        "decision.outcome": item.get_decision_display() or None,
        "decision.motive": item.motive_for_referrer or None,
        "referrer.name": referrer.name if referrer else None,
    }
    page = WayOut(reverse("intervision:item", args=[item.pk]), gettext_lazy("Write down the decision"))
    reached = {CONDITIONS[Decision(item.decision)]} if item.decision in CONDITIONS else set()
    return facts_about(item.pathway, on, values=values, conditions=reached, pages={"decision": page})


def _item(about_id: UUID) -> AgendaItem | None:
    rows = AgendaItem.objects.filter(pk=about_id).select_related(
        "pathway__person", "pathway__track", "pathway__worker", "pathway__programme", "pathway__referred_by"
    )
    found: AgendaItem | None = rows.first()
    return found
