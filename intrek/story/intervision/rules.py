"""What may stand on an agenda, what may be decided about it, and when the referrer hears (P17, P24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut

# Values as plain text: rules stand below the models.
ACCEPT, DECLINE, ASK_MORE, POSTPONE, OTHER = "accept", "decline", "ask_more", "postpone", "other"
ALL_DECISIONS = (ACCEPT, DECLINE, ASK_MORE, POSTPONE, OTHER)
# About somebody who is already supported or waiting the partners advise; they accept or decline nobody.
RUNNING_DECISIONS = (POSTPONE, OTHER)
UNDECIDED_STAGES = ("new", "on_agenda")
POSTPONED_OFTEN = 2
MINUTES_DAYS = timedelta(days=2)  # between a meeting and the day its referrers have heard


class Reason(TextChoices):
    """Why a meeting, its agenda or a decision is refused."""

    SAME_DAY = "same_day", _("There is already a meeting on %(on)s.")
    ENDS_BEFORE_START = "ends_before_start", _("The meeting would end before it starts.")
    CLOSES_TOO_LATE = "closes_too_late", _("The agenda closes on %(closes_on)s, after the meeting of %(on)s.")
    MINUTES_CLOSED = "minutes_closed", _("The minutes of the meeting of %(on)s are closed.")
    PATHWAY_CLOSED = "pathway_closed", _("%(person)s's pathway was closed on %(on)s: %(ending)s.")
    PATHWAY_CLOSED_ONCE = "pathway_closed_once", _("%(person)s's pathway is closed: %(ending)s.")
    ON_THIS_AGENDA = "on_this_agenda", _("%(person)s already stands on this agenda.")
    ON_OTHER_AGENDA = "on_other_agenda", _("%(person)s still awaits a decision on the agenda of %(on)s.")
    DECIDED_ALREADY = "decided_already", _("This was already decided on %(on)s: %(decision)s.")
    DISCUSSED_ALREADY = "discussed_already", _("This was already discussed; postpone it instead of taking it off.")
    NOTHING_TO_DECIDE = "nothing_to_decide", _("%(person)s's referral awaits no decision: it is %(stage)s.")
    BEFORE_MEETING = "before_meeting", _("The partners meet only on %(on)s.")
    BEFORE_REFERRAL = "before_referral", _("That day lies before the referral of %(on)s.")
    NO_DECISION = "no_decision", _("Choose what the partners decide, or go on without deciding.")
    NO_MOTIVE = "no_motive", _("Write why the partners decide this.")
    NO_REASON = "no_reason", _("Choose the reason why the referral is declined.")
    UNKNOWN_REASON = "unknown_reason", _("“%(code)s” is not a reason of this programme.")
    NO_QUESTION = "no_question", _("Write what the referrer is asked.")
    UNDECIDED = "undecided", _("%(person)s is not decided yet.")
    MEETING_TO_COME = "meeting_to_come", _("The meeting is only on %(on)s.")
    NOT_CLOSED = "not_closed", _("The minutes are not closed.")
    DUE_BEFORE_MEETING = "due_before_meeting", _("The day lies before the meeting of %(on)s.")
    NOBODY_INVITED = "nobody_invited", _("Choose whom you invite.")
    NO_CHAIR = "no_chair", _("Nobody chairs this meeting yet.")
    NO_HOURS = "no_hours", _("The meeting has no hours yet, so nobody can put it in a calendar.")
    MEETING_OVER = "meeting_over", _("The meeting of %(on)s is over.")
    CALLED_OFF = "called_off", _("The meeting of %(on)s was called off.")
    TOOK_PLACE = "took_place", _("The partners decided about %(person)s in this meeting: it took place.")
    NO_WHY = "no_why", _("Write why the meeting is called off.")
    NO_LATER_MEETING = "no_later_meeting", _("No later meeting is planned to which the agenda can go.")
    NOT_STEERING = "not_steering", _("Only the steering group decides on rules and keeps figures.")
    NOTHING_DECIDED = "nothing_decided", _("Write what is decided.")
    OTHER_CHANGE = "other_change", _("That change of a rule was not made after this meeting.")
    NO_ANSWER = "no_answer", _("Say whether you come.")
    NOTHING_TO_DO = "nothing_to_do", _("Write what is to be done.")
    DONE_ALREADY = "done_already", _("This was already done on %(on)s.")


@dataclass(frozen=True)
class Candidate:
    """A pathway that may go on an agenda, why (a value of ``Why``), and the question about it."""

    pathway: Any
    why: str
    question: str = ""


@dataclass(frozen=True)
class CaseFacts:
    """A pathway as these rules look at it; ``closed_on`` null on a closed one: the day is not known."""

    person: str
    stage: str
    stage_label: Any = ""
    referred_on: date | None = None
    closed_on: date | None = None
    ending: Any = ""

    @property
    def is_closed(self) -> bool:
        return self.stage == "closed"

    @property
    def awaits_decision(self) -> bool:
        return self.stage in UNDECIDED_STAGES


@dataclass(frozen=True)
class Said:
    """What the partners decide, as it is written down."""

    decision: str
    motive: str = ""
    reason_code: str = ""
    for_referrer: str = ""


def decisions_for(stage: str) -> tuple[str, ...]:
    """What can be decided about a pathway at this stage."""
    return ALL_DECISIONS if stage in UNDECIDED_STAGES else RUNNING_DECISIONS


def plan_reasons(
    on: date,
    *,
    starts_at: time | None = None,
    ends_at: time | None = None,
    closes_on: date | None = None,
    same_day: WayOut | None = None,
) -> list[Refusal]:
    """Why a meeting may not be planned like this; ``same_day`` leads to the meeting that is already there."""
    reasons = [Refusal(Reason.SAME_DAY, {"on": on}, way_out=same_day, form_field="on")] if same_day else []
    if starts_at and ends_at and ends_at <= starts_at:
        reasons.append(Refusal(Reason.ENDS_BEFORE_START, form_field="ends_at"))
    if closes_on and closes_on > on:
        facts = {"closes_on": closes_on, "on": on}
        reasons.append(Refusal(Reason.CLOSES_TOO_LATE, facts, form_field="agenda_closes_on"))
    return reasons


def series_days(first: date, *, count: int, weeks: int) -> list[date]:
    """The days of a series: the same day of the week, so many weeks apart."""
    return [first + timedelta(weeks=weeks * number) for number in range(count)]


def invite_reasons(
    *, meeting_on: date, closed_on: date | None, has_chair: bool, has_hours: bool, count: int, on: date, way_out: WayOut
) -> list[Refusal]:
    """Why nobody can be invited yet; ``way_out`` leads to where chair and hours are set."""
    reasons = minutes_reasons(meeting_on, closed_on) + over_reasons(meeting_on, on)
    if not has_chair:
        reasons.append(Refusal(Reason.NO_CHAIR, way_out=way_out))
    if not has_hours:
        reasons.append(Refusal(Reason.NO_HOURS, way_out=way_out))
    return reasons if count else [*reasons, Refusal(Reason.NOBODY_INVITED)]


def over_reasons(meeting_on: date, on: date) -> list[Refusal]:
    """Nobody is invited to a day that is gone, and nobody answers any more."""
    return [Refusal(Reason.MEETING_OVER, {"on": meeting_on})] if on > meeting_on else []


def called_off_reasons(meeting_on: date, called_off_on: date | None) -> list[Refusal]:
    """Why nothing is answered or opened in a meeting that does not take place."""
    return [Refusal(Reason.CALLED_OFF, {"on": meeting_on})] if called_off_on else []


def call_off_reasons(
    *, meeting_on: date, closed_on: date | None, why: str | None, decided: Iterable[str], plan: WayOut | None
) -> list[Refusal]:
    """Why a meeting may not be called off; ``decided`` are those on whom was decided, ``plan`` leads to where a later one is planned."""
    reasons = minutes_reasons(meeting_on, closed_on)
    reasons += [Refusal(Reason.TOOK_PLACE, {"person": person}) for person in decided]
    if why is not None and not why.strip():
        reasons.append(Refusal(Reason.NO_WHY, form_field="why"))
    return [*reasons, Refusal(Reason.NO_LATER_MEETING, way_out=plan)] if plan else reasons


def keep_reasons(*, is_steering: bool, meeting_on: date, closed_on: date | None, on: date) -> list[Refusal]:
    """Why nothing is written with the minutes of this meeting of the steering group."""
    reasons = [] if is_steering else [Refusal(Reason.NOT_STEERING)]
    reasons += minutes_reasons(meeting_on, closed_on)
    return [*reasons, Refusal(Reason.MEETING_TO_COME, {"on": meeting_on})] if on < meeting_on else reasons


def resolve_reasons(*, text: str, is_later_change: bool, **told: Any) -> list[Refusal]:
    """Why the steering group did not decide this; ``is_later_change``: the change of a rule was made after the meeting."""
    reasons = keep_reasons(**told)
    if not text.strip():
        reasons.append(Refusal(Reason.NOTHING_DECIDED, form_field="text"))
    return reasons if is_later_change else [*reasons, Refusal(Reason.OTHER_CHANGE, form_field="change")]


def closed_reasons(case: CaseFacts) -> list[Refusal]:
    """Why nothing can be decided any more: the pathway was closed or withdrawn meanwhile."""
    if not case.is_closed:
        return []
    facts = {"person": case.person, "ending": case.ending}
    if case.closed_on is None:
        return [Refusal(Reason.PATHWAY_CLOSED_ONCE, facts)]
    return [Refusal(Reason.PATHWAY_CLOSED, facts | {"on": case.closed_on})]


def minutes_reasons(meeting_on: date, closed_on: date | None, *, way_out: WayOut | None = None) -> list[Refusal]:
    """Why nothing changes in a meeting whose minutes are closed."""
    return [Refusal(Reason.MINUTES_CLOSED, {"on": meeting_on}, way_out=way_out)] if closed_on else []


def agenda_reasons(
    case: CaseFacts,
    *,
    meeting_on: date,
    minutes_closed_on: date | None,
    on_this: bool,
    open_elsewhere: Iterable[tuple[date, WayOut | None]] = (),
) -> list[Refusal]:
    """Why a pathway may not go on this agenda; ``open_elsewhere`` are the agendas where it still awaits a decision."""
    reasons = minutes_reasons(meeting_on, minutes_closed_on) + closed_reasons(case)
    if on_this:
        reasons.append(Refusal(Reason.ON_THIS_AGENDA, {"person": case.person}))
    for other_on, way_out in open_elsewhere:
        facts = {"person": case.person, "on": other_on}
        reasons.append(Refusal(Reason.ON_OTHER_AGENDA, facts, way_out=way_out))
    return reasons


def take_off_reasons(
    *, meeting_on: date, minutes_closed_on: date | None, decision: Any, decided_on: date | None, is_discussed: bool
) -> list[Refusal]:
    """Why an item stays on the agenda: nothing that was written about a person disappears."""
    reasons = minutes_reasons(meeting_on, minutes_closed_on) + decided_reasons(decision, decided_on)
    if is_discussed and not decision:
        reasons.append(Refusal(Reason.DISCUSSED_ALREADY))
    return reasons


def decided_reasons(decision: Any, decided_on: date | None) -> list[Refusal]:
    """Why a second decision on the same item is refused."""
    if not decision:
        return []
    return [Refusal(Reason.DECIDED_ALREADY, {"on": decided_on or "–", "decision": decision})]


def said_reasons(said: Said, *, codes: Iterable[str]) -> list[Refusal]:
    """What is still missing in what was decided."""
    reasons = []
    if not said.motive.strip():
        reasons.append(Refusal(Reason.NO_MOTIVE, form_field="motive"))
    if said.decision == DECLINE and not said.reason_code:
        reasons.append(Refusal(Reason.NO_REASON, form_field="reason_code"))
    elif said.decision == DECLINE and said.reason_code not in set(codes):
        reasons.append(Refusal(Reason.UNKNOWN_REASON, {"code": said.reason_code}, form_field="reason_code"))
    if said.decision == ASK_MORE and not said.for_referrer.strip():
        reasons.append(Refusal(Reason.NO_QUESTION, form_field="motive_for_referrer"))
    return reasons


def decide_reasons(
    case: CaseFacts,
    said: Said,
    *,
    on: date,
    meeting_on: date,
    minutes_closed_on: date | None,
    codes: Iterable[str],
    reopen: WayOut | None = None,
) -> list[Refusal]:
    """Why this may not be decided about this person; a decision that is already there is asked apart."""
    reasons = minutes_reasons(meeting_on, minutes_closed_on, way_out=reopen) + closed_reasons(case)
    if said.decision not in decisions_for(case.stage) and not case.is_closed:
        facts = {"person": case.person, "stage": case.stage_label}
        reasons.append(Refusal(Reason.NOTHING_TO_DECIDE, facts, form_field="decision"))
    if on < meeting_on:
        reasons.append(Refusal(Reason.BEFORE_MEETING, {"on": meeting_on}, form_field="on"))
    if case.referred_on and on < case.referred_on:
        reasons.append(Refusal(Reason.BEFORE_REFERRAL, {"on": case.referred_on}, form_field="on"))
    return reasons + said_reasons(said, codes=codes)


def close_reasons(
    *, meeting_on: date, closed_on: date | None, on: date, undecided: Sequence[tuple[str, WayOut | None]]
) -> list[Refusal]:
    """Why the minutes may not be closed: every person who is still undecided is named, with the way to decide."""
    reasons = minutes_reasons(meeting_on, closed_on)
    if on < meeting_on:
        reasons.append(Refusal(Reason.MEETING_TO_COME, {"on": meeting_on}))
    return reasons + [Refusal(Reason.UNDECIDED, {"person": person}, way_out=way) for person, way in undecided]


def point_reasons(*, text: str, due_on: date, meeting_on: date) -> list[Refusal]:
    """Why something may not be agreed like this."""
    reasons = [] if text.strip() else [Refusal(Reason.NOTHING_TO_DO, form_field="text")]
    if due_on < meeting_on:
        reasons.append(Refusal(Reason.DUE_BEFORE_MEETING, {"on": meeting_on}, form_field="due_on"))
    return reasons


def hears_by(on: date, hear_days: int, *, next_meeting_on: date | None = None) -> date:
    """By which day the referrer hears more (P24): soon after the next meeting, when that decides."""
    return next_meeting_on + MINUTES_DAYS if next_meeting_on else on + timedelta(days=hear_days)


def agenda_order(present: Sequence[Any], added: Sequence[Any], *, postponed: dict[Any, int]) -> list[Any]:
    """The order of an agenda after items were added: who was postponed twice or more comes first, the rest at the end."""
    first = [each for each in added if postponed.get(each, 0) >= POSTPONED_OFTEN]
    rest = [each for each in added if each not in first]
    return [*first, *present, *rest]


def swapped(order: Sequence[Any], which: Any, *, up: bool) -> list[Any]:
    """The same order with one moved a place up or down; at the end it stays where it is."""
    moved = list(order)
    at = moved.index(which)
    to = at - 1 if up else at + 1
    if 0 <= to < len(moved):
        moved[at], moved[to] = moved[to], moved[at]
    return moved
