"""Meetings of the steering group as their page shows them."""

from dataclasses import dataclass
from typing import Any

from intrek.ground.common.wording import number
from intrek.ground.journal.queries import sentence
from intrek.story.intervision.models import KeptFigures, Meeting, Resolution
from intrek.story.intervision.queries import attendance_of, invited_to, kept_with, resolutions_of
from intrek.windows.steering.queries.pages import period_words
from intrek.windows.steering.rules import MEASURES, TRACKS, Span


@dataclass(frozen=True)
class KeptLine:
    """One figure as it was: its name, by track, and together."""

    label: Any
    tracks: list[str]
    total: str


@dataclass(frozen=True)
class Kept:
    """Figures that stay with the minutes as they were."""

    period: str
    kept: KeptFigures
    lines: list[KeptLine]


def page_of(meeting: Meeting) -> dict[str, Any]:
    """Everything on the page of a meeting, the actions left out."""
    attendance = attendance_of(meeting)
    return {
        "meeting": meeting,
        "resolutions": [(each, _change(each)) for each in resolutions_of(meeting)],
        "kept": [_kept(each) for each in kept_with(meeting)],
        "invited": invited_to(meeting),
        "present": [each for each in attendance if each.is_present],
        "apologies": [each for each in attendance if not each.is_present],
    }


def _change(resolution: Resolution) -> str:
    return sentence(resolution.change) if resolution.change else ""


def _kept(kept: KeptFigures) -> Kept:
    # A figure that the programme no longer counts is left out, not guessed.
    lines = [_line(code, kept.counts[code]) for code in MEASURES if code in kept.counts]
    return Kept(period_words(Span(kept.from_on, kept.until_on)), kept, lines)


def _line(code: str, counts: dict[str, int]) -> KeptLine:
    told = [counts.get(kind, 0) for kind in TRACKS]
    return KeptLine(MEASURES[code].label, [number(each) for each in told], number(sum(told)))
