"""Columns are recognised by their headings, or pointed out."""

import pytest

from intrek.windows.exchange.rules.columns import Field, column_reasons, find_partners, find_referrals
from intrek.windows.exchange.rules.files import Reason, Table, read_tables
from tests.exchange.lists import HEADINGS, REAL_FILE, row


def found(*rows, municipality="Brugge", pointed_out=None):
    return find_referrals(
        [Table("x", [list(each) for each in rows])], municipality=municipality, pointed_out=pointed_out
    )


def test_every_column_of_the_real_list_is_recognised():
    sheet = find_referrals(read_tables(REAL_FILE.read_bytes(), "x"), municipality="Brugge")
    assert [Field(name) for name in sheet.columns] == list(Field)
    assert column_reasons(sheet) == []


def test_the_partners_stand_on_another_sheet():
    tables = read_tables(REAL_FILE.read_bytes(), "x")
    sheet = find_partners(tables, referrals=find_referrals(tables, municipality="Brugge"))
    assert sheet.table.name == "Partners"


@pytest.mark.parametrize("heading", ["NAAM", " naam ", "Náám", "Familienaam:", "familie-naam"])
def test_headings_are_known_without_case_accents_and_punctuation(heading):
    sheet = found([heading, "Luik", "Aanmeldende dienst"])
    assert sheet.columns[Field.FAMILY_NAME] == 0


def test_the_name_of_the_municipality_in_a_heading_does_not_matter():
    sheet = found(["Naam", "Luik", "Dienst", "Domicilie Roeselare van"], municipality="Roeselare")
    assert sheet.columns[Field.DOMICILE_FROM] == 3


def test_headings_may_stand_below_a_title():
    sheet = found(["Lijst van de aanmeldingen"], [], HEADINGS, row())
    assert sheet.header == 2
    assert [line for line, _row in sheet.lines()] == [4]


def test_a_list_without_headings_is_refused():
    assert [each.code for each in column_reasons(found([1, 2, 3], [4, 5, 6]))] == [Reason.NO_HEADER]


def test_every_missing_column_is_named():
    reasons = column_reasons(found(["Voornaam", "Reden", "Resultaat"]))
    assert [each.form_field for each in reasons] == ["organisation", "family_name", "track"]


def test_unknown_headings_can_be_pointed_out_by_hand():
    rows = ["Wie", "Wat", "Waar"], ["Aerts", "proefwoner", "CAW"]
    assert len(column_reasons(found(*rows))) == 3
    sheet = found(*rows, pointed_out={"family_name": 0, "track": 1, "organisation": 2})
    assert column_reasons(sheet) == []


def test_a_column_can_be_taken_away_by_hand():
    assert Field.REASON not in found(HEADINGS, row(), pointed_out={"reason": -1}).columns


def test_a_short_row_misses_its_last_cells_and_nothing_else():
    sheet = found(HEADINGS, ["8/9/2025", "CAW"])
    [(_line, cells)] = sheet.lines()
    assert (sheet.cell(cells, Field.ORGANISATION), sheet.cell(cells, Field.REMARKS)) == ("CAW", "")
