"""What a referral may be, when it may be taken back, and what a person told while typing it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import ImpreciseDay, NotADay, parse_day
from intrek.ground.common.refusals import Refusal, WayOut

UNKNOWN = "unknown"
# Stage values as plain text: rules stand below the models.
BEFORE_START = ("new", "on_agenda", "waiting")
HEALTH = "health"
QUESTION = "question"
STEPS = ("referrer", "person", "housing", HEALTH, "support")
CHECK = "check"
MOST_ROWS = 30


class Reason(TextChoices):
    """Why a referral, its withdrawal, or the recognition of a person is refused."""

    NO_DAY = "no_day", _("Say on which day this was referred.")
    IN_FUTURE = "in_future", _("The day of referral, %(on)s, lies in the future.")
    ALREADY_OPEN = "already_open", _("%(person)s already has an open pathway, %(number)s.")
    OTHER_PROGRAMME = "other_programme", _("This belongs to another programme.")
    NOT_YOURS = "not_yours", _("Only the programme's own team refers on behalf of %(organisation)s.")
    PARTNER_LEFT = "partner_left", _("%(organisation)s has not been a partner since %(on)s.")
    REFERRER_ELSEWHERE = "referrer_elsewhere", _("%(name)s does not work for %(organisation)s.")
    BIRTH_OPEN = "birth_open", _("Fill in the date of birth, or say that it is not known.")
    BIRTH_TWICE = "birth_twice", _("There is a date of birth, so it is known: take away the tick, or the date.")
    WITHDRAWN_ALREADY = "withdrawn_already", _("This referral was withdrawn on %(on)s.")
    CLOSED_ALREADY = "closed_already", _("This pathway is already closed.")
    ALLOCATED = "allocated", _("A dwelling has been allocated: release it first.")
    STARTED = "started", _("Support has started: it is ended, not withdrawn.")
    NO_WHY = "no_why", _("Say why the referral is withdrawn.")
    WITHDRAWN_EARLY = "withdrawn_early", _("That day lies before the referral of %(on)s.")
    WITHDRAWN_LATER = "withdrawn_later", _("That day lies in the future.")
    IS_ITSELF = "is_itself", _("That is this very entry.")
    BOTH_OPEN = (
        "both_open",
        _("%(person)s has another open pathway, %(number)s; a person has one at a time. Close one of the two first."),
    )
    CHECKED_ALREADY = "checked_already", _("Somebody decided this on %(on)s.")
    NO_REFERRER = "no_referrer", _("Nobody is known who referred this person; fill in a referrer first.")
    NOTHING_SAID = "nothing_said", _("Write what you want to say.")
    ANSWER_PASSED = "answer_passed", _("The day by which you ask an answer, %(on)s, has passed already.")
    NO_QUESTION = "no_question", _("This is not a question.")
    ANSWERED_ALREADY = "answered_already", _("This was answered on %(on)s.")
    OWN_QUESTION = "own_question", _("This was asked by your own side; the other side answers.")


def day_reasons(referred_on: date | None, on: date | None) -> list[Refusal]:
    """Why a referral may not bear this day; ``on`` is the day of handing in, if there is one."""
    if referred_on is None:
        return [Refusal(Reason.NO_DAY, form_field="referred_on")]
    if on and referred_on > on:
        return [Refusal(Reason.IN_FUTURE, {"on": referred_on}, form_field="referred_on")]
    return []


def partner_reasons(
    name: str, until_on: date | None, referred_on: date | None, *, is_own: bool, is_staff: bool
) -> list[Refusal]:
    """Why this organisation may not refer, or not by this member (P7)."""
    reasons = [] if is_own or is_staff else [Refusal(Reason.NOT_YOURS, {"organisation": name})]
    if until_on and referred_on and referred_on > until_on:
        reasons.append(Refusal(Reason.PARTNER_LEFT, {"organisation": name, "on": until_on}, form_field="organisation"))
    return reasons


def withdraw_reasons(
    stage: str, withdrawn_on: date | None, referred_on: date | None, *, on: date | None, asked_on: date | None, why: str
) -> list[Refusal]:
    """Why a referral may not be taken back on day ``on``; ``asked_on`` is the day on which that is asked."""
    if withdrawn_on:
        return [Refusal(Reason.WITHDRAWN_ALREADY, {"on": withdrawn_on})]
    reasons = []
    if stage == "closed":
        reasons.append(Refusal(Reason.CLOSED_ALREADY))
    elif stage == "allocated":
        reasons.append(Refusal(Reason.ALLOCATED))
    elif stage not in BEFORE_START:
        reasons.append(Refusal(Reason.STARTED))
    if on and referred_on and on < referred_on:
        reasons.append(Refusal(Reason.WITHDRAWN_EARLY, {"on": referred_on}, form_field="on"))
    if on and asked_on and on > asked_on:
        reasons.append(Refusal(Reason.WITHDRAWN_LATER, form_field="on"))
    return reasons if why.strip() else [*reasons, Refusal(Reason.NO_WHY, form_field="why")]


def same_person_reasons(
    *,
    is_itself: bool,
    same_programme: bool,
    is_open: bool,
    other_open: tuple[str, str] | None,
    checked_on: date | None,
    way_out: WayOut | None = None,
) -> list[Refusal]:
    """Why two entries may not become one person; ``other_open`` is the name and the number of the other's open pathway."""
    reasons = []
    if checked_on:
        reasons.append(Refusal(Reason.CHECKED_ALREADY, {"on": checked_on}))
    if is_itself:
        reasons.append(Refusal(Reason.IS_ITSELF))
    if not same_programme:
        reasons.append(Refusal(Reason.OTHER_PROGRAMME))
    if is_open and other_open:
        told = {"person": other_open[0], "number": other_open[1]}
        reasons.append(Refusal(Reason.BOTH_OPEN, told, way_out=way_out))
    return reasons


