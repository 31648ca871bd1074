"""When a trial stay may be prepared, when its keys may be given, when it ends (P8–P13, P20)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import add_months, months_in, months_later
from intrek.ground.common.refusals import Refusal, WayOut


class Reason(TextChoices):
    """Why a stay is refused."""

    NOT_ACCEPTED = "not_accepted", _("The candidate has not accepted the dwelling.")
    RELEASED = "released", _("The candidate no longer holds this dwelling since %(on)s.")
    NO_FIRST_DAY = "no_first_day", _("The first day is not filled in.")
    TOO_SHORT = "too_short", _("A term of this track lasts at least %(months)d months: until %(day)s or later.")
    TOO_LONG = "too_long", _("A term of this track lasts at most %(months)d months: until %(day)s.")
    ENDS_BEFORE_START = "ends_before_start", _("The last day, %(ends_on)s, lies before the first day, %(starts_on)s.")
    HAS_STAY = "has_stay", _("%(person)s already has a stay, at %(dwelling)s.")
    DWELLING_TAKEN = "dwelling_taken", _("%(dwelling)s already holds a stay, of %(person)s.")
    PAPER_MISSING = "paper_missing", _("Not signed yet, and needed before the keys: %(paper)s.")
    PAPER_VOID = (
        "paper_void",
        _("Signed, but no longer true, and needed before the keys: %(paper)s. Make it anew and have it signed again."),
    )
    PAPER_TOO_LATE = "paper_too_late", _("%(paper)s was signed on %(signed_on)s, after the keys of %(on)s.")
    KEYS_GIVEN = "keys_given", _("The keys were already handed over on %(on)s.")
    ENDED_ALREADY = "ended_already", _("This stay already ended on %(on)s.")
    NOT_STARTED = "not_started", _("The keys were never handed over: this stay has not begun.")
    END_BEFORE_START = "end_before_start", _("The stay cannot end on %(on)s, before it began on %(starts_on)s.")
    NO_ENDING = "no_ending", _("Say why it ends: choose a reason from the list.")
    NO_END_DAY = "no_end_day", _("Say on which day it ends.")
    NO_REASON = "no_reason", _("Write the reason.")
    NO_ADDRESS = "no_address", _("Write the address where the person really is registered.")
    DAYS_REVERSED = "days_reversed", _("The last day, %(until_on)s, lies before the first day, %(from_on)s.")
    NOTHING_DEVIATES = "nothing_deviates", _("Write in what the stay deviates.")
    NOT_IN_PLACE_YET = "not_in_place_yet", _("Something cannot be in place on %(on)s: that day is still to come.")
    WRITTEN_MEANWHILE = "written_meanwhile", _("Somebody else wrote this down in the meantime. Reload to read it.")
    CONTACT_TO_COME = "contact_to_come", _("There cannot have been contact on %(on)s: that day is still to come.")
    NO_WHY = "no_why", _("Say why the stay is called off.")
    ALREADY_LISTED = "already_listed", _("%(what)s already stands on the list.")


@dataclass(frozen=True)
class Term:
    """How long a track's term may be, in calendar months."""

    min_months: int
    max_months: int


@dataclass(frozen=True)
class OtherStay:
    """An open stay that may be in the way."""

    person: str
    dwelling: str
    is_same_person: bool
    is_same_dwelling: bool


@dataclass(frozen=True)
class PaperFacts:
    """A paper asked before the keys, as the rules look at it."""

    name: str
    signed_on: date | None
    is_in: bool
    is_void: bool = False


def term_reasons(term: Term, starts_on: date, ends_on: date, *, rested_days: int = 0) -> list[Refusal]:
    """Why a term may not run from its first to its last day, both inclusive (P12). ``rested_days`` do not count toward the longest."""
    if ends_on < starts_on:
        facts = {"starts_on": starts_on, "ends_on": ends_on}
        return [Refusal(Reason.ENDS_BEFORE_START, facts, form_field="ends_on")]
    reasons = []
    soonest = months_later(starts_on, term.min_months)
    latest = months_later(starts_on, term.max_months) + timedelta(days=rested_days)
    if ends_on < soonest:
        reasons.append(Refusal(Reason.TOO_SHORT, {"months": term.min_months, "day": soonest}, form_field="ends_on"))
    if ends_on > latest:
        reasons.append(Refusal(Reason.TOO_LONG, {"months": term.max_months, "day": latest}, form_field="ends_on"))
    return reasons


