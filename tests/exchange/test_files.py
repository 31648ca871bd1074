"""What is a spreadsheet is read, whatever wrote it; what is none is refused in words."""

import zipfile
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from intrek.ground.common.refusals import Refused
from intrek.windows.exchange.rules import files
from intrek.windows.exchange.rules.files import Reason, read_tables
from tests.exchange.lists import HEADINGS, REAL_FILE, csv_list, row, xlsx_list


def reasons(content, name="lijst.xlsx"):
    with pytest.raises(Refused) as refused:
        read_tables(content, name)
    assert all(str(each) for each in refused.value.reasons)
    return [each.code for each in refused.value.reasons]


def test_the_real_list_has_two_sheets():
    tables = read_tables(REAL_FILE.read_bytes(), REAL_FILE.name)
    assert [(table.name, len(table.rows)) for table in tables] == [("Aanmeldingen", 42), ("Partners", 16)]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-8", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_file_is_read_as_a_belgian_excel_writes_it(encoding, delimiter):
    content = csv_list(
        row(Naam="Müller-Ça", Opmerkingen='zegt; "ja, maar"\nen dan'), encoding=encoding, delimiter=delimiter
    )
    [table] = read_tables(content, "lijst.csv")
    assert table.rows[0] == list(HEADINGS)
    assert "Müller-Ça" in table.rows[1]
    assert 'zegt; "ja, maar"\nen dan' in table.rows[1]


def test_a_csv_file_may_say_its_own_delimiter():
    [table] = read_tables(b"sep=,\r\nNaam,Luik\r\nAerts;Maes,proefwoner\r\n", "lijst.csv")
    assert table.rows[1] == ["Aerts;Maes", "proefwoner"]


def test_the_line_numbers_are_those_of_the_spreadsheet():
    [first, _partners] = read_tables(xlsx_list(row(), above=[[], [], []]), "lijst.xlsx")
    assert first.rows[3] == list(HEADINGS)


@pytest.mark.parametrize("content", [b"", b"  \r\n ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content):
    assert reasons(content)[0] in {Reason.EMPTY, Reason.NOT_A_SPREADSHEET, Reason.NO_ROWS}


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n1 0 obj; <<",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<html><table><tr><td>a;b</td>",
        b'{"a": 1, "b": 2}',
        b"Dear all",
    ],
)
def test_what_is_no_spreadsheet_is_refused_whatever_its_name(content):
    assert reasons(content, "lijst.xlsx") == [Reason.NOT_A_SPREADSHEET]


def test_running_text_with_commas_in_it_is_no_spreadsheet(root):
    assert reasons((root / "README.md").read_bytes(), "lijst.csv") == [Reason.NOT_A_SPREADSHEET]


def zipped(**members):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_another_archive_is_no_spreadsheet():
    assert reasons(zipped(readme="text"), "foto.zip") == [Reason.NOT_A_SPREADSHEET]


@pytest.mark.parametrize("cut", [100, 1000, 9000])
def test_half_a_file_is_damaged(cut):
    assert reasons(REAL_FILE.read_bytes()[:cut]) == [Reason.DAMAGED]


def test_a_locked_workbook_says_that_it_is_locked():
    # What a locked .xlsx begins with: not an archive but the older container, with the locked workbook in it.
    assert reasons(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)[0] in {Reason.DAMAGED, Reason.WITH_PASSWORD}


def test_a_file_that_unpacks_to_more_than_a_machine_holds_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_UNPACKED_MEGABYTES", 1)
    assert reasons(zipped(**{"xl/workbook.xml": b" " * 2_000_000})) == [Reason.UNPACKS_TOO_LARGE]


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_MEGABYTES", 0)
    assert reasons(REAL_FILE.read_bytes()) == [Reason.TOO_LARGE]


def test_a_forgotten_cell_far_away_does_not_fill_the_memory():
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        page.write(1_048_575, 16_383, "x")
    assert reasons(buffer.getvalue()) == [Reason.TOO_WIDE]


def tables_or_reasons(content):
    try:
        return read_tables(content, "x.csv")
    except Refused as refused:
        return refused.reasons


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_never_crash(content):
    assert tables_or_reasons(content)


@given(st.binary(max_size=200))
def test_any_bytes_that_claim_to_be_a_workbook_are_refused(content):
    assert reasons(b"PK\x03\x04" + content)
