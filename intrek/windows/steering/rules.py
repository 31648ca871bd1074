"""What each figure counts, said once: the figures count it, the rows behind show it, and the explanation tells it.

Flows count what happened in the period, stocks what stands at its last day. Without a period, unknown days count too;
in a period, or on a day that is past, they cannot. The track is the track of the referral.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# Values of Stage and Ending as plain text.
UNDECIDED = ("new", "on_agenda")
WAITING = ("waiting", "allocated")
SUPPORTED = ("running", "aftercare")
BEFORE_A_START = ("declined", "withdrawn")
AFTER_A_START = ("positive", "neutral", "negative", "programme")
TRACKS = ("trial", "sitting")
# From 1 up to and including this, a partner's count is shown to others as a range.
FEW = 4


@dataclass(frozen=True)
class Span:
    """A period, both days inclusive; without any day: everything, unknown days included.

    ``today`` is the day on which is asked: what stands today is told by the stage of each pathway, known days or not.
    """

    from_on: date | None = None
    until_on: date | None = None
    today: date | None = None

    @property
    def is_all(self) -> bool:
        """No day was chosen."""
        return self.from_on is None and self.until_on is None

    @property
    def past_day(self) -> date | None:
        """The last day of the period when it lies in the past; else what stands is what stands now."""
        return None if self.until_on is None or (self.today and self.until_on >= self.today) else self.until_on

    def holds(self, column: str) -> Q:
        """The day in this column lies in the period."""
        inside = Q(**{f"{column}__isnull": False})
        if self.from_on:
            inside &= Q(**{f"{column}__gte": self.from_on})
        if self.until_on:
            inside &= Q(**{f"{column}__lte": self.until_on})
        return inside


@dataclass(frozen=True)
class Measure:
    """One figure: what it is called, what it counts in words, and which pathways those are."""

    code: str
    label: Any
    meaning: Any
    rows: Callable[[Span], Q]
    is_stock: bool = False


def _by(column: str, on: date) -> Q:
    return Q(**{f"{column}__lte": on})


def _not_by(column: str, on: date) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gt": on})


def _has_started() -> Q:
    return Q(started_on__isnull=False) | ~Q(first_ending="") | Q(stage__in=SUPPORTED)


def _open_on(on: date) -> Q:
    """Referred by that day and not closed by it; who was closed on an unknown day is not known to be open."""
    return _by("referred_on", on) & (Q(closed_on__gt=on) | (Q(closed_on__isnull=True) & ~Q(stage="closed")))


def _undecided_on(on: date) -> Q:
    """Open on that day, and decided later or not at all."""
    never = Q(accepted_on__isnull=True) & (Q(stage__in=UNDECIDED) | Q(ending__in=BEFORE_A_START))
    return _open_on(on) & (Q(accepted_on__gt=on) | never)


def _unstarted_on(on: date) -> Q:
    never = Q(started_on__isnull=True) & Q(first_ending="") & ~Q(stage__in=SUPPORTED)
    return Q(started_on__gt=on) | never


def referred(span: Span) -> Q:
    """Referrals that came in."""
    return Q() if span.is_all else span.holds("referred_on")


def accepted(span: Span) -> Q:
    """Referrals the partners accepted."""
    if span.is_all:
        return Q(accepted_on__isnull=False) | Q(stage__in=WAITING) | _has_started()
    return span.holds("accepted_on")


def started(span: Span) -> Q:
    """Pathways on which support began, counted once: at its first term."""
    return _has_started() if span.is_all else span.holds("started_on")


def first_ended(ending: str) -> Callable[[Span], Q]:
    """Pathways whose first support ended like this."""

    def rows(span: Span) -> Q:
        how = Q(first_ending=ending)
        return how if span.is_all else how & span.holds("first_ended_on")

    return rows


def continued(span: Span) -> Q:
    """Trial residents who went on as sitting tenant (P15); a sitting tenant's own track never changes."""
    if span.is_all:
        return Q(continued_on__isnull=False) | ~Q(current_track=F("track"))
    return span.holds("continued_on")


def ended_before_start(ending: str) -> Callable[[Span], Q]:
    """Referrals that ended before support began: declined, withdrawn."""

    def rows(span: Span) -> Q:
        how = Q(ending=ending)
        return how if span.is_all else how & span.holds("closed_on")

    return rows


