"""How people sign in: with what they were given by a coordinator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves: it comes with a membership of the programme (P7)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
