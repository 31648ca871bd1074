"""Who is asking, in which programme, in what role, on what day: settled once per request."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from intrek.ground.access.policy import permissions_of
from intrek.ground.partners.models import Membership

SESSION_KEY = "membership"


def membership_of(request: HttpRequest, today: date) -> Membership | None:
    """The membership the person works under now: the one chosen in this session, else their first that holds today."""
    if not request.user.is_authenticated:
        return None
    held = (
        Membership.objects.in_force(today)
        .filter(user=request.user)
        .select_related("programme", "organisation", "contact")
        .order_by("from_on", "pk")
    )
    members = list(held)
    chosen = request.session.get(SESSION_KEY)
    member = next((each for each in members if str(each.pk) == chosen), members[0] if members else None)
    request.memberships = members  # type: ignore[attr-defined]
    return member.standing_on(today) if member else None


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
