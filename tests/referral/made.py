"""A referral in a line."""

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.partners.models import Sector
from intrek.ground.programmes.queries import track_of
from intrek.story.referral.actions import submit_referral
from tests.factories import member, organisation, person, programme_brugge, real_today

ANSWERS = {"repeated_housing": YesNoUnknown.YES, "accepts_support": YesNoUnknown.YES, "support_need": "Papieren."}
CARE = {"mental_health": "suspected", "mental_health_note": "Angstig, nog geen diagnose."}


def housing(name="Vivendo"):
    return organisation(name, sector=Sector.HOUSING)


def referral(of=None, *, by=None, track="trial", on=None, answers=None, care=CARE, **facts):
    """Handed in by `by`, a referrer of CAW RegioBrugge unless told otherwise."""
    by = by or member("referrer")
    facts = {"organisation": by.organisation, "referrer": by.contact, "referred_on": on or real_today()} | facts
    return submit_referral(
        of or person(),
        track=track_of(programme_brugge(), track),
        answers=ANSWERS if answers is None else answers,
        care=care,
        by=by,
        **facts,
    )
