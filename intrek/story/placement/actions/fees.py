"""The usage fee is asked month by month, and what comes in is booked (P9)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.common.wording import money, whole_month
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.programmes.models import Programme
from intrek.ground.programmes.queries import rule_of
from intrek.story.placement import rules
from intrek.story.placement.models import Payment, PaymentRequest, Placement
from intrek.story.placement.queries import charge_for, to_ask


def _next_number(programme: Programme, year: int) -> str:
    """Ten digits of which the first four are the year; never given twice in a programme."""
    of_year = PaymentRequest.objects.filter(programme=programme, number__gte=f"{year}0", number__lt=f"{year + 1}")
    last = of_year.aggregate(last=Max("number"))["last"]
    return f"{year}{int(last[4:]) + 1 if last else 1:06d}"


@transaction.atomic
def ask_payment(placement: Placement, *, month: date, on: date, by: Membership | None) -> PaymentRequest:
    """The fee of one calendar month is asked, with a structured communication and a day to pay by; the last month by its days."""
    charge = charge_for(placement, month)
    asked = PaymentRequest.objects.filter(placement=placement, month=month).exists()
    has_fee = placement.fees.exists()
    name = whole_month(month)
    refuse_if(rules.ask_reasons(month, name, on=on, asked=asked, has_fee=has_fee, days=charge.days))
    request = _made(placement, charge, on)
    record(placement, "placement.payment_asked", on=on, by=by, month=name, total=charge.total, number=request.number)
    return request


def _made(placement: Placement, charge: rules.Charge, on: date) -> PaymentRequest:
    due_days = rule_of(placement.programme, on).fee_due_days
    try:
        with transaction.atomic():
            return PaymentRequest.objects.create(
                programme_id=placement.programme_id,
                placement=placement,
                number=_next_number(placement.programme, on.year),
                month=charge.month,
                due_on=on + timedelta(days=due_days),
                days=charge.days,
                parts=_as_told(charge),
                total=charge.total,
            )
    except IntegrityError as clash:
        # Of two at once one asked it; the other hears so.
        raise Refused([Refusal(rules.FeeReason.MONTH_ASKED, {"month": whole_month(charge.month)})]) from clash


def _as_told(charge: rules.Charge) -> dict[str, str]:
    return {name: str(amount) for name, amount in charge.parts.items() if amount}


def ask_all(
    placements: Iterable[Placement], *, on: date, by: Membership | None
) -> tuple[list[PaymentRequest], list[Refusal]]:
    """Every month that began and was not asked yet is asked, of each of these stays; what cannot be says why."""
    made, reasons = [], []
    for placement in placements:
        for month in to_ask(placement, on):
            try:
                made.append(ask_payment(placement, month=month, on=on, by=by))
            except Refused as refused:
                reasons += refused.reasons
    return made, list(dict.fromkeys(reasons))


@transaction.atomic
def book_payment(
    request: PaymentRequest, *, amount: Decimal, paid_on: date, why: str = "", by: Membership | None
) -> Payment:
    """Money came in for a request. More than is open needs a reason that is kept."""
    today = by.on if by and by.on else paid_on
    refuse_if(
        rules.payment_reasons(
            amount=amount, open_amount=request.open_amount, paid_on=paid_on, today=today, why=why, words=money
        )
    )
    payment = _booked(request, amount=amount, paid_on=paid_on, why=why.strip())
    facts = {"amount": amount, "number": request.number}
    record(request.placement, "placement.payment_booked", on=paid_on, by=by, **facts)
    return payment


def _booked(request: PaymentRequest, **told: Any) -> Payment:
    payment = Payment.objects.create(programme_id=request.programme_id, request=request, **told)
    PaymentRequest.objects.filter(pk=request.pk).update(paid=F("paid") + payment.amount)
    request.refresh_from_db(fields=["paid"])
    return payment


@transaction.atomic
def take_back_payment(payment: Payment, *, why: str, on: date, by: Membership | None) -> Payment:
    """A payment was booked wrongly: a line against it stands beside it, with the reason."""
    is_taken_back = Payment.objects.filter(takes_back=payment).exists()
    refuse_if(rules.take_back_reasons(is_taken_back=is_taken_back, takes_back=bool(payment.takes_back_id), why=why))
    request = payment.request
    against = _booked(request, amount=-payment.amount, paid_on=on, why=why.strip(), takes_back=payment)
    facts = {"amount": payment.amount, "number": request.number, "why": against.why}
    record(request.placement, "placement.payment_taken_back", on=on, by=by, **facts)
    return against


@transaction.atomic
def correct_request(request: PaymentRequest, *, why: str, on: date, by: Membership | None) -> PaymentRequest:
    """A month that was asked is reckoned anew from the fee and the days as they are now, with a reason; its number stays."""
    charge = charge_for(request.placement, request.month)
    reasons = [] if why.strip() else [Refusal(rules.FeeReason.WHY_CORRECT, form_field="why")]
    if charge.total == request.total and _as_told(charge) == request.parts:
        reasons.append(Refusal(rules.FeeReason.SAME_AMOUNT))
    refuse_if(reasons)
    before, request.total = request.total, charge.total
    request.days, request.parts = charge.days, _as_told(charge)
    request.save(update_fields=["total", "days", "parts"])
    told = {"month": whole_month(request.month), "before": before, "total": charge.total, "why": why.strip()}
    record(request.placement, "placement.payment_corrected", on=on, by=by, **told)
    return request