def decided(span: Span) -> Q:
    """Referrals on which the partners decided: accepted or declined."""
    return accepted(span) | ended_before_start("declined")(span)


def closed(span: Span) -> Q:
    """Supported pathways that were closed."""
    over = Q(ending__in=AFTER_A_START)
    return over if span.is_all else over & span.holds("closed_on")


def new(span: Span) -> Q:
    """Not yet on an agenda."""
    on = span.past_day
    if on is None:
        return Q(stage="new")
    # Who stands on an agenda since an unknown day is not known to be new.
    later = Q(agenda_on__gt=on) | (Q(agenda_on__isnull=True) & ~Q(stage="on_agenda"))
    return _undecided_on(on) & later


def awaiting_intervision(span: Span) -> Q:
    """On an agenda, not decided."""
    on = span.past_day
    if on is None:
        return Q(stage="on_agenda")
    return _undecided_on(on) & _by("agenda_on", on)


def waiting(span: Span) -> Q:
    """Accepted, not started."""
    on = span.past_day
    if on is None:
        return Q(stage__in=WAITING) & Q(started_on__isnull=True) & Q(first_ending="")
    return _open_on(on) & _by("accepted_on", on) & _unstarted_on(on)


def in_support(span: Span) -> Q:
    """Support began and the first term has not ended."""
    on = span.past_day
    if on is None:
        return _has_started() & Q(first_ending="")
    runs = Q(first_ended_on__gt=on) | (Q(first_ended_on__isnull=True) & Q(first_ending=""))
    return _by("started_on", on) & runs


MEASURES: dict[str, Measure] = {
    each.code: each
    for each in (
        Measure("referrals", _("Referrals"), _("Referrals that came in, by the day of the referral."), referred),
        Measure("decided", _("Decided"), _("Accepted or declined by the partners."), decided),
        Measure("accepted", _("Accepted"), _("Accepted by the partners, by the day of the decision."), accepted),
        Measure(
            "started",
            _("Started"),
            _("Support began, by its first day. A trial resident who goes on as sitting tenant is not counted again."),
            started,
        ),
        Measure(
            "completed_positive",
            _("Completed with success"),
            _("The first support ended with a positive reason, by its last day."),
            first_ended("positive"),
        ),
        Measure(
            "ended_otherwise",
            _("Ended otherwise"),
            _("The first support ended with a neutral reason, such as an admission or a move."),
            first_ended("neutral"),
        ),
        Measure(
            "dropped_out",
            _("Dropped out"),
            _("The first support ended with a negative reason, by its last day."),
            first_ended("negative"),
        ),
        Measure(
            "ended_by_programme",
            _("Ended by the programme"),
            _("The first support ended because a dwelling or the service was withdrawn."),
            first_ended("programme"),
        ),
        Measure(
            "continued_as_sitting_tenant",
            _("Went on as sitting tenant"),
            _("Trial residents who are supported further in their own tenancy; they keep the track of their referral."),
            continued,
        ),
        Measure(
            "declined",
            _("Declined"),
            _("Declined by the partners, by the day of the decision."),
            ended_before_start("declined"),
        ),
        Measure(
            "withdrawn",
            _("Withdrawn"),
            _("Withdrawn by the referrer or the client before a start."),
            ended_before_start("withdrawn"),
        ),
        Measure("closed", _("Closed"), _("Pathways closed after support, by the day of closing."), closed),
        Measure("new", _("New"), _("Referred, and not yet on an agenda."), new, is_stock=True),
        Measure(
            "awaiting_intervision",
            _("Awaiting intervision"),
            _("On an agenda, and not decided."),
            awaiting_intervision,
            is_stock=True,
        ),
        Measure("waiting", _("Waiting"), _("Accepted, and not started."), waiting, is_stock=True),
        Measure(
            "in_support", _("In support"), _("Started, and the first support still runs."), in_support, is_stock=True
        ),
    )
}


def shown_count(count: int, *, masked: bool) -> str:
    """A partner's count as it is shown: 1 to 4 as a range where somebody might be recognised."""
    if masked and 1 <= count <= FEW:
        return f"1–{FEW}"
    return str(count) if count else "–"
