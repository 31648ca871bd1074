"""Who may sign in to the demo, shown beside the form."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from intrek.ground.partners.models import Role
from intrek.ground.programmes.models import Programme
from intrek.windows.demo.actions import SLUG
from intrek.windows.demo.cast import COLLEAGUES, PASSWORD

SIGNING_IN = frozenset({"account_login", "mfa_authenticate", "mfa_reauthenticate"})


@dataclass(frozen=True)
class Account:
    """Somebody one may play."""

    name: str
    email: str
    role: Any


def accounts(request: HttpRequest) -> dict[str, Any]:
    """The demo's accounts and their password on the pages where one signs in; nothing elsewhere, and nothing without the demo."""
    match = request.resolver_match
    is_there = (
        bool(match and match.view_name in SIGNING_IN) and Programme.objects.filter(slug=SLUG, is_demo=True).exists()
    )
    if not is_there:
        return {}
    shown = [Account(each.name, each.email, Role(each.role).label) for each in COLLEAGUES]
    return {"demo_accounts": shown, "demo_password": PASSWORD}
