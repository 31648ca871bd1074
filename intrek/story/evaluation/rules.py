"""When an evaluation may be held, and what a final one may decide (P14, P15)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal

HIGHEST_SCORE = 4
# Values of NextStep as plain text: rules stand below the models.
CONTINUE, EXTEND, STOP, MOVE_ON = "continue", "extend", "stop", "move_on"
# After these the term is over as soon as it is ended: nothing more is evaluated.
DECIDES_THE_END = (STOP, MOVE_ON)

Scores = Mapping[str, tuple[int | None, int | None]]


class Reason(TextChoices):
    """Why an evaluation is refused."""

    TERM_CLOSED = "term_closed", _("This support ended on %(on)s; an evaluation belongs to running support.")
    TERM_CLOSED_UNKNOWN = "term_closed_unknown", _("This support has ended; an evaluation belongs to running support.")
    BEFORE_START = "before_start", _("Support starts on %(starts_on)s; it cannot be evaluated on %(held_on)s.")
    IN_FUTURE = "in_future", _("%(held_on)s is still to come; write the evaluation once it has been held.")
    SAME_DAY = "same_day", _("Evaluation %(number)s was already held on %(held_on)s. Correct that one.")
    NOTHING_SAID = "nothing_said", _("Score at least one life domain, or write what was said.")
    UNKNOWN_DOMAIN = "unknown_domain", _("%(domain)s is not a life domain of this programme.")
    NO_SUCH_SCORE = "no_such_score", _("%(domain)s: a score goes from 0 to 4, or is unknown.")
    NO_VERDICT = "no_verdict", _("A final evaluation is positive or not: say which.")
    NO_NEXT_STEP = "no_next_step", _("A final evaluation decides what comes next: say what.")
    ONLY_FINAL_DECIDES = "only_final_decides", _("Only a final evaluation decides to extend, stop or move on.")
    NO_NEW_LAST_DAY = "no_new_last_day", _("Say until which day the term is extended.")
    CONDITION_WITHOUT_TENANCY = (
        "condition_without_tenancy",
        _("Support as a condition belongs to a positive evaluation of a trial stay that moves on to a tenancy."),
    )


@dataclass(frozen=True)
class Term:
    """The support term as these rules look at it; ``held`` maps days of earlier evaluations to their number."""

    starts_on: date | None
    is_ended: bool
    ended_on: date | None
    is_trial: bool
    held: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What was said and decided at an evaluation."""

    held_on: date | None
    is_final: bool = False
    is_positive: bool | None = None
    next_step: str = ""
    support_goes_on: bool = False
    extend_to: date | None = None
    scores: Scores = field(default_factory=dict)
    has_words: bool = False


def hold_reasons(term: Term, said: Said, domains: Iterable[str], *, today: date | None) -> list[Refusal]:
    """Every reason why this evaluation may not be written down; ``today`` null: the day is not judged."""
    return [
        *day_reasons(term, said.held_on, today=today),
        *score_reasons(said.scores, domains),
        *([] if _says_something(said) else [Refusal(Reason.NOTHING_SAID)]),
        *decision_reasons(term, said),
    ]


def day_reasons(term: Term, held_on: date | None, *, today: date | None) -> list[Refusal]:
    """Why an evaluation of this term may not have been held on that day."""
    reasons = closed_reasons(term)
    if held_on is None:
        return reasons
    if term.starts_on and held_on < term.starts_on:
        days = {"starts_on": term.starts_on, "held_on": held_on}
        reasons.append(Refusal(Reason.BEFORE_START, days, form_field="held_on"))
    if today and held_on > today:
        reasons.append(Refusal(Reason.IN_FUTURE, {"held_on": held_on}, form_field="held_on"))
    if held_on in term.held:
        told = {"number": term.held[held_on], "held_on": held_on}
        reasons.append(Refusal(Reason.SAME_DAY, told, form_field="held_on"))
    return reasons


def closed_reasons(term: Term) -> list[Refusal]:
    """Why a term that is over is not evaluated any more."""
    if not term.is_ended:
        return []
    return [
        Refusal(Reason.TERM_CLOSED, {"on": term.ended_on}) if term.ended_on else Refusal(Reason.TERM_CLOSED_UNKNOWN)
    ]


def score_reasons(scores: Scores, domains: Iterable[str]) -> list[Refusal]:
    """Why these scores are not scores of this programme's life domains; null is *unknown*, and always may be."""
    known = set(domains)
    reasons = []
    for domain, pair in scores.items():
        if domain not in known:
            reasons.append(Refusal(Reason.UNKNOWN_DOMAIN, {"domain": domain}))
        if any(score is not None and not 0 <= score <= HIGHEST_SCORE for score in pair):
            reasons.append(Refusal(Reason.NO_SUCH_SCORE, {"domain": domain}))
    return reasons


def decision_reasons(term: Term, said: Said) -> list[Refusal]:
    """Why this evaluation may not decide this: only the final one decides, and it decides everything (P15)."""
    if not said.is_final:
        decides = said.next_step not in {"", CONTINUE}
        return [Refusal(Reason.ONLY_FINAL_DECIDES, form_field="next_step")] if decides else []
    reasons = []
    if said.is_positive is None:
        reasons.append(Refusal(Reason.NO_VERDICT, form_field="is_positive"))
    if not said.next_step:
        reasons.append(Refusal(Reason.NO_NEXT_STEP, form_field="next_step"))
    if said.next_step == EXTEND and said.extend_to is None:
        reasons.append(Refusal(Reason.NO_NEW_LAST_DAY, form_field="extend_to"))
    if said.support_goes_on and not leads_to_tenancy(term.is_trial, said.is_positive, said.next_step):
        reasons.append(Refusal(Reason.CONDITION_WITHOUT_TENANCY, form_field="support_goes_on"))
    return reasons


def leads_to_tenancy(is_trial: bool, is_positive: bool | None, next_step: str) -> bool:
    """Positive on the trial track, and moving on: the resident gets a tenancy of their own (P15)."""
    return is_trial and bool(is_positive) and next_step == MOVE_ON


def _says_something(said: Said) -> bool:
    scored = any(score is not None for pair in said.scores.values() for score in pair)
    return scored or said.has_words
