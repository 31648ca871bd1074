"""A made-up case, so that a text can be read as it will be printed before anybody is concerned."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from intrek.ground.documents.facts import Facts, Photos, Table
from intrek.ground.documents.placeholders import CONDITIONS, PARTIES, PUBLISHED, Kind


def example_facts(on: date) -> Facts:
    """A made-up case in which every condition holds, so that every article is read."""
    values = {name: _example(name, kind, on) for name, (kind, _label) in PUBLISHED.items()}
    return Facts(values=values, conditions=frozenset(CONDITIONS), parties=dict.fromkeys(PARTIES, _("Example")))


def _example(name: str, kind: Kind, on: date) -> Any:
    made: dict[Kind, Any] = {
        Kind.DAY: on + timedelta(days=180 if name.endswith("last_day") else 0),
        Kind.MONEY: Decimal("412.50"),
        Kind.COUNT: 6,
        Kind.PHOTOS: Photos([]),
        Kind.TABLE: [_("first line"), _("second line")] if name.endswith("list") else _table(),
    }
    return made.get(kind, f"‹{PUBLISHED[name][1]}›")


def _table() -> Table:
    rows = [[_("first line"), "€ 240,00"], [_("second line"), "€ 172,50"]]
    return Table([_("Part"), _("Amount a month")], rows, is_money=True)
