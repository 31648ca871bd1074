"""What the components are shown with."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest

from intrek.ground.common import charts
from intrek.ground.common.listing import Listing, active_chips
from intrek.ground.common.look.forms import EveryAnswer, Filters
from intrek.ground.common.refusals import Refusal, WayOut

TODAY = date(2026, 11, 23)
PARTS = {"small": "Small things", "forms": "Forms", "lists": "Lists", "pictures": "Pictures", "task": "A phone task"}
NAMES = "Referral Conditions Intervision Allocation Keys Trial Evaluation Contract Aftercare".split()
WHENS = ["12 jan 2026", "16 jan", "28 jan", "15 apr", "18 mei", "", "vóór 17 apr", "", ""]


@dataclass
class Month:
    """A cell of the term."""

    state: str
    evaluation: str = ""


@dataclass
class Station:
    """A station of the line."""

    name: str
    state: str
    when: str = ""
    months: list[Month] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        return bool(self.months)


@dataclass
class Awaits:
    """What is awaited."""

    what: str = ""
    whom: str = ""
    by: date | None = None
    by_text: str = ""
    is_late: bool = False
    missing: bool = False


@dataclass
class Line:
    """A line."""

    label: str
    stations: list[Station]
    awaits: Awaits | None


@dataclass
class Clock:
    """A clock."""

    month: int = 7
    months: int = 12
    next_evaluation_text: str = "evaluation in 9 days"
    last_day_text: str = "last day 17 May 2027"


def line(now: int, *, awaits: Awaits | None, stopped: bool = False) -> Line:
    """A line that stands at a station."""
    here = "stopped" if stopped else "now"
    stations = [
        Station(name, "done" if index < now else here if index == now else "todo", when)
        for index, (name, when) in enumerate(zip(NAMES, WHENS, strict=True))
    ]
    if now == 5:
        cells = "done done/held paused done done/held done now/due todo todo/due todo todo/due todo".split()
        stations[5].months = [Month(*cell.split("/")) for cell in cells]
        stations[5].when = "month 7 of 12 · evaluation in 9 days"
    return Line("Example line", stations, awaits)


def nav(part: str) -> list[dict[str, Any]]:
    """The parts of this page as the main menu."""
    icons = dict(zip(PARTS, ("home", "pencil", "list", "chart", "phone"), strict=True))
    return [
        {
            "url": f"/common/look/{name}/",
            "label": label,
            "icon": icons[name],
            "current": name == part,
            "narrow": name != "small",
        }
        for name, label in PARTS.items()
    ]


def dwellings() -> charts.Strips:
    """A picture of who lived where."""
    rows = [
        charts.StripRow(
            "Oliebaan 41",
            sub="1 room",
            url="#",
            spans=[
                charts.Span("solid", None, date(2026, 3, 31), "M. Strubbe"),
                charts.Span("own", date(2026, 4, 1), None, "own contract"),
            ],
        ),
        charts.StripRow(
            "Zandstraat 205",
            sub="2 rooms",
            url="#",
            spans=[
                charts.Span("wait", date(2025, 9, 1), date(2025, 10, 5)),
                charts.Span("ready", date(2025, 10, 6), date(2025, 12, 1), "furnishing"),
                charts.Span("solid", date(2025, 12, 2), date(2026, 10, 5), "J. Van Acker"),
                charts.Span("free", date(2026, 10, 6), None, "free"),
            ],
        ),
    ]
    words = {"wait": "offered", "ready": "being furnished", "solid": "stay", "own": "own contract", "free": "free"}
    return charts.strips(
        rows, starts_on=date(2025, 9, 1), ends_on=date(2027, 2, 28), legend=words, today=TODAY, width=960
    )


def services() -> charts.Strips:
    """A picture of help that comes in time or too late."""
    rows = [
        charts.StripRow(
            "Support",
            sub="18 mei 2026 – 17 mei 2027",
            spans=[charts.Span("solid", date(2026, 5, 18), date(2027, 5, 17), "Ruben")],
        ),
        charts.StripRow(
            "Cleaning",
            sub="too late",
            spans=[
                charts.Span("late", date(2026, 6, 2), date(2027, 5, 31), "waits"),
                charts.Span("expected", date(2027, 6, 1), None, "1 June"),
            ],
        ),
    ]
    words = {"late": "waits past the end", "solid": "support", "expected": "expected"}
    return charts.strips(
        rows,
        starts_on=date(2026, 5, 1),
        ends_on=date(2027, 8, 31),
        legend=words,
        today=TODAY,
        end=date(2027, 5, 17),
        end_label="end",
    )


def pictures() -> dict[str, Any]:
    """The pictures."""
    moments = [
        charts.Moment("Start, 22 May", "May"),
        charts.Moment("Evaluation 1", "Jul"),
        charts.Moment("Evaluation 2", "Oct"),
    ]
    domains = [charts.Domain("Home", [1, 2, 3], [1, 2, 2]), charts.Domain("Use", [3, 3, None], [2, None, 2])]
    late = Awaits("An answer about the contract", "Hilde", date(2026, 11, 20), "3 days late", is_late=True)
    return {
        "line": line(5, awaits=Awaits("An answer about the contract", "Hilde", date(2026, 12, 11), "in 18 days")),
        "late_line": line(3, awaits=late),
        "lost_line": line(2, awaits=Awaits(missing=True)),
        "stopped_line": line(4, awaits=None, stopped=True),
        "clock": Clock(),
        "dwellings": dwellings(),
        "services": services(),
        "scores": charts.multiples(moments, domains),
        "funnel": charts.funnel([("Referred", 30, "4 new", "#"), ("Decided", 18, "", ""), ("Started", 5, "", "")]),
    }


def examples(request: HttpRequest, part: str) -> dict[str, Any]:
    """All that the page of a part shows."""
    given = {"nav": nav(part), "part": part, "show_search": False, "line": line(3, awaits=None)}
    if part == "pictures":
        return given | pictures()
    if part in {"forms", "task"}:
        return given | {"form": EveryAnswer(), "bad_form": EveryAnswer({"name": ""}, prefix="bad")}
    filters = Filters(request.GET or {"track": "a"})
    rows = [
        {"name": f"Person {index}", "since": date(2026, 2, index + 1), "line": line(index % 8, awaits=None)}
        for index in range(3)
    ]
    return given | {
        "filters": filters,
        "chips": active_chips(request, filters),
        "listing": Listing(rows, 3, 30, 1_000, is_counted=False, has_next=True, query=request.GET),
        "reasons": [
            Refusal("The final evaluation was not held.", way_out=WayOut("#", "Plan the evaluation")),
            Refusal("The landlord has not confirmed."),
        ],
        "tabs": [
            {"url": "#", "label": "Now", "current": True, "count": 3},
            {"url": "#", "label": "Papers", "current": False},
        ],
        "steps": [
            {"label": "Referrer", "url": "#", "state": "done"},
            {"label": "Home", "url": "#", "state": "now"},
            {"label": "Review", "url": "#", "state": "todo"},
        ],
    }
