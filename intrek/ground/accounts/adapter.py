"""How people sign in: with what they were given by a coordinator, never by signing up; and with a second step."""

from base64 import urlsafe_b64encode
from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.accounts.limiter import forget_tries, note_refusal, take_try
from intrek.ground.accounts.models import Refused
from intrek.ground.accounts.queries import CODES, shown_at

# From the least to the most work.
OTHER_WAYS = {
    "mfa_reauthenticate:webauthn": _("With my passkey"),
    "mfa_reauthenticate": _("With a code from my app"),
    "reauthenticate": _("With my password"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves: it comes with a membership of the programme (P7)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, or sign in with a passkey."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at: are there tries left? The answer is the same for an address that nobody has."""
        email, now = credentials.get("email", ""), timezone.now()
        if not take_try(email, at=now):
            note_refusal(email, Refused.TOO_MANY, at=now)
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Who signs in starts again at no tries."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            forget_tries(credentials.get("email", ""))
        else:
            note_refusal(credentials.get("email", ""), Refused.PASSWORD, at=timezone.now())
        return user

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether this is the password of who is signed in; guessed no more often than at the door."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **_told: Any) -> bool:
        """Who showed who they are a few minutes ago is not asked again before they change how they sign in."""
        return time() - shown_at(context.request.session, context.request.user) > REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """What takes one touch comes first."""
        found = super().get_reauthentication_methods(user)
        told = [{**each, "description": OTHER_WAYS[each["id"]]} for each in found]
        return sorted(told, key=lambda each: list(OTHER_WAYS).index(each["id"]))


class SecondStepAdapter(DefaultMFAAdapter):
    """Apps, passkeys and recovery codes: sealed in the database, under our own name, and never the last one taken away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it has been used. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        """What makes the codes of an app is no use to who reads the database alone."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The other way round."""
        return _seal().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """While another way to take the second step is left."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=CODES).exists()

    def get_totp_issuer(self) -> str:
        """The name under which an app lists the account."""
        return "Intrek"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that a device shows beside a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Intrek"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  the library's own word
        """The name of a passkey, unless its owner gives another."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}


def _seal() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac("intrek.accounts.second_step", "", algorithm="sha256").digest()))
