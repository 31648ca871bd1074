"""How a page names who may open it. Every view carries one of these two marks, or the suite fails."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html

from intrek.ground.common.held import to_sign_in
from intrek.ground.common.refusals import Refusal, Refused

View = Callable[..., HttpResponse]


class AskedRequest(HttpRequest):
    """A request once it is known who asks, in what role, on what day (set by the middleware of access)."""

    member: Any
    memberships: list[Any]
    permissions: frozenset[str]
    may: Callable[[str], bool]
    today: date
    hold_open: Callable[[datetime], None]


def requires(permission: str) -> Callable[[View], View]:
    """Only members whose role holds ``permission`` (``room.verb``) open this page; for others it does not exist."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            # The same answer as for a page that is not there: a refusal would tell that it is.
            request.permission = permission  # type: ignore[attr-defined]
            if not request.may(permission):  # type: ignore[attr-defined]
                raise Http404
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return mark


def signed_in(view: View) -> View:
    """Anyone who is signed in opens this page, with or without a role: it shows only what is their own."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    guarded.permission = "signed_in"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Open to the world: holds nothing about a person."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    marked.permission = "public"  # type: ignore[attr-defined]
    return marked


def by_link(view: View) -> View:
    """Opens to a program that holds the secret in the address, without signing in: the view itself asks whose it is."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    marked.permission = "link"  # type: ignore[attr-defined]
    return marked


def tried(request: HttpRequest, act: Any, told: str = "") -> None:
    """Do it, and say on the next page that it was done, or every reason why not."""
    try:
        act()
    except Refused as refused:
        say_why(request, refused.reasons)
    else:
        if told:
            messages.success(request, told)


def say_why(request: HttpRequest, reasons: Iterable[Refusal]) -> None:
    """Say on the next page every reason why not, each with its way out."""
    for reason in reasons:
        out = reason.way_out
        link = format_html(' <a class="table-link" href="{}">{}</a>', out.url, out.label) if out else ""
        messages.error(request, format_html("{}{}", str(reason), link))
