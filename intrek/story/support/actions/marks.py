"""What a term leaves on the pathway's line, and what its referrer hears (P24)."""

from intrek.ground.partners.models import Membership
from intrek.ground.pathways.actions import keep_promises
from intrek.ground.pathways.models import Pathway, Station
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import Track
from intrek.story.referral.actions import tell_referrer

# The station of the line at which a term runs, and those after it that a new term makes open again.
TRIAL = (Station.TRIAL_STAY, Station.FINAL_EVALUATION, Station.TENANCY, Station.AFTERCARE)
SITTING = (Station.SUPPORT, Station.FINAL_EVALUATION, Station.AFTERCARE)
CONTINUED = (Station.SUPPORT, Station.SECOND_FINAL_EVALUATION, Station.AFTERCARE)


def stations_of(pathway: Pathway, track: Track) -> tuple[Station, ...]:
    """The stations of a term on this track, from the one at which it runs."""
    if track.is_trial:
        return TRIAL
    return CONTINUED if pathway.track.is_trial else SITTING


def tell(pathway: Pathway, kind: Kind, by: Membership | None) -> None:
    """The referrer hears that support started or ended; what was promised about a start is thereby kept (P24)."""
    if by and by.on:
        tell_referrer(pathway, kind, on=by.on, by=by)
        keep_promises(pathway, on=by.on)
