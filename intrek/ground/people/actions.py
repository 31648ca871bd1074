"""Facts about a person are written down."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.folding import folded_words
from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.people import rules
from intrek.ground.people.models import (
    Consent,
    Forgotten,
    HouseholdMember,
    NameKey,
    NetworkContact,
    Person,
    Registration,
    Residence,
)
from intrek.ground.programmes.models import Programme

Span = tuple[date | None, date | None]
UNKNOWN_SPAN: Span = (None, None)


@transaction.atomic
def add_person(
    programme: Programme, *, given_name: str, family_name: str, on: date | None, by: Actor | None, **facts: Any
) -> Person:
    """Somebody new to this programme."""
    refuse_if(rules.person_reasons(given_name, family_name, facts.get("birth_on"), on))
    person = Person.objects.create(
        programme=programme, given_name=given_name.strip(), family_name=family_name.strip(), **facts
    )
    index_name(person)
    record(person, "people.added", on=on, by=by)
    return person


def index_name(person: Person) -> None:
    """Lay the words of the name in the index that search and the duplicate check look in; with and without spaces."""
    words = {
        *folded_words(f"{person.given_name} {person.family_name}"),
        *folded_words(person.family_name.replace(" ", "")),
    }
    NameKey.objects.filter(person=person).delete()
    NameKey.objects.bulk_create(
        NameKey(programme_id=person.programme_id, person=person, word=word[:80]) for word in sorted(words)
    )


@transaction.atomic
def change_person(
    person: Person, *, on: date, by: Actor | None, expected_version: int | None = None, **facts: Any
) -> Person:
    """Facts about the person are corrected. Raises Conflict when somebody else saved meanwhile."""
    told = {"given_name": person.given_name, "family_name": person.family_name, "birth_on": person.birth_on} | facts
    refuse_if(rules.person_reasons(told["given_name"], told["family_name"], told["birth_on"], on))
    what = ", ".join(_names_of(name for name, value in facts.items() if getattr(person, name) != value))
    save_version(person, fields=facts, expected_version=expected_version, by=by)
    index_name(person)
    # Saved once more as a row, so that those who listen (the conditions are judged again) hear of it.
    person.save(update_fields=["saved_at"])
    if what:
        record(person, "people.corrected", on=on, by=by, what=what)
    return person


def _names_of(fields: Iterable[str]) -> list[str]:
    return [str(Person._meta.get_field(name).verbose_name) for name in fields]  # type: ignore[union-attr]


@transaction.atomic
def add_residence(
    person: Person,
    *,
    municipality: str,
    since: Span = UNKNOWN_SPAN,
    until: Span = UNKNOWN_SPAN,
    still_there: bool = False,
    domicile: str = YesNoUnknown.UNKNOWN,
    **facts: Any,
) -> Residence:
    """A period in which the person lived somewhere; each day is a span from earliest to latest, or unknown (P3)."""
    first, last = since[0], until[1]
    refuse_if([Refusal(rules.Reason.ENDS_BEFORE_START)] if first and last and last < first else [])
    return Residence.objects.create(
        programme_id=person.programme_id,
        person=person,
        municipality=municipality.strip(),
        from_earliest=since[0],
        from_latest=since[1],
        until_earliest=until[0],
        until_latest=until[1],
        still_there=still_there,
        domicile=domicile,
        **facts,
    )


@transaction.atomic
def set_registration(
    person: Person, *, registered: str, where: str = "", number: str = "", since_on: date | None = None
) -> Registration:
    """What is known of the person's registration for social housing (P3); the newest row holds."""
    return Registration.objects.create(
        programme_id=person.programme_id,
        person=person,
        registered=registered,
        where=where,
        number=number,
        since_on=since_on,
    )


@transaction.atomic
def give_consent(person: Person, *, given_on: date | None, purpose: str) -> Consent:
    """What the person agreed to, on which day."""
    return Consent.objects.create(programme_id=person.programme_id, person=person, given_on=given_on, purpose=purpose)


