"""Running support to be evaluated."""

from datetime import timedelta

from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.partners.models import Sector
from intrek.ground.pathways.actions import move, reach
from intrek.ground.pathways.models import Stage, Station
from intrek.ground.programmes.queries import track_of
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.placement.actions import prepare_placement
from intrek.story.support.actions import start_stay, start_support
from tests import factories

START = factories.real_today() - timedelta(days=100)
SCORES = {"home_care": (2, 3), "money": (None, 1)}


def sitting_term(by, *, months=6, starts_on=START, **facts):
    """Support of a sitting tenant, running since a hundred days."""
    pathway = factories.pathway("waiting", "sitting", on=starts_on - timedelta(days=40), **facts)
    track = track_of(pathway.programme, "sitting")
    days = {"starts_on": starts_on, "agreement_on": starts_on}
    return start_support(pathway, track=track, months=months, worker=by.contact, by=by, **days)


def trial_stay(by, *, months=6, starts_on=START, address="Veltemweg 7", **facts):
    """A trial stay with its keys handed over; the papers are told as history tells them."""
    pathway = factories.pathway("waiting", "trial", on=starts_on - timedelta(days=60), **facts)
    reach(pathway, Station.ELIGIBILITY, on=starts_on - timedelta(days=59))
    owner = factories.organisation("Vivendo", sector=Sector.HOUSING)
    dwelling = add_dwelling(pathway.programme, address, owner=owner, on=starts_on, by=by)
    before = starts_on - timedelta(days=20)
    offer = Offer.objects.create(programme=pathway.programme, dwelling=dwelling, offered_on=before)
    allocation = Allocation.objects.create(
        programme=pathway.programme, offer=offer, pathway=pathway, chosen_on=before, accepted_on=before
    )
    move(pathway, Stage.ALLOCATED)
    placement = prepare_placement(allocation, starts_on=starts_on, months=months, by=by, history=True)
    start_stay(placement, on=starts_on, worker=by.contact, agreement_on=starts_on, by=by, history=True)
    placement.refresh_from_db()
    return placement
