"""How people sign in: with what they were given by a coordinator, never by signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from intrek.ground.accounts.limiter import forget_tries, take_try


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves: it comes with a membership of the programme (P7)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at: are there tries left? The answer is the same for an address that nobody has."""
        if not take_try(credentials.get("email", ""), at=timezone.now()):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Who signs in starts again at no tries."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            forget_tries(credentials.get("email", ""))
        return user
