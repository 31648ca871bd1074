"""Which papers a stay still misses."""

from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.documents.models import Paper
from intrek.ground.programmes.models import PaperGroup


def papers_of(stay_id: UUID) -> QuerySet[Paper]:
    """The papers of one stay or term, in the order of the track's rule."""
    return Paper.objects.filter(stay_id=stay_id).select_related("rule").order_by("rule__position", "pk")


def missing_papers(stay_id: UUID, group: PaperGroup = PaperGroup.BEFORE_KEYS) -> list[Paper]:
    """The papers of this group that are neither signed nor set aside with a reason (P13)."""
    return [paper for paper in papers_of(stay_id).filter(group=group) if not paper.is_in]
