"""What holds in a programme on a day."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from intrek.ground.programmes.models import (
    CodeItem,
    CodeList,
    Criterion,
    CriterionKind,
    DatedRule,
    Programme,
    ProgrammeRule,
    Track,
    in_words,
)
from intrek.ground.programmes.rules import BLANK
from intrek.ground.programmes.shipped import definition_slugs, read_definition


def rule_of(programme: Programme, on: date) -> ProgrammeRule:
    """What holds for the whole programme on a day; before the first rule, the first one (what went before Intrek)."""
    rules = sorted(programme.rules.all(), key=lambda rule: rule.from_on)
    held = [rule for rule in rules if rule.from_on <= on]
    if not rules:
        raise ProgrammeRule.DoesNotExist
    return held[-1] if held else rules[0]


def codes(programme: Programme, code_list: CodeList | str, *, on: date | None = None) -> list[CodeItem]:
    """The entries of a code list in order; with a day, only those that can still be chosen on it."""
    entries = [item for (of_list, _code), item in programme.code_items.items() if of_list == code_list]
    return [item for item in entries if on is None or item.until_on is None or item.until_on >= on]


def code_choices(programme: Programme, code_list: CodeList | str, *, on: date | None = None) -> list[tuple[str, str]]:
    """The same, as a form asks them."""
    return [(item.code, str(item)) for item in codes(programme, code_list, on=on)]


def code_label(programme: Programme, code_list: CodeList | str, code: str) -> str:
    """A code in the reader's words; a code that is no longer there, as it stands."""
    return programme.code_label(str(code_list), code)


def law_of(programme: Programme, code: str) -> str:
    """How papers name a law: laws are renumbered, so it is an entry of a list; as it ships where the programme has none."""
    told = programme.code_items.get((CodeList.LAW, code))
    return str(told) if told else in_words(read_definition(BLANK)["codes"][CodeList.LAW][code])


def criteria_of(track: Track, on: date) -> list[Criterion]:
    """The conditions of a track on a day, in their order (P1–P5)."""
    held = Criterion.objects.in_force(on).filter(programme_id=track.programme_id, track=track)
    return list(held.order_by("position", "pk"))


def criteria_now_and_later(track: Track, on: date) -> list[Criterion]:
    """The conditions of a track that hold on a day or are planned after it."""
    still = Criterion.objects.filter(
        Q(until_on=None) | Q(until_on__gte=on), programme_id=track.programme_id, track=track
    )
    return list(still.order_by("position", "from_on", "pk"))


def versions_of(criterion: Criterion) -> list[Criterion]:
    """Every version of a condition, the newest first: what was asked when (P5)."""
    same = Criterion.objects.filter(programme_id=criterion.programme_id, series=criterion.series)
    return list(same.order_by("-from_on", "-pk"))


def later_versions(criterion: Criterion) -> QuerySet[Criterion]:
    """The versions of the same condition that come after this one, in order."""
    same = Criterion.objects.filter(programme_id=criterion.programme_id, series=criterion.series)
    return same.filter(from_on__gt=criterion.from_on).order_by("from_on")


def newest_version(criterion: Criterion) -> Criterion:
    """The version of a condition that starts last: the one to change."""
    return later_versions(criterion).select_related("track").last() or criterion


def described(criterion: Criterion) -> dict[str, Any]:
    """A condition with its track, its kind in words and every version of it."""
    kind = CriterionKind(criterion.kind)
    return {"criterion": criterion, "track": criterion.track, "kind": kind, "versions": versions_of(criterion)}


def latest(rules: Any) -> Any:
    """Of the versions of a rule, the one that starts last: it holds now, or is planned."""
    return max(rules.all(), key=lambda rule: rule.from_on)


