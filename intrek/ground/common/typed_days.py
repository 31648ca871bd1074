"""Days as people write them, in three languages, and days that are only half known."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.wording import day as day_words
from intrek.ground.common.wording import language, written

FIRST_YEAR, LAST_YEAR = 1850, 2199

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan janvier janv january",
            "februari feb fevrier fevr fev february",
            "maart mrt mars march mar",
            "april apr avril avr",
            "mei mai may",
            "juni jun juin june",
            "juli jul juillet juil july",
            "augustus aug aout august",
            "september sep sept septembre",
            "oktober okt octobre oct october",
            "november nov novembre",
            "december dec decembre",
        ),
        start=1,
    )
    for name in names.split()
}
NEAR = {
    **dict.fromkeys("vandaag aujourd'hui today".split(), 0),
    **dict.fromkeys("morgen demain tomorrow".split(), 1),
    **dict.fromkeys("gisteren hier yesterday".split(), -1),
}
UNKNOWN_WORDS = {"onbekend", "inconnu", "inconnue", "unknown", "?"}
WEEKDAYS = (
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "monday tuesday wednesday thursday friday saturday sunday"
).split()
SINCE = "sinds sedert vanaf depuis since from".split()

ISO_DAY = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})(?:\s*[-/.]\s*|\s+)(?P<month>\d{1,2})(?:\s*[-/.]\s*|\s+)(?P<year>\d{4}|\d{2})")
NUMBER_NAME = re.compile(
    r"(?P<day>\d{1,2})(?:er|ste|de|st|nd|rd|th)?[\s.-]*(?P<name>[a-z]+)\.?[\s,-]*(?P<year>\d{4}|\d{2})"
)
NAME_NUMBER = re.compile(r"(?P<name>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})")
NO_YEAR = re.compile(r"(?P<day>\d{1,2})(?:\s*[-/.]\s*(?P<month>\d{1,2})[-/.]?|[\s.-]*(?P<name>[a-z]+)\.?)")
MONTH_YEAR = re.compile(r"(?:(?P<month>\d{1,2})\s*[-/.]\s*|(?P<name>[a-z]+)\.?[\s-]*)(?P<year>\d{4})")
YEAR_MONTH = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
YEAR = re.compile(r"(?P<year>\d{4})")


class Fault(models.TextChoices):
    """What is wrong with a day as it was typed."""

    UNREADABLE = "unreadable", _("“%(typed)s” is not a day. Write for example 3/3/2027 or 3 March 2027.")
    NO_SUCH_DAY = "no_such_day", _("%(typed)s does not exist: that month has %(days)d days.")
    NO_SUCH_MONTH = "no_such_month", _("%(typed)s does not exist: a year has 12 months, and the day comes first.")
    NO_YEAR = "no_year", _("Write the year too: %(typed)s of which year?")
    SHORT_YEAR = "short_year", _("Write the year of %(typed)s in four figures.")
    STRANGE_YEAR = "strange_year", _("The year %(year)d cannot be right.")


class NotADay(ValueError):
    """What was typed is not a day; ``fault`` says why, ``str()`` says it in words."""

    def __init__(self, fault: Fault, **params: Any) -> None:
        self.fault, self.params = fault, params
        super().__init__(fault)

    def __str__(self) -> str:
        return str(self.fault.label) % self.params


def plain_words(text: str) -> str:
    """Small letters without accents, one space between words, without a weekday or a leading *since*."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    words = "".join(each for each in letters if not unicodedata.combining(each)).lower().split()
    while len(words) > 1 and words[0].strip(",.") in (*WEEKDAYS, *SINCE):
        words = words[1:]
    return " ".join(words)


def parse_day(text: str, *, today: date | None = None, short_years: bool = True) -> date:
    """The day somebody wrote: ``3 maart 2027``, ``3/3/2027``, ``3-3-27``, ``2027-03-03``, ``1er mars 2027``, ``vandaag``.

    The day comes before the month in every language. ``today`` gives *today* and *tomorrow* a meaning. A year in two
    figures is 1970 to 2069; for a day of birth that guess is worth nothing, so ``short_years=False`` refuses it.
    Raises NotADay.
    """
    words = plain_words(text)
    if words in NEAR and today:
        return today + timedelta(days=NEAR[words])
    for pattern in (ISO_DAY, DAY_FIRST, NUMBER_NAME, NAME_NUMBER):
        if (found := pattern.fullmatch(words)) and _month(found):
            if len(found["year"]) == 2 and not short_years:
                raise NotADay(Fault.SHORT_YEAR, typed=text.strip())
            return _real_day(text, _year(found), _month(found), int(found["day"]))
    if (found := NO_YEAR.fullmatch(words)) and 1 <= _month(found) <= 12:
        raise NotADay(Fault.NO_YEAR, typed=text.strip())
    raise NotADay(Fault.UNREADABLE, typed=text.strip())


