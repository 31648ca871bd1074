"""Dwellings, offers and candidates, in a line."""

from datetime import timedelta
from itertools import count

from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.partners.models import Sector
from intrek.ground.pathways.models import Pathway
from intrek.story.allocation.actions import choose, offer_dwelling
from intrek.story.referral.models import Referral
from tests.factories import contact, organisation, pathway, programme_brugge, real_today

TODAY = real_today()
HOUSES = count(1)


def vivendo():
    """A landlord."""
    return organisation("Vivendo", sector=Sector.HOUSING)


def dwelling(address="", owner=None, **facts):
    """A home of a landlord."""
    address = address or f"Kolenkaai {next(HOUSES)}"
    return add_dwelling(programme_brugge(), address, owner=owner or vivendo(), on=TODAY, by=None, **facts)


def offer(of=None, days=-1, **told):
    """A dwelling in the pool, offered so many days from now; what stood in the pool before today counts as history."""
    history = told.pop("history", True)
    return offer_dwelling(
        of or dwelling(), offered_on=TODAY + timedelta(days=days), by=told.pop("by", None), history=history, **told
    )


def candidate(track="trial", stage="waiting", *, referrer=True, **facts):
    """Somebody who waits for a dwelling, with a referral and somebody who hears of it."""
    made = pathway(stage, track, **facts)
    who = contact("Ilse Bonte", at=made.referred_by) if referrer else None
    Referral.objects.create(
        programme=made.programme,
        pathway=made,
        track=made.track,
        organisation=made.referred_by,
        referrer=who,
        support_need="Gelijkvloers",
    )
    return made


def chosen(of=None, who=None, on=TODAY):
    """A candidate chosen for a dwelling."""
    return choose(of or offer(), who or candidate(), motive="Wacht het langst.", on=on, by=None)


def again(made):
    """The pathway as it is saved now."""
    return Pathway.objects.get(pk=made.pk)
