"""What every template knows of who is looking."""

from typing import Any

from django.http import HttpRequest

from intrek.ground.access.door import locks_after


def member(request: HttpRequest) -> dict[str, Any]:
    """``member``, ``may`` (a set of permissions: ``{% if "placement.start" in may %}``) and ``today``."""
    return {
        "member": getattr(request, "member", None),
        "memberships": getattr(request, "memberships", []),
        "may": getattr(request, "permissions", frozenset()),
        "today": getattr(request, "today", None),
        "locks_after": locks_after(request) if getattr(request, "is_outside", True) is False else None,
    }
