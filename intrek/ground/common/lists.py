"""A list page in one call: filters and order from the address, a page of rows, and the same list as a spreadsheet."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from intrek.ground.common.forms import IntrekForm
from intrek.ground.common.listing import active_chips, listing_of
from intrek.ground.common.sheets import MOST_ROWS, Column, sheet_response

ORDER, FORMAT = "order", "format"


class ListFilters(IntrekForm):
    """What a list can be narrowed by; every answer may stay open. A filter that cannot be read narrows nothing and says so."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = False

    def narrow(self, rows: QuerySet[Any], answers: dict[str, Any]) -> QuerySet[Any]:
        """The rows that fit the answers given (empty ones are left out): by default, equal to the field of that name."""
        return rows.filter(**answers)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows that fit what the address asks."""
        answers = self.cleaned_data if self.is_bound and not self.errors else {}
        return self.narrow(rows, {name: value for name, value in answers.items() if value not in (None, "", [])})


def ordered(rows: QuerySet[Any], orders: Mapping[str, Iterable[str]], asked: str) -> QuerySet[Any]:
    """The rows in one of the orders that the page offers, else in its first; only those named, so that nobody sorts by a hidden field."""
    if not orders:
        return rows
    fields = orders[asked] if asked in orders else next(iter(orders.values()))
    return rows.order_by(*fields, "pk")


def list_page(
    request: HttpRequest,
    rows: QuerySet[Any],
    template: str,
    *,
    title: Any,
    columns: Iterable[Column] = (),
    filters: type[ListFilters] | None = None,
    orders: Mapping[str, Iterable[str]] | None = None,
    **context: Any,
) -> HttpResponse:
    """A page of 30 ``rows`` with ``listing``, ``form``, ``chips`` and ``title``; ``?format=xlsx`` gives the columns of all of them."""
    asked: Any = request
    form = (filters or ListFilters)(request.GET if filters else None, today=asked.today)
    rows = ordered(form.narrowed(rows), orders or {}, request.GET.get(ORDER, ""))
    shown = list(columns)
    if shown and request.GET.get(FORMAT) == "xlsx" and asked.may("exchange.export"):
        return sheet_response(shown, rows[:MOST_ROWS].iterator(chunk_size=500), title=str(title))
    listing = listing_of(request, rows)
    page = {"listing": listing, "form": form, "chips": active_chips(request, form), "title": title}
    return render(request, template, context | page)
