"""What every template knows of who is looking."""

from typing import Any

from django.http import HttpRequest


def member(request: HttpRequest) -> dict[str, Any]:
    """``member``, ``may`` (a set of permissions: ``{% if "placement.start" in may %}``) and ``today``."""
    return {
        "member": getattr(request, "member", None),
        "memberships": getattr(request, "memberships", []),
        "may": getattr(request, "permissions", frozenset()),
        "today": getattr(request, "today", None),
    }
