"""Which papers a stay still misses, and what became of each."""

from collections.abc import Iterable, Mapping, Sequence
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
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import PaperGroup


def papers_of(stay_id: UUID) -> QuerySet[Paper]:
    """The papers of one stay or term, in the order of the track's rule."""
    return Paper.objects.filter(stay_id=stay_id).select_related("rule").order_by("rule__position", "pk")


def missing_papers(stay_id: UUID, group: PaperGroup = PaperGroup.BEFORE_KEYS) -> list[Paper]:
    """The papers of this group that are neither signed nor set aside with a reason (P13)."""
    return [paper for paper in papers_of(stay_id).filter(group=group) if not paper.is_in]


def is_about(pathway: Pathway, about_id: UUID, on: date) -> bool:
    """Whether a row of a room, of which papers are made, is about this pathway."""
    facts = facts_of(about_id, on, BINDING)
    return facts is not None and facts.pathway_id == pathway.pk


def stays_signed() -> list[UUID]:
    """The stays and terms of open pathways for which a paper that was made here was signed."""
    signed = Paper.objects.filter(files__signed_on__isnull=False, pathway__stage__in=[Stage.ALLOCATED, Stage.RUNNING])
    return list(signed.order_by("stay_id").values_list("stay_id", flat=True).distinct())


@dataclass(frozen=True)
class Group:
    """Papers that must be there at the same moment."""

    name: str
    code: str
    papers: list[Paper]

    @property
    def in_count(self) -> int:
        """How many are signed or set aside, and not noticed as no longer true."""
        return sum(paper.is_in and not paper.untrue_on for paper in self.papers)

    @property
    def missing(self) -> list[Paper]:
        """Those still to be signed."""
        return [paper for paper in self.papers if not paper.is_in]


@dataclass(frozen=True)
class Groups:
    """All papers of one stay or term, group by group."""

    groups: list[Group]

    @property
    def papers(self) -> list[Paper]:
        """Every paper, in the order in which they come."""
        return [paper for group in self.groups for paper in group.papers]

    @property
    def unsigned(self) -> list[Paper]:
        """Every paper that is still to be signed."""
        return [paper for group in self.groups for paper in group.missing]


@dataclass(frozen=True)
class Change:
    """A printed fact that is otherwise today; ``value`` is how it would be printed."""

    name: str
    label: str
    was: str
    now: str
    value: Any


@dataclass(frozen=True)
class Made:
    """What became of one paper: the file that was made last, the one that was signed, and what changed since it was.

    ``correction`` is a file that sets the signed one right and waits for signatures, ``corrections`` those that were signed.
    """

    latest: PaperFile | None
    signed: PaperFile | None
    changes: list[Change]
    correction: PaperFile | None = None
    corrections: Sequence[PaperFile] = ()

    @property
    def is_void(self) -> bool:
        """Signed, and no longer true."""
        return bool(self.changes)

    def is_ready(self, facts: Facts) -> bool:
        """Made, and every fact on it still so: nothing is gained by making it anew, and who signed it would sign again."""
        return bool(self.waiting and not changes_of(self.waiting.facts, facts))

    @property
    def waiting(self) -> PaperFile | None:
        """The file that is to be signed now."""
        return self.correction or (self.latest if self.latest and not self.latest.signed_on else None)


def to_make(papers: Iterable[Paper], stay_id: UUID, on: date) -> list[Paper]:
    """Of these papers those to be signed, for the first time or again, that were not made yet or say what is no longer so."""
    rows = list(papers)
    made, facts = made_of(rows, stay_id, on), facts_of(stay_id, on, BINDING)
    unsigned = [each for each in rows if not each.is_in or (each.pk in made and made[each.pk].is_void)]
    return [each for each in unsigned if facts is None or each.pk not in made or not made[each.pk].is_ready(facts)]


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
    return {paper_id: made_from_files(found, facts) for paper_id, found in files.items()}


def made_from_files(files: list[PaperFile], facts: Facts | None = None) -> Made:
    """What became of a paper by its files, the one made last first; without facts nothing is said of what changed since."""
    originals = [each for each in files if each.corrects_id is None]
    signed = next((each for each in originals if each.signed_on), None)
    corrections = [each for each in files if signed and each.corrects_id == signed.pk]
    changes = changes_of(facts_held(signed, corrections), facts) if signed and facts and not facts.is_over else []
    unsigned = (each for each in corrections if changes and facts and not each.signed_on)
    waiting = next((each for each in unsigned if facts and not changes_of(each.facts, facts)), None)
    latest = next((each for each in originals if each.language == BINDING), None)
    return Made(latest, signed, changes, waiting, [each for each in corrections if each.signed_on])


def facts_held(signed: PaperFile, corrections: Iterable[PaperFile]) -> dict[str, Any]:
    """What a signed paper says today: as it was printed, with what was set right since and signed."""
    held = dict(signed.facts)
    for each in sorted(corrections, key=lambda file: file.number):
        held |= each.facts if each.signed_on else {}
    return held


def changes_of(told: Mapping[str, Any], facts: Facts) -> list[Change]:
    """Of the facts that were printed those that read otherwise now."""
    with override(BINDING):
        now = {name: _now(name, facts) for name in told}
    return [
        Change(name, _label(name), _short(was), _short(now[name]), now[name])
        for name, was in told.items()
        if now[name] != was
    ]


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
