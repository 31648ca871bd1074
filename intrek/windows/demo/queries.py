"""Who in this installation is played."""

from intrek.ground.accounts.models import User
from intrek.ground.partners.models import Membership


def is_played(user: User) -> bool:
    """Whether somebody exists in the demo alone: no role of theirs is in a programme of real people."""
    held = Membership.objects.filter(user=user)
    return held.exists() and not held.exclude(programme__is_demo=True).exists()
