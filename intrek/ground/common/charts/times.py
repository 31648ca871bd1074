"""Pictures of what lasts how long: days become places on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from intrek.ground.common import wording

STRIP_WIDTH = 640
LETTER = 7.4  # about how wide a letter of 14 px is
MOST_TICKS = 7
TICK_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
LABEL_ROOM = 64.0

# What a bar says, as CSS. The words come from the page, in its legend.
LOOKS = {
    "wait": "c-wait",
    "late": "c-late",
    "running": "c-wash",
    "planned": "c-wash",
    "solid": "c-solid",
    "ready": "c-ready",
    "free": "c-open",
    "expected": "c-open",
    "own": "c-own",
}
TEXT_LOOKS = {"solid": "c-text--on", "own": "c-text--own"}


@dataclass(frozen=True)
class Span:
    """Something that lasts; days are inclusive, no first day: from before the picture, no last day: beyond it."""

    kind: str
    starts_on: date | None
    ends_on: date | None
    text: str = ""


@dataclass(frozen=True)
class StripRow:
    """One line of a time picture: a dwelling, a service."""

    label: str
    spans: Sequence[Span]
    sub: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A span as it stands in the picture."""

    css: str
    x: float
    width: float
    state: str
    from_text: str
    until_text: str
    text: str = ""
    text_x: float = 0.0
    text_css: str = ""
    path: str = ""

    @property
    def title(self) -> str:
        """The bar in words: trial stay, 1 Sept 2025 – 31 Mar 2026."""
        return f"{self.state}: {self.from_text or '…'} – {self.until_text or '…'}"


@dataclass(frozen=True)
class DrawnRow:
    """A line of the picture; ``all_bars`` also has those that lie outside it, for the table."""

    label: str
    sub: str
    url: str
    bars: Sequence[Bar]
    all_bars: Sequence[Bar]

    @property
    def words(self) -> str:
        """The whole line, for who hears it."""
        return f"{self.label}: " + (", ".join(bar.title for bar in self.bars) or gettext("nothing in this period"))


@dataclass(frozen=True)
class AxisLabel:
    """A word above the picture."""

    text: str
    x: float
    css: str = "c-text--soft"
    centred: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the legend."""

    css: str
    label: str


@dataclass(frozen=True)
class Strips:
    """A time picture, ready to draw."""

    width: int
    rows: Sequence[DrawnRow]
    grid: Sequence[float]
    labels: Sequence[AxisLabel]
    legend: Sequence[Entry]
    note: str
    today_x: float | None = None
    end_x: float | None = None


@dataclass(frozen=True)
class _Axis:
    """From days to places; the last day has its full width."""

    starts_on: date
    ends_on: date
    width: int

    def at(self, on: date) -> float:
        days = (self.ends_on - self.starts_on).days + 1
        share = (on - self.starts_on).days / days
        return round(min(max(share, 0.0), 1.0) * self.width, 1)

    def inside(self, on: date | None) -> bool:
        return on is not None and self.starts_on <= on <= self.ends_on


def fraction(on: date, starts_on: date, ends_on: date) -> float:
    """How far a day lies between two others, from 0 to 1; days outside are put on the edge."""
    return _Axis(starts_on, ends_on, 1_000).at(on) / 1_000


def strips(
    rows: Sequence[StripRow],
    *,
    starts_on: date,
    ends_on: date,
    legend: Mapping[str, Any],
    today: date | None = None,
    end: date | None = None,
    end_label: Any = "",
    width: int = STRIP_WIDTH,
) -> Strips:
    """A picture of what lasts how long. ``legend`` gives the words for each kind; ``end`` is a last day to mark."""
    axis = _Axis(starts_on, ends_on, width)
    grid = [axis.at(on) for on in _months(starts_on, ends_on)]
    end_x = axis.at(end + timedelta(days=1)) if end is not None and axis.inside(end) else None
    today_x = axis.at(today) if today is not None and axis.inside(today) else None
    entries = [Entry(LOOKS[kind], str(label)) for kind, label in legend.items()]
    if end_x is not None and end_label:
        entries.append(Entry("c-end", str(end_label)))
    period = {"start": wording.month_name(starts_on), "end": wording.month_name(ends_on)}
    return Strips(
        width=width,
        rows=[_drawn(row, axis, legend) for row in rows],
        grid=grid,
        labels=_labels(axis, today=today, today_x=today_x, end=end, end_x=end_x),
        legend=entries,
        note=gettext("From %(start)s (left) to %(end)s; the full line is today.") % period,
        today_x=today_x,
        end_x=end_x,
    )


def _drawn(row: StripRow, axis: _Axis, legend: Mapping[str, Any]) -> DrawnRow:
    bars = [_bar(span, axis, str(legend[span.kind])) for span in row.spans]
    return DrawnRow(row.label, row.sub, row.url, [bar for bar in bars if bar.width > 0], bars)


def _bar(span: Span, axis: _Axis, state: str) -> Bar:
    left = axis.at(span.starts_on) if span.starts_on else 0.0
    right = axis.at(span.ends_on + timedelta(days=1)) if span.ends_on else float(axis.width)
    width = round(max(right - left, 0.0), 1)
    room = 22.0 if span.kind == "own" else 8.0
    fits = len(span.text) * LETTER + room + 4 <= width
    return Bar(
        css=LOOKS[span.kind],
        x=left,
        width=width,
        state=state,
        from_text=wording.short_day(span.starts_on),
        until_text=wording.short_day(span.ends_on),
        text=span.text if fits else "",
        text_x=round(left + room, 1),
        text_css=TEXT_LOOKS.get(span.kind, ""),
        path=_gable(left, right) if span.kind == "own" and width > 15 else "",
    )


def _gable(left: float, right: float) -> str:
    """A home of one's own begins with a stepped gable: a sign that is not a colour."""
    return f"M{left} 38V24h5v-6h5v-6h5V10H{right}v28z"


def _months(starts_on: date, ends_on: date) -> list[date]:
    count = (ends_on.year - starts_on.year) * 12 + ends_on.month - starts_on.month + 1
    step = next((each for each in TICK_STEPS if count <= each * MOST_TICKS), TICK_STEPS[-1])
    firsts = [_month_after(starts_on, index) for index in range(0, count + 1, step)]
    return [first for first in firsts if starts_on <= first <= ends_on]


def _month_after(on: date, months: int) -> date:
    index = on.year * 12 + on.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _labels(
    axis: _Axis, *, today: date | None, today_x: float | None, end: date | None, end_x: float | None
) -> list[AxisLabel]:
    marks: list[AxisLabel] = []
    if today is not None and today_x is not None:
        x = min(max(today_x, LABEL_ROOM / 2), axis.width - LABEL_ROOM / 2)
        marks.append(AxisLabel(gettext("today"), x, "c-text--today", centred=True))
    if end is not None and end_x is not None and not _near(end_x, marks):
        x = min(end_x, axis.width - LABEL_ROOM / 2)
        marks.append(AxisLabel(wording.short_day(end, year=False), x, "", centred=True))
    year = 0
    ticks: list[AxisLabel] = []
    for first in _months(axis.starts_on, axis.ends_on):
        x = axis.at(first) + 3
        if x + LABEL_ROOM > axis.width or _near(x + LABEL_ROOM / 2, marks):
            continue
        ticks.append(AxisLabel(wording.month_name(first, year=first.year != year), round(x, 1)))
        year = first.year
    return ticks + marks


def _near(x: float, labels: Sequence[AxisLabel]) -> bool:
    return any(abs(x - label.x) < LABEL_ROOM for label in labels)
