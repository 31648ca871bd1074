"""What a referral must answer, and when it may be submitted or withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal


class Reason(TextChoices):
    """Why a referral is refused."""

    NEEDS_ANSWER = "needs_answer", _("This question needs an answer: %(question)s.")
    BIRTH_DAY_OR_UNKNOWN = "birth_day_or_unknown", _("Fill in the date of birth, or say that it is not known.")
    REFERRED_LATER = "referred_later", _("The day of the referral, %(on)s, is still to come.")
    OPEN_PATHWAY = "open_pathway", _("%(person)s already has a pathway here: %(number)s.")
    CLOSED_ALREADY = "closed_already", _("This pathway was closed on %(on)s: there is nothing to withdraw.")
    STARTED_ALREADY = "started_already", _("Support has started: end it instead of withdrawing the referral.")
    NO_WHY = "no_why", _("Say why the referral is withdrawn.")
    OTHER_PROGRAMME = "other_programme", _("This organisation is not a partner of this programme.")
    NO_LONGER_PARTNER = "no_longer_partner", _("%(organisation)s has been no partner since %(on)s.")


# The eight answers without which nobody can call back or decide which way to go; all else may be unknown.
NEEDED: dict[str, Any] = {
    "organisation": _("referring organisation"),
    "referrer": _("referrer"),
    "given_name": _("given name"),
    "family_name": _("family name"),
    "birth_on": _("date of birth"),
    "track": _("track"),
    "support_need": _("support need"),
    "informed": _("is the person informed and do they agree"),
}

# The questions about health, addiction and justice: never asked of a housing partner (P7).
CARE_ANSWERS = ("mental_health", "mental_health_note", "addiction", "addiction_note", "justice_note")


@dataclass(frozen=True)
class Standing:
    """A pathway as a withdrawal looks at it."""

    stage: str
    closed_on: date | None


def missing_reasons(answers: Mapping[str, Any]) -> list[Refusal]:
    """Which of the eight needed answers are not there; a birth day may be unknown, if somebody says so."""
    reasons = []
    for name, question in NEEDED.items():
        if name == "birth_on" and not answers.get(name) and not answers.get("birth_unknown"):
            reasons.append(Refusal(Reason.BIRTH_DAY_OR_UNKNOWN, form_field=name))
        elif name != "birth_on" and not answers.get(name):
            reasons.append(Refusal(Reason.NEEDS_ANSWER, {"question": question}, form_field=name))
    return reasons


def submit_reasons(
    *,
    referred_on: date | None,
    today: date | None,
    partner_until: date | None,
    organisation: str,
    open_pathway: tuple[str, str] | None,
) -> list[Refusal]:
    """Why a referral may not be submitted; ``open_pathway`` is (person, number) of one that is still open."""
    reasons = []
    if referred_on and today and referred_on > today:
        reasons.append(Refusal(Reason.REFERRED_LATER, {"on": referred_on}, form_field="referred_on"))
    if partner_until and referred_on and partner_until < referred_on:
        reasons.append(Refusal(Reason.NO_LONGER_PARTNER, {"organisation": organisation, "on": partner_until}))
    if open_pathway:
        reasons.append(Refusal(Reason.OPEN_PATHWAY, {"person": open_pathway[0], "number": open_pathway[1]}))
    return reasons


def withdraw_reasons(standing: Standing, why: str) -> list[Refusal]:
    """Why a referral may not be taken back."""
    reasons = []
    if standing.stage == "closed":
        reasons.append(Refusal(Reason.CLOSED_ALREADY, {"on": standing.closed_on or "–"}))
    elif standing.stage in {"running", "aftercare"}:
        reasons.append(Refusal(Reason.STARTED_ALREADY))
    if not why.strip():
        reasons.append(Refusal(Reason.NO_WHY, form_field="why"))
    return reasons
