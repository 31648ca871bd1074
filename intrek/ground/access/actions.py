"""Opening and closing somebody's sight of a pathway."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from intrek.ground.access.models import Category, Grant, Ground
from intrek.ground.partners.models import Contact, Organisation


@transaction.atomic
def grant(
    pathway_id: UUID,
    organisation: Organisation,
    *,
    ground: Ground,
    categories: Iterable[Category],
    from_on: date,
    until_on: date | None = None,
    contact: Contact | None = None,
) -> Grant:
    """From this day the organisation sees these categories of the pathway; granting the same again changes nothing."""
    found = Grant.objects.filter(
        programme_id=organisation.programme_id,
        pathway_id=pathway_id,
        organisation=organisation,
        contact=contact,
        ground=ground,
        until_on=until_on,
    ).first()
    wanted = sorted(str(category) for category in categories)
    if found and found.from_on <= from_on and set(wanted) <= set(found.categories):
        return found
    return Grant.objects.create(
        programme_id=organisation.programme_id,
        pathway_id=pathway_id,
        organisation=organisation,
        contact=contact,
        ground=ground,
        categories=wanted,
        from_on=from_on,
        until_on=until_on,
    )


@transaction.atomic
def end_grants(pathway_id: UUID, organisation: Organisation, *, ground: Ground, last_day: date) -> int:
    """The organisation's sight on this ground ends with ``last_day`` (that day included); the number of grants ended."""
    running = Grant.objects.in_force(last_day + timedelta(days=1))
    return running.filter(
        programme_id=organisation.programme_id, pathway_id=pathway_id, organisation=organisation, ground=ground
    ).update(until_on=last_day)
