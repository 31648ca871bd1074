"""A list as a spreadsheet: the same rows and columns as on the page, and text that looks like a formula stays text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22
# A spreadsheet holds a little over a million rows; whoever needs more needs a report.
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Column:
    """One column: its heading, and how a row gives its value (text, number, day, or nothing)."""

    label: Any
    value: Callable[[Any], Any]


def sheet_bytes(columns: Iterable[Column], rows: Iterable[Any], *, title: str) -> bytes:
    """The rows as an .xlsx file."""
    shown = list(columns)
    buffer = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet(_sheet_name(title))
        heading, day_format = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        page.set_column(0, len(shown), WIDTH)
        page.freeze_panes(1, 0)
        for at, column in enumerate(shown):
            page.write_string(0, at, str(column.label), heading)
        for line, row in enumerate(rows, start=1):
            for at, column in enumerate(shown):
                _write(page, line, at, column.value(row), day_format)
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    return "".join(" " if each in "[]:*?/\\'" else each for each in title)[:31].strip() or "Intrek"


def _write(page: Any, line: int, at: int, value: Any, day_format: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(line, at, value)
    elif isinstance(value, int | float | Decimal):
        page.write_number(line, at, value)
    elif isinstance(value, date):
        page.write_datetime(line, at, value, day_format)
    else:
        page.write_string(line, at, str(value)[:32_767])


def sheet_response(columns: Iterable[Column], rows: Iterable[Any], *, title: str) -> HttpResponse:
    """The rows as a download that nobody else keeps a copy of."""
    response = HttpResponse(sheet_bytes(columns, rows, title=title), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slugify(title) or "intrek"}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response
