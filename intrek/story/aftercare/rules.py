"""The anchor person, the reviews, the knock, then goodbye (P6, P23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import add_months
from intrek.ground.common.refusals import Refusal, WayOut

# Values of Stage as plain text: rules stand below the models.
RUNNING, AFTERCARE, CLOSED = "running", "aftercare", "closed"
# A pathway at these stages had support: there is something to come after.
HAD_SUPPORT = (RUNNING, AFTERCARE, CLOSED)


class Reason(TextChoices):
    """Why something about aftercare is refused."""

    NEVER_SUPPORTED = "never_supported", _("Support never started on this pathway, so nothing comes after it.")
    SUPPORT_RUNS = "support_runs", _("Support still runs; it has to end first.")
    RUNS_ALREADY = "runs_already", _("Aftercare already runs, with %(anchor)s as the anchor person.")
    NO_ANCHOR = "no_anchor", _("Choose the anchor person.")
    FOR_NOBODY = "for_nobody", _("The anchor person is there for the resident, for the landlord, or for both: choose.")
    NO_FIRST_DAY = "no_first_day", _("Say from which day.")
    ENDS_BEFORE_START = "ends_before_start", _("The last day, %(until_on)s, lies before the first, %(from_on)s.")
    BEFORE_END_OF_SUPPORT = "before_end_of_support", _("Support ran until %(ended_on)s: %(on)s lies before that.")
    HELD_ALREADY = "held_already", _("This talk was already held on %(on)s.")
    AFTERCARE_ENDED = "aftercare_ended", _("This aftercare ended on %(on)s.")
    IN_FUTURE = "in_future", _("%(on)s is still to come.")
    BEFORE_AFTERCARE = "before_aftercare", _("Aftercare began on %(from_on)s: %(on)s lies before that.")
    SUPPORT_HEARS = "support_hears", _("Support still runs: the support worker hears it, not the anchor person.")
    NO_NAME = "no_name", _("Say who knocked.")
    NO_TEXT = "no_text", _("Write it down: the text is empty.")
    ANSWERED_ALREADY = "answered_already", _("This knock was already answered on %(on)s.")
    BEFORE_KNOCK = "before_knock", _("The knock came on %(knocked_on)s: it cannot be answered on %(on)s.")
    OTHER_PATHWAY = "other_pathway", _("%(person)s already has another open pathway, %(number)s.")
    CLOSED_ALREADY = "closed_already", _("This pathway was already closed on %(on)s.")
    STAY_OPEN = "stay_open", _("The trial stay has not ended: the resident still holds the dwelling.")
    NO_ENDING = "no_ending", _("Say how support ended: choose a reason from the list.")
    NO_HOME_ANSWER = "no_home_answer", _("Say whether the home was kept; “I do not know” is an answer too.")
    UNKNOWN_HELP = "unknown_help", _("“%(code)s” is not a kind of help of this programme.")
    NO_DAY = "no_day", _("Say on which day.")


@dataclass(frozen=True)
class Standing:
    """A pathway as these rules look at it."""

    stage: str
    closed_on: date | None = None
    term_runs: bool = False
    stay_runs: bool = False
    term_ended_on: date | None = None
    anchor: str = ""
    way_out: WayOut | None = None
    other_number: str = ""
    person: str = ""


def review_days(from_on: date, until_on: date, months: int) -> list[date]:
    """The days on which the anchor person asks how it goes: every so many months, and at least once, at the end (P23)."""
    days, count = [], 1
    while months and (due := add_months(from_on, months * count)) <= until_on:
        days.append(due)
        count += 1
    return days or [until_on]


def support_reasons(standing: Standing) -> list[Refusal]:
    """Why support is not over yet, or never was; each with its way out."""
    if standing.stage not in HAD_SUPPORT:
        return [Refusal(Reason.NEVER_SUPPORTED, way_out=standing.way_out)]
    if standing.term_runs:
        return [Refusal(Reason.SUPPORT_RUNS, way_out=standing.way_out)]
    return [Refusal(Reason.STAY_OPEN, way_out=standing.way_out)] if standing.stay_runs else []


def start_reasons(
    standing: Standing,
    *,
    has_anchor: bool,
    from_on: date | None,
    until_on: date | None,
    for_resident: bool,
    for_landlord: bool,
) -> list[Refusal]:
    """Why aftercare may not begin like this."""
    reasons = support_reasons(standing)
    if standing.anchor:
        reasons.append(Refusal(Reason.RUNS_ALREADY, {"anchor": standing.anchor}))
    if not has_anchor:
        reasons.append(Refusal(Reason.NO_ANCHOR, form_field="anchor"))
    if not (for_resident or for_landlord):
        reasons.append(Refusal(Reason.FOR_NOBODY, form_field="for_resident"))
    if from_on is None:
        return [*reasons, Refusal(Reason.NO_FIRST_DAY, form_field="from_on")]
    if until_on and until_on < from_on:
        days = {"from_on": from_on, "until_on": until_on}
        reasons.append(Refusal(Reason.ENDS_BEFORE_START, days, form_field="until_on"))
    return reasons + after_support_reasons(standing, from_on, "from_on")


def after_support_reasons(standing: Standing, on: date | None, form_field: str) -> list[Refusal]:
    """Why this day cannot be: support still ran on it."""
    ended_on = standing.term_ended_on
    if on is None or ended_on is None or on >= ended_on:
        return []
    return [Refusal(Reason.BEFORE_END_OF_SUPPORT, {"ended_on": ended_on, "on": on}, form_field=form_field)]


def review_reasons(
    *, held_already: date | None, ended_on: date | None, from_on: date, held_on: date, today: date | None, note: str
) -> list[Refusal]:
    """Why an aftercare talk cannot be written down like this."""
    reasons = [Refusal(Reason.HELD_ALREADY, {"on": held_already})] if held_already else []
    if ended_on:
        reasons.append(Refusal(Reason.AFTERCARE_ENDED, {"on": ended_on}))
    if held_on < from_on:
        reasons.append(Refusal(Reason.BEFORE_AFTERCARE, {"from_on": from_on, "on": held_on}, form_field="held_on"))
    reasons += _future_reasons(held_on, today, "held_on")
    return reasons if note.strip() else [*reasons, Refusal(Reason.NO_TEXT, form_field="note")]


def knock_reasons(standing: Standing, *, who: str, what: str, on: date, today: date | None) -> list[Refusal]:
    """Why a knock cannot be logged; a closed pathway stays closed and hears it all the same (P23)."""
    reasons = []
    if standing.stage not in HAD_SUPPORT:
        reasons.append(Refusal(Reason.NEVER_SUPPORTED))
    elif standing.term_runs:
        reasons.append(Refusal(Reason.SUPPORT_HEARS, way_out=standing.way_out))
    if not who.strip():
        reasons.append(Refusal(Reason.NO_NAME, form_field="who"))
    if not what.strip():
        reasons.append(Refusal(Reason.NO_TEXT, form_field="what"))
    return reasons + _future_reasons(on, today, "on")


def answer_reasons(
    *, answered_already: date | None, knocked_on: date, answered_on: date, answer: str, today: date | None
) -> list[Refusal]:
    """Why the answer to a knock cannot be written down like this."""
    reasons = [Refusal(Reason.ANSWERED_ALREADY, {"on": answered_already})] if answered_already else []
    if answered_on < knocked_on:
        days = {"knocked_on": knocked_on, "on": answered_on}
        reasons.append(Refusal(Reason.BEFORE_KNOCK, days, form_field="answered_on"))
    reasons += _future_reasons(answered_on, today, "answered_on")
    return reasons if answer.strip() else [*reasons, Refusal(Reason.NO_TEXT, form_field="answer")]


def return_reasons(standing: Standing, *, starts_on: date | None) -> list[Refusal]:
    """Why support may not be taken up again on this pathway, whatever its term."""
    reasons = support_reasons(standing)
    if standing.other_number:
        told = {"person": standing.person, "number": standing.other_number}
        reasons.append(Refusal(Reason.OTHER_PATHWAY, told))
    return reasons + after_support_reasons(standing, starts_on, "starts_on")


def close_reasons(
    standing: Standing,
    *,
    on: date | None,
    has_ending: bool,
    has_home_answer: bool,
    unknown_help: Iterable[str],
    today: date | None,
) -> list[Refusal]:
    """Why a pathway may not be closed like this: both outcomes are asked, always (P6)."""
    if standing.stage == CLOSED:
        return [Refusal(Reason.CLOSED_ALREADY, {"on": standing.closed_on or "–"})]
    reasons = support_reasons(standing)
    if on is None:
        reasons.append(Refusal(Reason.NO_DAY, form_field="on"))
    else:
        reasons += after_support_reasons(standing, on, "on") + _future_reasons(on, today, "on")
    if not has_ending:
        reasons.append(Refusal(Reason.NO_ENDING, form_field="ended_how"))
    if not has_home_answer:
        reasons.append(Refusal(Reason.NO_HOME_ANSWER, form_field="home_kept"))
    return reasons + [Refusal(Reason.UNKNOWN_HELP, {"code": each}, form_field="lessons_about") for each in unknown_help]


def _future_reasons(on: date, today: date | None, form_field: str) -> list[Refusal]:
    return [Refusal(Reason.IN_FUTURE, {"on": on}, form_field=form_field)] if today and on > today else []
