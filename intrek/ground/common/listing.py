"""Long lists, page by page: never more counted than a person cares about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField, Form
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext, ngettext

from intrek.ground.common import wording

PAGE = "page"
COUNTED = 1_000  # beyond this the total is "1.000+": counting a whole table costs more than it tells
NEAR = 2


@dataclass(frozen=True)
class PageLink:
    """A page one can go to; no address: a gap."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True)
class Listing:
    """One page of a list."""

    rows: list[Any]
    number: int
    size: int
    count: int
    is_counted: bool
    has_next: bool
    query: QueryDict

    @property
    def is_empty(self) -> bool:
        """Nothing to show, on this page."""
        return not self.rows

    @property
    def count_text(self) -> str:
        """How many there are in all: 41, or 1.000+."""
        return wording.number(self.count) + ("" if self.is_counted else "+")

    @property
    def words(self) -> str:
        """41 found, in words."""
        return ngettext("%(count)s found", "%(count)s found", self.count) % {"count": self.count_text}

    @property
    def has_pages(self) -> bool:
        """There is more than this one page."""
        return self.number > 1 or self.has_next

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.url_of(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.url_of(self.number + 1) if self.has_next else ""

    @property
    def links(self) -> list[PageLink]:
        """The first page, those near this one, and the last where it is known."""
        last = -(-self.count // self.size) if self.is_counted else self.number + (NEAR if self.has_next else 0)
        near = range(max(1, self.number - NEAR), min(last, self.number + NEAR) + 1)
        wanted = sorted({1, *near} | ({last} if self.is_counted and last else set()))
        links: list[PageLink] = []
        for before, number in zip([0, *wanted], wanted, strict=False):
            if number - before > 1:
                links.append(PageLink("…", ""))
            links.append(PageLink(str(number), self.url_of(number), number == self.number))
        return links

    def url_of(self, number: int) -> str:
        """The address of a page of this same list."""
        return address_with(self.query, **{PAGE: number if number > 1 else None})


def listing_of(request: HttpRequest, rows: QuerySet[Any], *, size: int = 30) -> Listing:
    """The page of ``rows`` that the address asks for: one query for the rows, one for a count that stops in time."""
    asked = request.GET.get(PAGE, "")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 and int(asked) else 1
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    counted = rows.order_by()[: COUNTED + 1].count()
    return Listing(
        found[:size], number, size, min(counted, COUNTED), counted <= COUNTED, len(found) > size, request.GET
    )


def address_with(query: QueryDict, **changes: Any) -> str:
    """The same page with other answers in its address; no answer takes it away."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None or value == "":
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def active_chips(request: HttpRequest, form: Form, *, leave_out: Iterable[str] = ()) -> list[Chip]:
    """One chip for each filter that is on; following it takes that one filter away and returns to the first page."""
    names = {field.html_name for field in form} - set(leave_out)
    chips = []
    for field in form:
        if field.html_name not in names or field.name in form.errors:
            continue
        chips += [
            Chip(_words_of(field, value), _without(request.GET, field.html_name, value))
            for value in request.GET.getlist(field.html_name)
            if value
        ]
    return chips


def _without(query: QueryDict, name: str, value: str) -> str:
    changed = query.copy()
    changed.setlist(name, [each for each in query.getlist(name) if each != value])
    changed.pop(PAGE, None)
    return f"?{changed.urlencode()}"


def _words_of(field: BoundField, value: str) -> str:
    choices = getattr(field.field, "choices", None)
    if choices is not None:
        words = {str(key): str(label) for key, label in _flat(choices)}
        return words.get(value, value)
    if value in {"on", "true", "True", "1"} and getattr(field.field.widget, "input_type", "") == "checkbox":
        return str(field.label)
    return gettext("%(field)s: %(value)s") % {"field": field.label, "value": value}


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