def say_reasons(text: str) -> list[Refusal]:
    """Why this may not be said."""
    return [] if text.strip() else [Refusal(Reason.NOTHING_SAID, form_field="text")]


def answer_by_reasons(answer_by: date | None, on: date) -> list[Refusal]:
    """Why an answer may not be asked by that day."""
    if answer_by is None or answer_by >= on:
        return []
    return [Refusal(Reason.ANSWER_PASSED, {"on": answer_by}, form_field="answer_by")]


def answer_reasons(kind: str, answered_on: date | None, *, is_own_side: bool) -> list[Refusal]:
    """Why this may not be answered: it is no question, it was answered, or it was asked by one's own side."""
    reasons = [] if kind == QUESTION else [Refusal(Reason.NO_QUESTION)]
    if answered_on:
        reasons.append(Refusal(Reason.ANSWERED_ALREADY, {"on": answered_on}))
    return reasons + ([Refusal(Reason.OWN_QUESTION)] if is_own_side else [])


def steps_of(*, is_housing: bool) -> tuple[str, ...]:
    """The steps of the form; a housing partner is never asked about health (P7)."""
    asked = tuple(step for step in STEPS if not (is_housing and step == HEALTH))
    return (*asked, CHECK)


def draft_key(draft_id: object, step: str = "") -> str:
    """The key under which a step of a referral is kept while it is typed; without a step, how all of them begin."""
    return f"referral.new:{draft_id}:{step}"


@dataclass(frozen=True)
class ToldResidence:
    """A period of residence as told; each day is known to the day, the month, the year, or not at all (P3)."""

    municipality: str
    domicile: str
    since: ImpreciseDay
    until: ImpreciseDay
    still_there: bool = False


@dataclass(frozen=True)
class Told:
    """What is known of somebody, as the conditions ask it (P1–P5). What nobody told is unknown."""

    birth_on: date | None = None
    mental_health: str = UNKNOWN
    repeated_housing: str = UNKNOWN
    registered: str = UNKNOWN
    accepts_support: str = UNKNOWN
    residences: tuple[ToldResidence, ...] = ()


Typed = Mapping[str, Sequence[str]]


def typed_told(typed: Typed, today: date) -> Told:
    """What half-typed answers tell already; what cannot be read yet is unknown, and nothing is refused (P4)."""
    return Told(
        birth_on=_day(_one(typed, "birth_on"), today),
        mental_health=_one(typed, "mental_health") or UNKNOWN,
        repeated_housing=_one(typed, "repeated_housing") or UNKNOWN,
        registered=_one(typed, "registered") or UNKNOWN,
        accepts_support=_one(typed, "accepts_support") or UNKNOWN,
        residences=tuple(_typed_residences(typed, today)),
    )


def _one(typed: Typed, name: str) -> str:
    return next((text.strip() for text in typed.get(name, ())), "")


def _day(text: str, today: date) -> date | None:
    try:
        return parse_day(text, today=today, short_years=False)
    except NotADay:
        return None


def _imprecise(text: str, today: date) -> ImpreciseDay:
    try:
        return ImpreciseDay.parse(text, today=today) if text else ImpreciseDay()
    except NotADay:
        return ImpreciseDay()


def _typed_residences(typed: Typed, today: date) -> Iterable[ToldResidence]:
    for at in range(MOST_ROWS):
        row = {name: _one(typed, f"residences-{at}-{name}") for name in ("municipality", "domicile", "since", "until")}
        is_taken_away = _one(typed, f"residences-{at}-DELETE")
        if is_taken_away or not any(row[name] for name in ("municipality", "since", "until")):
            continue
        yield ToldResidence(
            municipality=row["municipality"],
            domicile=row["domicile"] or UNKNOWN,
            since=_imprecise(row["since"], today),
            until=_imprecise(row["until"], today),
            # Nothing after "until" means: still there; "unknown" is an answer of its own.
            still_there=not row["until"],
        )


def plain_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as they are frozen: days as text, everything else as it was given (the row itself may be corrected later)."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in answers.items()}
