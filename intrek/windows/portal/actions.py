"""What somebody does at the edge of what they may see."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import make_naive

from intrek.ground.access.actions import break_in
from intrek.ground.access.models import BreakIn
from intrek.ground.common import wall
from intrek.ground.partners.models import Membership
from intrek.ground.partners.queries import watchers_of
from intrek.ground.pathways.queries import find_number
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind


@transaction.atomic
def open_outside(*, programme: UUID, number: str, reason: str, at: datetime, by: Membership) -> BreakIn:
    """Open a file of another team for an hour, and tell who watches over that programme. What for stands in their list, not in a message."""
    with wall.within(programme):
        found = find_number(programme, number)
        made = break_in(found.pk if found else None, number.strip(), programme, reason=reason, at=at, by=by)
        for each in watchers_of(programme, make_naive(at).date()):
            send(each, Kind.BREAK_IN, path=reverse("desk:review"), by=by)
    return made
