"""The papers of a stay as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from intrek.ground.documents.models import Paper, Upload
from intrek.ground.documents.queries.papers import Group, Made, groups_of, made_of
from intrek.ground.documents.queries.signing import Signing, signatures_of, signings_of
from intrek.ground.documents.queries.uploads import uploads_of


@dataclass(frozen=True)
class PaperRow:
    """One paper on the page of a stay, with what became of it and who signs what waits."""

    paper: Paper
    made: Made | None
    signings: Sequence[Signing] = ()
    scans: Sequence[Upload] = ()

    @property
    def is_in(self) -> bool:
        """In order: signed and still true, not needed, or made and to be signed by nobody."""
        if self.made and self.made.latest and not self.made.latest.parties:
            return True
        return self.paper.is_in and not (self.made and self.made.is_void)


@dataclass(frozen=True)
class GroupRows:
    """The papers of one moment."""

    group: Group
    rows: list[PaperRow]

    @property
    def in_count(self) -> int:
        """How many are in order."""
        return sum(row.is_in for row in self.rows)


@dataclass(frozen=True)
class PapersPage:
    """The papers of one stay, term or other row, moment by moment."""

    stay_id: UUID
    groups: list[GroupRows]

    @property
    def unsigned(self) -> list[Paper]:
        """Every paper that somebody still has to sign."""
        rows = (row for each in self.groups for row in each.rows)
        return [row.paper for row in rows if not (row.is_in or row.paper.is_in)]


def papers_page(papers: Sequence[Paper], stay_id: UUID, on: date) -> PapersPage:
    """These papers group by group, each with its files, who signs them, and what changed since they did."""
    made = made_of(papers, stay_id, on)
    waiting = {paper_id: each.waiting for paper_id, each in made.items() if each.waiting}
    signatures = list(signatures_of(waiting.values())) if waiting else []
    signings = {paper_id: signings_of(file, signatures) for paper_id, file in waiting.items()}
    scans = uploads_of(papers[0].programme_id, [paper.pk for paper in papers]) if papers else {}

    def row_of(paper: Paper) -> PaperRow:
        return PaperRow(paper, made.get(paper.pk), signings.get(paper.pk, ()), scans.get(paper.pk, ()))

    groups = groups_of(papers).groups
    return PapersPage(stay_id, [GroupRows(each, [row_of(paper) for paper in each.papers]) for each in groups])
