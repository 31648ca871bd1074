"""The figures as the page of the steering group shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intrek.ground.common.charts import FunnelRow, funnel
from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.dates import add_months
from intrek.ground.common.wording import number, period
from intrek.ground.partners.models import Membership, Organisation, Role
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import code_label
from intrek.windows.steering.queries import counts
from intrek.windows.steering.rules import MEASURES, TRACKS, Span, shown_count

# Fewer than this are counts and never percentages: one person more or less would change the picture.
TOO_FEW = 10
HEADLINES = ("referrals", "started", "waiting", "in_support", "completed_positive", "dropped_out")
# Up to two years by month would be a wall: by quarter up to four years, then by year.
QUARTERS = 16


@dataclass(frozen=True)
class Figure:
    """A number on the page; the address of the rows behind it is empty for who may not see persons."""

    value: str
    url: str = ""
    count: int = 0


@dataclass(frozen=True)
class Line:
    """One figure by track."""

    code: str
    label: str
    is_stock: bool
    total: Figure
    tracks: Sequence[Figure]


Linked = Callable[..., str]
NOT_KEYS = ("", counts.NOBODY)


def is_masked(member: Membership) -> bool:
    """Whether small counts of one partner are shown as a range: to steering members outside the lead."""
    return member.role == Role.STEERING_MEMBER and member.organisation.sector != "lead"


def rows_address(span: Span, *, may_open: bool) -> Linked:
    """How a figure of this period is linked to the rows behind it."""

    def link(code: str, *, kind: str = "", within: Span | None = None, **parts: str) -> str:
        if not may_open:
            return ""
        asked = within or span
        facts = {"track": kind, **parts, "from_on": asked.from_on, "until_on": asked.until_on}
        query = urlencode({name: value for name, value in facts.items() if value})
        return reverse("steering:rows", args=[code]) + (f"?{query}" if query else "")

    return link


def page_of(member: Membership, span: Span, *, may_open: bool, today: date) -> dict[str, Any]:
    """Everything on the page of the figures: a handful of statements, however many pathways there are."""
    programme = member.programme
    groups = counts.grouped(programme, span)
    tracks = counts.by_track(groups)
    link = rows_address(span, may_open=may_open)
    lines = {code: _line(code, tracks, link) for code in MEASURES}
    ended = counts.outcomes(programme, groups)
    masked = is_masked(member)
    return {
        "span": span,
        "headlines": [lines[code] for code in HEADLINES],
        "lines": lines.values(),
        "funnels": _funnels(tracks, link),
        "flows": _flow_rows(programme, span, link, today),
        "referrers": _referrer_rows(counts.by_referrer(programme, groups), link, masked=masked),
        "outcomes": [_outcome(each, link) for each in ended],
        "homes": _homes(ended),
        "waits": _waits(programme, span),
        "masked": masked,
    }


def _line(code: str, tracks: dict[str, dict[str, int]], link: Linked) -> Line:
    told = [tracks[kind][code] for kind in TRACKS]
    shown = [Figure(number(count), link(code, kind=kind), count) for kind, count in zip(TRACKS, told, strict=True)]
    total = Figure(number(sum(told)), link(code), sum(told))
    return Line(code, str(MEASURES[code].label), MEASURES[code].is_stock, total, shown)


def _funnels(tracks: dict[str, dict[str, int]], link: Linked) -> dict[str, list[FunnelRow]]:
    """Both tracks on one scale, so that far fewer sitting tenants show at a glance (P22)."""
    widest = max((tracks[kind]["referrals"] for kind in TRACKS), default=0)
    found = {}
    for kind in TRACKS:
        told = tracks[kind]
        steps = [
            (MEASURES[code].label, told[code], _out_of(code, told), link(code, kind=kind))
            for code in ("referrals", "decided", "accepted", "started", "completed_positive")
        ]
        found[kind] = funnel(steps, scale=widest or None)
    return found


def _out_of(code: str, told: dict[str, int]) -> str:
    notes = {
        "referrals": (
            (told["new"], ngettext("%(n)s new", "%(n)s new", told["new"])),
            (
                told["awaiting_intervision"],
                ngettext("%(n)s awaits intervision", "%(n)s await intervision", told["awaiting_intervision"]),
            ),
            (told["withdrawn"], ngettext("%(n)s withdrawn", "%(n)s withdrawn", told["withdrawn"])),
        ),
        "decided": ((told["declined"], ngettext("%(n)s declined", "%(n)s declined", told["declined"])),),
        "accepted": ((told["waiting"], ngettext("%(n)s waits", "%(n)s wait", told["waiting"])),),
        "started": (
            (told["in_support"], ngettext("%(n)s still runs", "%(n)s still run", told["in_support"])),
            (told["dropped_out"], ngettext("%(n)s dropped out", "%(n)s dropped out", told["dropped_out"])),
        ),
        "completed_positive": (
            (
                told["continued_as_sitting_tenant"],
                ngettext(
                    "%(n)s supported further as sitting tenant",
                    "%(n)s supported further as sitting tenant",
                    told["continued_as_sitting_tenant"],
                ),
            ),
        ),
    }
    return ", ".join(words % {"n": number(count)} for count, words in notes[code] if count)


@dataclass(frozen=True)
class Stretch:
    """A quarter or a year of the flows, with the width of each bar in percent."""

    label: str
    cells: Sequence[tuple[Figure, float]]


def _flow_rows(programme: Programme, span: Span, link: Linked, today: date) -> list[Stretch]:
    """Inflow, flow-through and outflow by quarter, or by year when there are too many; the newest first."""
    by_month = counts.flows(programme, span)
    if not by_month:
        return []
    months = sorted(by_month)
    first, last = _first_day(months[0]), max(_first_day(months[-1]), min(today, span.until_on or today))
    size = 3 if (last.year - first.year) * 4 + (last.month - first.month) // 3 < QUARTERS else 12
    rows = []
    for starts_on in _starts(first, last, size):
        ends_on = add_months(starts_on, size) - timedelta(days=1)
        found = [by_month[month] for month in months if starts_on <= _first_day(month) <= ends_on]
        rows.append((starts_on, ends_on, {name: sum(each[name] for each in found) for name in counts.FLOWS}))
    most = max((count for _from, _until, told in rows for count in told.values()), default=0) or 1
    return [_stretch(each, size, most, span, link) for each in reversed(rows)]


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _starts(first: date, last: date, size: int) -> list[date]:
    start = date(first.year, (first.month - 1) // size * size + 1, 1)
    found = []
    while start <= last:
        found.append(start)
        start = add_months(start, size)
    return found


def _stretch(row: tuple[date, date, dict[str, int]], size: int, most: int, span: Span, link: Linked) -> Stretch:
    starts_on, ends_on, told = row
    within = Span(
        max(starts_on, span.from_on) if span.from_on else starts_on,
        min(ends_on, span.until_on) if span.until_on else ends_on,
    )
    label = str(starts_on.year) if size == 12 else _("quarter %(quarter)d of %(year)d") % {
        "quarter": (starts_on.month - 1) // 3 + 1,
        "year": starts_on.year,
    }  # fmt: skip
    cells = [
        (Figure(number(told[name]), link(code, within=within) if told[name] else ""), round(100 * told[name] / most, 1))
        for name, (code, _column) in counts.FLOWS.items()
    ]
    return Stretch(label, cells)


@dataclass(frozen=True)
class Referrer:
    """One partner in the table of who refers."""

    name: str
    cells: Sequence[Figure]


def _referrer_rows(rows: list[counts.ReferrerRow], link: Linked, *, masked: bool) -> list[Referrer]:
    found = []
    for row in rows:
        wanted = [
            (("referrals", "trial"),),
            (("referrals", "sitting"),),
            (("started", "trial"), ("started", "sitting")),
        ]
        cells = []
        for parts in wanted:
            count = sum(row.counts[kind][code] for code, kind in parts)
            code, kind = parts[0][0], parts[0][1] if len(parts) == 1 else ""
            url = link(code, kind=kind, referrer=row.key) if count else ""
            cells.append(Figure(shown_count(count, masked=masked), url))
        found.append(Referrer(row.name, cells))
    return found


@dataclass(frozen=True)
class OutcomeRow:
    """One way in which support ended, with its figures: home kept, lost, not known, all."""

    label: str
    cells: Sequence[Figure]


def _outcome(each: counts.Outcome, link: Linked) -> OutcomeRow:
    how = each.code or counts.NOBODY
    told = [(each.kept[answer.value], answer.value) for answer in counts.HOME_ANSWERS]
    cells = [Figure(number(count), link("closed", how=how, kept=answer) if count else "") for count, answer in told]
    return OutcomeRow(each.label, [*cells, Figure(number(each.total), link("closed", how=how))])


@dataclass(frozen=True)
class Homes:
    """Whether homes were kept: as figures of people while there are few, as a share when there are enough."""

    people: Sequence[str]
    kept: int
    known: int
    unknown: int
    percent: int | None


def _homes(ended: list[counts.Outcome]) -> Homes | None:
    totals = {answer.value: sum(each.kept[answer.value] for each in ended) for answer in counts.HOME_ANSWERS}
    total = sum(totals.values())
    if not total:
        return None
    known = totals["yes"] + totals["no"]
    people = [answer for answer, count in totals.items() for _each in range(count)] if total < TOO_FEW else []
    percent = round(100 * totals["yes"] / known) if known >= TOO_FEW else None
    return Homes(people, totals["yes"], known, totals["unknown"], percent)


@dataclass(frozen=True)
class WaitRow:
    """How long a step took: the middle half as a bar, the median as a dot."""

    wait: counts.Wait
    label: str
    from_x: float
    until_x: float
    median_x: float


WAIT_WIDTH = 320


def _waits(programme: Programme, span: Span) -> dict[str, Any]:
    found = counts.waits(programme, span)
    longest = max((each.three_quarters for each in found), default=0) or 1
    step = next(each for each in (10, 30, 60, 100, 200, 400, 1000, 10_000) if each * 4 >= longest)
    scale = WAIT_WIDTH / (step * 4)
    names = {"decision": _("Referral to acceptance"), "start": _("Acceptance to start")}
    tracks = {track.kind: str(track) for track in programme.tracks.order_by("pk")}
    rows = [
        WaitRow(each, f"{names[each.step]}, {tracks[each.kind].lower()}", *(
            round(10 + days * scale, 1) for days in (each.quarter, each.three_quarters, each.median)
        ))
        for each in found
    ]  # fmt: skip
    ticks = [(step * index, round(10 + step * index * scale, 1)) for index in range(5)]
    return {"rows": rows, "ticks": ticks}


def period_words(span: Span) -> str:
    """The period in words."""
    return _("from the beginning until now") if span.is_all else period(span.from_on, span.until_on)


def filter_words(member: Membership, *, kind: str, referrer: str, how: str, kept: str) -> dict[str, list[str]]:
    """Which part of a figure is shown: of one track, of one partner, of one outcome."""
    programme = member.programme
    track = next((str(each) for each in programme.tracks.order_by("pk") if each.kind == kind), "")
    partner = (
        Organisation.objects.filter(programme=programme, pk=referrer).first() if referrer not in NOT_KEYS else None
    )
    words = [
        track,
        _("referrer unknown") if referrer == counts.NOBODY else str(partner or ""),
        code_label(programme, CodeList.ENDING, how) if how not in NOT_KEYS else "",
        f"{_('Home kept')}: {YesNoUnknown(kept).label}" if kept in YesNoUnknown.values else "",
    ]
    return {"parts": [word for word in words if word]}
