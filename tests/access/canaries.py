"""A unique word in every text of every row: who reads a word that is not theirs is caught, whatever page shows it."""

import re
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.apps import apps
from django.db import connection, models

from intrek.ground.journal import walls
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person
from intrek.story.referral.models import Referral, ReferralCare
from tests.plugins.wall import as_owner

SHORTEST = 10
# What is code, not text: a key of a list, a verb, an address of a page.
CODES = {
    "accounts.Draft": {"key"},
    "accounts.User": {"password", "email"},
    "documents.Logo": {"name"},
    "documents.PaperFile": {"name", "source", "sealed"},
    "documents.Text": {"code"},
    "documents.Upload": {"name", "small"},
    "journal.Entry": {"subject_type", "verb"},
    "journal.Look": {"page", "why"},
    "people.NameKey": {"word"},
    "post.Message": {"path", "calendar"},
    "programmes.CodeItem": {"code", "group"},
    "programmes.PaperRule": {"code"},
    "programmes.Programme": {"slug"},
}
CODE_NAMES = {
    "saved_by",
    "folded",
    "ended_how",
    "reason_code",
    "declined_code",
    "import_key",
    "domain",
    "salt",
    "digest",
}
# JSON holds texts and codes by name: these are texts.
TEXTS = {
    "accounts.Draft": {"data"},
    "documents.PaperFile": {"facts"},
    "exchange.RefusedRow": {"cells", "reasons"},
    "journal.Entry": {"facts"},
    "referral.Referral": {"said"},
}
# Papers that somebody outside is asked to sign.
SIGNED = {"documents.PaperFile", "documents.Signature"}
# Tables whose ids are listened for.
IDS = {"pathways.Pathway", "people.Person", "dwellings.Dwelling", "allocation.Offer", "placement.Placement"}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WORD = re.compile(r"qz(\d{6})", re.IGNORECASE)


@dataclass(frozen=True)
class Canary:
    """Whose text it is: the table, the field, and what the row hangs on."""

    label: str
    field: str
    programme_id: object
    pathway_ids: frozenset
    owner_id: object = None
    to_id: object = None
    user_id: object = None
    lived_in_by: frozenset = frozenset()
    decided: frozenset = frozenset()
    invited: frozenset = frozenset()
    asked: frozenset = frozenset()

    @property
    def name(self):
        return f"{self.label}.{self.field}"


def tables():
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("intrek.")]


def text_fields(model):
    """The fields of a table in which people write words."""
    codes = CODES.get(model._meta.label, set()) | CODE_NAMES
    for field in model._meta.local_fields:
        is_text = isinstance(field, models.TextField)
        is_line = isinstance(field, models.CharField) and not field.choices and field.max_length >= SHORTEST
        if (is_text or is_line) and field.name not in codes and not (field.name == "kind" and is_line):
            yield field.name


ABOVE = (
    "pathway",
    "referral",
    "placement",
    "file",
    "paper",
    "request",
    "goal",
    "term",
    "item",
    "evaluation",
    "aftercare",
    "condition",
    "signal",
    "person",
)


def pathways_of(row):
    """The pathways a row hangs on, by whatever it names."""
    label = row._meta.label
    if label == "pathways.Pathway":
        return frozenset({row.pk})
    if label == "people.Person":
        return frozenset(Pathway.objects.filter(person=row).values_list("pk", flat=True).order_by("pk"))
    if pathway_id := getattr(row, "pathway_id", None):
        return frozenset({pathway_id})
    names = [name for name in ABOVE if getattr(row, f"{name}_id", None) and hasattr(row, name)]
    return pathways_of(getattr(row, names[0])) if names else frozenset()


def owner_of(row):
    """The landlord whose dwelling a row is about."""
    if row._meta.label == "partners.Organisation":
        return row.pk
    if row._meta.label == "dwellings.Dwelling":
        return row.owner_id
    if row._meta.label == "aftercare.Knock":
        return row.knocked_by.organisation_id if row.knocked_by else None
    if row._meta.label == "aftercare.Aftercare":
        stay = row.pathway.occupancies.filter(until_on=None).order_by("pk").first()
        return owner_of(stay) if stay else None
    above = next((name for name in ("dwelling", "offer", "signal") if getattr(row, f"{name}_id", None)), None)
    return owner_of(getattr(row, above)) if above else None


