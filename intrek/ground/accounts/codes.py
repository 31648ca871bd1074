"""Codes of an app and recovery codes: few may be guessed, over all processes of the installation, and none counts twice."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils import timezone

from intrek.ground.accounts.limiter import forget_tries, note_refusal, spend, take_try


class Counted:
    """A form that asks one code of one account."""

    user: Any

    def clean_code(self) -> str:
        """The code, if there were tries left and nobody used it before."""
        account, at = f"code of {self.user.pk}", timezone.now()
        if not take_try(account, at=at):
            note_refusal(account, "too many codes")
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            note_refusal(account, "wrong code")
            raise
        if not spend(account, code, at=at):
            note_refusal(account, "a code that was used before")
            raise get_adapter().validation_error("incorrect_code")
        forget_tries(account)
        return code


class CodeForm(Counted, AuthenticateForm):
    """The code beside a password."""


class AgainForm(Counted, ReauthenticateForm):
    """The code of who is asked once more who they are."""


class NewAppForm(Counted, ActivateTOTPForm):
    """The first code of an app, which proves that it was set up well."""
