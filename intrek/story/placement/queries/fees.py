"""The usage fee of a stay: what holds, what was asked, what is open and since when (P9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby, pairwise

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal
from intrek.ground.common.sheets import Column
from intrek.ground.common.wording import money, whole_month
from intrek.ground.partners.models import Membership
from intrek.ground.programmes.models import ProgrammeRule
from intrek.story.placement import rules
from intrek.story.placement.models import Payment, PaymentRequest, Placement, UsageFee


@dataclass(frozen=True)
class Fee:
    """A usage fee as it is shown: the sum, and the parts that it is made of (P9)."""

    fee: UsageFee
    until_on: date | None
    total: Decimal
    parts: list[tuple[str, Decimal]]


def fees_of(placement: Placement) -> list[Fee]:
    """The usage fees of a stay, the latest first; each holds until the day before the next."""
    rows = list(UsageFee.objects.filter(placement=placement).order_by("from_on"))
    until = {fee.pk: later.from_on - timedelta(days=1) for fee, later in pairwise(rows)}
    return [_fee(fee, until.get(fee.pk)) for fee in reversed(rows)]


def _fee(fee: UsageFee, until_on: date | None) -> Fee:
    amounts = fee_parts(fee)
    shown = [
        (str(getattr(UsageFee._meta.get_field(name), "verbose_name", name)), amounts[name])
        for name in amounts
        if amounts[name]
    ]
    return Fee(fee, until_on, rules.fee_total(amounts), shown)


def fee_on(fees: Sequence[Fee], on: date) -> Fee | None:
    """The fee that holds on a day, else the first one to come."""
    held = [each for each in fees if each.fee.from_on <= on]
    return held[0] if held else (fees[-1] if fees else None)


def rests_without_fee(placement: Placement) -> bool:
    """Whether the track's rule lets the fee rest during a suspension."""
    return not placement.pathway.track.rule(placement.starts_on or date.max).fee_runs_in_suspension


def fee_parts(fee: UsageFee) -> dict[str, Decimal]:
    """The parts of a usage fee by name."""
    return {name: getattr(fee, name) for name in rules.FEE_PARTS}


def span_of(placement: Placement) -> tuple[date | None, date | None]:
    """The days of a stay for which its fee is due: from the keys to the end, or to the agreed last day while it runs."""
    return placement.keys_on, placement.ended_on or placement.agreed_last_day


def charge_for(placement: Placement, month: date) -> rules.Charge:
    """What a calendar month of this stay costs, by the fees and days as they are known now."""
    return charges_for(placement, [month])[month]


def charges_for(placement: Placement, months: Iterable[date]) -> dict[date, rules.Charge]:
    """The same for several months, its fees read once."""
    first, last = span_of(placement)
    fees = [rules.FeeSpan(each.from_on, fee_parts(each)) for each in placement.fees.order_by("from_on")]
    rests = _rests(placement)
    days = {month: rules.days_charged(month, first, last, rests) if first else [] for month in months}
    return {month: rules.charge_of(month, counted, fees) for month, counted in days.items()}


def _rests(placement: Placement) -> list[tuple[date, date | None]]:
    """The days on which support rests and the fee with it, if the track's rule says so."""
    if not rests_without_fee(placement):
        return []
    pauses = placement.pathway.clock.get("pauses", [])
    return [(date.fromisoformat(first), date.fromisoformat(last) if last else None) for first, last in pauses]


def to_ask(placement: Placement, on: date) -> list[date]:
    """The months of a stay that began and were not asked yet."""
    first, last = span_of(placement)
    if first is None or first > on:
        return []
    asked = set(PaymentRequest.objects.filter(placement=placement).values_list("month", flat=True))
    return [month for month in rules.months_between(first, min(on, last or on)) if month not in asked]


@dataclass(frozen=True)
class Standing:
    """What somebody still has to pay of a stay: how much, since when it is due, and whether that is a signal."""

    placement: Placement
    open_amount: Decimal
    since: date | None
    is_arrears: bool


def standing_of(placement: Placement, requests: Iterable[PaymentRequest], rule: ProgrammeRule, on: date) -> Standing:
    """Where a stay stands by its requests."""
    rows = list(requests)
    open_amount = sum((each.open_amount for each in rows), Decimal(0))
    since = min((each.due_on for each in rows if each.open_amount > 0 and each.due_on < on), default=None)
    signal = rules.is_arrears(open_amount, since, on=on, most=rule.arrears_amount, weeks=rule.arrears_weeks)
    return Standing(placement, open_amount, since, signal)


