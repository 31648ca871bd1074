"""A made-up list of any length, in the columns of the list that the programme keeps."""

from datetime import date, timedelta
from io import BytesIO

import xlsxwriter

from tools.bench.fill import ENDINGS, FAMILY, GIVEN

HEADINGS = (
    "Nr", "Datum aanmelding", "Aanmeldende dienst", "Aanmelder", "Naam", "Voornaam", "Geboortedatum", "Luik",
    "Psychische problematiek", "Verslaving", "Herhaalde woonproblematiek", "Ingeschreven sociale woning",
    "Inschrijvingsnr", "Domicilie Brugge van", "Stand van zaken", "Besproken op intervisie", "Beslissing",
)  # fmt: skip
PARTNERS = (("CAW", "welzijnspartner", "Lies"), ("PZ", "welzijnspartner", "Koen"), ("Vivendo", "woonpartner", "Rik"))


def made_up(rows: int, on: date) -> bytes:
    """An .xlsx with so many referrals: new, on an agenda, waiting and declined, in turn."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Aanmeldingen")
        page.write_row(0, 0, HEADINGS)
        for number in range(rows):
            page.write_row(number + 1, 0, _row(number, on))
        partners = book.add_worksheet("Partners")
        partners.write_row(0, 0, ("Organisatie", "Soort", "Contactpersoon"))
        for line, partner in enumerate(PARTNERS, start=1):
            partners.write_row(line, 0, partner)
    return buffer.getvalue()


def _row(number: int, on: date) -> list[object]:
    state = ("nieuw", "intervisie", "wachtlijst", "geweigerd")[number % 4]
    referred = on - timedelta(days=number % 3000)
    discussed = referred + timedelta(days=20) if state in {"wachtlijst", "geweigerd"} else None
    decision = {"wachtlijst": "aanvaard", "geweigerd": "geweigerd"}.get(state)
    born = date(1950 + number % 55, 1 + number % 12, 1 + number % 28)
    family = (
        f"{FAMILY[number % len(FAMILY)]}{ENDINGS[number % 26]}{ENDINGS[number // 26 % 26]}{ENDINGS[number // 676 % 26]}"
    )
    service, _kind, referrer = PARTNERS[number % len(PARTNERS)]
    return [
        number + 1, referred, service, referrer, family, GIVEN[number % len(GIVEN)], born, "proefwoner", "vermoeden", "?",
        "ja", "ja", f"S{number}", referred - timedelta(days=900), state, discussed, decision,
    ]  # fmt: skip
