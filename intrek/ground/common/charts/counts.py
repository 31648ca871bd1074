"""Pictures of how many and how far: the funnel and the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from django.utils.text import capfirst

from intrek.ground.common import wording


@dataclass(frozen=True)
class FunnelRow:
    """A step of the funnel: how many got so far; ``width`` in percent of the widest."""

    label: str
    number: int
    width: float
    note: str = ""
    url: str = ""


def funnel(steps: Sequence[tuple[Any, int, Any, str]], *, scale: int | None = None) -> list[FunnelRow]:
    """Bars for (label, number, note, url); ``scale``: the number that fills the width, to compare two funnels."""
    widest = scale or max((number for _label, number, _note, _url in steps), default=0) or 1
    return [
        FunnelRow(str(label), number, round(min(100.0, 100 * number / widest), 1), str(note), url)
        for label, number, note, url in steps
    ]


@dataclass(frozen=True)
class ClockFace:
    """The ring of a term: the months gone by, a tick for each month."""

    words: str
    past: str
    is_full: bool
    ticks: Sequence[str]


def clock_face(month: int, months: int) -> ClockFace:
    """Month 7 of 12: the ring is filled up to and with the running month."""
    gone = min(month, months)
    ticks = [f"M{_ring(index, months, 30)}L{_ring(index, months, 42)}" for index in range(months)]
    far = 1 if months and gone / months > 0.5 else 0
    past = f"M44 8A36 36 0 {far} 1 {_ring(gone, months, 36)}" if 0 < gone < months else ""
    return ClockFace(capfirst(wording.month_of(month, months)), past, 0 < months <= month, ticks)


def _ring(index: int, count: int, radius: float) -> str:
    angle = 2 * pi * index / count
    return f"{round(44 + radius * sin(angle), 1)} {round(44 - radius * cos(angle), 1)}"
