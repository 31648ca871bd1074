"""Notes with what somebody has shown, in this session, who they are, and when last."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from intrek.ground.accounts.queries import CODES, SHOWN, shown_by


def as_shown(user: Any, kinds: Iterable[str], *, at: datetime) -> dict[str, Any]:
    """What a session keeps of it."""
    return {"of": str(user.pk), "kinds": sorted(str(each) for each in kinds), "at": at.timestamp()}


def note_shown(request: HttpRequest, user: Any, kinds: Iterable[str]) -> None:
    """They have just shown who they are; with these kinds of second step, if any."""
    request.session[SHOWN] = as_shown(user, {*shown_by(request.session, user)["kinds"], *kinds}, at=timezone.now())


@receiver(authentication_step_completed)
def note_step(request: Any, user: Any, method: str, **told: Any) -> None:
    """A password, a code or a passkey was right."""
    note_shown(request, user, [told["type"]] if method == "mfa" else [])


@receiver(authenticator_added)
def note_added(request: Any, user: Any, authenticator: Authenticator, **_told: Any) -> None:
    """Who has just set up an app or a passkey has shown that it works."""
    if authenticator.type != CODES:
        note_shown(request, user, [authenticator.type])


@receiver(authenticator_removed)
def note_removed(request: Any, user: Any, authenticator: Authenticator, **_told: Any) -> None:
    """What is taken away counts no longer, unless another of its kind is left."""
    if not Authenticator.objects.filter(user=user, type=authenticator.type).exists():
        told = shown_by(request.session, user)
        request.session[SHOWN] = {**told, "kinds": [each for each in told["kinds"] if each != authenticator.type]}
