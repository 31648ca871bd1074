"""How long support lasts, when it is evaluated, when it may rest, end, or be visited (P11–P16, P19)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import Period, months_later
from intrek.ground.common.refusals import Refusal
from intrek.story.placement.rules import Reason as StayReason
from intrek.story.placement.rules import Term, end_reasons, term_reasons

__all__ = ["Pause", "Reason", "Rest", "Term", "end_reasons", "term_reasons"]

Pause = tuple[date, date | None]

# A home visit of more than ten hours is a slip of the pen.
LONGEST_VISIT = 600


class Reason(TextChoices):
    """Why something about support is refused."""

    RUNS_ALREADY = "runs_already", _("Support already runs, since %(starts_on)s.")
    PATHWAY_CLOSED = "pathway_closed", _("This pathway is closed since %(on)s.")
    NOT_ACCEPTED = "not_accepted", _("This referral is %(stage)s: support starts only after the partners accepted it.")
    NO_FIRST_DAY = "no_first_day", _("The first day is not filled in.")
    NO_LAST_DAY = "no_last_day", _("Say how long: in months, or until which day.")
    NO_WORKER = "no_worker", _("Choose the support worker.")
    NO_AGREEMENT = "no_agreement", _("The support agreement is not signed.")
    NOT_LONGER = "not_longer", _("The new last day, %(last_day)s, is not after the agreed one, %(agreed)s.")
    TERM_ENDED = "term_ended", _("This support already ended on %(on)s.")
    TIED_TO_STAY = "tied_to_stay", _("Support of this track is tied to the dwelling: it ends when the stay ends.")
    PAUSE_REVERSED = (
        "pause_reversed",
        _("The last day of the suspension, %(until_on)s, lies before its first, %(from_on)s."),
    )
    PAUSE_OUTSIDE = (
        "pause_outside",
        _("A suspension falls between the first day, %(starts_on)s, and the last, %(last_day)s."),
    )
    PAUSE_OVERLAPS = "pause_overlaps", _("On those days support is already suspended, from %(from_on)s.")
    NO_PAUSE_REASON = "no_pause_reason", _("Choose why support is suspended.")
    DONE_IN_FUTURE = "done_in_future", _("A visit of %(on)s cannot be noted yet: that day is still to come.")
    PLANNED_IN_PAST = (
        "planned_in_past",
        _("A visit cannot be planned on %(on)s: that day has passed. Note it as done instead."),
    )
    NO_MINUTES = "no_minutes", _("Say how long the visit took.")
    STRANGE_MINUTES = "strange_minutes", _("A visit takes between 1 and %(most)d minutes.")
    UNKNOWN_HELP = "unknown_help", _("“%(code)s” is not a kind of help of this programme.")
    NO_TEXT = "no_text", _("Write it down: the text is empty.")
    UNKNOWN_DOMAIN = "unknown_domain", _("Choose a life domain.")
    BEFORE_GOAL = "before_goal", _("%(on)s lies before the goal was set, on %(set_on)s.")
    GOAL_CLOSED = "goal_closed", _("This goal was already closed on %(on)s.")
    UNKNOWN_THREAT = "unknown_threat", _("Choose what threatens the tenancy.")
    NEGATIVE_AMOUNT = "negative_amount", _("The amount cannot be below zero.")
    RESOLVED_EARLY = "resolved_early", _("It cannot be resolved on %(on)s, before it began on %(since_on)s.")
    STEP_CLOSED = "step_closed", _("The outcome of this step was already written on %(on)s.")
    NO_HOME = "no_home", _("It is not known where this person lives now.")
    SAME_HOME = "same_home", _("That is where this person lives already.")
    MOVES_BEFORE = (
        "moves_before",
        _("The move of %(on)s lies before the day on which they came to live there, %(from_on)s."),
    )
    STARTS_WITH_KEYS = "starts_with_keys", _("On this track support starts with the keys of the dwelling.")
    NOT_YOUR_DWELLING = "not_your_dwelling", _("%(dwelling)s belongs to another landlord.")
    NOTHING_SAID = "nothing_said", _("Write down what happens.")
    SIGNAL_CLOSED = "signal_closed", _("Both sides closed this signal on %(on)s. Tell it anew when it happens again.")
    CLOSED_BY_YOU = "closed_by_you", _("Your side closed it already, on %(on)s; the other side has the word.")
    WHO_DOES_IT = "who_does_it", _("Say who does it, and by when.")
    DUE_PASSED = "due_passed", _("That day, %(on)s, has passed already.")
    STEPS_OPEN = "steps_open", _("Something that was agreed is not done yet: %(text)s")
    OTHER_SIDE_DOES = "other_side_does", _("The other side does this, and says when it is done.")
    DONE_ALREADY = "done_already", _("This was done on %(on)s.")
    TRIAL_HOME = "trial_home", _("A trial stay is tied to its dwelling: end the stay instead.")


@dataclass(frozen=True)
class Rest:
    """What a suspension does on a track: move the last day, count toward the longest term."""

    extends_term: bool
    counts: bool


def rested_days(pauses: Iterable[Pause]) -> int:
    """How many days support has rested or will rest; a suspension without a last day has no number yet."""
    return sum((last - first).days + 1 for first, last in pauses if last)


def evaluation_days(starts_on: date, last_day: date, interval: int, pauses: Sequence[Pause] = ()) -> list[date]:
    """The days by which an evaluation is due: every ``interval`` months from the start, before the last day (P14).

    The final evaluation, at the last day, is not among them. A suspension moves every evaluation that was due on or
    after its first day by as many days as it lasts; while its last day is not known, none of those has a day.
    """
    if interval < 1:
        return []
    found, count = [], 1
    while (due := _moved(months_later(starts_on, interval * count), pauses)) is not None and due < last_day:
        found.append(due)
        count += 1
    return found


def _moved(due: date, pauses: Sequence[Pause]) -> date | None:
    for first, last in sorted(pauses, key=lambda pause: pause[0]):
        if first > due:
            break
        if last is None:
            return None
        due += timedelta(days=(last - first).days + 1)
    return due


def next_evaluation(days: Sequence[date], held: int, on: date | None, last_day: date) -> tuple[int, date | None]:
    """Which evaluation is next (counted from 1) and by when; no day: only the final one is left.

    One that was never held and whose successor is due is passed over: an evaluation of long ago is not caught up.
    """
    index = held
    while on and index < len(days) and on >= (days[index + 1] if index + 1 < len(days) else last_day):
        index += 1
    return index + 1, (days[index] if index < len(days) else None)


def latest_day(starts_on: date, term: Term, pauses: Iterable[Pause], rest: Rest) -> date:
    """The last day a term may ever have: its longest term, and the days it rested if those do not count (P12)."""
    spared = 0 if rest.counts else rested_days(pauses)
    return months_later(starts_on, term.max_months) + timedelta(days=spared)


def last_day_after(
    agreed: date, starts_on: date, term: Term, pauses: Sequence[Pause], rest: Rest, *, days: int
) -> date:
    """The last day once a suspension of ``days`` days is among ``pauses``: moved if the track says so, never past the longest term."""
    if not rest.extends_term:
        return agreed
    return max(agreed, min(agreed + timedelta(days=days), latest_day(starts_on, term, pauses, rest)))


def start_reasons(
    *,
    stage: str,
    stage_label: Any,
    may_start: bool,
    closed_on: date | None,
    running_since: date | None,
    runs: bool,
    needs_keys: bool = False,
    has_worker: bool,
    agreement_on: date | None,
    term: Term,
    starts_on: date | None,
    last_day: date | None,
) -> list[Refusal]:
    """Why support may not start; empty when it may."""
    reasons = []
    if stage == "closed":
        reasons.append(Refusal(Reason.PATHWAY_CLOSED, {"on": closed_on or "–"}))
    elif not may_start:
        reasons.append(Refusal(Reason.NOT_ACCEPTED, {"stage": stage_label}))
    if runs:
        reasons.append(Refusal(Reason.RUNS_ALREADY, {"starts_on": running_since or "–"}))
    if needs_keys:
        reasons.append(Refusal(Reason.STARTS_WITH_KEYS))
    if not has_worker:
        reasons.append(Refusal(Reason.NO_WORKER, form_field="worker"))
    if agreement_on is None:
        reasons.append(Refusal(Reason.NO_AGREEMENT, form_field="agreement_on"))
    return reasons + span_reasons(term, starts_on, last_day)


def span_reasons(term: Term, starts_on: date | None, last_day: date | None) -> list[Refusal]:
    """What is wrong with the first and last day of a term."""
    if starts_on is None:
        return [Refusal(Reason.NO_FIRST_DAY, form_field="starts_on")]
    if last_day is None:
        return [Refusal(Reason.NO_LAST_DAY, form_field="months")]
    return term_reasons(term, starts_on, last_day)


def extend_reasons(
    *,
    ended: bool,
    ended_on: date | None,
    agreed: date | None,
    starts_on: date | None,
    last_day: date,
    term: Term,
    rested: int,
) -> list[Refusal]:
    """Why a term may not be extended to that day (P12); ``rested`` days do not count toward the longest term."""
    reasons = [Refusal(Reason.TERM_ENDED, {"on": ended_on or "–"})] if ended else []
    if agreed and last_day <= agreed:
        reasons.append(Refusal(Reason.NOT_LONGER, {"last_day": last_day, "agreed": agreed}, form_field="last_day"))
    if starts_on is None:
        return [*reasons, Refusal(Reason.NO_FIRST_DAY, form_field="last_day")]
    too_long = term_reasons(term, starts_on, last_day, rested_days=rested)
    return reasons + [each for each in too_long if each.code == StayReason.TOO_LONG]


def suspend_reasons(
    *,
    starts_on: date | None,
    last_day: date | None,
    ended_on: date | None,
    others: Iterable[Pause],
    from_on: date,
    until_on: date | None,
    is_known_code: bool,
) -> list[Refusal]:
    """Why support may not rest on these days."""
    reasons = [Refusal(Reason.TERM_ENDED, {"on": ended_on})] if ended_on else []
    if until_on and until_on < from_on:
        facts = {"from_on": from_on, "until_on": until_on}
        reasons.append(Refusal(Reason.PAUSE_REVERSED, facts, form_field="until_on"))
    outside = (starts_on and from_on < starts_on) or (last_day and from_on > last_day)
    if outside:
        span = {"starts_on": starts_on or "–", "last_day": last_day or "–"}
        reasons.append(Refusal(Reason.PAUSE_OUTSIDE, span, form_field="from_on"))
    if not (until_on and until_on < from_on):
        rest = Period(from_on, until_on)
        met = [first for first, last in others if rest.overlaps(Period(first, last))]
        reasons += [Refusal(Reason.PAUSE_OVERLAPS, {"from_on": first}, form_field="from_on") for first in met]
    return reasons if is_known_code else [*reasons, Refusal(Reason.NO_PAUSE_REASON, form_field="reason_code")]


def visit_reasons(
    *,
    is_done: bool,
    is_planned: bool,
    on: date,
    today: date | None,
    minutes: int | None,
    needs_minutes: bool = False,
    unknown_help: Iterable[str] = (),
) -> list[Refusal]:
    """Why a visit cannot be planned or noted like this; ``is_done``: somebody stood at the door. ``today`` null: history."""
    reasons = []
    if today and is_done and on > today:
        reasons.append(Refusal(Reason.DONE_IN_FUTURE, {"on": on}, form_field="on"))
    if today and is_planned and on < today:
        reasons.append(Refusal(Reason.PLANNED_IN_PAST, {"on": on}, form_field="on"))
    if needs_minutes and today and minutes is None:
        reasons.append(Refusal(Reason.NO_MINUTES, form_field="minutes"))
    if minutes is not None and not 1 <= minutes <= LONGEST_VISIT:
        reasons.append(Refusal(Reason.STRANGE_MINUTES, {"most": LONGEST_VISIT}, form_field="minutes"))
    return reasons + [Refusal(Reason.UNKNOWN_HELP, {"code": code}, form_field="help_kinds") for code in unknown_help]


def close_goal_reasons(*, on: date, set_on: date, closed_on: date | None) -> list[Refusal]:
    """Why a goal may not be called reached or dropped on this day."""
    reasons = [Refusal(Reason.GOAL_CLOSED, {"on": closed_on})] if closed_on else []
    return (
        [*reasons, Refusal(Reason.BEFORE_GOAL, {"on": on, "set_on": set_on}, form_field="on")]
        if on < set_on
        else reasons
    )


def move_reasons(
    *, is_trial_stay: bool, has_home: bool, is_same: bool, from_on: date | None, on: date
) -> list[Refusal]:
    """Why a person under support may not move on this day (P11, P16)."""
    reasons = [Refusal(Reason.TRIAL_HOME)] if is_trial_stay else []
    if is_same:
        reasons.append(Refusal(Reason.SAME_HOME, form_field="address"))
    if has_home and from_on and on <= from_on:
        reasons.append(Refusal(Reason.MOVES_BEFORE, {"on": on, "from_on": from_on}, form_field="on"))
    return reasons


# ---- signals of landlords ----


def raise_reasons(what: str, *, dwelling: str, is_own: bool) -> list[Refusal]:
    """Why this signal may not be given."""
    reasons = [] if is_own else [Refusal(Reason.NOT_YOUR_DWELLING, {"dwelling": dwelling})]
    return reasons + ([] if what.strip() else [Refusal(Reason.NOTHING_SAID, form_field="what")])


def word_reasons(
    text: str, *, for_programme: bool | None, due_on: date | None, on: date, closed_on: date | None
) -> list[Refusal]:
    """Why this may not be said about a signal, or agreed: who does it and by when go together."""
    reasons = [Refusal(Reason.SIGNAL_CLOSED, {"on": closed_on})] if closed_on else []
    reasons += [] if text.strip() else [Refusal(Reason.NOTHING_SAID, form_field="text")]
    if (due_on is None) != (for_programme is None):
        reasons.append(Refusal(Reason.WHO_DOES_IT, form_field="due_on" if due_on is None else "for_programme"))
    if due_on and due_on < on:
        reasons.append(Refusal(Reason.DUE_PASSED, {"on": due_on}, form_field="due_on"))
    return reasons


def done_reasons(*, done_on: date | None, is_own: bool) -> list[Refusal]:
    """Why one side may not say that something agreed is done: the other side does it, or it was done."""
    reasons = [] if is_own else [Refusal(Reason.OTHER_SIDE_DOES)]
    return reasons + ([Refusal(Reason.DONE_ALREADY, {"on": done_on})] if done_on else [])


def close_signal_reasons(
    *, closed_on: date | None, closed_by_own_on: date | None, open_steps: Iterable[str]
) -> list[Refusal]:
    """Why one side may not close a signal: it is closed, it did so already, or something that was agreed is not done."""
    if closed_on:
        return [Refusal(Reason.SIGNAL_CLOSED, {"on": closed_on})]
    reasons = [Refusal(Reason.CLOSED_BY_YOU, {"on": closed_by_own_on})] if closed_by_own_on else []
    return reasons + [Refusal(Reason.STEPS_OPEN, {"text": text}) for text in open_steps]
