"""Days, durations and money as people say them, in the language of the page. Pure: the day of today is an argument."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
LONG, SHORT, SHORT_NO_YEAR = "d MMMM y", "d MMM y", "d MMM"
WEEKDAY, WEEKDAY_YEAR, WEEKDAY_SHORT = "EEEE d MMMM", "EEEE d MMMM y", "EEE"


def language() -> str:
    """The language of the page, in two letters."""
    code = (get_language() or "nl")[:2]
    return code if code in LOCALES else "nl"


@lru_cache(maxsize=8)
def locale_of(code: str) -> Locale:
    """How Belgium writes numbers and days in that language."""
    return Locale.parse(LOCALES[code])


@lru_cache(maxsize=20_000)
def written(on: date, pattern: str, code: str) -> str:
    """A day in a pattern; remembered, as formatting days is half the cost of a list."""
    return format_date(on, pattern, locale=locale_of(code))


def as_day(on: date | datetime) -> date:
    """The calendar day of an instant here; a day stays a day."""
    if isinstance(on, datetime):
        return timezone.localtime(on).date() if timezone.is_aware(on) else on.date()
    return on


def day(on: date | datetime | None) -> str:
    """3 maart 2027; empty when unknown."""
    return written(as_day(on), LONG, language()) if on else ""


def short_day(on: date | datetime | None, *, year: bool = True) -> str:
    """3 mrt 2027, or 3 mrt."""
    return written(as_day(on), SHORT if year else SHORT_NO_YEAR, language()) if on else ""


def weekday(on: date | datetime | None, *, year: bool = False) -> str:
    """A weekday and day, woensdag 3 maart, where the year goes without saying."""
    return written(as_day(on), WEEKDAY_YEAR if year else WEEKDAY, language()) if on else ""


def short_weekday(on: date | datetime | None) -> str:
    """The weekday in two letters: wo."""
    return written(as_day(on), WEEKDAY_SHORT, language()) if on else ""


def month_name(on: date, *, year: bool = True) -> str:
    """A month: mrt 2027, or mrt."""
    return written(on, "MMM y" if year else "MMM", language())


def whole_month(on: date) -> str:
    """Maart 2027, written out."""
    return written(on, "MMMM y", language())


def hour(at: datetime | None) -> str:
    """10.42, as clocks are written here."""
    if at is None:
        return ""
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{local.hour}.{local.minute:02d}" if language() == "nl" else f"{local.hour}:{local.minute:02d}"


def days_words(count: int) -> str:
    """8 days."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def months_words(count: int) -> str:
    """6 months."""
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": number(count)}


def minutes_words(count: int) -> str:
    """75 minutes."""
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": number(count)}


def years_words(count: int) -> str:
    """46 years old, as an age."""
    return ngettext("%(count)s year old", "%(count)s years old", count) % {"count": number(count)}


def until_words(on: date | datetime | None, today: date) -> str:
    """How far a promised day is: in 9 days, tomorrow, today, 3 days late; empty when there is no day."""
    if not on:
        return ""
    left = (as_day(on) - today).days
    if left == 0:
        return gettext("today")
    if left == 1:
        return gettext("tomorrow")
    if left > 0:
        return ngettext("in %(count)s day", "in %(count)s days", left) % {"count": number(left)}
    return ngettext("%(count)s day late", "%(count)s days late", -left) % {"count": number(-left)}


def ago_words(on: date | datetime | None, today: date) -> str:
    """How long ago something was: 8 days ago, yesterday, today."""
    if not on:
        return ""
    gone = (today - as_day(on)).days
    if gone == 0:
        return gettext("today")
    if gone == 1:
        return gettext("yesterday")
    return ngettext("%(count)s day ago", "%(count)s days ago", gone) % {"count": number(gone)}


def since_words(on: date | datetime | None, today: date) -> str:
    """How long something has lasted: for 8 days."""
    if not on:
        return ""
    gone = (today - as_day(on)).days
    return ngettext("for %(count)s day", "for %(count)s days", gone) % {"count": number(gone)}


def month_of(month: int, months: int) -> str:
    """Month 7 of 12."""
    return gettext("month %(month)s of %(months)s") % {"month": month, "months": months}


def period(starts_on: date | None, ends_on: date | None) -> str:
    """18 mei 2026 – 17 mei 2027; says what is not known."""
    if starts_on and ends_on:
        return f"{short_day(starts_on)} – {short_day(ends_on)}"
    if starts_on:
        return gettext("since %(day)s") % {"day": short_day(starts_on)}
    if ends_on:
        return gettext("until %(day)s") % {"day": short_day(ends_on)}
    return gettext("dates unknown")


def number(count: int | Decimal) -> str:
    """1.200, with the thousands marked."""
    return (
        str(count)
        if isinstance(count, int) and -1000 < count < 1000
        else format_decimal(count, locale=locale_of(language()))
    )


def money(amount: Decimal | int | None) -> str:
    """€ 412,50; empty when unknown."""
    return "" if amount is None else format_currency(amount, "EUR", locale=locale_of(language()))
