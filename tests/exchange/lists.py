"""Lists as people keep them, made for the tests."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter

REAL_FILE = Path(__file__).parent / "aanmeldingen-brugge.xlsx"
HEADINGS = (
    "Datum aanmelding", "Aanmeldende dienst", "Aanmelder", "Naam", "Voornaam", "Geboortedatum", "Rijksregisternr",
    "Luik", "Psychische problematiek", "Verslaving", "Domicilie Brugge van", "Domicilie Brugge tot", "Stand van zaken",
    "Besproken op intervisie", "Reden", "Woning", "Huisvester", "Begeleider", "Start begeleiding", "Einde voorzien",
    "Einde begeleiding", "Resultaat", "Nadien", "Diensten aangevraagd", "Opmerkingen",
)  # fmt: skip
USUAL = {
    "Datum aanmelding": "8/9/2025",
    "Aanmeldende dienst": "CAW RegioBrugge",
    "Aanmelder": "Lies Maertens",
    "Naam": "Proefmans",
    "Voornaam": "Jan",
    "Geboortedatum": "12/08/1964",
    "Luik": "proefwoner",
    "Stand van zaken": "nieuw",
}
PARTNERS = [("Organisatie", "Soort", "Contactpersoon"), ("CAW RegioBrugge", "welzijnspartner", "Lies Maertens")]


def row(**changes):
    """One usual row with some cells otherwise; a cell is named as its heading, with _ for a space."""
    told = USUAL | {name.replace("_", " "): value for name, value in changes.items()}
    unknown = set(told) - set(HEADINGS)
    assert not unknown, unknown
    return [told.get(heading, "") for heading in HEADINGS]


def csv_list(*rows, headings=HEADINGS, encoding="cp1252", delimiter=";"):
    """The rows as a .csv file, as a Belgian Excel writes it."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def xlsx_list(*rows, headings=HEADINGS, partners=PARTNERS, above=()):
    """The rows as an .xlsx file with the sheet of partners; `above`: rows over the headings."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, lines in (("Aanmeldingen", [*above, headings, *rows]), ("Partners", partners)):
            page = book.add_worksheet(name)
            for at, line in enumerate(lines):
                page.write_row(at, 0, line)
    return buffer.getvalue()
