"""The stock changes, and people come to live somewhere."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.dwellings import rules
from intrek.ground.dwellings.models import Dwelling, Occupancy
from intrek.ground.dwellings.queries import find_dwelling, stays_around
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Organisation
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import Programme, StayTitle


def _address_reasons(programme: Programme, address: str, *, own: Dwelling | None = None) -> list[Refusal]:
    if not folded(address):
        return [Refusal(rules.Reason.NO_ADDRESS, form_field="address")]
    known = find_dwelling(programme, address)
    return (
        [Refusal(rules.Reason.ALREADY_KNOWN, {"address": known.address}, form_field="address")]
        if known and known != own
        else []
    )


@transaction.atomic
def add_dwelling(
    programme: Programme, address: str, *, owner: Organisation | None, on: date | None, by: Actor | None, **facts: Any
) -> Dwelling:
    """A dwelling becomes known to the programme."""
    refuse_if(_address_reasons(programme, address))
    dwelling = Dwelling.objects.create(
        programme=programme, address=address.strip(), folded=folded(address), owner=owner, **facts
    )
    record(dwelling, "dwellings.added", on=on, by=by, dwelling=dwelling)
    return dwelling


@transaction.atomic
def change_dwelling(
    dwelling: Dwelling, *, on: date, by: Actor | None, expected_version: int | None = None, **facts: Any
) -> Dwelling:
    """Facts about a dwelling are corrected. Raises Conflict when somebody else saved meanwhile."""
    address = facts.get("address", dwelling.address)
    refuse_if(_address_reasons(dwelling.programme, address, own=dwelling))
    save_version(dwelling, fields=facts | {"folded": folded(address)}, expected_version=expected_version, by=by)
    record(dwelling, "dwellings.changed", on=on, by=by, dwelling=dwelling)
    return dwelling


@transaction.atomic
def open_occupancy(
    dwelling: Dwelling,
    person: Person,
    *,
    pathway: Pathway | None,
    title: StayTitle,
    from_on: date | None,
    until_on: date | None = None,
    with_household_of: Person | None = None,
    history: bool = False,
    by: Actor | None,
) -> Occupancy:
    """Somebody comes to live in a dwelling under a title. Of two requests at once one wins, the other hears who lives there."""
    household = with_household_of.pk if with_household_of else None
    stay = rules.Stay(person.pk, person.name, dwelling.pk, str(dwelling), from_on, until_on, household)
    refuse_if([] if history else rules.stay_reasons(stay, stays_around(dwelling, person)))
    try:
        with transaction.atomic():
            occupancy = Occupancy.objects.create(
                programme_id=dwelling.programme_id,
                dwelling=dwelling,
                person=person,
                pathway=pathway,
                title=title,
                from_on=from_on,
                until_on=until_on,
                with_household_of=with_household_of,
            )
    except IntegrityError as clash:
        raise Refused(rules.stay_reasons(stay, stays_around(dwelling, person)) or [_taken(dwelling)]) from clash
    record(occupancy, "dwellings.moved_in", on=from_on, by=by, dwelling=dwelling, title=StayTitle(title).label)
    return occupancy


def _taken(dwelling: Dwelling) -> Refusal:
    return Refusal(rules.Reason.TAKEN, {"dwelling": str(dwelling), "person": "–"})


@transaction.atomic
def end_occupancy(occupancy: Occupancy, *, until_on: date, by: Actor | None) -> Occupancy:
    """Somebody leaves; the last day is inclusive."""
    reasons = [Refusal(rules.Reason.ENDED_ALREADY, {"on": occupancy.until_on})] if occupancy.until_on else []
    if occupancy.from_on and until_on < occupancy.from_on:
        reasons.append(Refusal(rules.Reason.ENDS_BEFORE_START, {"from_on": occupancy.from_on, "until_on": until_on}))
    refuse_if(reasons)
    occupancy.until_on = until_on
    occupancy.save(update_fields=["until_on"])
    record(occupancy, "dwellings.moved_out", on=until_on, by=by, dwelling=occupancy.dwelling)
    return occupancy


@transaction.atomic
def turn_into(occupancy: Occupancy, title: StayTitle, *, from_on: date | None, by: Actor | None) -> Occupancy:
    """The same person goes on living in the same dwelling under another title: a loan becomes a lease (P15).

    ``occupancy`` may already have ended; while open, it ends the day before ``from_on``.
    """
    if occupancy.until_on is None and from_on is not None:
        end_occupancy(occupancy, until_on=from_on - timedelta(days=1), by=by)
    turned = Occupancy.objects.create(
        programme_id=occupancy.programme_id,
        dwelling=occupancy.dwelling,
        person=occupancy.person,
        pathway=occupancy.pathway,
        title=title,
        from_on=from_on,
        with_household_of=occupancy.with_household_of,
    )
    record(
        turned, "dwellings.title_changed", on=from_on, by=by, dwelling=occupancy.dwelling, title=StayTitle(title).label
    )
    return turned
