"""What hangs on a stay: furniture, usage fee, domicile, and what deviates from the rule (P9, P10, P20)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.common.wording import whole_month
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.programmes.models import CodeList
from intrek.ground.programmes.queries import codes
from intrek.story.placement import rules
from intrek.story.placement.models import Deviation, Furnishing, NoDomicile, PaymentRequest, Placement, UsageFee


@transaction.atomic
def list_usual_furnishing(dwelling: Dwelling, *, by: Membership | None) -> list[Furnishing]:
    """The programme's usual furniture stands on the checklist of this dwelling; what stands on it already stays as it is (P9)."""
    known = {folded(each.what) for each in dwelling.furnishings.all()}
    usual = [str(item) for item in codes(dwelling.programme, CodeList.FURNISHING, on=by.on if by else None)]
    made = [
        Furnishing(programme_id=dwelling.programme_id, dwelling=dwelling, what=what, position=number)
        for number, what in enumerate(usual, start=len(known) + 1)
        if folded(what) not in known
    ]
    return Furnishing.objects.bulk_create(made)


@transaction.atomic
def list_furnishing(dwelling: Dwelling, *, what: str, note: str = "", by: Membership | None) -> Furnishing:
    """One more thing the dwelling needs."""
    known = {folded(each.what) for each in dwelling.furnishings.all()}
    reasons = [] if folded(what) else [Refusal(rules.Reason.NO_REASON, form_field="what")]
    if folded(what) in known:
        reasons.append(Refusal(rules.Reason.ALREADY_LISTED, {"what": what}, form_field="what"))
    refuse_if(reasons)
    last = dwelling.furnishings.aggregate(last=Max("position"))["last"] or 0
    return Furnishing.objects.create(
        programme_id=dwelling.programme_id, dwelling=dwelling, what=what.strip(), note=note, position=last + 1
    )


@transaction.atomic
def furnish(furnishing: Furnishing, *, done_on: date | None, by: Membership | None) -> Furnishing:
    """Something is in place since a day; no day: it is not in place after all (P9)."""
    today = by.on if by else None
    late = done_on is not None and today is not None and done_on > today
    refuse_if([Refusal(rules.Reason.NOT_IN_PLACE_YET, {"on": done_on}, form_field="done_on")] if late else [])
    furnishing.done_on = done_on
    furnishing.save(update_fields=["done_on"])
    verb = "placement.furnished" if done_on else "placement.unfurnished"
    record(furnishing, verb, on=done_on or today, by=by, what=furnishing.what, dwelling=furnishing.dwelling)
    return furnishing


@transaction.atomic
def set_fee(
    placement: Placement, *, from_on: date, note: str = "", by: Membership | None, **parts: Decimal | None
) -> UsageFee:
    """What the resident pays a month from a day on, part by part; what held before stays as it was (P9).

    ``parts`` are amounts by the names of ``rules.FEE_PARTS``. The same day again corrects that fee.
    """
    amounts = {name: Decimal(parts.get(name) or 0) for name in rules.FEE_PARTS}
    refuse_if(rules.fee_reasons(amounts, from_on, placement.starts_on) + _asked_reasons(placement, from_on))
    fee, _made = UsageFee.objects.update_or_create(
        placement=placement,
        from_on=from_on,
        defaults={"programme_id": placement.programme_id, "note": note, **amounts},
    )
    total = rules.fee_total(amounts)
    record(placement, "placement.fee_set", on=from_on, by=by, from_on=from_on, total=total)
    return fee


def _asked_reasons(placement: Placement, from_on: date) -> list[Refusal]:
    """A month that was asked is not changed behind the back of who paid it."""
    asked = PaymentRequest.objects.filter(placement=placement, month__gte=rules.first_of_month(from_on))
    return [
        Refusal(rules.FeeReason.FEE_MONTH_ASKED, {"month": whole_month(each.month)}, form_field="from_on")
        for each in asked.order_by("month")
    ]


@transaction.atomic
def set_no_domicile(
    placement: Placement,
    *,
    reason: str,
    real_address: str,
    from_on: date,
    until_on: date | None = None,
    reviewer: Contact,
    review_on: date | None = None,
    is_reference_address: bool = False,
    expected_version: int | None = None,
    by: Membership | None,
) -> NoDomicile:
    """No domicile at the dwelling: why, where the person really is registered, who reviews it and when (P10)."""
    refuse_if(rules.no_domicile_reasons(reason=reason, real_address=real_address, from_on=from_on, until_on=until_on))
    facts: dict[str, Any] = {
        "reason": reason.strip(),
        "real_address": real_address.strip(),
        "from_on": from_on,
        "until_on": until_on,
        "reviewer": reviewer,
        "review_on": review_on,
        "is_reference_address": is_reference_address,
    }
    known = NoDomicile.objects.filter(placement=placement).first()
    if known:
        save_version(known, fields=facts, expected_version=expected_version, by=by)
    else:
        known = _first_no_domicile(placement, facts)
    record(placement, "placement.no_domicile_set", on=from_on, by=by)
    return known


def _first_no_domicile(placement: Placement, facts: dict[str, Any]) -> NoDomicile:
    try:
        with transaction.atomic():
            return NoDomicile.objects.create(programme_id=placement.programme_id, placement=placement, **facts)
    except IntegrityError as clash:
        raise Refused([Refusal(rules.Reason.WRITTEN_MEANWHILE)]) from clash


@transaction.atomic
def note_contact(record_of: NoDomicile, *, on: date, by: Membership | None) -> NoDomicile:
    """The person was in touch about the reference address, as is asked at least once a quarter (P10)."""
    today = by.on if by else None
    late = today is not None and on > today
    refuse_if([Refusal(rules.Reason.CONTACT_TO_COME, {"on": on}, form_field="on")] if late else [])
    record_of.last_contact_on = max(on, record_of.last_contact_on or on)
    record_of.save(update_fields=["last_contact_on"])
    record(record_of.placement, "placement.contact_noted", on=on, by=by)
    return record_of


@transaction.atomic
def add_deviation(
    placement: Placement, *, what: str, reason: str, approved_by: Contact, review_on: date, by: Membership | None
) -> Deviation:
    """One stay deviates from the programme's rule: in what, why, approved by whom, reviewed when (P20)."""
    refuse_if(rules.deviation_reasons(what=what, reason=reason))
    deviation = Deviation.objects.create(
        programme_id=placement.programme_id,
        placement=placement,
        what=what.strip(),
        reason=reason.strip(),
        approved_by=approved_by,
        review_on=review_on,
    )
    record(placement, "placement.deviation_added", on=by.on if by else None, by=by)
    return deviation


@transaction.atomic
def write_learned(
    deviation: Deviation, *, learned: str, expected_version: int | None = None, by: Membership | None
) -> Deviation:
    """What a deviation taught the programme (P20)."""
    save_version(deviation, fields={"learned": learned.strip()}, expected_version=expected_version, by=by)
    record(deviation.placement, "placement.deviation_learned", on=by.on if by else None, by=by)
    return deviation
