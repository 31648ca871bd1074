"""When a mail leaves, and when it is tried again."""

from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.timezone import make_aware, make_naive
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal

# Kinds as plain text: rules stand below the models.
OVERDUE, BREAK_IN = "overdue", "break_in"
# Somebody must do something, or waits for exactly this.
AT_ONCE_KINDS = frozenset(
    {
        "decision",
        "question",
        "answer",
        "allocation",
        "action_point",
        "signal",
        "knock",
        "knock_answered",
        "invitation",
        "meeting_changed",
        "sign",
        OVERDUE,
        BREAK_IN,
    }
)
# What nobody may switch off or put off: a promise to you is overdue; a file was opened from elsewhere.
NEVER_OFF = frozenset({OVERDUE, BREAK_IN})
PARTNER_KINDS = (
    "decision",
    "question",
    "answer",
    "later_day",
    "allocation",
    "news",
    "referral_received",
    "started",
    "ended",
    "withdrawn",
    "signal",
    "knock_answered",
    "announcement",
    "invitation",
    "meeting_changed",
    "sign",
    OVERDUE,
)
TEAM_KINDS = (
    "signed",
    "action_point",
    "signal",
    "knock",
    "question",
    "answer",
    "addition",
    "withdrawn",
    "announcement",
    "invitation",
    "meeting_changed",
    BREAK_IN,
)
# A digest is read with the first coffee.
MORNING = time(7, 0)
MONDAY = 0
# Minutes before each next try; after the last the mail is given up, about a day and a half after the first.
TRY_AGAIN = (1, 5, 20, 60, 240, 720, 1440)
# Nobody else takes up a mail that is being sent; a mail server that hangs is left long before.
CLAIM = timedelta(minutes=5)


class When(TextChoices):
    """When somebody is mailed that a message waits."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    OFF = "off", _("no mail")


class Reason(TextChoices):
    """Why it is refused."""

    NO_TITLE = "no_title", _("Give the announcement a title.")
    NO_TEXT = "no_text", _("Write what you want to announce.")
    NOBODY = "nobody", _("Nobody would read this: no referrer of that sector or organisation may sign in.")
    WITHDRAWN = "withdrawn", _("This announcement was withdrawn on %(on)s.")
    PAUSE_PASSED = "pause_passed", _("That day, %(on)s, has passed already.")
    NOT_STUCK = "not_stuck", _("This mail is not stuck: it was sent, or it will be tried again by itself.")


def kinds_for(*, is_partner: bool) -> tuple[str, ...]:
    """The kinds of messages somebody can get."""
    return PARTNER_KINDS if is_partner else TEAM_KINDS


def when_of(kind: str, choices: dict[str, str], *, is_paused: bool) -> When:
    """When somebody is mailed about this: as they chose, as holds for everybody, or at once for what nobody may switch off."""
    if kind in NEVER_OFF:
        return When.AT_ONCE
    if is_paused:
        return When.OFF
    usual = When.AT_ONCE if kind in AT_ONCE_KINDS else When.DAILY
    return When(choices.get(kind, usual))


def leaves_at(when: When, now: datetime) -> datetime:
    """At once, on the next morning, or on the next Monday morning."""
    if when == When.AT_ONCE:
        return now
    local = make_naive(now)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    while when == When.WEEKLY and day.weekday() != MONDAY:
        day += timedelta(days=1)
    return make_aware(datetime.combine(day, MORNING))


def tried_again_at(tries: int, now: datetime) -> datetime | None:
    """When a mail that could not be handed over is tried again, each pause longer; None: it is given up."""
    return now + timedelta(minutes=TRY_AGAIN[tries - 1]) if tries <= len(TRY_AGAIN) else None


def announce_reasons(title: str, text: str, *, readers: int) -> list[Refusal]:
    """Why this may not be announced."""
    reasons = [] if title.strip() else [Refusal(Reason.NO_TITLE, form_field="title")]
    reasons += [] if text.strip() else [Refusal(Reason.NO_TEXT, form_field="text")]
    return reasons + ([] if readers else [Refusal(Reason.NOBODY)])


def pause_reasons(until_on: date, on: date) -> list[Refusal]:
    """Why mails may not be paused until that day."""
    return [Refusal(Reason.PAUSE_PASSED, {"on": until_on}, form_field="until_on")] if until_on < on else []
