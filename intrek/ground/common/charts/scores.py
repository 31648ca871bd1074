"""Pictures of scores over time, one small picture a life domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext


@dataclass(frozen=True)
class Moment:
    """An evaluation: its name in full and in short."""

    label: str
    short: str


@dataclass(frozen=True)
class Domain:
    """The scores of one life domain, one for each moment; nothing where it is unknown."""

    name: str
    resident: Sequence[int | None]
    worker: Sequence[int | None]


@dataclass(frozen=True)
class Dot:
    """A place in the picture."""

    x: float
    y: float


@dataclass(frozen=True)
class Trail:
    """The scores of one of the two: dots, and lines between neighbours that are both known."""

    paths: Sequence[str]
    dots: Sequence[Dot]


@dataclass(frozen=True)
class Cell:
    """A cell of the table beside the picture."""

    label: str
    text: str


@dataclass(frozen=True)
class Small:
    """One life domain, drawn small."""

    name: str
    now: str
    words: str
    resident: Trail
    worker: Trail
    unknown_at: Sequence[float]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class MomentLabel:
    """A moment under the picture."""

    text: str
    x: float
    anchor: str


@dataclass(frozen=True)
class Multiples:
    """Scores over time, one small picture a domain."""

    moments: Sequence[Moment]
    labels: Sequence[MomentLabel]
    smalls: Sequence[Small]


def multiples(moments: Sequence[Moment], domains: Sequence[Domain]) -> Multiples:
    """Scores 0–4 by resident and worker; the two are drawn a little apart so that neither hides the other."""
    places = _places(len(moments))
    shown = {0, len(moments) // 2, len(moments) - 1} if len(moments) > 3 else set(range(len(moments)))
    labels = [
        MomentLabel(moment.short, x, _anchor(index, len(moments)))
        for index, (moment, x) in enumerate(zip(moments, places, strict=True))
        if index in shown
    ]
    return Multiples(moments, labels, [_small(domain, moments, places) for domain in domains])


def _places(count: int) -> list[float]:
    if count == 1:
        return [110.0]
    return [round(30 + 160 * index / (count - 1), 1) for index in range(count)]


def _anchor(index: int, count: int) -> str:
    if count == 1:
        return "middle"
    return "start" if index == 0 else "end" if index == count - 1 else "middle"


def _small(domain: Domain, moments: Sequence[Moment], places: Sequence[float]) -> Small:
    both = {"resident": _score(domain.resident, -1), "worker": _score(domain.worker, -1)}
    told = {
        "domain": domain.name,
        "resident": ", ".join(_word(score) for score in domain.resident),
        "worker": ", ".join(_word(score) for score in domain.worker),
    }
    pairs = zip(places, domain.resident, domain.worker, strict=True)
    return Small(
        name=domain.name,
        now=gettext("resident %(resident)s, support worker %(worker)s") % both,
        words=gettext("%(domain)s. Resident: %(resident)s. Support worker: %(worker)s.") % told,
        resident=_trail(domain.resident, places, lift=0, corner=0),
        worker=_trail(domain.worker, places, lift=4, corner=4.5),
        unknown_at=[x for x, resident, worker in pairs if resident is None or worker is None],
        cells=[
            Cell(moment.label, f"{_word(resident)} / {_word(worker)}")
            for moment, resident, worker in zip(moments, domain.resident, domain.worker, strict=True)
        ],
    )


def _score(scores: Sequence[int | None], index: int) -> str:
    return _word(scores[index]) if scores else "–"


def _word(score: int | None) -> str:
    return gettext("unknown") if score is None else str(score)


def _trail(scores: Sequence[int | None], places: Sequence[float], *, lift: int, corner: float) -> Trail:
    points = [
        None if score is None else Dot(x, 90 - 20 * score + lift) for x, score in zip(places, scores, strict=True)
    ]
    pairs = pairwise(points)
    paths = [f"M{one.x} {one.y}L{two.x} {two.y}" for one, two in pairs if one and two]
    return Trail(paths, [Dot(round(dot.x - corner, 1), dot.y - corner) for dot in points if dot])
