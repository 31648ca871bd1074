"""The contract passes to the resident: the loan becomes a lease, the dwelling leaves the pool (P8, P15)."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from intrek.ground.common.dates import months_later
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.dwellings.actions import turn_into
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Contact, Membership, Organisation
from intrek.ground.pathways.actions import await_, note_unknown, reach
from intrek.ground.pathways.models import Awaited, Party, Pathway, Station
from intrek.ground.programmes.models import StayTitle, TrackKind
from intrek.ground.programmes.queries import rule_of, track_of
from intrek.story.allocation.actions import use_up
from intrek.story.placement.actions import open_sight
from intrek.story.placement.models import Placement
from intrek.story.support.actions import end_stay, start_support
from intrek.story.support.rules import Term, start_reasons
from intrek.story.tenancy import rules
from intrek.story.tenancy.models import Tenancy
from intrek.story.tenancy.queries import offer_of, stay_facts, way_to_evaluation

# The ending that every programme's list knows: the trial led to a contract (P15).
SIGNED = "tenancy_signed"


@transaction.atomic
def sign_tenancy(
    placement: Placement,
    *,
    starts_on: date | None,
    signed_on: date | None = None,
    landlord: Organisation | None,
    with_support: bool,
    conditions: str = "",
    support_months: int | None = None,
    worker: Contact | None = None,
    agreement_on: date | None = None,
    by: Membership | None,
    history: bool = False,
) -> Tenancy:
    """The resident signs a contract of their own; with ``with_support`` track B begins on the same pathway (P15)."""
    _lock(placement)
    support: dict[str, Any] = {"months": support_months, "worker": worker, "agreement_on": agreement_on}
    contract = rules.Contract(starts_on, signed_on, landlord, with_support)
    if not history:
        _refuse_signing(placement, contract, support, by)
    occupancy = _own_home(placement, starts_on, history=history, by=by)
    tenancy = Tenancy.objects.create(
        programme_id=placement.programme_id,
        pathway=placement.pathway,
        placement=placement,
        occupancy=occupancy,
        conditions=conditions,
        **asdict(contract),
    )
    told = {"dwelling": placement.dwelling, "landlord": landlord or "–", "starts_on": starts_on}
    record(tenancy, "tenancy.signed", on=signed_on or starts_on, by=by, **told)
    _go_on(tenancy, support, history=history, by=by)
    return tenancy


def _lock(placement: Placement) -> None:
    """See the stay as it is now, and let nobody else change it before this is done; its pathway stays the caller's."""
    Placement.objects.select_for_update().filter(pk=placement.pk).first()
    placement.refresh_from_db(fields=["ended_on", "ended_how", "occupancy", "keys_on"])


def _own_home(placement: Placement, starts_on: date | None, *, history: bool, by: Membership | None) -> Occupancy:
    """The loan ends on the day before, the lease begins, and the dwelling is the programme's no more (P8)."""
    last_day = starts_on - timedelta(days=1) if starts_on else None
    if not placement.is_ended:
        end_stay(placement, on=last_day, how=SIGNED, by=by, history=history)
    lease = _into_lease(_loan_of(placement), starts_on, by)
    offer = offer_of(placement)
    if offer and offer.used_up_on is None:
        use_up(offer, on=starts_on, by=by)
    return lease


def _go_on(tenancy: Tenancy, support: dict[str, Any], *, history: bool, by: Membership | None) -> None:
    pathway, starts_on = tenancy.pathway, tenancy.starts_on
    reach(pathway, Station.TENANCY, on=starts_on)
    if starts_on is None:
        note_unknown(pathway, "tenancy_on")
    if tenancy.with_support:
        sitting = track_of(pathway.programme, TrackKind.SITTING)
        start_support(pathway, track=sitting, starts_on=starts_on, by=by, history=history, **support)
    else:
        # With support, its start gives the landlord sight again; a plain tenancy gives it here (P7).
        open_sight(pathway, tenancy.occupancy.dwelling, from_on=starts_on)
        _await_aftercare(pathway, starts_on)


def _refuse_signing(
    placement: Placement, contract: rules.Contract, support: dict[str, Any], by: Membership | None
) -> None:
    stay = stay_facts(placement)
    today = by.on if by else None
    reasons = rules.ready_reasons(stay, way_to_evaluation(placement))
    reasons += rules.contract_reasons(stay, contract, today=today)
    if contract.with_support:
        reasons += support_reasons(placement.pathway, starts_on=contract.starts_on, **support)
    refuse_if(reasons)


def support_reasons(
    pathway: Pathway, *, starts_on: date | None, months: int | None, worker: Contact | None, agreement_on: date | None
) -> list[Refusal]:
    """Why support as a sitting tenant may not follow the stay, told with the other reasons at once (P15, P16)."""
    rule = track_of(pathway.programme, TrackKind.SITTING).rule(starts_on or date.max)
    last_day = months_later(starts_on, months) if starts_on and months else None
    found = start_reasons(
        stage=pathway.stage,
        stage_label=pathway.get_stage_display(),
        may_start=True,
        closed_on=pathway.closed_on,
        running_since=None,
        runs=False,
        has_worker=worker is not None,
        agreement_on=agreement_on,
        term=Term(rule.min_months, rule.max_months),
        starts_on=starts_on,
        last_day=last_day,
    )
    # Here the months stand in a field of another name; a missing first day is told by the contract itself.
    names = {"months": "support_months", "ends_on": "support_months"}
    return [
        replace(each, form_field=names.get(each.form_field or "", each.form_field))
        for each in found
        if each.form_field != "starts_on"
    ]


def _loan_of(placement: Placement) -> Occupancy:
    if placement.occupancy is None:
        raise Refused([Refusal(rules.Reason.NO_KEYS)])
    return placement.occupancy


def _into_lease(occupancy: Occupancy, starts_on: date | None, by: Membership | None) -> Occupancy:
    if starts_on or occupancy.until_on:
        return turn_into(occupancy, StayTitle.LEASE, from_on=starts_on, by=by)
    # History does not know the day: one row cannot be cut in two, so the same stay bears its new title.
    occupancy.title = StayTitle.LEASE
    occupancy.save(update_fields=["title"])
    return occupancy


def _await_aftercare(pathway: Pathway, starts_on: date | None) -> None:
    days = rule_of(pathway.programme, starts_on).hear_days if starts_on else 0
    by_day = starts_on + timedelta(days=days) if starts_on else None
    await_(pathway, Awaited.NEXT_STEP, party=Party.COORDINATOR, by_day=by_day)
