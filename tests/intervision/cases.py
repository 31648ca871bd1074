"""A meeting with somebody on its agenda, in a line."""

from datetime import timedelta

from intrek.ground.pathways.models import Pathway
from intrek.story.intervision.actions import plan_meeting, put_on_agenda
from intrek.story.intervision.models import Why
from intrek.story.referral.models import Referral
from tests.factories import contact, pathway, programme_brugge, real_today

TODAY = real_today()


def meeting(days=0, **facts):
    """A meeting so many days from now."""
    return plan_meeting(programme_brugge(), on=TODAY + timedelta(days=days), by=None, **facts)


def referred(stage="new", track="trial", *, referrer=True, **facts):
    """A pathway with a referral, and somebody at the partner who hears of it."""
    made = pathway(stage, track, **facts)
    who = contact("Ilse Bonte", at=made.referred_by) if referrer else None
    Referral.objects.create(
        programme=made.programme, pathway=made, track=made.track, organisation=made.referred_by, referrer=who
    )
    return made


def item_of(made, on=None, *, by=None, why=Why.NEW_REFERRAL, question=""):
    """This pathway on an agenda, of today unless told otherwise."""
    return put_on_agenda(on or meeting(), made, why=why, question=question, by=by)


def again(made):
    """The pathway as it is saved now."""
    return Pathway.objects.get(pk=made.pk)
