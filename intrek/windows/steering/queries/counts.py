"""The figures: a handful of aggregates over the pathways, each with the rows behind it (P6, P18, P22)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, Value, When

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.partners.queries import names_of
from intrek.ground.pathways.models import Pathway, PathwayQuerySet
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import code_label
from intrek.windows.steering.rules import MEASURES, TRACKS, Span

# In an address: what is not known, such as who referred.
NOBODY = "none"

Counts = dict[str, int]


@dataclass(frozen=True)
class Counted:
    """The pathways that are alike in these four, counted for every figure."""

    kind: str
    referrer: UUID | None
    ended_how: str
    home_kept: str
    counts: Counts


def pathways_of(programme: Programme) -> PathwayQuerySet:
    """All that is counted."""
    return Pathway.objects.filter(programme=programme)


def kinds_of(programme: Programme) -> dict[UUID, str]:
    """The programme's tracks by key: trial, sitting."""
    return {track.pk: track.kind for track in programme.tracks.order_by("pk")}


def _counted(condition: Q) -> Count:
    # Q() matches everything, which a CASE cannot say.
    return Count(Case(When(condition, then=Value(1)))) if condition else Count("*")


def grouped(programme: Programme, span: Span) -> list[Counted]:
    """Every figure, by track of the referral, referrer, how support ended and home kept: one statement."""
    counts = {code: _counted(measure.rows(span)) for code, measure in MEASURES.items()}
    kinds = kinds_of(programme)
    # In the order of the index that is made for this, so that nothing is sorted.
    rows: Any = pathways_of(programme).order_by().values("track_id", "referred_by_id", "ended_how", "home_kept")
    return [
        Counted(
            kinds[row["track_id"]],
            row["referred_by_id"],
            row["ended_how"],
            row["home_kept"],
            {code: row[code] for code in MEASURES},
        )
        for row in rows.annotate(**counts)
    ]


def by_track(groups: Iterable[Counted]) -> dict[str, Counts]:
    """The figures of each track."""
    found = {kind: dict.fromkeys(MEASURES, 0) for kind in TRACKS}
    for group in groups:
        _add(found[group.kind], group.counts)
    return found


def _add(to: Counts, counts: Counts) -> None:
    for code, count in counts.items():
        to[code] += count


def figures(
    programme: Programme, *, from_on: date | None = None, until_on: date | None = None, today: date | None = None
) -> dict[str, Any]:
    """The steering figures (P18): flows of the period, stocks at its last day; without days, everything that is known.

    From ``today`` on, what stands is told by the stage of each pathway, also where a day is not known.
    """
    found: dict[str, Any] = dict(counts_of(programme, Span(from_on, until_on, today)))
    found["referrals"] = {"total": sum(found["referrals"].values())} | found["referrals"]
    found["continued_as_sitting_tenant"] = sum(found["continued_as_sitting_tenant"].values())
    return found


def counts_of(programme: Programme, span: Span) -> dict[str, dict[str, int]]:
    """Every figure of a period by track: {"referrals": {"trial": 30, "sitting": 11}, …}."""
    tracks = by_track(grouped(programme, span))
    return {code: {kind: tracks[kind][code] for kind in TRACKS} for code in MEASURES}


def rows_behind(
    programme: Programme, code: str, span: Span, *, kind: str = "", referrer: str = "", how: str = "", kept: str = ""
) -> PathwayQuerySet:
    """The pathways that a figure counts: the same definition, so the same number. KeyError for a figure that is not one."""
    rows = pathways_of(programme).filter(MEASURES[code].rows(span))
    if kind:
        rows = rows.filter(track__kind=kind)
    if referrer:
        rows = rows.filter(referred_by=None if referrer == NOBODY else UUID(referrer))
    if how:
        rows = rows.filter(ended_how="" if how == NOBODY else how)
    if kept:
        # What was never asked is not known either.
        rows = rows.filter(home_kept__in=[kept, ""] if kept == YesNoUnknown.UNKNOWN else [kept])
    return rows.select_related("person", "track", "referred_by").order_by("-referred_on", "pk")


@dataclass(frozen=True)
class ReferrerRow:
    """What one partner referred, and what became of it (P22)."""

    key: str
    name: str
    counts: dict[str, dict[str, int]]

    @property
    def total(self) -> int:
        """All that this partner referred."""
        return sum(counts["referrals"] for counts in self.counts.values())


