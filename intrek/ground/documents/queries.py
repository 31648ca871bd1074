"""Which papers a stay still misses."""

from collections.abc import Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Group:
    """Papers that must be there at the same moment."""

    name: str
    code: str
    papers: list[Paper]

    @property
    def in_count(self) -> int:
        """How many are signed or set aside."""
        return sum(paper.is_in for paper in self.papers)

    @property
    def missing(self) -> list[Paper]:
        """Those still to be signed."""
        return [paper for paper in self.papers if not paper.is_in]


@dataclass(frozen=True)
class Groups:
    """All papers of one stay or term, group by group."""

    groups: list[Group]

    @property
    def unsigned(self) -> list[Paper]:
        """Every paper that is still to be signed."""
        return [paper for group in self.groups for paper in group.missing]


def groups_of(papers: Iterable[Paper]) -> Groups:
    """Papers in the groups of P13, each in the order of the track's rule; a group without papers is left out."""
    ordered = sorted(papers, key=lambda paper: (paper.rule.position, str(paper.pk)))
    kinds = [(kind, [paper for paper in ordered if paper.group == kind]) for kind in PaperGroup]
    return Groups([Group(str(kind.label), kind.value, found) for kind, found in kinds if found])
