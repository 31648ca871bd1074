"""From the bytes of a file to tables of cells, whatever program wrote it; what is no spreadsheet is refused in words."""

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from intrek.ground.common.refusals import Refusal, Refused, refuse_if

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 20
# A small archive can unpack to more than a machine holds.
MOST_UNPACKED_MEGABYTES = 300
MOST_ROWS = 50_000
# The reader lays a sheet out as a full rectangle: one forgotten cell far away would fill the memory.
MOST_CELLS = 8_000_000
DELIMITERS = ";\t,"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UTF8_MARK, UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CELL_PLACE = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,4})(\d{1,9})"')
CHUNK = MEGABYTE
FIRST_LINES = 30


class Reason(TextChoices):
    """Why a file is not read."""

    EMPTY = "empty", _("The file is empty.")
    TOO_LARGE = "too_large", _("The file is larger than %(most)d MB.")
    UNPACKS_TOO_LARGE = "unpacks_too_large", _("The file unpacks to more than %(most)d MB.")
    NOT_A_SPREADSHEET = (
        "not_a_spreadsheet",
        _("“%(name)s” is not a spreadsheet. What can be read: .xlsx, .ods, .xls and .csv."),
    )
    WITH_PASSWORD = "with_password", _("“%(name)s” is locked with a password. Save it without one and try again.")
    DAMAGED = "damaged", _("“%(name)s” looks like a spreadsheet, but it is damaged. Save it again and try once more.")
    TOO_MANY_ROWS = "too_many_rows", _("The file has more than %(most)d rows. Split it.")
    TOO_WIDE = "too_wide", _("A sheet stretches to cell %(cell)s. Delete what stands far outside the list.")
    NO_ROWS = "no_rows", _("There is no row in the file.")
    NO_HEADER = "no_header", _("No row with the headings of the columns was found among the first %(rows)d rows.")
    COLUMN_MISSING = "column_missing", _("There is no column “%(column)s”. Point it out.")


@dataclass(frozen=True)
class Table:
    """One sheet: its name and its rows, from the first row of the sheet on."""

    name: str
    rows: list[list[Any]]


def read_tables(content: bytes, name: str) -> list[Table]:
    """The sheets that hold something. Raises Refused with every reason why the file cannot be read."""
    refuse_if(_size_reasons(content))
    if content.startswith((ZIP, OLE)):
        tables = _workbook_tables(content, name)
    else:
        tables = [Table(name, _text_rows(content, name))]
    tables = [table for table in tables if any(not is_empty(cell) for row in table.rows for cell in row)]
    refuse_if([] if tables else [Refusal(Reason.NO_ROWS)])
    refuse_if(_length_reasons(tables))
    return tables


def is_empty(cell: Any) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _size_reasons(content: bytes) -> list[Refusal]:
    if not content.strip():
        return [Refusal(Reason.EMPTY)]
    too_large = len(content) > MOST_MEGABYTES * MEGABYTE
    return [Refusal(Reason.TOO_LARGE, {"most": MOST_MEGABYTES})] if too_large else []


def _length_reasons(tables: list[Table]) -> list[Refusal]:
    too_long = max(len(table.rows) for table in tables) > MOST_ROWS
    return [Refusal(Reason.TOO_MANY_ROWS, {"most": MOST_ROWS})] if too_long else []


def _workbook_tables(content: bytes, name: str) -> list[Table]:
    if content.startswith(ZIP):
        refuse_if(_archive_reasons(content, name))
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            return [
                Table(each, book.get_sheet_by_name(each).to_python(skip_empty_area=False)) for each in book.sheet_names
            ]
    except PasswordError as locked:
        raise Refused([Refusal(Reason.WITH_PASSWORD, {"name": name})]) from locked
    except (CalamineError, OSError, ValueError) as fault:
        # An archive or document of another kind fails in the same way as a broken spreadsheet.
        kind = Reason.DAMAGED if _is_named_as_workbook(name) else Reason.NOT_A_SPREADSHEET
        raise Refused([Refusal(kind, {"name": name})]) from fault


def _is_named_as_workbook(name: str) -> bool:
    return name.lower().endswith((".xlsx", ".xlsm", ".xlsb", ".ods", ".xls"))


def _archive_reasons(content: bytes, name: str) -> list[Refusal]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_UNPACKED_MEGABYTES * MEGABYTE:
                return [Refusal(Reason.UNPACKS_TOO_LARGE, {"most": MOST_UNPACKED_MEGABYTES})]
            sheets = [each for each in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", each)]
            return [reason for each in sheets for reason in _width_reasons(archive, each)]
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return [Refusal(Reason.DAMAGED, {"name": name})]


def _width_reasons(archive: zipfile.ZipFile, sheet: str) -> list[Refusal]:
    column, row = b"A", 1
    for letters, number in _cell_places(archive, sheet):
        column, row = max(column, letters, key=_column_number), max(row, int(number))
    if _column_number(column) * row <= MOST_CELLS:
        return []
    return [Refusal(Reason.TOO_WIDE, {"cell": f"{column.decode()}{row}"})]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cell_places(archive: zipfile.ZipFile, sheet: str) -> Iterator[tuple[bytes, bytes]]:
    """The column and row of each cell as the sheet names them, read piece by piece."""
    left = b""
    with archive.open(sheet) as stream:
        while piece := stream.read(CHUNK):
            text = left + piece
            yield from CELL_PLACE.findall(text)
            # A cell that lies on the cut is met again, which does no harm to a largest place.
            left = text[-200:]


def _text_rows(content: bytes, name: str) -> list[list[Any]]:
    text = _decoded(content)
    if text is None or CONTROLS.search(text) or text.lstrip()[:1] in {"<", "{", "["} or text.startswith("%PDF"):
        raise Refused([Refusal(Reason.NOT_A_SPREADSHEET, {"name": name})])
    told = re.match(r"sep=(.)\r?\n", text)
    delimiter = told[1] if told else _delimiter(text)
    if not delimiter:
        raise Refused([Refusal(Reason.NOT_A_SPREADSHEET, {"name": name})])
    try:
        rows: list[list[Any]] = list(csv.reader(StringIO(text[told.end() :] if told else text), delimiter=delimiter))
    except csv.Error as fault:
        raise Refused([Refusal(Reason.DAMAGED, {"name": name})]) from fault
    refuse_if([] if _is_table(rows) else [Refusal(Reason.NOT_A_SPREADSHEET, {"name": name})])
    return rows


def _is_table(rows: list[list[Any]]) -> bool:
    """Whether half of the first lines or more have the same number of cells; running text with commas in it has not."""
    widths = Counter(len(row) for row in rows[:FIRST_LINES] if any(not is_empty(cell) for cell in row))
    [(width, lines)] = widths.most_common(1) or [(0, 0)]
    return width > 1 and lines * 2 >= widths.total()


def _decoded(content: bytes) -> str | None:
    """The text in the encoding that a Belgian spreadsheet program writes: UTF-8, else Windows-1252, or UTF-16 with its mark."""
    encodings = ["utf-16"] if content.startswith(UTF16_MARKS) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    """What parts the cells of the first lines; empty when nothing does."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:10] if line.strip()]
    counts = {each: max((line.count(each) for line in lines), default=0) for each in DELIMITERS}
    best = max(DELIMITERS, key=lambda each: counts[each])
    return best if counts[best] else ""
