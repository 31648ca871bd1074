"""Reading a list against what the programme knows, and looking at batches; nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.folding import folded
from intrek.ground.common.listing import Listing, address_with
from intrek.ground.common.refusals import Refusal
from intrek.ground.common.sheets import Column
from intrek.ground.partners.models import Membership, OrganisationName, Sector
from intrek.ground.partners.queries import find_organisation, lead_of
from intrek.ground.people.models import Person
from intrek.ground.people.queries import forgotten_in
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import codes
from intrek.story.referral.models import Referral
from intrek.windows.exchange.models import Batch, RefusedRow
from intrek.windows.exchange.rules.answers import Known
from intrek.windows.exchange.rules.columns import Field, Sheet, column_reasons, find_partners, find_referrals
from intrek.windows.exchange.rules.files import read_tables
from intrek.windows.exchange.rules.partners import Partner, read_partners
from intrek.windows.exchange.rules.rows import Fate, ReadRow, birth_days, read_rows, recognise

# So many values go into one question to the database.
TOGETHER = 500
PAGE_ROWS = 30
TAGS = {Fate.MADE: "done", Fate.DOUBTFUL: "soon", Fate.REFUSED: "no", Fate.KNOWN: "wait"}


@dataclass(frozen=True)
class Reading:
    """A list as it was read: its sheet, its partners, its rows, and why it cannot be read yet (then there are no rows)."""

    sheet: Sheet | None
    partners: list[Partner]
    rows: list[ReadRow]
    reasons: list[Refusal]

    def count(self, *statuses: str) -> int:
        """How many rows will have one of these fates."""
        return sum(row.status in statuses for row in self.rows)


def read_list(
    programme: Programme, content: bytes, name: str, *, columns: Mapping[str, int] | None = None, today: date
) -> Reading:
    """The list row by row: what will be made, what is doubtful, what is refused and why. Raises Refused for what is no spreadsheet."""
    tables = read_tables(content, name)
    sheet = find_referrals(tables, municipality=programme.municipality, pointed_out=columns)
    partner_sheet = find_partners(tables, referrals=sheet)
    partners = read_partners(partner_sheet) if partner_sheet else []
    reasons = column_reasons(sheet)
    if sheet is None or reasons:
        return Reading(sheet, partners, [], reasons)
    rows = read_rows(sheet, known_for(programme, sheet, partners, today=today))
    return Reading(sheet, partners, recognise(rows, imported_keys(programme, (row.key for row in rows))), [])


def known_for(programme: Programme, sheet: Sheet, partners: Iterable[Partner], *, today: date) -> Known:
    """What the rows of this list are compared with, asked once for all of them."""
    names = OrganisationName.objects.filter(programme=programme).values_list("folded", flat=True)
    named = {folded(each.name) for each in partners if each.sector}
    return Known(
        today=today,
        organisations=frozenset(names) | frozenset(named),
        declines=spellings(programme, CodeList.DECLINE),
        withdrawals=spellings(programme, CodeList.WITHDRAWAL),
        endings=spellings(programme, CodeList.ENDING),
        has_lead=bool(programme.lead_name)
        or lead_of(programme) is not None
        or Sector.LEAD in {p.sector for p in partners},
        people=namesakes(programme, birth_days(sheet)),
        forgotten=forgotten_in(programme),
    )


def spellings(programme: Programme, code_list: CodeList) -> dict[str, str]:
    """Every way in which an entry of a code list is written: its labels in each language, and those of older lists."""
    items = codes(programme, code_list)
    return {text: item.code for item in items for text in [*item.labels.values(), *item.also, item.code]}


def _together(values: Iterable[object]) -> Iterator[list[object]]:
    waiting = iter(values)
    while some := list(islice(waiting, TOGETHER)):
        yield some


def imported_keys(programme: Programme, keys: Iterable[str]) -> frozenset[str]:
    """Which of these rows were imported before."""
    rows = Referral.objects.filter(programme=programme)
    found = (rows.filter(import_key__in=some).values_list("import_key", flat=True) for some in _together(keys))
    return frozenset(key for some in found for key in some)


def namesakes(programme: Programme, births: Iterable[date]) -> dict[tuple[str, date | None], str]:
    """People who are known already and were born on one of these days, by folded name and day."""
    people = Person.objects.filter(programme=programme)
    found: dict[tuple[str, date | None], str] = {}
    for some in _together(births):
        rows = people.filter(birth_on__in=some).values_list("given_name", "family_name", "birth_on")
        found |= {(folded(f"{given} {family}"), on): f"{given} {family}".strip() for given, family, on in rows}
    return found


def headings_to_point_out(sheet: Sheet | None) -> list[tuple[int, str]]:
    """The columns of the list, as one chooses among them: their headings, or their letter where there is none."""
    if sheet is None:
        return []
    width = max((len(row) for row in sheet.table.rows[: sheet.header + 20]), default=0)
    headings = [*sheet.headings, *[""] * width][:width]
    return [(at, f"{heading or '–'} ({column_letters(at)})") for at, heading in enumerate(headings)]


def column_letters(at: int) -> str:
    """How a spreadsheet program names a column: 0 is A, 26 is AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def batches_of(member: Membership) -> QuerySet[Batch]:
    """The lists that were uploaded in this member's programme, the newest first; without their content."""
    rows = Batch.objects.filter(programme_id=member.programme_id).select_related("read_by")
    return rows.defer("content", "headings").order_by("-created_at", "-pk")


