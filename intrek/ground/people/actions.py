"""Facts about a person are written down."""

from datetime import date
from typing import Any

from django.db import transaction

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.folding import folded_words
from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.people import rules
from intrek.ground.people.models import Consent, NameKey, Person, Registration, Residence
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
    save_version(person, fields=facts, expected_version=expected_version, by=by)
    index_name(person)
    # Saved once more as a row, so that those who listen (the conditions are judged again) hear of it.
    person.save(update_fields=["saved_at"])
    record(person, "people.changed", on=on, by=by)
    return person


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
