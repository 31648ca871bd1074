"""The way to every part of the house, for who may go there: the rooms do not know each other, so it is laid here."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

IN_THE_BAR = 7
UNDER_THE_THUMB = 4


@dataclass(frozen=True)
class Part:
    """A part of the house: its first page, who may open it, whether it comes first on a phone.

    ``unless``: who holds this permission has a page of their own instead.
    """

    name: str
    label: Any
    icon: str
    permission: str
    first_on_phone: bool = True
    unless: str = ""


# In order of the work of a day. What no longer fits in the bar stands in the foot and on the page of one's account.
PARTS = (
    Part("desk:day", _("My day"), "calendar", "desk.day"),
    Part("portal:home", _("My referrals"), "list", "portal.referrals"),
    Part("portal:dwellings", _("My dwellings"), "home", "portal.dwellings"),
    Part("portal:shared", _("Shared with us"), "people", "portal.shared", first_on_phone=False),
    Part("desk:referrals", _("Referrals"), "paper", "desk.lists", first_on_phone=False),
    Part("intervision:meetings", _("Intervision"), "people", "intervision.read", first_on_phone=False),
    Part("desk:waiting", _("Waiting list"), "list", "desk.lists"),
    Part("desk:residents", _("Residents"), "person", "desk.lists"),
    Part("allocation:stock", _("Dwellings"), "home", "dwellings.read", unless="portal.dwellings"),
    Part("steering:figures", _("Figures"), "chart", "steering.figures"),
    Part("support:signals", _("Signals"), "alert", "support.signal", first_on_phone=False),
    Part("partners:organisations", _("Partners"), "building", "partners.read"),
    Part("partners:accounts", _("Who may sign in"), "lock", "partners.accounts", first_on_phone=False),
    Part("programmes:settings", _("Settings"), "settings", "programmes.settings"),
    Part("programmes:for_whom", _("For whom"), "info", "programmes.read"),
    Part("placement:ledger", _("Usage fees"), "euro", "placement.read", first_on_phone=False),
    Part("documents:texts", _("Texts of papers"), "paper", "documents.texts", first_on_phone=False),
    Part("services:directory", _("Services"), "hourglass", "services.read", first_on_phone=False),
    Part("desk:looks", _("Who looked"), "eye", "journal.looks", first_on_phone=False),
    Part("rights:review", _("Whose time is over"), "hourglass", "rights.erase", first_on_phone=False),
    Part("post:inbox", _("Inbox"), "mail", "post.read"),
    Part("exchange:import", _("Import"), "upload", "exchange.import"),
    Part("exchange:feeds", _("My calendar elsewhere"), "calendar", "exchange.feed", first_on_phone=False),
)


@dataclass(frozen=True)
class Item:
    """A part as the frame of a page shows it."""

    url: str
    label: Any
    icon: str
    current: bool
    narrow: bool
    in_bar: bool


def address(name: str) -> str:
    """The address of a part; empty while its room has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def current_part(parts: list[Part], view_name: str) -> Part | None:
    """The part that a page belongs to: the part itself, else the first of its room when the room has its own pages."""
    exact = [part for part in parts if part.name == view_name]
    room = view_name.partition(":")[0]
    of_the_room = [part for part in parts if part.name.partition(":")[0] == room and room not in {"desk", "portal"}]
    return next(iter(exact or of_the_room), None)


def items(permissions: frozenset[str], view_name: str) -> list[Item]:
    """The parts that are open to who holds these permissions."""
    parts = [part for part in PARTS if part.permission in permissions and part.unless not in permissions]
    known = {part: url for part in parts if (url := address(part.name))}
    here = current_part(list(known), view_name)
    bar = list(known)[:IN_THE_BAR]
    thumb = [part for part in bar if part.first_on_phone][:UNDER_THE_THUMB]
    return [Item(url, part.label, part.icon, part is here, part in thumb, part in bar) for part, url in known.items()]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page shows: the parts, and the search field for who may search."""
    # Who still has to show who they are goes nowhere else.
    is_outside = getattr(request, "is_outside", False)
    held: frozenset[str] = frozenset() if is_outside else getattr(request, "permissions", frozenset())
    match = request.resolver_match
    return {"nav": items(held, match.view_name if match else ""), "show_search": "desk.search" in held}
