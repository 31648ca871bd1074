"""How organisations are recognised, and what a role asks of an organisation."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal

# Which roles somebody of an organisation of this sector may hold (P7). The lead is also a welfare partner that refers.
ROLES_OF_SECTOR: dict[str, tuple[str, ...]] = {
    "lead": ("coordinator", "support_worker", "referrer", "steering_member", "protection_officer", "administrator"),
    "welfare": ("referrer", "steering_member"),
    "housing": ("housing_officer", "steering_member"),
}


class Reason(TextChoices):
    """Why an organisation or a role is refused."""

    NO_NAME = "no_name", _("An organisation needs a name with at least one letter or digit.")
    NAME_TAKEN = "name_taken", _("%(name)s is already known here, as %(known)s.")
    ROLE_NOT_OF_SECTOR = "role_not_of_sector", _("Somebody of %(organisation)s cannot be %(role)s.")
    ENDS_BEFORE_START = "ends_before_start", _("The last day lies before the first, %(from_on)s.")
    ROLE_HELD = "role_held", _("%(name)s already holds this role.")
    OWN_SUCCESSOR = "own_successor", _("An organisation cannot go on as itself.")
    SUCCESSOR_IN_CIRCLE = "successor_in_circle", _("%(name)s itself went on as this organisation.")
    LAST_COORDINATOR = "last_coordinator", _("%(name)s is the only coordinator. Make somebody else coordinator first.")
    NO_ADDRESS = "no_address", _("%(name)s cannot sign in without an e-mail address.")
    NO_LEAD = "no_lead", _("No organisation leads this programme yet.")
    NOT_EMPTY = "not_empty", _("This installation already has a programme.")
    NO_ACCOUNT = "no_account", _("%(name)s has no account yet.")
    NO_REASON = "no_reason", _("Say why no protocol is needed.")
    NO_JUDGE = "no_judge", _("Say who judged that no protocol is needed.")
    OWN_RESET = "own_reset", _("Nobody lets themselves in again: a colleague does.")
    NO_SECOND_STEP = "no_second_step", _("%(name)s has no second step yet, and sets one up at the next sign-in.")
    RESET_OPEN = "reset_open", _("%(name)s was let in again already. A second colleague has to confirm that first.")
    RESET_CONFIRMED = "reset_confirmed", _("It was confirmed already that %(name)s was let in again.")
    ASKED_IT_YOURSELF = "asked_it_yourself", _("You let %(name)s in again yourself; somebody else has to confirm it.")
    PROTOCOL_HELD = "protocol_held", _("A protocol is already in force since %(from_on)s. End it first.")


def role_reasons(
    sector: str, role: str, *, organisation: str, label: object, from_on: date, until_on: date | None
) -> list[Refusal]:
    """Why somebody of an organisation of this sector may not hold this role for these days."""
    reasons = (
        []
        if role in ROLES_OF_SECTOR[sector]
        else [Refusal(Reason.ROLE_NOT_OF_SECTOR, {"organisation": organisation, "role": label})]
    )
    if until_on and until_on < from_on:
        reasons.append(Refusal(Reason.ENDS_BEFORE_START, {"from_on": from_on}, form_field="until_on"))
    return reasons


def protocol_reasons(kind: str, reason: str, judged_by: str, *, from_on: date, until_on: date | None) -> list[Refusal]:
    """Why a protocol with a partner may not be noted so."""
    is_set_aside = kind == "not_needed"
    checks = (
        (is_set_aside and not reason.strip(), Refusal(Reason.NO_REASON, form_field="reason")),
        (is_set_aside and not judged_by.strip(), Refusal(Reason.NO_JUDGE, form_field="judged_by")),
        (
            bool(until_on and until_on < from_on),
            Refusal(Reason.ENDS_BEFORE_START, {"from_on": from_on}, form_field="until_on"),
        ),
    )
    return [refusal for holds, refusal in checks if holds]
