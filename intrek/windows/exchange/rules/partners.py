"""The sheet of partners that stands beside the referrals."""

from dataclasses import dataclass

from intrek.ground.common.folding import folded
from intrek.ground.partners.models import Sector
from intrek.windows.exchange.rules import cells
from intrek.windows.exchange.rules.columns import PartnerField, Sheet


@dataclass(frozen=True)
class Partner:
    """A partner as the list names it; without a sector that is known here it is left out."""

    line: int
    name: str
    sector: Sector | None
    contact: str


def read_partners(sheet: Sheet) -> list[Partner]:
    """The partners of the sheet, each name once."""
    found: dict[str, Partner] = {}
    for line, row in sheet.lines():
        name = cells.text_of(sheet.cell(row, PartnerField.NAME))[:120]
        sector = cells.sector_of(sheet.cell(row, PartnerField.SECTOR))
        contact = cells.text_of(sheet.cell(row, PartnerField.CONTACT))[:120]
        if folded(name):
            found.setdefault(folded(name), Partner(line, name, sector, contact))
    return list(found.values())
