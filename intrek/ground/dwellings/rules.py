"""When somebody may come to live in a dwelling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import Period
from intrek.ground.common.refusals import Refusal


class Reason(TextChoices):
    """Why a stay in a dwelling is refused."""

    TAKEN = "taken", _("%(dwelling)s is lived in by %(person)s.")
    LIVES_ELSEWHERE = "lives_elsewhere", _("%(person)s already lives at %(dwelling)s.")
    ENDS_BEFORE_START = "ends_before_start", _("The stay would end on %(until_on)s, before it starts on %(from_on)s.")
    NO_ADDRESS = "no_address", _("A dwelling needs a street and a number.")
    ALREADY_KNOWN = "already_known", _("%(address)s is already known here.")
    ENDED_ALREADY = "ended_already", _("This stay already ended on %(on)s.")


@dataclass(frozen=True)
class Stay:
    """A stay as the rules look at it; a missing first day is *since always*, a missing last day *still there*."""

    person_id: UUID
    person: str
    dwelling_id: UUID
    dwelling: str
    from_on: date | None
    until_on: date | None
    household_of: UUID | None = None

    def meets(self, other: "Stay") -> bool:
        """Whether the two have a day in common."""
        mine, theirs = (Period(each.from_on or date.min, each.until_on) for each in (self, other))
        return mine.overlaps(theirs)

    def shares_household_with(self, other: "Stay") -> bool:
        """Whether the two belong to one household."""
        return (self.household_of or self.person_id) == (other.household_of or other.person_id)


def stay_reasons(stay: Stay, others: Iterable[Stay]) -> list[Refusal]:
    """Why this stay may not begin, given the other stays of its dwelling and of its person."""
    if stay.from_on and stay.until_on and stay.until_on < stay.from_on:
        return [Refusal(Reason.ENDS_BEFORE_START, {"from_on": stay.from_on, "until_on": stay.until_on})]
    reasons = []
    for other in others:
        if not stay.meets(other):
            continue
        if other.person_id == stay.person_id:
            reasons.append(Refusal(Reason.LIVES_ELSEWHERE, {"person": other.person, "dwelling": other.dwelling}))
        elif other.dwelling_id == stay.dwelling_id and not stay.shares_household_with(other):
            reasons.append(Refusal(Reason.TAKEN, {"person": other.person, "dwelling": other.dwelling}))
    return reasons
