"""When the contract may pass to the resident (P8, P15)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut


class Reason(TextChoices):
    """Why a tenancy may not be signed."""

    NO_STAY = "no_stay", _("There is no trial stay that could become a tenancy.")
    NO_KEYS = "no_keys", _("The keys were never handed over: this trial stay has not begun.")
    SIGNED_ALREADY = "signed_already", _("The tenancy was already signed; it starts on %(on)s.")
    STAY_ENDED = "stay_ended", _("The trial stay ended on %(on)s without success: %(how)s.")
    NO_FINAL_EVALUATION = "no_final_evaluation", _("The final evaluation has not been held.")
    NOT_POSITIVE = "not_positive", _("The final evaluation of %(on)s was not positive.")
    NOT_MOVING_ON = "not_moving_on", _("The final evaluation of %(on)s decided otherwise: %(next_step)s.")
    NO_LANDLORD = "no_landlord", _("The landlord is not known.")
    NO_FIRST_DAY = "no_first_day", _("Say from which day the tenancy runs.")
    BEFORE_STAY = "before_stay", _("The tenancy cannot start on %(starts_on)s: the loan for use began on %(stay_on)s.")
    BEFORE_END_OF_LOAN = (
        "before_end_of_loan",
        _("The tenancy cannot start on %(starts_on)s: the loan for use ran until %(ended_on)s."),
    )
    SIGNED_LATER = (
        "signed_later",
        _("The contract cannot have been signed on %(signed_on)s: that day is still to come."),
    )
    OFFER_GONE = "offer_gone", _("%(dwelling)s no longer belongs to the programme's dwellings since %(on)s.")
    SUPPORT_IS_CONDITION = (
        "support_is_condition",
        _("The final evaluation made support as a sitting tenant a condition of the tenancy."),
    )


@dataclass(frozen=True)
class Stay:
    """A trial stay and its final evaluation, as these rules look at them."""

    began_on: date | None
    has_keys: bool
    is_ended: bool = False
    ended_on: date | None = None
    ended_well: bool = False
    ended_words: str = ""
    signed_on: date | None = None
    is_signed: bool = False
    dwelling: str = ""
    offer_gone_on: date | None = None
    is_evaluated: bool = False
    is_positive: bool = False
    moves_on: bool = False
    next_step: str = ""
    evaluated_on: date | None = None
    support_is_condition: bool = False


@dataclass(frozen=True)
class Contract:
    """What is to be signed."""

    starts_on: date | None
    signed_on: date | None
    landlord: Any
    with_support: bool


def ready_reasons(stay: Stay | None, way_out: WayOut | None = None) -> list[Refusal]:
    """Why no contract can be signed now, whatever it says; ``way_out`` leads to the final evaluation."""
    if stay is None:
        return [Refusal(Reason.NO_STAY)]
    reasons = [Refusal(Reason.SIGNED_ALREADY, {"on": stay.signed_on or "–"})] if stay.is_signed else []
    if not stay.has_keys:
        reasons.append(Refusal(Reason.NO_KEYS))
    if stay.is_ended and not stay.ended_well and not stay.is_signed:
        reasons.append(Refusal(Reason.STAY_ENDED, {"on": stay.ended_on or "–", "how": stay.ended_words}))
    if stay.offer_gone_on and not stay.is_signed:
        reasons.append(Refusal(Reason.OFFER_GONE, {"dwelling": stay.dwelling, "on": stay.offer_gone_on}))
    return reasons + evaluation_reasons(stay, way_out)


def evaluation_reasons(stay: Stay, way_out: WayOut | None = None) -> list[Refusal]:
    """Why the final evaluation does not lead to a tenancy: not held, not positive, or another decision (P15)."""
    if not stay.is_evaluated:
        return [Refusal(Reason.NO_FINAL_EVALUATION, way_out=way_out)]
    told = {"on": stay.evaluated_on or "–"}
    if not stay.is_positive:
        return [Refusal(Reason.NOT_POSITIVE, told, way_out=way_out)]
    if not stay.moves_on:
        return [Refusal(Reason.NOT_MOVING_ON, told | {"next_step": stay.next_step}, way_out=way_out)]
    return []


def contract_reasons(stay: Stay, contract: Contract, *, today: date | None) -> list[Refusal]:
    """Why this contract may not follow this stay; ``today`` null: the day of signing is not judged."""
    reasons = [] if contract.landlord else [Refusal(Reason.NO_LANDLORD, form_field="landlord")]
    reasons += day_reasons(stay, contract.starts_on)
    if today and contract.signed_on and contract.signed_on > today:
        reasons.append(Refusal(Reason.SIGNED_LATER, {"signed_on": contract.signed_on}, form_field="signed_on"))
    if stay.support_is_condition and not contract.with_support:
        reasons.append(Refusal(Reason.SUPPORT_IS_CONDITION, form_field="with_support"))
    return reasons


def day_reasons(stay: Stay, starts_on: date | None) -> list[Refusal]:
    """Why a lease may not begin on that day: it follows the loan, which it ends on the day before."""
    if starts_on is None:
        return [Refusal(Reason.NO_FIRST_DAY, form_field="starts_on")]
    if stay.ended_on and starts_on <= stay.ended_on:
        days = {"starts_on": starts_on, "ended_on": stay.ended_on}
        return [Refusal(Reason.BEFORE_END_OF_LOAN, days, form_field="starts_on")]
    if stay.began_on and starts_on <= stay.began_on:
        days = {"starts_on": starts_on, "stay_on": stay.began_on}
        return [Refusal(Reason.BEFORE_STAY, days, form_field="starts_on")]
    return []
