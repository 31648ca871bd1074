"""Codes of an app and recovery codes: few may be guessed, over all processes of the installation, and none counts twice."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.exceptions import ValidationError
from django.utils import timezone

from intrek.ground.accounts.limiter import code_account, forget_tries, note_refusal, spend, take_try
from intrek.ground.accounts.models import Refused


class Counted:
    """A form that asks one code of one account."""

    user: Any

    def clean_code(self) -> str:
        """The code, if there were tries left and nobody used it before."""
        account, at = code_account(self.user.pk), timezone.now()
        if not take_try(account, at=at):
            note_refusal(account, Refused.TOO_MANY, at=at)
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            note_refusal(account, Refused.CODE, at=at)
            raise
        if not spend(account, code, at=at):
            note_refusal(account, Refused.USED_CODE, at=at)
            raise get_adapter().validation_error("incorrect_code")
        forget_tries(account)
        return code


class CodeForm(Counted, AuthenticateForm):
    """The code beside a password."""


class AgainForm(Counted, ReauthenticateForm):
    """The code of who is asked once more who they are."""


class NewAppForm(Counted, ActivateTOTPForm):
    """The first code of an app, which proves that it was set up well."""
