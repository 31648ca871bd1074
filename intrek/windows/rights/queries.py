"""Everything that is known about one person, and whose time is over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext

from intrek.ground.access.models import Category
from intrek.ground.accounts.models import Draft
from intrek.ground.common.folding import folded
from intrek.ground.common.wording import day
from intrek.ground.journal.models import Entry
from intrek.ground.journal.queries import sentence
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.people.models import Person
from intrek.story.referral.models import Referral
from intrek.story.referral.queries import sections_of
from intrek.windows.rights.rules import OWN_MEANS, RECORD, Mapped, data_map, years_before


def pathways_of(person: Person) -> QuerySet[Pathway]:
    """Every pathway of a person."""
    rows: QuerySet[Pathway] = Pathway.objects.filter(programme_id=person.programme_id, person=person)
    return rows.order_by("referred_on", "pk")


def rows_of(table: Mapped, person: Person) -> QuerySet[Any]:
    """The rows of a table that are about this person, the oldest first."""
    rows: QuerySet[Any] = apps.get_model(table.label)._base_manager.filter(programme_id=person.programme_id)
    ids = list(pathways_of(person).values_list("pk", flat=True))
    if table.to == RECORD:
        about = rows.filter(pathway_id__in=ids) | rows.filter(person_id=person.pk)
        return about.order_by("created_at", "pk")
    if table.to == "pathway_id":
        return rows.filter(pathway_id__in=ids).order_by("created_at", "pk")
    return rows.filter(**{table.to: person.pk}).order_by("created_at", "pk")


def drafts_about(person: Person, row_ids: Iterable[UUID]) -> list[Draft]:
    """What colleagues are typing about this person: forms on one of these rows, or a referral under this name."""
    ids, names = set(map(str, row_ids)), {folded(person.given_name), folded(person.family_name)} - {""}
    rows = Draft.objects.filter(programme_id=person.programme_id).order_by("pk")
    return [each for each in rows if any(i in each.key for i in ids) or names <= set(_typed(each.data))]


def _typed(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for each in data:
            yield from _typed(each)
    elif isinstance(data, str):
        yield folded(data)


def listed_about(person: Person) -> list[Any]:
    """Rows of lists that were not taken and name this person."""
    names = {folded(person.given_name), folded(person.family_name)} - {""}
    # Windows do not know each other: the lists of another one are found by name, as every table of the map.
    rows = apps.get_model("exchange.RefusedRow")._base_manager.filter(programme_id=person.programme_id).order_by("pk")
    return [each for each in rows if all(name in folded(" ".join(map(str, each.cells))) for name in names)]


Told = list[tuple[str, str]]


@dataclass(frozen=True)
class Known:
    """What a room keeps of somebody: each thing as questions and answers."""

    title: str
    rows: list[Told]


def everything_about(person: Person) -> list[Known]:
    """All that is kept about a person, room by room, in words, who it is first: for the person who asks (GDPR art. 15)."""
    found: dict[str, list[Told]] = {}
    words = {code: str(item) for (_list, code), item in person.programme.code_items.items()}
    for table in reversed(data_map().tables):
        rows = [] if table.to in OWN_MEANS - {RECORD} else rows_of(table, person)
        room = str(apps.get_app_config(table.label.partition(".")[0]).verbose_name)
        found.setdefault(room, []).extend(told for row in rows if (told := _told(table, row, words)))
    found[gettext("What was said at hand-in")] = [_as_said(each) for each in pathways_of(person)]
    found[gettext("Being typed")] = [[("", _plain(each.data))] for each in drafts_about(person, [person.pk])]
    found[gettext("In lists that were not taken")] = [[("", _plain(each.cells))] for each in listed_about(person)]
    who, *others = sorted(found, key=lambda room: room != str(apps.get_app_config("people").verbose_name))
    return [Known(room, rows) for room in (who, *others) if (rows := [each for each in found[room] if each])]


def _as_said(pathway: Pathway) -> Told:
    referral = Referral.objects.filter(pathway=pathway).select_related("programme", "track").first()
    if referral is None:
        return []
    every = sections_of(referral.said, referral.programme, referral.track.kind, Category.values)
    lived = [(each.since, f"{each.until}: {each.municipality}") for section in every for each in section.periods]
    return [(str(capfirst(fact.label)), fact.value) for section in every for fact in section.facts] + lived


def _told(table: Mapped, row: Any, words: dict[str, str]) -> Told:
    if isinstance(row, Entry):
        return [(day(row.on) if row.on else "", f"{sentence(row)} ({row.by_label})")]
    fields = [row._meta.get_field(name) for name in table.fields]
    # What has a name of its own is for people to read; the rest (ids, keys of an index) stands in the file alone.
    named = [each for each in fields if isinstance(each.verbose_name, Promise)]
    pairs = ((str(capfirst(each.verbose_name)), _shown(each, row, words)) for each in named)
    return [(label, text) for label, text in pairs if text]


def _shown(field: Field[Any, Any], row: Any, words: dict[str, str]) -> str:
    value = getattr(row, field.name)
    if value in (None, "", [], {}):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(words.get(str(each), _plain(each)) for each in value)
    return day(value) if type(value) is date else words.get(str(value), _plain(value))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(each)}" for name, each in value.items() if each not in (None, "", [], {}))
    if isinstance(value, list):
        return ", ".join(_plain(each) for each in value)
    if isinstance(value, datetime):
        return f"{timezone.make_naive(value):%d/%m/%Y %H:%M}"
    return str(value)


def as_data(person: Person) -> dict[str, list[dict[str, Any]]]:
    """The same for a machine: every table with its fields as they are kept."""
    tables = [each for each in data_map().tables if each.to not in OWN_MEANS - {RECORD}]
    return {each.label: [{name: getattr(row, name) for name in each.fields} for row in rows_of(each, person)] for each in tables}  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A file that is kept of somebody: of which table, how the store calls it, and where it lies in what the person is given."""

    table: str
    name: str
    path: str


def files_given(person: Person) -> list[Given]:
    """The papers that were made of a person, as they were and as they were sealed, and what was added: scans, photos, letters."""
    found = []
    for table in data_map().tables:
        for field in table.given:
            names = rows_of(table, person).exclude(**{field: ""}).values_list(field, "created_at")
            folder = f"files/{table.label.lower()}"
            # The store's own name: what people called it may hold anything.
            found += [Given(table.label, name, f"{folder}/{at:%Y-%m-%d}-{field}-{name[:8]}") for name, at in names]
    return found


def time_is_over(member: Membership, on: date, years: int) -> QuerySet[Pathway]:
    """Closed pathways whose time of keeping is over, the oldest first; those that were erased already are not among them."""
    rows: QuerySet[Pathway] = Pathway.objects.visible_to(member).filter(stage=Stage.CLOSED)
    over = rows.filter(closed_on__lt=years_before(on, years)).exclude(person__family_name="", person__given_name="")
    return over.select_related("person", "track").order_by("closed_on", "pk")
