"""Who is signed in, with the roles they hold: read at once, since no page asks the one without the other; and since when."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import timezone

from intrek.ground.access.queries import roles_of
from intrek.ground.accounts.models import User

BEGAN = "signed_in_at"


@receiver(user_logged_in)
def note_when(request: Any, **_told: Any) -> None:
    """The instant at which somebody signed in; what they do later does not move it."""
    request.session[BEGAN] = timezone.now().timestamp()


class MemberBackend(AuthenticationBackend):
    """Signs in by e-mail and password; the account comes with its memberships (``held``)."""

    def get_user(self, user_id: Any) -> User | None:
        held = roles_of(user_id)
        user: User | None = held[0].user if held else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.held = held  # type: ignore[attr-defined]  # rows of a later room
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        """Not when the account is locked: a reset of it was confirmed by nobody else in time."""
        is_locked = user.locked_from is not None and user.locked_from <= timezone.now()
        return bool(super().user_can_authenticate(user)) and not is_locked
