"""Which column holds what: recognised by its Dutch heading, or pointed out by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.folding import folded, folded_words
from intrek.ground.common.refusals import Refusal
from intrek.windows.exchange.rules.files import Reason, Table, is_empty

HEADER_ROWS = 10
# A row is a row of headings when it holds at least so many that we know, or, unknown, so many texts.
FEWEST_KNOWN = 3


class Field(TextChoices):
    """What a column of the list of referrals can hold."""

    NUMBER = "number", _("number in the list")
    REFERRED_ON = "referred_on", _("day of referral")
    ORGANISATION = "organisation", _("referring organisation")
    REFERRER = "referrer", _("referrer")
    FAMILY_NAME = "family_name", _("family name")
    GIVEN_NAME = "given_name", _("given name")
    BIRTH_ON = "birth_on", _("date of birth")
    REGISTER_NUMBER = "register_number", _("national register number")
    TRACK = "track", _("track")
    MENTAL_HEALTH = "mental_health", _("mental-health problem")
    ADDICTION = "addiction", _("addiction")
    REPEATED_HOUSING = "repeated_housing", _("repeated housing problems")
    REGISTERED = "registered", _("registered for social housing")
    REGISTRATION_NUMBER = "registration_number", _("registration number")
    DOMICILE_FROM = "domicile_from", _("domicile from")
    DOMICILE_UNTIL = "domicile_until", _("domicile until")
    STATE = "state", _("state of affairs")
    DISCUSSED_ON = "discussed_on", _("discussed at the intervision on")
    DECISION = "decision", _("decision")
    REASON = "reason", _("reason")
    DWELLING = "dwelling", _("dwelling")
    LANDLORD = "landlord", _("landlord")
    WORKER = "worker", _("support worker")
    STARTED_ON = "started_on", _("support started on")
    LAST_DAY = "last_day", _("support planned until")
    ENDED_ON = "ended_on", _("support ended on")
    RESULT = "result", _("result")
    AFTERWARDS = "afterwards", _("what came after")
    SERVICES = "services", _("services asked")
    REMARKS = "remarks", _("remarks")


class PartnerField(TextChoices):
    """What a column of the sheet of partners can hold."""

    NAME = "name", _("organisation")
    SECTOR = "sector", _("kind of partner")
    CONTACT = "contact", _("contact person")


NEEDED = (Field.ORGANISATION, Field.FAMILY_NAME, Field.TRACK)
PARTNERS_NEEDED = (PartnerField.NAME, PartnerField.SECTOR)

# As people head these columns; compared without case, accents, punctuation, and without the name of the municipality.
HEADINGS: dict[str, tuple[str, ...]] = {
    Field.NUMBER: ("nr", "nummer", "volgnummer", "dossiernummer"),
    Field.REFERRED_ON: ("datum aanmelding", "aanmeldingsdatum", "aangemeld op", "datum van aanmelding", "aanmelddatum"),
    Field.ORGANISATION: ("aanmeldende dienst", "dienst", "aanmeldende organisatie", "verwijzende dienst", "verwijzer"),
    Field.REFERRER: ("aanmelder", "naam aanmelder", "contactpersoon aanmelder"),
    Field.FAMILY_NAME: ("naam", "familienaam", "achternaam", "naam cliënt", "cliënt"),
    Field.GIVEN_NAME: ("voornaam", "roepnaam"),
    Field.BIRTH_ON: ("geboortedatum", "geboren op", "geb datum", "geboorte"),
    Field.REGISTER_NUMBER: ("rijksregisternr", "rijksregisternummer", "rrn", "rr nr", "rijksregister", "insz"),
    Field.TRACK: ("luik", "traject", "soort aanmelding", "proefwoner of zittende huurder"),
    Field.MENTAL_HEALTH: ("psychische problematiek", "psychische problemen", "ggz", "diagnose", "problematiek"),
    Field.ADDICTION: ("verslaving", "verslavingsproblematiek", "middelengebruik"),
    Field.REPEATED_HOUSING: ("herhaalde woonproblematiek", "herhaalde woonproblemen", "woonproblematiek"),
    Field.REGISTERED: (
        "ingeschreven sociale woning",
        "ingeschreven",
        "inschrijving sociale woning",
        "ingeschreven shm",
    ),
    Field.REGISTRATION_NUMBER: ("inschrijvingsnr", "inschrijvingsnummer"),
    Field.DOMICILE_FROM: ("domicilie van", "domicilie vanaf", "domicilie sinds", "gedomicilieerd sinds"),
    Field.DOMICILE_UNTIL: ("domicilie tot", "domicilie tot en met", "gedomicilieerd tot"),
    Field.STATE: ("stand van zaken", "status", "stand", "fase"),
    Field.DISCUSSED_ON: ("besproken op intervisie", "besproken op", "datum intervisie", "intervisie", "intervisie van"),
    Field.DECISION: ("beslissing", "besluit"),
    Field.REASON: ("reden", "reden weigering", "motivering", "motief"),
    Field.DWELLING: ("woning", "adres woning", "adres", "adres proefwoning"),
    Field.LANDLORD: ("huisvester", "verhuurder", "eigenaar", "huisvestingsmaatschappij"),
    Field.WORKER: ("begeleider", "woonbegeleider", "begeleid door"),
    Field.STARTED_ON: ("start begeleiding", "startdatum", "begin begeleiding", "start", "gestart op"),
    Field.LAST_DAY: ("einde voorzien", "voorzien einde", "voorziene einddatum", "einddatum voorzien"),
    Field.ENDED_ON: ("einde begeleiding", "einddatum", "beëindigd op", "einde", "gestopt op"),
    Field.RESULT: ("resultaat", "uitkomst"),
    Field.AFTERWARDS: ("nadien", "vervolg", "na afloop"),
    Field.SERVICES: ("diensten aangevraagd", "aangevraagde diensten", "diensten", "omkadering"),
    Field.REMARKS: ("opmerkingen", "opmerking", "nota", "notities", "commentaar"),
}
PARTNER_HEADINGS: dict[str, tuple[str, ...]] = {
    PartnerField.NAME: ("organisatie", "partner", "dienst", "naam"),
    PartnerField.SECTOR: ("soort", "soort partner", "type", "sector"),
    PartnerField.CONTACT: ("contactpersoon", "contact", "aanspreekpunt"),
}


@dataclass(frozen=True)
class Sheet:
    """A table with its headings found: the column (from 0) of each field, and the rows below the headings with their line numbers."""

    table: Table
    header: int
    columns: Mapping[str, int]

    @property
    def headings(self) -> list[str]:
        return [str(cell).strip() for cell in self.table.rows[self.header]]

    def lines(self) -> Iterable[tuple[int, list[Any]]]:
        """Each row that holds something, with the number that the spreadsheet program shows beside it."""
        for at, row in enumerate(self.table.rows[self.header + 1 :], start=self.header + 2):
            if any(not is_empty(cell) for cell in row):
                yield at, row

    def cell(self, row: list[Any], field: str) -> Any:
        """What stands in the column of a field; nothing when the list has no such column."""
        at = self.columns.get(field, -1)
        return row[at] if 0 <= at < len(row) else ""


def recognised(cells: Iterable[Any], headings: Mapping[str, tuple[str, ...]], municipality: str = "") -> dict[str, int]:
    """The column of each field whose heading stands in this row; of two columns with one heading, the first."""
    local = set(folded_words(municipality))
    by_heading = {folded(each): field for field, known in headings.items() for each in known}
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        words = folded_words(cell) if isinstance(cell, str) else []
        field = by_heading.get("".join(words)) or by_heading.get("".join(each for each in words if each not in local))
        if field:
            found.setdefault(str(field), at)
    return found


def _best(table: Table, headings: Mapping[str, tuple[str, ...]], municipality: str) -> Sheet:
    """The row among the first ones that looks most like headings; of equals, the first."""
    tried = [
        Sheet(table, at, recognised(row, headings, municipality)) for at, row in enumerate(table.rows[:HEADER_ROWS])
    ]
    return max(tried, key=lambda sheet: len(sheet.columns))


def _by_texts(table: Table) -> Sheet | None:
    """The first row with several texts in it, whose headings nobody knows: a person points the columns out."""
    for at, row in enumerate(table.rows[:HEADER_ROWS]):
        if sum(isinstance(cell, str) and not is_empty(cell) for cell in row) >= FEWEST_KNOWN:
            return Sheet(table, at, {})
    return None


def find_referrals(
    tables: list[Table], *, municipality: str, pointed_out: Mapping[str, int] | None = None
) -> Sheet | None:
    """The list of referrals, with the columns pointed out by hand before those recognised; nothing without any headings."""
    best = max((_best(table, HEADINGS, municipality) for table in tables), key=lambda sheet: len(sheet.columns))
    if len(best.columns) < FEWEST_KNOWN:
        unknown = next((sheet for table in tables if (sheet := _by_texts(table))), None)
        if unknown is None:
            return None
        best = unknown
    columns = {**best.columns, **(pointed_out or {})}
    return Sheet(best.table, best.header, {field: at for field, at in columns.items() if at >= 0})


def find_partners(tables: list[Table], *, referrals: Sheet | None) -> Sheet | None:
    """The sheet of partners, when another sheet than the referrals has its headings."""
    others = [table for table in tables if referrals is None or table is not referrals.table]
    found = (_best(table, PARTNER_HEADINGS, "") for table in others)
    return next((sheet for sheet in found if all(field in sheet.columns for field in PARTNERS_NEEDED)), None)


def column_reasons(sheet: Sheet | None) -> list[Refusal]:
    """Why this list cannot be read yet: no headings, or a column without which no referral can be made."""
    if sheet is None:
        return [Refusal(Reason.NO_HEADER, {"rows": HEADER_ROWS})]
    missing = [field for field in NEEDED if field not in sheet.columns]
    return [Refusal(Reason.COLUMN_MISSING, {"column": field.label}, form_field=field.value) for field in missing]
