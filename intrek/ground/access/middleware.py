"""Who is asking, in which programme, in what role, on what day: settled once per request; and what of whom they were shown."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from intrek.ground.access.backends import BEGAN
from intrek.ground.access.policy import kinds_shown, permissions_of
from intrek.ground.access.queries import roles_of
from intrek.ground.common import eyes, wall
from intrek.ground.journal.actions import note_look
from intrek.ground.journal.models import Look, Outcome
from intrek.ground.partners.models import Membership

SESSION_KEY = "membership"
SERVER_ERROR = 500


def membership_of(request: HttpRequest, today: date) -> Membership | None:
    """The membership the person works under now: the one chosen in this session, else their first that holds today."""
    if not request.user.is_authenticated:
        return None
    held: list[Membership] = getattr(request.user, "held", None) or roles_of(request.user.pk)
    members = [each for each in held if each.holds_on(today)]
    chosen = request.session.get(SESSION_KEY)
    member = next((each for each in members if str(each.pk) == chosen), members[0] if members else None)
    request.memberships = members  # type: ignore[attr-defined]
    return member.standing_on(today) if member else None


class SignedInMiddleware:
    """However busy somebody is, after a day of work they sign in again; what they were typing is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = request.session.get(BEGAN)
        is_over = began is None or timezone.now().timestamp() - began > settings.SIGNED_IN_AT_MOST
        if request.user.is_authenticated and is_over:
            logout(request)
        return self.get_response(request)


class MemberMiddleware:
    """Sets ``request.today``, ``request.member`` and ``request.may``, and speaks the person's own language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        member = membership_of(request, today)
        held = permissions_of(member.role) if member else frozenset()
        request.today = today  # type: ignore[attr-defined]
        request.member = member  # type: ignore[attr-defined]
        request.permissions = held  # type: ignore[attr-defined]
        request.may = held.__contains__  # type: ignore[attr-defined]
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        return self.get_response(request)


class WallMiddleware:
    """On PostgreSQL, from here on only rows of the programme they work in are there, in one transaction; an error takes all of it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.member is None:
            return self.get_response(request)
        with wall.within(request.member.programme_id) as take_back:
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                take_back()
        return response


class LookMiddleware:
    """Writes down whom a page showed, or that it was refused, after it is drawn and before its first byte leaves: no row, no page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with eyes.opened() as seen:
            response = self.get_response(request)
        if getattr(request, "member", None) is not None:
            note(request, response, seen)
        return response


def note(request: Any, response: HttpResponse, seen: set[UUID]) -> None:
    """One look for this request, if it showed somebody or was refused."""
    match, permission = request.resolver_match, getattr(request, "permission", "")
    is_refused = response.status_code in {403, 404} and match is not None
    if not is_refused and (response.status_code >= 300 or not seen):
        return
    asked = {value for value in match.kwargs.values() if isinstance(value, UUID)} if is_refused else seen
    may = request.may(permission) if permission else True
    member = request.member
    # Of a file of another team the look stands in the record of that programme.
    of = None if is_refused else getattr(request, "file_of", None)
    with wall.within(of) if of else nullcontext():
        note_look(
            programme_id=of or member.programme_id,
            member_id=member.pk,
            by_label=member.label,
            for_label=member.organisation.name,
            role=member.role,
            page=match.view_name if match else "",
            method=Look.PICTURE if response.get("Content-Type", "").startswith("image/") else request.method or "",
            outcome=Outcome.DENIED if is_refused else Outcome.SHOWN,
            why="" if not is_refused else ("not open to them" if may else permission),
            kinds=() if is_refused else getattr(request, "kinds", kinds_shown(permission, member.role)),
            seen=asked,
        )
