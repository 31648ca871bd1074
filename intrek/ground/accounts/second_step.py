"""Setting up the second step of signing in, where a person may replace what they have but never be left without."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic.edit import FormView

from intrek.ground.common.pages import signed_in


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class AppView(ActivateTOTPView):
    """A new app; the one before is gone in the same instant, so that there is always one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return FormView.dispatch(self, request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP).delete()
        return super().form_valid(form)


class RemovePasskeyView(RemoveWebAuthnView):
    """A passkey taken away, by who has another way in."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, _("This is your only second step. Set up another one first."))
            return redirect("mfa_index")
        return super().form_valid(form)


set_up_app = signed_in(AppView.as_view())
remove_passkey = signed_in(RemovePasskeyView.as_view())