def by_referrer(programme: Programme, groups: Iterable[Counted]) -> list[ReferrerRow]:
    """The figures of each partner that referred somebody, the busiest first; a referrer that is not known stands last."""
    names = names_of(programme)
    found: dict[UUID | None, dict[str, dict[str, int]]] = defaultdict(
        lambda: {kind: dict.fromkeys(MEASURES, 0) for kind in TRACKS}
    )
    for group in groups:
        _add(found[group.referrer][group.kind], group.counts)
    rows = [
        ReferrerRow(str(key) if key else NOBODY, names.get(key, "") if key else "", counts)
        for key, counts in found.items()
    ]
    shown = [row for row in rows if any(any(counts.values()) for counts in row.counts.values())]
    return sorted(shown, key=lambda row: (row.key == NOBODY, -row.total, row.name))


@dataclass(frozen=True)
class Outcome:
    """One way in which support ended, and whether the home was kept (P6)."""

    code: str
    label: str
    kept: dict[str, int]

    @property
    def total(self) -> int:
        """All pathways closed this way."""
        return sum(self.kept.values())


HOME_ANSWERS = (YesNoUnknown.YES, YesNoUnknown.NO, YesNoUnknown.UNKNOWN)


def outcomes(programme: Programme, groups: Iterable[Counted]) -> list[Outcome]:
    """Support ended how × home kept, of the pathways closed after support; an answer never asked is *unknown*."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {answer.value: 0 for answer in HOME_ANSWERS})
    for group in groups:
        if closed := group.counts["closed"]:
            found[group.ended_how][group.home_kept or YesNoUnknown.UNKNOWN.value] += closed
    told = [
        Outcome(how, code_label(programme, CodeList.ENDING, how) if how else "", kept) for how, kept in found.items()
    ]
    return sorted(told, key=lambda each: (-each.total, each.label))


@dataclass(frozen=True)
class Wait:
    """How long people waited between two days: how many, and the quartiles in days."""

    kind: str
    step: str
    count: int
    quarter: int
    median: int
    three_quarters: int


# Each wait, the column that holds its days, and the day on which it ended.
STEPS = {"decision": ("decision_days", "accepted_on"), "start": ("start_days", "started_on")}


def waits(programme: Programme, span: Span) -> list[Wait]:
    """How long it took from referral to acceptance and from there to a start, by the day on which the wait ended."""
    kinds = kinds_of(programme)
    found = []
    for step, (column, ended_on) in STEPS.items():
        known = pathways_of(programme).filter(**{f"{column}__isnull": False})
        inside = known if span.is_all else known.filter(span.holds(ended_on))
        by_kind: dict[str, Counter] = {kind: [] for kind in TRACKS}
        days = inside.order_by().values_list("track_id", column).annotate(count=Count("*"))
        for track, waited, count in days:
            by_kind[kinds[track]].append((max(waited, 0), count))
        found += [_wait(kind, step, sorted(by_kind[kind])) for kind in TRACKS if by_kind[kind]]
    return found


Counter = list[tuple[int, int]]


def _wait(kind: str, step: str, counted: Counter) -> Wait:
    quarter, median, three = (share_of(counted, share) for share in (0.25, 0.5, 0.75))
    return Wait(kind, step, sum(count for _days, count in counted), quarter, median, three)


def share_of(counted: Counter, share: float) -> int:
    """The days within which this share of them was, of days counted in order; a half is the median."""
    place = share * sum(count for _days, count in counted)
    seen = 0
    for days, count in counted:
        seen += count
        if seen >= place:
            return days
    return counted[-1][0]


FLOWS = {
    "inflow": ("referrals", "referred_on"),
    "through": ("started", "started_on"),
    "outflow": ("closed", "closed_on"),
}


@dataclass(frozen=True)
class FlowRow:
    """What came in, went through and went out in one stretch of time."""

    label: str
    from_on: date
    until_on: date
    inflow: int
    through: int
    outflow: int


def flows(programme: Programme, span: Span) -> dict[str, Counts]:
    """Inflow, flow-through and outflow by month (2026-11); unknown days stand in no month."""
    found: dict[str, Counts] = defaultdict(lambda: dict.fromkeys(FLOWS, 0))
    dated = Span(from_on=date.min) if span.is_all else span
    for name, (code, column) in FLOWS.items():
        rows = pathways_of(programme).filter(MEASURES[code].rows(dated)).order_by()
        # Counted by day, as an index has the days in order; there are few days, however many pathways.
        for day, count in rows.values_list(column).annotate(count=Count("*")):
            found[f"{day.year}-{day.month:02}"][name] += count
    return dict(found)
