"""How a pathway moves, and how its line is drawn: from plain values, without database or clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import month_of_term, months_in, months_later
from intrek.ground.common.refusals import Refusal
from intrek.ground.common.wording import day, short_day, until_words

# Stage values as plain text: rules stand below the models.
NEW, ON_AGENDA, WAITING, ALLOCATED, RUNNING, AFTERCARE, CLOSED = (
    "new",
    "on_agenda",
    "waiting",
    "allocated",
    "running",
    "aftercare",
    "closed",
)

# From each stage to those it may go to. A sitting tenant skips *allocated*; aftercare leads back to support without a new referral (P23).
TRANSITIONS: dict[str, tuple[str, ...]] = {
    NEW: (ON_AGENDA, WAITING, CLOSED),
    ON_AGENDA: (NEW, WAITING, CLOSED),
    WAITING: (ON_AGENDA, ALLOCATED, RUNNING, CLOSED),
    ALLOCATED: (WAITING, RUNNING, CLOSED),
    RUNNING: (RUNNING, AFTERCARE, WAITING, CLOSED),
    AFTERCARE: (RUNNING, CLOSED),
    CLOSED: (AFTERCARE, RUNNING),
}

TRIAL_STATIONS = (
    "referral",
    "eligibility",
    "intervision",
    "allocation",
    "keys",
    "trial_stay",
    "final_evaluation",
    "tenancy",
    "aftercare",
)
SITTING_STATIONS = ("referral", "eligibility", "intervision", "agreement", "support", "final_evaluation", "aftercare")
# A trial resident who goes on as sitting tenant: the line grows by a second term (P15).
CONTINUED_STATIONS = (*TRIAL_STATIONS[:-1], "support", "second_final_evaluation", "aftercare")
TERM_STATIONS = ("trial_stay", "support")


class Reason(TextChoices):
    """Why a pathway may not move."""

    NO_SUCH_MOVE = "no_such_move", _("A pathway that is %(stage)s cannot become %(target)s.")
    CLOSED_ALREADY = "closed_already", _("This pathway was closed on %(on)s.")
    BEFORE_REFERRAL = "before_referral", _("That day lies before the referral of %(on)s.")


def move_reasons(stage: str, target: str, *, labels: Mapping[str, Any]) -> list[Refusal]:
    """Why a pathway at ``stage`` may not go to ``target``; ``labels`` are the stages in words."""
    if target in TRANSITIONS[stage]:
        return []
    return [Refusal(Reason.NO_SUCH_MOVE, {"stage": labels[stage], "target": labels[target]})]


def stations_of(track: str, *, continued: bool) -> tuple[str, ...]:
    """The stations of a pathway of this track; ``continued`` when the trial resident went on as sitting tenant."""
    if track == "sitting":
        return SITTING_STATIONS
    return CONTINUED_STATIONS if continued else TRIAL_STATIONS


@dataclass(frozen=True)
class Month:
    """One cell of a running term."""

    state: str
    evaluation: str = ""


@dataclass(frozen=True)
class StationView:
    """One station of the line, ready to draw."""

    code: str
    name: str
    state: str
    when: str = ""
    months: tuple[Month, ...] = ()

    @property
    def is_long(self) -> bool:
        return bool(self.months)


@dataclass(frozen=True)
class Awaits:
    """What is awaited, from whom, by when; ``missing`` when an open pathway waits for nobody, which is a fault to show."""

    what: str = ""
    whom: str = ""
    by: date | None = None
    by_text: str = ""
    is_late: bool = False
    missing: bool = False


@dataclass(frozen=True)
class Line:
    """A pathway line: where this person is, what is awaited, from whom, by when."""

    label: str
    stations: tuple[StationView, ...]
    awaits: Awaits | None

    @property
    def now(self) -> StationView | None:
        """The station one stands at."""
        for state in ("now", "stopped"):
            found = next((each for each in self.stations if each.state == state), None)
            if found:
                return found
        return None


@dataclass(frozen=True)
class Clock:
    """The running term as people say it: month 7 of 12, evaluation in 9 days, until 17 May."""

    starts_on: date
    ends_on: date
    months: int
    month: int
    next_evaluation: date | None
    next_evaluation_text: str
    last_day_text: str
    segments: tuple[Month, ...]


@dataclass(frozen=True)
class Facts:
    """All that a line is drawn from; ``steps`` maps a station to (state, day, expected day)."""

    label: str
    track: str
    stage: str
    continued: bool
    names: Mapping[str, Any]
    steps: Mapping[str, tuple[str, date | None, date | None]]
    clock: Mapping[str, Any] = field(default_factory=dict)
    awaits: tuple[str, str, date | None] = ("", "", None)


def _days(pair: Sequence[str | None]) -> tuple[date | None, date | None]:
    first, last = (date.fromisoformat(each) if each else None for each in pair)
    return first, last


def _cell(
    term: tuple[date, int], index: int, pauses: Iterable[Sequence[str | None]], marks: Mapping[date, str], on: date
) -> Month:
    starts_on, now = term
    first = starts_on if index == 1 else months_later(starts_on, index - 1)
    last = months_later(starts_on, index)
    mark = next((state for when, state in marks.items() if first < when <= last or when == starts_on == first), "")
    paused = any(
        (from_on and from_on <= last) and (until_on is None or until_on > first)
        for from_on, until_on in map(_days, pauses)
    )
    if index == now:
        return Month("now", mark)
    if paused:
        return Month("paused", mark)
    return Month("done" if last < on else "todo", mark)


def months_of(starts_on: date, ends_on: date) -> int:
    """How many months a term counts, as people say it; the days that a suspension added belong to the last of them."""
    return max(months_in(starts_on, ends_on), 1)


def month_cells(clock: Mapping[str, Any], on: date) -> tuple[Month, ...]:
    """A cell for each month of the running term, with suspensions and evaluations in it."""
    if not clock:
        return ()
    starts_on, ends_on = date.fromisoformat(clock["starts_on"]), date.fromisoformat(clock["ends_on"])
    count = months_of(starts_on, ends_on)
    marks = {
        date.fromisoformat(each["held_on"] or each["due_on"]): "held" if each["held_on"] else "due"
        for each in clock.get("evaluations", [])
    }
    term = (starts_on, min(month_of_term(starts_on, on), count) if on <= ends_on else 0)
    return tuple(_cell(term, index, clock.get("pauses", []), marks, on) for index in range(1, count + 1))


def clock_of(clock: Mapping[str, Any], on: date) -> Clock | None:
    """The clock of the running term, or nothing while there is none."""
    if not clock:
        return None
    starts_on, ends_on = date.fromisoformat(clock["starts_on"]), date.fromisoformat(clock["ends_on"])
    due = sorted(each["due_on"] for each in clock.get("evaluations", []) if not each["held_on"])
    next_evaluation = date.fromisoformat(due[0]) if due else None
    months = months_of(starts_on, ends_on)
    return Clock(
        starts_on=starts_on,
        ends_on=ends_on,
        months=months,
        month=min(month_of_term(starts_on, on), months),
        next_evaluation=next_evaluation,
        next_evaluation_text=str(_("evaluation %(when)s") % {"when": until_words(next_evaluation, on)})
        if next_evaluation
        else "",
        last_day_text=str(_("last day %(day)s") % {"day": day(ends_on)}),
        segments=month_cells(clock, on),
    )


def _term_words(clock: Clock) -> str:
    month = (
        _("month %(month)d of %(months)d") % {"month": clock.month, "months": clock.months}
        if clock.month
        else _("starts %(day)s") % {"day": day(clock.starts_on)}
    )
    return " · ".join(filter(None, [str(month), clock.next_evaluation_text, clock.last_day_text]))


def _state(station: str, here: str | None, facts: Facts) -> str:
    given = facts.steps.get(station, ("", None, None))[0]
    if station == here and given != "stopped":
        return "now"
    return given or "todo"


def here_of(facts: Facts) -> str | None:
    """The one station an open pathway stands at: the first that is neither done nor skipped."""
    if facts.stage == CLOSED:
        return None
    stations = stations_of(facts.track, continued=facts.continued)
    if facts.stage == AFTERCARE:
        # Also after a stay that stopped: the anchor person is there for who dropped out too (P23).
        return stations[-1]
    return next(
        (each for each in stations if facts.steps.get(each, ("", None, None))[0] not in {"done", "skipped"}),
        stations[-1],
    )


def _station(station: str, here: str | None, facts: Facts, on: date) -> StationView:
    _given, happened_on, expected_on = facts.steps.get(station, ("", None, None))
    state = _state(station, here, facts)
    clock = clock_of(facts.clock, on) if station == here and station in TERM_STATIONS else None
    if clock:
        when, months = _term_words(clock), clock.segments
    elif state == "todo":
        when, months = (str(_("expected %(day)s") % {"day": short_day(expected_on)}) if expected_on else ""), ()
    else:
        unknown = str(_("day unknown")) if state in {"done", "stopped"} else ""
        when, months = (short_day(happened_on) if happened_on else unknown), ()
    return StationView(station, str(facts.names[station]), state, when, months)


def awaits_of(facts: Facts, on: date) -> Awaits | None:
    """What is awaited; nothing once the pathway is closed."""
    what, whom, by = facts.awaits
    if facts.stage == CLOSED:
        return None
    if not what or not whom:
        return Awaits(missing=True)
    return Awaits(what, whom, by, until_words(by, on) if by else "", bool(by and by < on))


def draw_line(facts: Facts, on: date) -> Line:
    """The pathway line on day ``on``: exactly one station is *now* while the pathway is open."""
    here = here_of(facts)
    stations = stations_of(facts.track, continued=facts.continued)
    return Line(facts.label, tuple(_station(each, here, facts, on) for each in stations), awaits_of(facts, on))