def refused_rows(batch: Batch) -> QuerySet[RefusedRow]:
    """The rows of a list that were not taken, in their order."""
    return RefusedRow.objects.filter(programme_id=batch.programme_id, batch=batch).order_by("line")


def all_fields() -> list[Field]:
    """What a column can hold, in the order in which one points them out."""
    return list(Field)


def refused_columns(batch: Batch) -> list[Column]:
    """The columns of the list as it was, after the row's number and before the reason."""
    width = max((len(row.cells) for row in refused_rows(batch)[:TOGETHER]), default=0)
    headings = [*batch.headings, *[""] * width][: max(width, len(batch.headings))]
    return [
        *(Column(heading, partial(_cell, at)) for at, heading in enumerate(headings)),
        Column(_("Row"), lambda row: row.line),
        Column(_("Why it was refused"), lambda row: " ".join(row.reasons)),
    ]


def _cell(at: int, row: RefusedRow) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def preview_page(batch: Batch, reading: Reading, asked: QueryDict) -> dict[str, Any]:
    """One page of the rows with one fate (or all), with the counts of every fate and the address of each."""
    wanted = asked.get("show", "")
    shown = [row for row in reading.rows if wanted in {"", row.status}]
    number = int(asked.get("page", "1")) if asked.get("page", "1").isdecimal() else 1
    start = max(number - 1, 0) * PAGE_ROWS
    rows = [PreviewRow(row) for row in shown[start : start + PAGE_ROWS]]
    listing = Listing(rows, max(number, 1), PAGE_ROWS, len(shown), True, start + PAGE_ROWS < len(shown), asked.copy())
    tabs = [
        {"url": address_with(QueryDict(), show=fate), "label": label, "current": wanted == fate, "count": count}
        for fate, label in [("", _("All rows")), *Fate.choices]
        if (count := len(reading.rows) if not fate else reading.count(fate)) or not fate
    ]
    new = [each for each in reading.partners if each.sector and not find_organisation(batch.programme, each.name)]
    strange = [each for each in reading.partners if each.sector is None]
    to_make = reading.count(Fate.MADE, Fate.DOUBTFUL)
    told = {"to_make": to_make, "doubtful": reading.count(Fate.DOUBTFUL), "refused": reading.count(Fate.REFUSED)}
    return {"batch": batch, "listing": listing, "tabs": tabs, "new_partners": new, "strange_partners": strange, **told}


@dataclass(frozen=True)
class PreviewRow:
    """A row of the list as the preview shows it."""

    row: ReadRow

    @property
    def name(self) -> str:
        answers = self.row.answers
        return f"{answers.given_name} {answers.family_name}".strip()

    @property
    def what(self) -> str:
        """Track and state, in the reader's language, or as they were written."""
        answers = self.row.answers
        track = str(answers.track.label) if answers.track else answers.text(Field.TRACK)
        state = str(answers.state.label) if answers.state else answers.text(Field.STATE)
        return " · ".join(filter(None, (track, state)))

    @property
    def referred_on(self) -> date | None:
        return self.row.answers.on(Field.REFERRED_ON)

    @property
    def tag(self) -> tuple[str, str]:
        """The kind of tag and its words."""
        return TAGS[Fate(self.row.status)], str(Fate(self.row.status).label)

    @property
    def reasons(self) -> list[Refusal]:
        """What is wrong and what is doubtful."""
        return [*self.row.refusals, *self.row.doubts]
