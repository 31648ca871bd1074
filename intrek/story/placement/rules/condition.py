"""A dwelling is looked over at entry and at leaving; what differs is borne by somebody (P13)."""

from collections.abc import Collection
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal

# The states, the best first; they stand above the models.
STATES = ("new", "good", "worn", "damaged", "missing")
RESIDENT = "resident"


class ConditionReason(TextChoices):
    """Why something of a condition report is refused."""

    STARTED = "started", _("The dwelling is being looked over already.")
    NO_ENTRY = "no_entry", _("Look it over at entry first: what was not written down then cannot be laid beside it.")
    NO_ROOM = "no_room", _("Say in which room it is.")
    NO_THING = "no_thing", _("Say what it is.")
    LISTED = "listed", _("%(what)s already stands on the list of %(room)s.")
    NO_DIFFERENCE = "no_difference", _("%(what)s is as it was at entry: nobody bears anything.")
    NO_AMOUNT = "no_amount", _("Say how much the resident bears.")
    NOBODY_PAYS = "nobody_pays", _("For ordinary wear nobody pays: leave the amount empty.")


def differs(before: str, after: str) -> bool:
    """Whether a thing is worse at leaving than at entry. What was not there at entry differs in nothing."""
    return bool(before and after) and STATES.index(after) > STATES.index(before)


def start_condition_reasons(*, is_started: bool, is_leaving: bool, has_entry: bool) -> list[Refusal]:
    """Why a dwelling cannot be looked over now."""
    reasons = [Refusal(ConditionReason.STARTED)] if is_started else []
    return reasons + ([Refusal(ConditionReason.NO_ENTRY)] if is_leaving and not has_entry else [])


def item_reasons(room: str, what: str, known: Collection[tuple[str, str]]) -> list[Refusal]:
    """Why a thing cannot be put on the list of a room; ``known`` are the rooms and things on it, folded."""
    reasons = [] if room.strip() else [Refusal(ConditionReason.NO_ROOM, form_field="room")]
    reasons += [] if what.strip() else [Refusal(ConditionReason.NO_THING, form_field="what")]
    if (folded(room), folded(what)) in known:
        reasons.append(Refusal(ConditionReason.LISTED, {"room": room, "what": what}, form_field="what"))
    return reasons


def bear_reasons(what: str, before: str, after: str, bears: str, amount: Decimal | None) -> list[Refusal]:
    """Why a difference cannot be borne so."""
    reasons = [] if differs(before, after) else [Refusal(ConditionReason.NO_DIFFERENCE, {"what": what})]
    if bears == RESIDENT and amount is None:
        reasons.append(Refusal(ConditionReason.NO_AMOUNT, form_field="amount"))
    if bears == "wear" and amount:
        reasons.append(Refusal(ConditionReason.NOBODY_PAYS, form_field="amount"))
    return reasons
