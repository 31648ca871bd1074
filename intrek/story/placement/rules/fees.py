"""What the usage fee adds up to: a month, its days, what was paid and what is open (P9).

How amounts are rounded. A month costs its amounts, day by day: amount × days ÷ days of that calendar month, exactly. The whole is rounded
to the cent, half a cent up. The parts are cut down to whole cents; the cents that are then missing go to the parts that were cut most, in
the order of ``FEE_PARTS`` where two were cut alike. So the parts always add up to the whole.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from stdnum.be import ogm_vcs

from intrek.ground.common.refusals import Refusal

# The parts a usage fee is made of, in the order in which they are shown (P9).
FEE_PARTS = ("stay", "common_parts", "furniture", "water", "gas", "electricity", "other")
HALF = Fraction(1, 2)


class FeeReason(TextChoices):
    """Why a fee, a request or a payment is refused."""

    FEE_NEGATIVE = "fee_negative", _("An amount of the usage fee cannot be below zero.")
    FEE_EMPTY = "fee_empty", _("A usage fee has at least one amount.")
    FEE_BEFORE_STAY = (
        "fee_before_stay",
        _("A usage fee cannot start on %(from_on)s, before the stay does on %(starts_on)s."),
    )
    FEE_MONTH_ASKED = (
        "fee_month_asked",
        _("%(month)s was already asked. Let the new fee begin later, or correct what was asked, with a reason."),
    )
    ABOVE_COVER = (
        "above_cover",
        _("Together %(total)s a month: more than the cost cover of %(cover)s that the programme set."),
    )
    NO_FEE = "no_fee", _("There is no usage fee for %(month)s yet.")
    NO_DAYS = "no_days", _("Nothing is due for %(month)s: the stay has no day in it that counts.")
    MONTH_ASKED = "month_asked", _("%(month)s was already asked.")
    MONTH_TO_COME = "month_to_come", _("%(month)s is still to come.")
    PAID_LATER = "paid_later", _("A payment cannot have come on %(on)s: that day is still to come.")
    NO_AMOUNT = "no_amount", _("Write an amount.")
    WHY_MORE = "why_more", _("That is more than the %(open)s that is open. Say why, or correct the amount.")
    TAKEN_BACK = "taken_back", _("This payment was already taken back.")
    WHY_LESS = "why_less", _("Taking back a payment needs a reason.")
    WHY_CORRECT = "why_correct", _("Say why what was asked is corrected.")
    SAME_AMOUNT = "same_amount", _("Reckoned anew it is the same amount: there is nothing to correct.")


def fee_total(parts: Mapping[str, Any]) -> Decimal:
    """What a month costs the resident: the sum of the parts, nothing else (P9)."""
    return sum((Decimal(parts.get(name) or 0) for name in FEE_PARTS), Decimal(0))


def fee_reasons(parts: Mapping[str, Any], from_on: date, starts_on: date | None) -> list[Refusal]:
    """Why a usage fee is refused."""
    reasons = [
        Refusal(FeeReason.FEE_NEGATIVE, form_field=name) for name in FEE_PARTS if Decimal(parts.get(name) or 0) < 0
    ]
    if not any(Decimal(parts.get(name) or 0) for name in FEE_PARTS):
        reasons.append(Refusal(FeeReason.FEE_EMPTY, form_field=FEE_PARTS[0]))
    if starts_on and from_on < starts_on:
        facts = {"from_on": from_on, "starts_on": starts_on}
        reasons.append(Refusal(FeeReason.FEE_BEFORE_STAY, facts, form_field="from_on"))
    return reasons


def cover_reasons(parts: Mapping[str, Any], cover: Decimal, words: Any) -> list[Refusal]:
    """A warning when the sum passes the cost cover that the programme set: more than its costs could be taken for a rent (P9).

    ``cover`` zero: none is set.
    """
    total = fee_total(parts)
    over = bool(cover) and total > cover
    return [Refusal(FeeReason.ABOVE_COVER, {"total": words(total), "cover": words(cover)})] if over else []


@dataclass(frozen=True)
class FeeSpan:
    """Amounts a month that hold from a day on, until the next."""

    from_on: date
    parts: Mapping[str, Decimal]


@dataclass(frozen=True)
class Charge:
    """What one calendar month costs: the days that count, of how many, and the amount of each part."""

    month: date
    days: int
    of_days: int
    parts: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """The sum of the parts."""
        return sum(self.parts.values(), Decimal(0))


def first_of_month(on: date) -> date:
    """The month of a day, as its first day."""
    return on.replace(day=1)


def months_between(first: date, last: date) -> list[date]:
    """Every calendar month from the one of the first day to the one of the last."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    zero = first.year * 12 + first.month - 1
    return [date((zero + at) // 12, (zero + at) % 12 + 1, 1) for at in range(count)]


def days_charged(
    month: date, first_on: date, last_on: date | None, pauses: Iterable[tuple[date, date | None]]
) -> list[date]:
    """The days of a calendar month for which the fee is due: of the stay, both ends included, but for those on which it rests."""
    of_month = [month.replace(day=at + 1) for at in range(monthrange(month.year, month.month)[1])]
    rests = list(pauses)
    return [
        day
        for day in of_month
        if first_on <= day and (last_on is None or day <= last_on) and not any(_within(day, pause) for pause in rests)
    ]


def _within(day: date, pause: tuple[date, date | None]) -> bool:
    first, last = pause
    return first <= day and (last is None or day <= last)


def charge_of(month: date, days: Sequence[date], fees: Sequence[FeeSpan]) -> Charge:
    """What these days of a month cost; ``fees`` in the order of their days. A day before the first fee costs nothing."""
    of_days = monthrange(month.year, month.month)[1]
    counts = Counter(_held(fees, day) for day in days)
    exact = dict.fromkeys(FEE_PARTS, Fraction(0))
    for at, count in counts.items():
        for name, amount in fees[at].parts.items() if at is not None else ():
            exact[name] += Fraction(amount) * count / of_days
    return Charge(month, len(days), of_days, in_cents(exact))


def _held(fees: Sequence[FeeSpan], day: date) -> int | None:
    return max((at for at, fee in enumerate(fees) if fee.from_on <= day), default=None)


def in_cents(exact: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """Exact amounts as cents that add up to the rounded whole (see above)."""
    cut = {name: floor(amount * 100) for name, amount in exact.items()}
    whole = floor(sum(exact.values()) * 100 + HALF)
    most_cut = sorted(exact, key=lambda name: cut[name] - exact[name] * 100)
    for name in most_cut[: whole - sum(cut.values())]:
        cut[name] += 1
    return {name: Decimal(cents).scaleb(-2) for name, cents in cut.items()}


def reference_of(number: str) -> str:
    """The structured communication of a request, as Belgian banks write it: ten digits and two that check them."""
    return f"+++{ogm_vcs.format(number + ogm_vcs.calc_check_digits(number))}+++"


def ask_reasons(month: date, name: str, *, on: date, asked: bool, has_fee: bool, days: int) -> list[Refusal]:
    """Why the fee of a month may not be asked; ``name`` is the month in words."""
    told = {"month": name}
    reasons = [Refusal(FeeReason.MONTH_ASKED, told)] if asked else []
    if month > first_of_month(on) + timedelta(days=31):
        reasons.append(Refusal(FeeReason.MONTH_TO_COME, told))
    if not has_fee:
        reasons.append(Refusal(FeeReason.NO_FEE, told))
    return reasons if days else [*reasons, Refusal(FeeReason.NO_DAYS, told)]


def payment_reasons(
    *, amount: Decimal, open_amount: Decimal, paid_on: date, today: date, why: str, words: Any
) -> list[Refusal]:
    """Why a payment is not booked; more than is open needs a reason."""
    reasons = [Refusal(FeeReason.PAID_LATER, {"on": paid_on}, form_field="paid_on")] if paid_on > today else []
    if amount <= 0:
        reasons.append(Refusal(FeeReason.NO_AMOUNT, form_field="amount"))
    if amount > open_amount and not why.strip():
        reasons.append(Refusal(FeeReason.WHY_MORE, {"open": words(open_amount)}, form_field="why"))
    return reasons


def take_back_reasons(*, is_taken_back: bool, takes_back: bool, why: str) -> list[Refusal]:
    """Why a payment that was booked is not taken back."""
    reasons = [Refusal(FeeReason.TAKEN_BACK)] if is_taken_back or takes_back else []
    return reasons if why.strip() else [*reasons, Refusal(FeeReason.WHY_LESS, form_field="why")]


def is_arrears(open_amount: Decimal, since: date | None, *, on: date, most: Decimal, weeks: int) -> bool:
    """Whether what is open is a signal: more than the programme's sum, or due for longer than its weeks."""
    return open_amount > most or (since is not None and open_amount > 0 and (on - since).days > weeks * 7)