def _month(found: re.Match[str]) -> int:
    """The month's number as written, 0 when its name is no month's."""
    parts = found.groupdict()
    return int(parts["month"]) or 99 if parts.get("month") else MONTHS.get(parts.get("name") or "", 0)


def _year(found: re.Match[str]) -> int:
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 2000 if year < 70 else 1900
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADay(Fault.STRANGE_YEAR, year=year)
    return year


def _real_day(text: str, year: int, month: int, day: int) -> date:
    if month > 12:
        raise NotADay(Fault.NO_SUCH_MONTH, typed=text.strip())
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise NotADay(Fault.NO_SUCH_DAY, typed=text.strip(), days=days)
    return date(year, month, day)


class Precision(models.TextChoices):
    """How well a day is known."""

    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")
    BETWEEN = "between", _("between two days")
    UNKNOWN = "unknown", _("not known")


@dataclass(frozen=True)
class ImpreciseDay:
    """A day known to the day, the month or the year, or not at all: the earliest and the latest day it can have been.

    "Izegem, since 2024" stays imprecise: nothing is invented (P3). Models keep it as two date columns.
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError(f"{self.latest} is before {self.earliest}")

    @classmethod
    def exact(cls, day: date) -> "ImpreciseDay":
        """A day that is known."""
        return cls(day, day)

    @classmethod
    def of_month(cls, year: int, month: int) -> "ImpreciseDay":
        """Some day in a month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def of_year(cls, year: int) -> "ImpreciseDay":
        """Some day in a year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> "ImpreciseDay":
        """A day, a month or a year as people write it: ``3/3/2024``, ``maart 2024``, ``03/2024``, ``sinds 2024``, ``unknown``.

        Raises NotADay.
        """
        words = plain_words(text)
        if words in UNKNOWN_WORDS:
            return cls()
        if len(parts := re.split(r"\s+[–-]\s+", words)) == 2:
            first, last = (parse_day(part, today=today) for part in parts)
            if last < first:
                raise NotADay(Fault.UNREADABLE, typed=text.strip())
            return cls(first, last)
        if found := YEAR.fullmatch(words):
            return cls.of_year(_year(found))
        if (found := MONTH_YEAR.fullmatch(words) or YEAR_MONTH.fullmatch(words)) and _month(found):
            if _month(found) > 12:
                raise NotADay(Fault.NO_SUCH_MONTH, typed=text.strip())
            return cls.of_month(_year(found), _month(found))
        return cls.exact(parse_day(text, today=today))

    @property
    def precision(self) -> Precision:
        """How well it is known."""
        if not (self.earliest and self.latest):
            return Precision.UNKNOWN if self.earliest is self.latest else Precision.BETWEEN
        if self.earliest == self.latest:
            return Precision.DAY
        if self == self.of_month(self.earliest.year, self.earliest.month):
            return Precision.MONTH
        return Precision.YEAR if self == self.of_year(self.earliest.year) else Precision.BETWEEN

    @property
    def day(self) -> date | None:
        """The day itself, when it is known to the day."""
        return self.earliest if self.precision == Precision.DAY else None

    def __bool__(self) -> bool:
        """Whether anything at all is known."""
        return bool(self.earliest or self.latest)

    def __str__(self) -> str:
        match self.precision:
            case Precision.UNKNOWN:
                return str(_("unknown"))
            case Precision.BETWEEN:
                return self._between()
            case Precision.DAY:
                pattern = "d MMMM y"
            case Precision.MONTH:
                pattern = "LLLL y"
            case _year:
                pattern = "y"
        return written(self.earliest or date.min, pattern, language())

    def _between(self) -> str:
        first, last = day_words(self.earliest), day_words(self.latest)
        if first and last:
            return str(_("between %(first)s and %(last)s") % {"first": first, "last": last})
        if first:
            return str(_("on or after %(first)s") % {"first": first})
        return str(_("on or before %(last)s") % {"last": last})
