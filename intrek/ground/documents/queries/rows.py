"""The papers of a stay as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from intrek.ground.documents.models import Paper, Upload
from intrek.ground.documents.placeholders import PARTIES
from intrek.ground.documents.queries.papers import Group, Made, files_of, groups_of, made_from_files, made_of
from intrek.ground.documents.queries.signing import Signing, signatures_of, signings_of
from intrek.ground.documents.queries.uploads import uploads_of
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway


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

    @property
    def is_made_anew(self) -> bool:
        """A file lies ready that nobody signed yet, and that is no sheet beside a signed one."""
        waiting = self.made.waiting if self.made else None
        return waiting is not None and waiting.corrects_id is None


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
class Turn:
    """One party's turn to sign: the paper it begins with, and how many lie ready for it."""

    first: Signing
    count: int


@dataclass(frozen=True)
class PapersPage:
    """The papers of one stay, term or other row, moment by moment."""

    stay_id: UUID
    groups: list[GroupRows]

    @property
    def rows(self) -> list[PaperRow]:
        """Every paper, in the order in which they come."""
        return [row for each in self.groups for row in each.rows]

    @property
    def unsigned(self) -> list[Paper]:
        """Every paper that somebody still has to sign, for the first time or, made anew, again."""
        return [row.paper for row in self.rows if not row.is_in and (not row.paper.is_in or row.is_made_anew)]

    @property
    def are_in_order(self) -> bool:
        """Nothing is to be signed, for the first time or again."""
        return all(row.is_in for row in self.rows)

    @property
    def turns(self) -> list[Turn]:
        """Who has papers before them to be signed on this screen, in the order in which they sign; who refused one is not asked for it again."""
        waiting: dict[str, list[Signing]] = {}
        for each in (signing for row in self.rows for signing in row.signings):
            if not each.is_signed and not each.is_refused:
                waiting.setdefault(each.party, []).append(each)
        return [Turn(waiting[party][0], len(waiting[party])) for party in PARTIES if party in waiting]


def every_paper(pathway: Pathway, member: Membership) -> list[PaperRow]:
    """All papers of a pathway, of every stay, evaluation, decision and aftercare, the latest first, with their files.

    Whether what they say is still so is told as it was noticed last: to reckon it, every stay and term would be asked for its facts.
    """
    papers = Paper.objects.visible_to(member).filter(pathway=pathway).select_related("rule")
    rows = list(papers.order_by("-created_at", "rule__position", "pk"))
    files, scans = files_of(rows), uploads_of(pathway.programme_id, [each.pk for each in rows])
    made = {paper_id: made_from_files(found) for paper_id, found in files.items()}
    return [PaperRow(each, made.get(each.pk), scans=scans.get(each.pk, ())) for each in rows]


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
