"""The conditions of a pathway, as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Criterion, Track
from intrek.ground.programmes.queries import criteria_of
from intrek.story.eligibility import rules
from intrek.story.eligibility.models import Assessment
from intrek.story.eligibility.rules import evidence_words, verdict_words


def criteria_asked(pathway: Pathway, on: date) -> list[Criterion]:
    """The conditions that this pathway was first held to; a later change of criteria never rewrites them (P5)."""
    asked = Criterion.objects.filter(
        pk__in=Assessment.objects.filter(pathway=pathway, is_current=True).values("criterion_id")
    )
    held = list(asked.order_by("position", "pk"))
    return held or criteria_on(pathway.track, pathway.referred_on or on, on)


def criteria_on(track: Track, day: date, on: date) -> list[Criterion]:
    """The conditions of a day; before the first ones, those of today (what went before the programme's rules)."""
    return criteria_of(track, day) or criteria_of(track, on)


def current(pathway_ids: Iterable[UUID]) -> dict[UUID, list[Assessment]]:
    """The verdicts that hold now, by pathway, in the order of the conditions: one query however many pathways."""
    rows = Assessment.objects.filter(pathway__in=list(pathway_ids), is_current=True)
    found: dict[UUID, list[Assessment]] = {}
    for each in rows.select_related("criterion", "judged_by").order_by("criterion__position", "pk"):
        found.setdefault(each.pathway_id, []).append(each)
    return found


@dataclass(frozen=True)
class Counted:
    """A period inside the window, and whether its days count."""

    since: date
    until: date
    municipality: str
    state: str


def counted_of(evidence: Mapping[str, Any]) -> list[Counted]:
    """The periods of residence that a verdict rests on: counted, possible, or not counted."""
    rows = [(row, "counted" if row[3] else "possible") for row in evidence.get("periods", [])]
    rows += [(row, "not") for row in evidence.get("not_counted", [])]
    return [
        Counted(date.fromisoformat(row[0]), date.fromisoformat(row[1]), row[2], state)
        for row, state in sorted(rows, key=lambda each: each[0][:3])
    ]


@dataclass
class Shown:
    """One condition on its page: the verdict that holds, what the facts say, and what was found before."""

    current: Assessment
    automatic: Assessment | None = None
    before: list[Assessment] = field(default_factory=list)

    @property
    def state(self) -> str:
        """How the list draws it."""
        return STATES[self.current.verdict]

    @property
    def verdict(self) -> str:
        return verdict_words(self.current.criterion.kind, self.current.verdict)

    @property
    def words(self) -> list[str]:
        """The evidence in sentences."""
        return words_of(self.current)

    @property
    def periods(self) -> list[Counted]:
        """The periods of residence behind the current verdict."""
        return counted_of(self.current.evidence)

    @property
    def automatic_periods(self) -> list[Counted]:
        """The periods of residence behind what the facts say."""
        return counted_of(self.automatic.evidence) if self.automatic else []

    @property
    def automatic_words(self) -> list[str]:
        """What the facts say beside the judgment of a person."""
        return words_of(self.automatic) if self.automatic else []

    @property
    def history(self) -> list[tuple[Assessment, str, list[str]]]:
        """The verdicts before this one, the newest first, each in words."""
        return [(each, verdict_words(each.criterion.kind, each.verdict), words_of(each)) for each in self.before]


STATES = {rules.MET: "done", rules.UNMET: "no", rules.UNKNOWN: "unknown"}


def words_of(assessment: Assessment) -> list[str]:
    """The evidence of a verdict in sentences; for a judgment, what the judge wrote."""
    if assessment.judged_by_id:
        return [assessment.note]
    return evidence_words(assessment.criterion.kind, assessment.verdict, assessment.evidence)


def conditions_of(pathway: Pathway) -> list[Shown]:
    """Every condition of a pathway with its history, in the order of the conditions."""
    rows = Assessment.objects.filter(programme_id=pathway.programme_id, pathway=pathway)
    found: dict[UUID, Shown] = {}
    earlier: dict[UUID, list[Assessment]] = {}
    ordered = rows.select_related("criterion", "judged_by").order_by("criterion__position", "-created_at", "-pk")
    for each in ordered:
        if each.is_current:
            found[each.criterion_id] = Shown(each)
        else:
            earlier.setdefault(each.criterion_id, []).append(each)
    for criterion_id, shown in found.items():
        _sort_out(shown, earlier.get(criterion_id, []))
    return list(found.values())


def _sort_out(shown: Shown, earlier: list[Assessment]) -> None:
    if shown.current.judged_by_id:
        shown.automatic = next((each for each in earlier if not each.judged_by_id), None)
    shown.before = [each for each in earlier if each != shown.automatic]


@dataclass(frozen=True)
class Seeming:
    """What seems to hold of one condition while a referral is typed; it stops nobody (P4)."""

    criterion: Any
    state: str
    words: str


def seeming(track: Track, told: Any, on: date) -> list[Seeming]:
    """Each condition of the track against what has been typed so far."""
    return [
        Seeming(
            found.criterion,
            STATES[found.verdict],
            " ".join(evidence_words(found.criterion.kind, found.verdict, found.evidence, is_typing=True)),
        )
        for found in rules.verdicts(criteria_of(track, on), told, on)
    ]
