"""Which papers a stay still misses, and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import override

from intrek.ground.common.refusals import Refusal
from intrek.ground.common.wording import language
from intrek.ground.documents.content import missing_reasons
from intrek.ground.documents.facts import Facts, facts_of, printed
from intrek.ground.documents.models import Paper, PaperFile
from intrek.ground.documents.placeholders import PARTIES, PUBLISHED, names_in
from intrek.ground.documents.queries.texts import version_on
from intrek.ground.documents.rules import Reason
from intrek.ground.documents.shipped import BINDING
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


@dataclass(frozen=True)
class Change:
    """A printed fact that is otherwise today."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Made:
    """What became of one paper: the file that was made last, the one that was signed, and what changed since it was."""

    latest: PaperFile | None
    signed: PaperFile | None
    changes: list[Change]

    @property
    def is_void(self) -> bool:
        """Signed, and no longer true."""
        return bool(self.changes)


def files_of(papers: Iterable[Paper]) -> dict[UUID, list[PaperFile]]:
    """The files of these papers, the one made last first."""
    found: dict[UUID, list[PaperFile]] = {}
    for each in PaperFile.objects.filter(paper__in=list(papers)).select_related("text").order_by("-number", "pk"):
        found.setdefault(each.paper_id, []).append(each)
    return found


def made_of(papers: Iterable[Paper], stay_id: UUID, on: date) -> dict[UUID, Made]:
    """By paper what was made, signed and changed since; a paper that was never made here is not among them."""
    files = files_of(papers)
    facts = facts_of(stay_id, on, BINDING) if files else None
    return {paper_id: _made(found, facts) for paper_id, found in files.items()}


def _made(files: list[PaperFile], facts: Facts | None) -> Made:
    signed = next((each for each in files if each.signed_on), None)
    changes = _changes(signed, facts) if signed and facts and not facts.is_over else []
    return Made(next((each for each in files if each.language == BINDING), None), signed, changes)


def _changes(file: PaperFile, facts: Facts) -> list[Change]:
    with override(BINDING):
        now = {name: _now(name, facts) for name in file.facts}
    return [Change(_label(name), _short(file.facts[name]), _short(now[name])) for name in file.changed(now)]


def _now(name: str, facts: Facts) -> Any:
    group, _dot, party = name.partition(".")
    value = facts.parties.get(party, "") if group == "signer" else facts.values.get(name)
    return "" if value is None else printed(value)


def _label(name: str) -> str:
    group, _dot, party = name.partition(".")
    if group == "signer":
        return str(PARTIES[party])
    return str(capfirst(PUBLISHED[name][1]))


def _short(told: Any) -> str:
    rows = [" ".join(row) for row in told["rows"]] if isinstance(told, dict) else told
    return "; ".join(rows) if isinstance(rows, list) else str(rows)


def groups_of(papers: Iterable[Paper]) -> Groups:
    """Papers in the groups of P13, each in the order of the track's rule; a group without papers is left out."""
    ordered = sorted(papers, key=lambda paper: (paper.rule.position, str(paper.pk)))
    kinds = [(kind, [paper for paper in ordered if paper.group == kind]) for kind in PaperGroup]
    return Groups([Group(str(kind.label), kind.value, found) for kind, found in kinds if found])


@dataclass(frozen=True)
class PaperRow:
    """One paper on the page of a stay, with what became of it."""

    paper: Paper
    made: Made | None

    @property
    def is_in(self) -> bool:
        """In order: signed and still true, or not needed."""
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


def rows_of(groups: Groups, stay_id: UUID, on: date) -> list[GroupRows]:
    """The papers of a stay group by group, each with its files and what changed since it was signed."""
    made = made_of([paper for each in groups.groups for paper in each.papers], stay_id, on)
    return [GroupRows(each, [PaperRow(paper, made.get(paper.pk)) for paper in each.papers]) for each in groups.groups]


@dataclass(frozen=True)
class Proof:
    """What a paper will print, and why it cannot be made yet."""

    facts: list[tuple[str, str]]
    reasons: list[Refusal]


def proof_of(paper: Paper, on: date) -> Proof:
    """What a paper would print today, fact by fact, before it is made."""
    _text, version = version_on(paper.programme, paper.rule.code, BINDING, on)
    facts = facts_of(paper.stay_id, on, language())
    if version is None:
        return Proof([], [Refusal(Reason.NO_TEXT)])
    if facts is None:
        return Proof([], [Refusal(Reason.NO_FACTS)])
    reasons = missing_reasons(version, facts)
    names = dict.fromkeys(name for each in version.used(facts) for name in names_in(each.body))
    told = [(name, facts.values.get(name)) for name in names if not name.startswith(("law.", "sharing."))]
    return Proof(
        [(_label(name), _short(printed(value))) for name, value in told if value not in (None, "", [])], reasons
    )
