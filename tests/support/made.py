"""Stays and terms in a line, for the tests of support and of what comes after it."""

from datetime import date

from intrek.ground.documents.models import Paper
from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.programmes.models import PaperGroup
from intrek.ground.programmes.queries import track_of
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.placement.actions import prepare_placement
from intrek.story.support.actions import start_stay, start_support
from tests.factories import contact, lead_of, organisation, pathway, programme_brugge

FIRST = date(2026, 3, 2)


def worker():
    """A support worker of the lead."""
    return contact("Hanne Declercq", at=lead_of(programme_brugge()))


def dwelling(address="Kolvestraat 14 bus 2", owner="Vivendo"):
    """A home of a housing partner."""
    landlord = organisation(owner, sector="housing")
    return add_dwelling(programme_brugge(), address, owner=landlord, on=FIRST, by=None)


def allocation(home=None, of=None, accepted_on=date(2026, 2, 20)):
    """A candidate to whom a dwelling was allocated, and who accepted it."""
    way = of or pathway("allocated", on=date(2025, 12, 1))
    offer = Offer.objects.create(programme=way.programme, dwelling=home or dwelling(), offered_on=date(2026, 2, 1))
    return Allocation.objects.create(
        programme=way.programme, offer=offer, pathway=way, chosen_on=date(2026, 2, 10), accepted_on=accepted_on
    )


def prepared(months=12, starts_on=FIRST, **options):
    """A stay that is prepared: its papers lie ready, unsigned."""
    return prepare_placement(allocation(**options), starts_on=starts_on, months=months, by=None)


def sign_all(placement, on=date(2026, 2, 25), group=PaperGroup.BEFORE_KEYS):
    """Every paper before the keys is signed."""
    Paper.objects.filter(stay_id=placement.pk, group=group).update(signed_on=on)
    return placement


def trial_term(months=12, starts_on=FIRST, **options):
    """A running trial stay with its support."""
    placement = sign_all(prepared(months, starts_on, **options))
    return start_stay(placement, on=starts_on, worker=worker(), agreement_on=date(2026, 2, 25), by=None)


def sitting_term(months=6, starts_on=FIRST, of=None, **facts):
    """A sitting tenant's running support."""
    way = of or pathway("waiting", "sitting", on=date(2025, 12, 1))
    return start_support(
        way,
        track=track_of(way.programme, "sitting"),
        starts_on=starts_on,
        months=months,
        worker=worker(),
        agreement_on=starts_on,
        by=None,
        **facts,
    )
