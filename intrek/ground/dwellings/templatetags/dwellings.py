"""The head of every page about one dwelling."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.dwellings.models import Dwelling

register = template.Library()

# Pages of later rooms are known here by URL name alone.
SECTIONS = (
    ("dwelling", _("Dwelling"), "dwellings:dwelling"),
    ("offers", _("Offers and candidates"), "allocation:of_dwelling"),
)


@dataclass(frozen=True)
class Item:
    """An entry of the sub-navigation."""

    url: str
    label: str
    current: bool


@register.inclusion_tag("dwellings/_head.html")
def dwelling_head(dwelling: Dwelling, section: str, title: str = "") -> dict[str, Any]:
    """Address, landlord and the pages about this dwelling; ``section`` is the page one is on."""
    items = [Item(reverse(name, args=[dwelling.pk]), str(label), code == section) for code, label, name in SECTIONS]
    return {"dwelling": dwelling, "title": title, "items": items}