@dataclass(frozen=True)
class Turn:
    """A version of a rule beside the one before it: what differs, by name, before and after."""

    rule: DatedRule
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Sheet:
    """A dated rule as people read it: what holds, what is planned, and what held before."""

    held: DatedRule
    planned: list[Turn]
    past: list[Turn]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What holds now."""
        return facts_of(self.held)


def sheet_of(rules: Any, on: date) -> Sheet:
    """The versions of a rule around a day."""
    versions = sorted(rules.all(), key=lambda rule: rule.from_on)
    begun = [rule for rule in versions if rule.from_on <= on] or versions[:1]
    turns = [Turn(later, _changes(earlier, later)) for earlier, later in pairwise(versions)]
    past = [Turn(earlier, _changes(earlier, later)) for earlier, later in pairwise(begun)]
    return Sheet(begun[-1], turns[len(begun) - 1 :], past[::-1])


def _changes(earlier: DatedRule, later: DatedRule) -> list[tuple[str, str, str]]:
    both = zip(facts_of(earlier), facts_of(later), strict=True)
    return [(label, old, new) for (label, old), (_same, new) in both if old != new]


NOT_SHOWN = {"id", "created_at", "version", "saved_at", "saved_by", "from_on", "until_on", "programme", "track"}


def facts_of(rule: DatedRule) -> list[tuple[str, str]]:
    """What a rule says: the name and the value, in words, of each of its answers."""
    shown = [field for field in rule._meta.local_fields if field.name not in NOT_SHOWN]
    return [(str(field.verbose_name), _value_words(rule, field.name)) for field in shown]


def _value_words(rule: DatedRule, name: str) -> str:
    value = getattr(rule, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(getattr(rule, f"get_{name}_display", lambda: value)())


def tracks_of(programme: Programme) -> list[Track]:
    """The ways through a programme, the trial resident's first, each with its rules."""
    tracks = programme.tracks.prefetch_related("rules").order_by("pk")
    return sorted(tracks, key=lambda track: not track.is_trial)


def track_of(programme: Programme, kind: str) -> Track:
    """The programme's track of this kind."""
    return Track.objects.prefetch_related("rules").get(programme=programme, kind=kind)


def find_programme(slug: str) -> Programme | None:
    """The programme of this short name, if it is there."""
    return Programme.objects.filter(slug=slug).first()


def definition_names() -> list[tuple[str, str]]:
    """Short name and name, in the reader's language, of each programme that can be made."""
    return [(slug, in_words(read_definition(slug)["names"])) for slug in definition_slugs()]


def is_empty() -> bool:
    """Whether this installation has no programme yet."""
    return not Programme.objects.exists()


@dataclass(frozen=True)
class DescribedTrack:
    """A track as the page *For whom* tells it (P4)."""

    track: Track
    rule: Any
    asks: list[Criterion]
    excludes: list[Criterion]


def described_tracks(programme: Programme, on: date) -> list[DescribedTrack]:
    """Every track with its term and conditions of a day; two queries, however many conditions."""
    held = Criterion.objects.in_force(on).filter(programme=programme).order_by("position", "pk")
    by_track: dict[Any, list[Criterion]] = {}
    for criterion in held:
        by_track.setdefault(criterion.track_id, []).append(criterion)
    return [
        DescribedTrack(
            track,
            track.rule(on),
            [each for each in by_track.get(track.pk, []) if each.kind != "exclusion"],
            [each for each in by_track.get(track.pk, []) if each.kind == "exclusion"],
        )
        for track in tracks_of(programme)
    ]


@dataclass(frozen=True)
class CriterionLine:
    """A condition as its editor shows it: the version of today (if it has begun), and what is planned with it."""

    held: Criterion
    planned: Criterion | None
    is_planned: bool


def criterion_lines(track: Track, on: date) -> list[CriterionLine]:
    """The conditions of a track in order, one line for each, with its planned version beside it."""
    series: dict[Any, list[Criterion]] = {}
    for criterion in criteria_now_and_later(track, on):
        series.setdefault(criterion.series, []).append(criterion)
    lines = []
    for versions in series.values():
        first = min(versions, key=lambda each: each.from_on)
        later = [each for each in versions if each.from_on > first.from_on]
        lines.append(CriterionLine(first, later[0] if later else None, first.from_on > on))
    return lines


def past_criteria(track: Track, on: date) -> list[Criterion]:
    """Versions that no longer hold, the last one first."""
    past = Criterion.objects.filter(programme_id=track.programme_id, track=track, until_on__lt=on)
    return list(past.order_by("-until_on", "position", "pk"))
