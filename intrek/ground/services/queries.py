"""Finding services and what was asked of them."""

from intrek.ground.common.folding import folded
from intrek.ground.programmes.models import Programme
from intrek.ground.services import rules
from intrek.ground.services.models import OutsideService, ServiceRequest


def find_service(programme: Programme, name: str) -> OutsideService | None:
    """The service of this name, without regard to case, accents and punctuation."""
    return OutsideService.objects.filter(programme=programme, folded=folded(name)).first()


def wait_of(request: ServiceRequest) -> rules.Wait:
    """A request as the rules look at it."""
    return rules.Wait(
        asked_on=request.asked_on,
        expected_on=request.expected_on,
        started_on=request.started_on,
        refused_on=request.refused_on,
        ended_on=request.ended_on,
        last_checked_on=request.last_checked_on,
    )
