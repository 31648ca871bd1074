"""Days as the programme counts them: last days inclusive, months by the calendar (P12), overlaps counted once (P3).

How people write a day is in ``typed_days``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from intrek.ground.common.typed_days import ImpreciseDay, NotADay, Precision, parse_day

__all__ = [
    "ONE_DAY",
    "ImpreciseDay",
    "NotADay",
    "Period",
    "Precision",
    "add_months",
    "days_covered",
    "joined",
    "month_of_term",
    "months_in",
    "months_later",
    "parse_day",
    "window_back",
]

ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; a month that is too short gives its last day."""
    return day + relativedelta(months=months)


def months_later(starts_on: date, months: int) -> date:
    """The last day, inclusive, of a term of ``months`` months.

    Six months from 1 March end on 31 August; from 31 August, on the last of February (P12).
    """
    same_day = add_months(starts_on, months)
    month_is_shorter = same_day.day < starts_on.day
    return same_day if month_is_shorter else same_day - ONE_DAY


def month_of_term(starts_on: date, on: date) -> int:
    """Which month of a term day ``on`` falls in: 1 from the first day on, 0 before it."""
    if on < starts_on:
        return 0
    months = (on.year - starts_on.year) * 12 + on.month - starts_on.month
    return months if months and on <= months_later(starts_on, months) else months + 1


def months_in(starts_on: date, ends_on: date) -> int:
    """The whole calendar months of a term that runs from its first to its last day, both inclusive."""
    month = month_of_term(starts_on, ends_on)
    return month if month and months_later(starts_on, month) == ends_on else max(month - 1, 0)


@dataclass(frozen=True, order=True)
class Period:
    """Days from a first to a last one, both inclusive; without a last day it is still running."""

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValueError(f"a period cannot end on {self.ends_on}, before it starts on {self.starts_on}")

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def days(self) -> int:
        """How many days it lasts; ValueError while it has no last day."""
        if self.ends_on is None:
            raise ValueError("a period that still runs has no number of days; cut it to a window first")
        return (self.ends_on - self.starts_on).days + 1

    def overlaps(self, other: "Period") -> bool:
        """Whether the two have a day in common."""
        return self.cut_to(other) is not None

    def cut_to(self, window: "Period") -> "Period | None":
        """The part that lies inside the window."""
        starts_on = max(self.starts_on, window.starts_on)
        lasts = [each.ends_on for each in (self, window) if each.ends_on]
        ends_on = min(lasts) if lasts else None
        return Period(starts_on, ends_on) if ends_on is None or starts_on <= ends_on else None

    def days_in(self, window: "Period") -> int:
        """How many of its days lie inside the window."""
        part = self.cut_to(window)
        return part.days if part else 0


def joined(periods: Iterable[Period]) -> list[Period]:
    """The same days as separate periods in order: what overlaps or touches becomes one."""
    found: list[Period] = []
    for each in sorted(periods, key=lambda period: period.starts_on):
        last = found[-1] if found else None
        if last is None or (last.ends_on and each.starts_on > last.ends_on + ONE_DAY):
            found.append(each)
        elif last.ends_on is not None and (each.ends_on is None or each.ends_on > last.ends_on):
            found[-1] = Period(last.starts_on, each.ends_on)
    return found


def days_covered(periods: Iterable[Period], window: Period) -> int:
    """How many days of the window are in at least one of the periods; overlaps are counted once (P3)."""
    parts = [part for each in periods if (part := each.cut_to(window))]
    return sum(each.days for each in joined(parts))


def window_back(ends_on: date, years: int) -> Period:
    """The last ``years`` years up to and including day ``ends_on`` (P3)."""
    return Period(add_months(ends_on, -12 * years) + ONE_DAY, ends_on)
