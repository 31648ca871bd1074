"""Who is signed in, with the roles they hold: read at once, since no page asks the one without the other."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from intrek.ground.access.queries import roles_of
from intrek.ground.accounts.models import User


class MemberBackend(AuthenticationBackend):
    """Signs in by e-mail and password; the account comes with its memberships (``held``)."""

    def get_user(self, user_id: Any) -> User | None:
        held = roles_of(user_id)
        user: User | None = held[0].user if held else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.held = held  # type: ignore[attr-defined]  # rows of a later room
        return user
