"""What the card of the anchor person and the note to the landlord print (P23)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from intrek.ground.common.refusals import WayOut
from intrek.ground.documents.queries import Facts, facts_about, facts_of_dwelling
from intrek.story.aftercare.models import Aftercare
from intrek.story.support.queries import home_of


def facts_of(about_id: UUID, on: date) -> Facts | None:
    """Who stays reachable after support, until when, and where the resident lives; none when the id is of no aftercare."""
    aftercare = _aftercare(about_id)
    if aftercare is None:
        return None
    pathway, home = aftercare.pathway, home_of(aftercare.pathway)
    dwelling = home.dwelling if home else None
    values: dict[str, Any] = {
        "anchor.name": aftercare.anchor.name if aftercare.anchor else None,
        "anchor.reach": aftercare.how_to_reach or None,
        "anchor.first_day": aftercare.from_on,
        "anchor.last_day": aftercare.until_on,
        **(facts_of_dwelling(dwelling) if dwelling else {}),
    }
    page = WayOut(reverse("aftercare:of_pathway", args=[pathway.pk]), gettext_lazy("See the aftercare"))
    return facts_about(pathway, on, values=values, pages={"anchor": page}, dwelling=dwelling)


def _aftercare(about_id: UUID) -> Aftercare | None:
    rows = Aftercare.objects.filter(pk=about_id).select_related(
        "anchor", "pathway__person", "pathway__track", "pathway__worker", "pathway__programme"
    )
    found: Aftercare | None = rows.first()
    return found
