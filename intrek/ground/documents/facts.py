"""The facts that a paper prints. This room knows their names and types; the room whose stay or term it is tells them.

Every room that orders papers has a ``papers.py`` with a function ``facts_of(stay_id, on)``; this asks them all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import override

from intrek.ground.common import wording
from intrek.ground.common.refusals import WayOut


@dataclass(frozen=True)
class Table:
    """Rows under headings; the last column is set to the right when it holds amounts."""

    head: list[str]
    rows: list[list[str]]
    is_money: bool = False


@dataclass(frozen=True)
class Photo:
    """A photo on a paper: the words for it, and where the store keeps it."""

    alt: str
    name: str


@dataclass(frozen=True)
class Photos:
    """Photos beside each other, in order; there may be none."""

    photos: list[Photo]


@dataclass(frozen=True)
class Facts:
    """What is true of one stay or term on a day.

    ``values`` by published name, None where it is not known yet; ``pages``: where a fact of that group (the part of the name
    before the point) is filled in; ``parties``: who signs, by party; ``organisations``: which of them signs on pages of its own;
    ``pathway_id``: whose facts these are; ``is_over``: the stay or term has ended, so that
    what changes from now on no longer touches its papers.
    """

    values: Mapping[str, Any]
    conditions: frozenset[str]
    pages: Mapping[str, WayOut] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, UUID] = field(default_factory=dict)
    pathway_id: UUID | None = None
    is_over: bool = False


Teller = Callable[[UUID, date], Facts | None]


@cache
def tellers() -> list[Teller]:
    """The rooms that order papers."""
    names = [f"{config.name}.papers" for config in apps.get_app_configs() if config.name.startswith("intrek.")]
    return [import_module(name).facts_of for name in names if find_spec(name)]


def facts_of(stay_id: UUID, on: date, language: str) -> Facts | None:
    """What is true of this stay or term on a day, in a language; none when it is of no room."""
    with override(language):
        return next((told for tell in tellers() if (told := tell(stay_id, on)) is not None), None)


def printed(value: Any) -> Any:
    """A fact as it is printed, in the language that is active: words, a list of words, or a table as rows of words."""
    if isinstance(value, Table):
        return {"head": value.head, "rows": value.rows, "is_money": value.is_money}
    if isinstance(value, Photos):
        told = [{"alt": each.alt, "name": each.name} for each in value.photos]
        return {"rows": [[each.alt] for each in value.photos], "photos": told}
    if isinstance(value, list):
        return [str(each) for each in value]
    if isinstance(value, date):
        return wording.day(value)
    return wording.money(value) if isinstance(value, Decimal) else str(value)