def _touched(
    person: Person, verb: str, *, on: date, by: Actor | None, expected_version: int | None, **facts: Any
) -> Person:
    """The person's row guards all that hangs on it: of two savings at once, one is asked again."""
    save_version(person, fields=facts, expected_version=expected_version, by=by)
    person.save(update_fields=["saved_at"])
    record(person, verb, on=on, by=by)
    return person


@transaction.atomic
def set_residences(
    person: Person,
    *,
    residences: list[dict[str, Any]],
    on: date,
    by: Actor | None,
    expected_version: int | None = None,
) -> Person:
    """Where the person lived, all periods anew (P3). Raises Conflict when somebody else saved meanwhile."""
    Residence.objects.filter(programme_id=person.programme_id, person=person).delete()
    for each in residences:
        add_residence(person, **each)
    return _touched(person, "people.residences_changed", on=on, by=by, expected_version=expected_version)


@transaction.atomic
def set_people_near(
    person: Person,
    *,
    household: list[dict[str, Any]],
    network: list[dict[str, Any]],
    on: date,
    by: Actor | None,
    expected_version: int | None = None,
    **facts: Any,
) -> Person:
    """Who lives along with the person and who is near. Raises Conflict when somebody else saved meanwhile."""
    for model, rows in ((HouseholdMember, household), (NetworkContact, network)):
        model.objects.filter(programme_id=person.programme_id, person=person).delete()
        for each in rows:
            model.objects.create(programme_id=person.programme_id, person=person, **each)
    return _touched(person, "people.network_changed", on=on, by=by, expected_version=expected_version, **facts)


@transaction.atomic
def change_registration(
    person: Person, *, on: date, by: Actor | None, expected_version: int | None = None, **facts: Any
) -> Person:
    """What is known of the registration for social housing now (P3); what was known before stays on record."""
    set_registration(person, **facts)
    return _touched(person, "people.registration_changed", on=on, by=by, expected_version=expected_version)


@transaction.atomic
def add_consent(person: Person, *, given_on: date | None, purpose: str, on: date, by: Actor | None) -> Consent:
    """The person agreed to something more."""
    consent = give_consent(person, given_on=given_on, purpose=purpose)
    record(person, "people.consent_given", on=on, by=by)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, withdrawn_on: date, by: Actor | None) -> Consent:
    """The person takes an agreement back."""
    refuse_if(rules.withdrawal_reasons(consent.given_on, consent.withdrawn_on, withdrawn_on))
    consent.withdrawn_on = withdrawn_on
    consent.save(update_fields=["withdrawn_on", "saved_at"])
    record(consent.person, "people.consent_withdrawn", on=withdrawn_on, by=by)
    return consent


@transaction.atomic
def forget(person: Person, *, on: date) -> Forgotten:
    """Remember, unreadably, that this person was erased."""
    digest = rules.forgotten_digest(person.name, person.birth_on)
    told = {"programme_id": person.programme_id, "digest": digest}
    return Forgotten.objects.get_or_create(**told, defaults={"erased_on": on})[0]


@transaction.atomic
def merge_person(person: Person, *, into: Person, on: date, by: Actor | None) -> Person:
    """Two entries are the same human being: all that hangs on the one goes to the other, whose known facts stay.

    Facts that only the disappearing entry had are taken over; nothing that both knew is overwritten.
    """
    empty = {"household_kind": ("unknown",), "children": (None,)}
    names = ("birth_on", "register_number", "phone", "email", "contact_note", "language", "household_kind", "children")
    facts = {name: getattr(person, name) for name in names if getattr(into, name) in empty.get(name, ("", None))}
    NameKey.objects.filter(person=person).delete()
    for relation in Person._meta.related_objects:
        rows: Any = relation.related_model
        own = {relation.field.name: person}
        rows._base_manager.filter(**own).update(**{relation.field.name: into})
    old_id = person.pk
    person.delete()
    save_version(into, fields=facts, by=by)
    index_name(into)
    into.save(update_fields=["saved_at"])
    record(into, "people.merged", on=on, by=by, was=old_id)
    return into
