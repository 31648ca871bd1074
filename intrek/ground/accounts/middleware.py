"""Hands the drafts of who is signed in to the forms of every room (common stands before this room and cannot fetch them)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from intrek.ground.accounts.actions import end_draft, keep_draft
from intrek.ground.accounts.models import Draft
from intrek.ground.accounts.queries import draft_of


class DraftsOfRequest:
    """The drafts of who is asking, in the programme they work in now."""

    def __init__(self, request: Any) -> None:
        self.request = request

    @property
    def programme_id(self) -> UUID | None:
        """The programme of the membership that is used now."""
        member = getattr(self.request, "member", None)
        return member.programme_id if member else None

    def find(self, key: str) -> Draft | None:
        return draft_of(self.request.user, key, programme_id=self.programme_id)

    def keep(self, key: str, *, answers: dict[str, Any], base_version: int | None, base: dict[str, Any]) -> Draft:
        return keep_draft(
            self.request.user,
            key,
            answers=answers,
            base_version=base_version,
            base=base,
            programme_id=self.programme_id,
        )

    def end(self, key: str) -> None:
        end_draft(self.request.user, key, programme_id=self.programme_id)


class DraftsMiddleware:
    """Sets ``request.drafts``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.drafts = DraftsOfRequest(request)  # type: ignore[attr-defined]
        return self.get_response(request)