def _living_in(dwelling):
    stays = dwelling.occupancies.filter(until_on=None)
    return frozenset(stays.values_list("pathway_id", flat=True).order_by("pk"))


def _decided_at(meeting):
    """A partner reads the minutes of its own referrals, and so may open a meeting that decided on one."""
    items = meeting.items.exclude(decision="")
    return frozenset(items.values_list("pathway_id", flat=True).order_by("pk"))


def _invited_to(meeting):
    """Who is invited; the steering group reads of its meetings, invited or not."""
    invited = set(meeting.invitations.values_list("contact_id", flat=True).order_by("pk"))
    members = meeting.programme.memberships.filter(role="steering_member") if meeting.is_of_steering_group else ()
    return frozenset(invited | {each.contact_id for each in members})


def _asked_to_sign(row):
    """Which landlords were asked to sign a file of a paper."""
    if row._meta.label == "documents.Signature":
        return frozenset({row.organisation_id} - {None})
    asked = row.signatures.exclude(organisation=None)
    return frozenset(asked.values_list("organisation_id", flat=True).order_by("pk"))


# Whom a row is meant for alone.
TO = {
    "post.Message": lambda row: row.to_id,
    "intervision.Invitation": lambda row: row.contact_id,
    "exchange.Feed": lambda row: row.membership.contact_id,
}


def canary_of(row, field="pk"):
    """The row, as far as it matters for who may know of it."""
    label = row._meta.label
    return Canary(
        label,
        field,
        row.pk if label == "programmes.Programme" else getattr(row, "programme_id", None),
        pathways_of(row),
        owner_of(row),
        TO[label](row) if label in TO else None,
        {"accounts.User": row.pk, "accounts.Draft": getattr(row, "user_id", None)}.get(label),
        _living_in(row) if label == "dwellings.Dwelling" else frozenset(),
        _decided_at(row) if label == "intervision.Meeting" else frozenset(),
        _invited_to(row) if label == "intervision.Meeting" else frozenset(),
        _asked_to_sign(row) if label in SIGNED else frozenset(),
    )


# What a referral said, in words of its own; care was told apart.
SAID = {name for model in (Person, Referral, ReferralCare) for name in text_fields(model)}


class Aviary:
    """All canaries that were let in."""

    def __init__(self):
        # Words stand in texts; a mere id, in an address or a form, tells too that somebody is known here.
        self.known, self.marks = {}, {}

    def settle(self):
        """Write a canary in every text of every row."""
        # Not even here is the record changed while its walls stand.
        with as_owner():
            walls.take_down(connection)
        for model in tables():
            for row in model._base_manager.order_by("pk"):
                self._settle(row)
        with as_owner():
            walls.build(connection)

    def _settle(self, row):
        whole = canary_of(row)
        if whole.label in IDS:
            self.marks[str(row.pk)] = whole
        told = {name: self._word(whole, name) for name in text_fields(type(row))}
        for name in TEXTS.get(whole.label, set()):
            told[name] = self._within(whole, name, getattr(row, name))
        if told:
            type(row)._base_manager.filter(pk=row.pk).update(**told)

    def _within(self, whole, name, value):
        if isinstance(value, dict):
            return {key: self._within(whole, f"{name}.{key}", each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._within(whole, name, each) for each in value]
        is_text = name.startswith("said.") and name.rpartition(".")[2] in SAID
        is_word = isinstance(value, str) and (is_text or " " in value or value[:1].isupper() or name == "facts.fact")
        return self._word(whole, name) if is_word else value

    def _word(self, whole, name):
        number = len(self.known) + 1
        self.known[number] = replace(whole, field=name)
        return f"Qz{number:06d}"

    def heard_in(self, answer, *, asked):
        """The canaries in an answer: body, headers, where it sends one to, and inside a sheet. What was asked may be echoed."""
        texts = [f"{name}: {value}" for name, value in answer.headers.items()] + [body_of(answer)]
        heard = {self.known[int(number)] for text in texts for number in WORD.findall(text)}
        ids = {each for text in texts for each in ID.findall(text) if each in self.marks and each not in asked}
        return heard | {self.marks[each] for each in ids}


def body_of(answer):
    """All that an answer says; a sheet is opened."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not is_zipfile(BytesIO(raw)):
        return raw.decode("utf-8", "replace")
    with ZipFile(BytesIO(raw)) as sheet:
        return " ".join(sheet.read(name).decode("utf-8", "replace") for name in sheet.namelist())
