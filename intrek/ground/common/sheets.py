"""A list as a spreadsheet: the same rows and columns as on the page, and text that looks like a formula stays text."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.text import slugify

from intrek.ground.common.downloads import as_download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 22
# A spreadsheet holds a little over a million rows; whoever needs more needs a report.
MOST_ROWS = 100_000
# What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = tuple("=+-@\t\r")


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


def csv_response(columns: Iterable[Column], rows: Iterable[Any], *, title: str) -> HttpResponse:
    """The rows as a Belgian Excel opens them: semicolons, a decimal comma, UTF-8 with its mark; no text can become a formula."""
    shown = list(columns)
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(str(each.label)) for each in shown])
    writer.writerows([_plain(each.value(row)) for each in shown] for row in rows)
    return as_download(out.getvalue().encode("utf-8-sig"), f"{slugify(title) or 'intrek'}.csv", "text/csv")


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in FORMULA_STARTS else text
