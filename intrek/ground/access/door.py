"""Who has shown enough to come in: a second step of signing in, and a hand at the keys not too long ago."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from intrek.ground.access.policy import second_steps_of
from intrek.ground.accounts.queries import PASSKEY, shown_at, shown_in
from intrek.ground.common.carried import page_of_form
from intrek.ground.common.held import hold
from intrek.ground.partners.models import Role
from intrek.ground.programmes.queries import rule_of

SEEN, LOCKED, HELD_OPEN, IDLE = "seen_at", "locked_at", "held_open_until", "idle"
MINUTE = 60
# Open to who still has to show something: showing it, going away, another language.
ALWAYS = frozenset({"account_logout", "set_language"})
SHOWING = frozenset({"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
SETTING_UP = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"}
)


class DoorMiddleware:
    """Until the second step is set up nothing but that is reachable; after a while without a hand at the keys, nothing at all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """To what they have to show first, if anything; what they sent meanwhile is held."""
        if not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name
        locked = is_locked(request)
        request.hold_open = partial(hold_open, request)
        request.is_outside = locked or lacks_second_step(request)
        if name in ALWAYS | SHOWING or not request.is_outside or (name in SETTING_UP and not locked):
            return None
        return sent_to(request, way_to_unlock(request) if locked else resolve_url("mfa_index"))


def lacks_second_step(request: Any) -> bool:
    """Whether the role they work in asks for a second step that this session has not seen."""
    if request.member is None:  # without a role there is nobody here to reach
        return False
    asked = second_steps_of(request.member.role, is_demo=request.member.programme.is_demo)
    return not asked & shown_in(request.session, request.user)


def is_locked(request: Any) -> bool:
    """Whether they were away too long, or locked the screen, and have not shown since who they are. Every request is a sign of life."""
    now, session = timezone.now().timestamp(), request.session
    seen = session.get(SEEN, 0.0)
    if LOCKED not in session and seen and _was_away(request, seen, now):
        lock(request)
    if LOCKED in session:
        if shown_at(request.session, request.user) < session[LOCKED]:
            return True
        del session[LOCKED]
    if now - seen > MINUTE:
        session[SEEN] = now
    return False


def _was_away(request: Any, seen: float, now: float) -> bool:
    is_held = now < request.session.get(HELD_OPEN, 0.0)
    return now - seen > MINUTE and not is_held and now - seen > idle_seconds(request)


def lock(request: HttpRequest) -> None:
    """The screen is locked, by its user or because nobody touched it."""
    request.session[LOCKED] = timezone.now().timestamp()


def hold_open(request: HttpRequest, until: datetime) -> None:
    """Nothing locks during a meeting that is on the big screen."""
    request.session[HELD_OPEN] = until.timestamp()


def locks_after(request: Any) -> int:
    """The seconds after which the browser is to lock this page, if nobody touches it and no meeting holds it open."""
    held = request.session.get(HELD_OPEN, 0.0) - timezone.now().timestamp()
    return max(idle_seconds(request), int(held))


def idle_seconds(request: Any) -> int:
    """How long the person may leave this screen alone: a setting for each role, longer for who walks about with a passkey."""
    member, has_passkey = request.member, PASSKEY in shown_in(request.session, request.user)
    told = request.session.get(IDLE)
    if told is None or told["as"] != [str(member and member.pk), has_passkey]:
        told = {"as": [str(member and member.pk), has_passkey], "seconds": _idle_seconds(member, has_passkey)}
        request.session[IDLE] = told
    return int(told["seconds"])


def _idle_seconds(member: Any, has_passkey: bool) -> int:
    if member is None:  # without a role there is nothing here to keep from others
        return settings.SIGNED_IN_AT_MOST
    rule = rule_of(member.programme, member.on)
    is_out = has_passkey and member.role == Role.SUPPORT_WORKER
    return MINUTE * (rule.idle_minutes_with_passkey if is_out else getattr(rule, f"idle_{member.role}"))


def way_to_unlock(request: HttpRequest) -> str:
    """The page where who is signed in shows who they are with the least work."""
    return str(get_adapter().get_reauthentication_methods(request.user)[0]["url"])


def sent_to(request: Any, address: str) -> HttpResponse:
    """To another page, and from there back to the one they were on; what they sent is held until then."""
    if request.method == "POST":
        hold(request)
    back = page_of_form(request) or (request.htmx and request.htmx.current_url_abs_path) or request.get_full_path()
    there = f"{address}?{urlencode({'next': back})}"
    return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