def overlap_reasons(others: Iterable[OtherStay]) -> list[Refusal]:
    """Why a second open stay in one dwelling, or for one person, is refused."""
    reasons = []
    for other in others:
        facts = {"person": other.person, "dwelling": other.dwelling}
        if other.is_same_person:
            reasons.append(Refusal(Reason.HAS_STAY, facts))
        elif other.is_same_dwelling:
            reasons.append(Refusal(Reason.DWELLING_TAKEN, facts))
    return reasons


def prepare_reasons(
    *,
    accepted_on: date | None,
    released_on: date | None,
    term: Term,
    starts_on: date | None,
    ends_on: date | None,
    others: Iterable[OtherStay],
) -> list[Refusal]:
    """Why an allocation may not become a stay; empty when it may."""
    reasons = [] if accepted_on else [Refusal(Reason.NOT_ACCEPTED)]
    if released_on:
        reasons.append(Refusal(Reason.RELEASED, {"on": released_on}))
    if starts_on is None or ends_on is None:
        reasons.append(Refusal(Reason.NO_FIRST_DAY, form_field="starts_on"))
    else:
        reasons += term_reasons(term, starts_on, ends_on)
    return reasons + overlap_reasons(others)


def key_reasons(
    *,
    keys_on: date | None,
    ended_on: date | None,
    released_on: date | None = None,
    papers: Sequence[PaperFacts],
    on: date,
    way_out: WayOut | None = None,
) -> list[Refusal]:
    """Why the keys may not be handed over on this day: every missing paper is a reason of its own (P13)."""
    reasons = [Refusal(Reason.KEYS_GIVEN, {"on": keys_on})] if keys_on else []
    if ended_on:
        reasons.append(Refusal(Reason.ENDED_ALREADY, {"on": ended_on}))
    if released_on:
        reasons.append(Refusal(Reason.RELEASED, {"on": released_on}))
    for paper in papers:
        if not paper.is_in:
            reasons.append(Refusal(Reason.PAPER_MISSING, {"paper": paper.name}, way_out=way_out))
        elif paper.is_void:
            reasons.append(Refusal(Reason.PAPER_VOID, {"paper": paper.name}, way_out=way_out))
        elif paper.signed_on and paper.signed_on > on:
            facts = {"paper": paper.name, "signed_on": paper.signed_on, "on": on}
            reasons.append(Refusal(Reason.PAPER_TOO_LATE, facts, way_out=way_out))
    return reasons


def moved_last_day(starts_on: date, last_day: date, keys_on: date) -> date:
    """The last day when the keys come on another day than planned: the stay keeps its months, counted from the keys."""
    months = months_in(starts_on, last_day)
    if months and months_later(starts_on, months) == last_day:
        return months_later(keys_on, months)
    return last_day + (keys_on - starts_on)


def end_reasons(
    *, starts_on: date | None, ended: bool, ended_on: date | None, on: date | None, how: str, is_known_code: bool
) -> list[Refusal]:
    """Why a stay or a term may not end on this day, in this way."""
    reasons = [Refusal(Reason.ENDED_ALREADY, {"on": ended_on or "–"})] if ended else []
    if on is None:
        reasons.append(Refusal(Reason.NO_END_DAY, form_field="on"))
    elif starts_on and on < starts_on:
        reasons.append(Refusal(Reason.END_BEFORE_START, {"on": on, "starts_on": starts_on}, form_field="on"))
    if not how or not is_known_code:
        reasons.append(Refusal(Reason.NO_ENDING, form_field="how"))
    return reasons


def no_domicile_reasons(*, reason: str, real_address: str, from_on: date, until_on: date | None) -> list[Refusal]:
    """What a record of no domicile lacks (P10)."""
    reasons = [] if reason.strip() else [Refusal(Reason.NO_REASON, form_field="reason")]
    if not real_address.strip():
        reasons.append(Refusal(Reason.NO_ADDRESS, form_field="real_address"))
    if until_on and until_on < from_on:
        facts = {"from_on": from_on, "until_on": until_on}
        reasons.append(Refusal(Reason.DAYS_REVERSED, facts, form_field="until_on"))
    return reasons


def next_contact_on(from_on: date, last_contact_on: date | None, months: int) -> date:
    """By when the person must have been in touch to keep the reference address: at least once a quarter (P10)."""
    return add_months(last_contact_on or from_on, months)


def deviation_reasons(*, what: str, reason: str) -> list[Refusal]:
    """What a deviation of one stay lacks (P20)."""
    reasons = [] if what.strip() else [Refusal(Reason.NOTHING_DEVIATES, form_field="what")]
    return reasons if reason.strip() else [*reasons, Refusal(Reason.NO_REASON, form_field="reason")]