def standings(member: Membership, rule: ProgrammeRule, on: date) -> list[Standing]:
    """Every stay of which something is open, what is due longest first."""
    rows = (
        PaymentRequest.objects.visible_to(member)
        .open()
        .select_related("placement__pathway__person", "placement__dwelling")
    )
    by_stay = groupby(rows.order_by("placement_id", "month"), key=lambda each: each.placement)
    found = [standing_of(placement, requests, rule, on) for placement, requests in by_stay]
    return sorted(found, key=lambda each: (each.since or date.max, -each.open_amount))


def requests_of(placement: Placement) -> QuerySet[PaymentRequest]:
    """What was asked of a stay, the latest month first."""
    rows: QuerySet[PaymentRequest] = PaymentRequest.objects.filter(placement=placement)
    return rows.order_by("-month", "pk")


def asked_in(member: Membership) -> QuerySet[PaymentRequest]:
    """All that was asked in the programme, for the bookkeeper: the latest first."""
    rows: QuerySet[PaymentRequest] = PaymentRequest.objects.visible_to(member)
    return rows.select_related("placement__pathway__person", "placement__dwelling").order_by("-month", "number", "pk")


def running(member: Membership) -> QuerySet[Placement]:
    """The stays whose keys were given and that are not ended: those whose fee runs."""
    rows: QuerySet[Placement] = Placement.objects.visible_to(member).open().filter(keys_on__isnull=False)
    return rows.select_related("pathway__track", "programme").order_by("keys_on", "pk")


@dataclass(frozen=True)
class FeeLine:
    """One part of a request, in words."""

    label: str
    amount: Decimal


def lines_of(request: PaymentRequest) -> list[FeeLine]:
    """The parts of what was asked, in the order in which they are shown."""
    amounts = {name: Decimal(amount) for name, amount in request.parts.items()}
    return [FeeLine(part_label(name), amounts[name]) for name in rules.FEE_PARTS if name in amounts]


def part_label(name: str) -> str:
    """A part of the fee, as people read it."""
    return str(getattr(UsageFee._meta.get_field(name), "verbose_name", name))


def month_of(request: PaymentRequest) -> str:
    """The month that was asked, in words."""
    return whole_month(request.month)


@dataclass(frozen=True)
class AskedMonth:
    """A month that was asked, and what it comes to now if that is something else: the stay ended earlier, or support rested."""

    request: PaymentRequest
    now: Decimal

    @property
    def differs(self) -> bool:
        """To be corrected."""
        return self.now != self.request.total


@dataclass(frozen=True)
class PaymentsPage:
    """All that the page of a stay's payments shows."""

    rows: list[AskedMonth]
    standing: Standing
    to_ask: list[date]


def payments_page(placement: Placement, rule: ProgrammeRule, on: date) -> PaymentsPage:
    """What was asked of a stay, where it stands, and the months that can be asked."""
    rows = list(requests_of(placement))
    now = charges_for(placement, [each.month for each in rows])
    shown = [AskedMonth(each, now[each.month].total) for each in rows]
    return PaymentsPage(shown, standing_of(placement, rows, rule, on), to_ask(placement, on))


def payments_of(request: PaymentRequest) -> list[Payment]:
    """What came in for a request, the earliest first."""
    return list(request.payments.select_related("taken_back_by").order_by("paid_on", "created_at", "pk"))


def cover_warnings(fee: Fee, rule: ProgrammeRule) -> list[Refusal]:
    """Whether a fee passes the cost cover that the programme set."""
    return rules.cover_reasons(fee_parts(fee.fee), rule.cost_cover, money)


def correction_words(request: PaymentRequest) -> str:
    """What was asked for a month, and what it comes to now."""
    told = {"total": money(request.total), "now": money(charge_for(request.placement, request.month).total)}
    return gettext("Asked: %(total)s. By the fee and the days as they are now: %(now)s.") % told


# What the bookkeeper takes over: a line for each month that was asked.
LEDGER = (
    Column(_("Number"), lambda each: each.number),
    Column(_("Communication"), lambda each: each.reference),
    Column(_("Resident"), lambda each: each.placement.pathway.person.name),
    Column(_("Dwelling"), lambda each: str(each.placement.dwelling)),
    Column(_("Month"), lambda each: each.month),
    Column(_("Days"), lambda each: each.days),
    Column(_("To be paid by"), lambda each: each.due_on),
    Column(_("Asked"), lambda each: each.total),
    Column(_("Paid"), lambda each: each.paid),
    Column(_("Still open"), lambda each: each.open_amount),
)
