"""The data map, and when somebody may be erased."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal

MAP = Path(__file__).resolve().parent / "data_map.toml"
# What an erasure leaves: days and codes for the figures, and who did what in the record.
KEPT = frozenset({"statistics", "record"})
# Tables whose rows are found by their own means.
RECORD, TYPED, LISTED = "record", "typed", "listed"
OWN_MEANS = frozenset({RECORD, TYPED, LISTED})
# What the map says of a table; everything else is a category with its fields.
ABOUT_TABLE = frozenset({"to", "erase", "stored", "given"})


class Erase(TextChoices):
    """What an erasure does with a table."""

    DELETE = "delete", "delete"
    EMPTY = "empty", "empty"


@dataclass(frozen=True)
class Mapped:
    """A table that says something about a person: the way to the person, what is erased, and the category of each field.

    ``stored`` are the fields that name a file in the store, if the table has files, ``given`` those that the person is given.
    """

    label: str
    to: str
    erase: Erase
    fields: dict[str, str]
    stored: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @property
    def emptied(self) -> list[str]:
        """The fields that an erasure empties."""
        return [name for name, category in self.fields.items() if category not in KEPT]


@dataclass(frozen=True)
class DataMap:
    """What is known about people, where, and what becomes of it."""

    categories: dict[str, dict[str, str]]
    tables: list[Mapped]
    without: dict[str, str]


@cache
def data_map() -> DataMap:
    """The map as it ships."""
    told = tomllib.loads(MAP.read_text(encoding="utf-8"))
    categories: dict[str, dict[str, str]] = told["categories"]
    return DataMap(categories, [_mapped(label, each) for label, each in told["tables"].items()], told["without"])


def _mapped(label: str, told: dict[str, str]) -> Mapped:
    kinds = {category: names.split() for category, names in told.items() if category not in ABOUT_TABLE}
    fields = {name: category for category, names in kinds.items() for name in names}
    stored, given = (tuple(told.get(key, "").split()) for key in ("stored", "given"))
    return Mapped(label, told["to"], Erase(told["erase"]), fields, stored, given)


class Reason(TextChoices):
    """Why somebody is not erased."""

    STILL_OPEN = "still_open", _("Pathway %(number)s is still open. Close it first.")
    OTHER_NUMBER = "other_number", _("That is not the number of this pathway.")
    NO_WHY = "no_why", _("Say why: at whose request, or because its time is over.")


def erase_reasons(open_numbers: Iterable[str], *, number: str, typed: str, why: str) -> list[Refusal]:
    """Why somebody may not be erased now."""
    reasons = [Refusal(Reason.STILL_OPEN, {"number": each}) for each in open_numbers]
    reasons += [] if typed.strip() == number else [Refusal(Reason.OTHER_NUMBER, form_field="number")]
    return reasons + ([] if why.strip() else [Refusal(Reason.NO_WHY, form_field="why")])


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; the 29th of February becomes the 28th."""
    return on.replace(year=on.year - years, day=28 if (on.month, on.day) == (2, 29) else on.day)


def empty_of(field: Any, row: Any) -> Any:
    """What an emptied field holds: nothing; where no two rows may hold the same, something that points to nobody."""
    if field.name == "number":
        return f"x-{row.pk.hex[-12:]}"
    if field.has_default():
        return field.get_default()
    return None if field.null else ""
