"""Why something of a pathway may not be shared: every reason at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut


class Reason(TextChoices):
    """Why it is not shared."""

    NO_AGREEMENT = "no_agreement", _("Say on which day the person agreed, or which law allows it.")
    NO_LEGAL_GROUND = "no_legal_ground", _("Say which law allows or asks it.")
    AGREED_LATER = "agreed_later", _("The person agreed on %(agreed_on)s; before that day nothing is shared.")
    NO_PURPOSE = "no_purpose", _("Say for what it is shared.")
    NO_CATEGORY = "no_category", _("Choose what is shared.")
    NO_END = "no_end", _("Say until when it is shared.")
    ENDS_BEFORE_START = "ends_before_start", _("The last day lies before the first, %(from_on)s.")
    NO_PROTOCOL = "no_protocol", _("There is no protocol in force with %(name)s on %(from_on)s.")
    PARTNER_ENDED = "partner_ended", _("%(name)s is no longer a partner since %(until_on)s.")
    NOT_OF_PARTNER = "not_of_partner", _("%(contact)s does not work for %(name)s.")
    CARE_TO_HOUSING = "care_to_housing", _("%(name)s is a housing partner: %(what)s is never shared with it.")
    CARE_TO_UNBOUND = "care_to_unbound", _("The staff of %(name)s are not bound by secrecy: %(what)s is not shared.")
    CARE_TO_FUNCTION = (
        "care_to_function",
        _("The function of %(contact)s is not bound by secrecy: %(what)s is not shared."),
    )
    BEFORE_START = "before_start", _("It was not shared before %(from_on)s.")
    TAKEN_BACK = "taken_back", _("It was taken back already, on %(withdrawn_on)s.")
    NO_SUCH_FILE = "no_such_file", _("That programme has no pathway %(number)s. Ask its team for the number.")
    NO_REASON = "no_reason", _("Say why you need this file; it is read by the data protection officer.")
    OWN_PROGRAMME = "own_programme", _("This is a file of your own team: open it from a list.")
    OWN_LOOKS = "own_looks", _("These are your own looks: somebody else goes over them.")
    JUDGED = "judged", _("%(name)s judged this already.")
    NOT_FOUND_OUT = "not_found_out", _("Say what was found, and what happens now.")


@dataclass(frozen=True)
class Receiver:
    """Who would receive it, as far as it matters for whether they may."""

    name: str
    is_housing: bool
    is_bound: bool
    has_protocol: bool
    ended_on: date | None = None
    contact: str = ""
    contact_is_bound: bool = True
    contact_is_theirs: bool = True
    partner_url: str = ""


def basis_reasons(basis: str, agreed_on: date | None, legal_ground: str, *, from_on: date) -> list[Refusal]:
    """Why this is no basis to share on: neither an agreement of the person by that day, nor a law."""
    if basis == "legal":
        return [] if legal_ground.strip() else [Refusal(Reason.NO_LEGAL_GROUND, form_field="legal_ground")]
    if agreed_on is None:
        return [Refusal(Reason.NO_AGREEMENT, form_field="agreed_on")]
    if agreed_on > from_on:
        return [Refusal(Reason.AGREED_LATER, {"agreed_on": agreed_on}, form_field="from_on")]
    return []


def period_reasons(from_on: date, until_on: date | None) -> list[Refusal]:
    """Why this is no period: it has no end, or ends before it begins."""
    if until_on is None:
        return [Refusal(Reason.NO_END, form_field="until_on")]
    late = until_on < from_on
    return [Refusal(Reason.ENDS_BEFORE_START, {"from_on": from_on}, form_field="until_on")] if late else []


def receiver_reasons(receiver: Receiver, care: Collection[str], *, from_on: date) -> list[Refusal]:
    """Why this receiver may not have it; ``care`` are the kinds of care that would be shared, in words."""
    told = {"name": receiver.name, "contact": receiver.contact, "what": ", ".join(care), "from_on": from_on}
    is_over = receiver.ended_on is not None and receiver.ended_on < from_on
    checks = (
        (is_over, Reason.PARTNER_ENDED, "receiver"),
        (not receiver.contact_is_theirs, Reason.NOT_OF_PARTNER, "receiver"),
        (not receiver.has_protocol, Reason.NO_PROTOCOL, "receiver"),
        (care and receiver.is_housing, Reason.CARE_TO_HOUSING, "categories"),
        (care and not receiver.is_housing and not receiver.is_bound, Reason.CARE_TO_UNBOUND, "categories"),
        (care and not receiver.contact_is_bound, Reason.CARE_TO_FUNCTION, "categories"),
    )
    params = told | {"until_on": receiver.ended_on}
    way_out = WayOut(receiver.partner_url, _("To this partner")) if receiver.partner_url else None
    return [Refusal(reason, params, way_out, form_field=place) for holds, reason, place in checks if holds]


def share_reasons(
    receiver: Receiver,
    *,
    basis: str,
    agreed_on: date | None,
    legal_ground: str,
    purpose: str,
    categories: Collection[str],
    care: Collection[str],
    from_on: date,
    until_on: date | None,
) -> list[Refusal]:
    """Every reason why this may not be shared; none, and it may."""
    return [
        *receiver_reasons(receiver, care, from_on=from_on),
        *([] if categories else [Refusal(Reason.NO_CATEGORY, form_field="categories")]),
        *([] if purpose.strip() else [Refusal(Reason.NO_PURPOSE, form_field="purpose")]),
        *basis_reasons(basis, agreed_on, legal_ground, from_on=from_on),
        *period_reasons(from_on, until_on),
    ]
