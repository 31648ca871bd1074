"""Finding people: by any word of their name, and those who may be the same; and what is known of somebody."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from stdnum.be import nn

from intrek.ground.common import eyes
from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.common.fields import phone_text
from intrek.ground.common.folding import folded_words
from intrek.ground.people import rules
from intrek.ground.people.models import Consent, Forgotten, NameKey, Person, Registration, Residence
from intrek.ground.programmes.models import Programme

# A shown list of look-alikes is short; a programme with more namesakes than this searches by hand.
MOST_ALIKE = 20


@dataclass(frozen=True)
class Likely:
    """Somebody already known who may be the same person, and why."""

    person: Person
    why: list[rules.Likeness]


def known_of(person: Person) -> rules.Known:
    """What a person is compared by."""
    return rules.Known(person.given_name, person.family_name, person.birth_on, person.register_number)


def likely_same(
    programme: Programme,
    *,
    given_name: str,
    family_name: str,
    birth_on: date | None,
    register_number: str = "",
    leave_out: Person | None = None,
) -> list[Likely]:
    """People of the programme who may be this one, most certain first; for coordinator and team only (P7)."""
    wanted = rules.Known(given_name, family_name, birth_on, register_number)
    words = [*folded_words(f"{given_name} {family_name}"), *folded_words(family_name.replace(" ", ""))]
    same_words = NameKey.objects.filter(programme=programme, word__in=words).values("person_id")
    near = Q(pk__in=same_words)
    near |= Q(birth_on=birth_on) if birth_on else Q()
    near |= Q(register_number=register_number) if register_number else Q()
    people = Person.objects.filter(near, programme=programme).order_by("family_name", "pk")[: MOST_ALIKE * 10]
    with eyes.closed():  # compared, and shown only by who asks for it
        found = [
            Likely(each, why)
            for each in people
            if each != leave_out and (why := rules.likeness(wanted, known_of(each)))
        ]
    order = list(rules.Likeness)
    return sorted(found, key=lambda likely: order.index(likely.why[0]))[:MOST_ALIKE]


def search_people(programme: Programme, text: str) -> QuerySet[Person]:
    """People of whose name some word begins with each of the words typed."""
    people = Person.objects.filter(programme=programme)
    for word in folded_words(text)[:5]:
        # A range instead of LIKE, so that both databases walk the index.
        keys = NameKey.objects.filter(programme=programme, word__gte=word, word__lt=word + "\U0010ffff")
        people = people.filter(pk__in=keys.values("person_id"))
    return people


def residences_of(person: Person) -> list[Residence]:
    """Where somebody lived, the latest first; what has no day stands last."""
    rows = Residence.objects.filter(programme_id=person.programme_id, person=person)
    return sorted(rows, key=lambda row: (row.from_earliest or date.min, str(row.pk)), reverse=True)


def registration_of(person: Person) -> Registration | None:
    """What is known of somebody's registration for social housing now: the newest row holds."""
    rows = Registration.objects.filter(programme_id=person.programme_id, person=person)
    return rows.order_by("-created_at", "-pk").first()


def consents_of(person: Person) -> list[Consent]:
    """What somebody agreed to, the newest first."""
    rows = Consent.objects.filter(programme_id=person.programme_id, person=person)
    return list(rows.order_by("-created_at", "-pk"))


@dataclass(frozen=True)
class PeriodWords:
    """A period of residence in words."""

    since: str
    until: str
    municipality: str
    domicile: str
    kind: str


def period_words(row: Residence) -> PeriodWords:
    """A period of residence as people read it; what is not known is said to be unknown (P3)."""
    until = str(ImpreciseDay(row.until_earliest, row.until_latest))
    return PeriodWords(
        since=str(ImpreciseDay(row.from_earliest, row.from_latest)),
        until=gettext("now") if row.still_there else until,
        municipality=row.municipality or gettext("unknown"),
        domicile=row.get_domicile_display(),
        kind=row.get_kind_display(),
    )


def about(person: Person) -> dict[str, Any]:
    """All that the page of a person shows."""
    return {
        "person": person,
        "phone": phone_text(person.phone),
        "number": nn.format(person.register_number) if person.register_number else "",
        "periods": [period_words(each) for each in residences_of(person)],
        "registration": registration_of(person),
        "consents": consents_of(person),
        "household": list(person.household.order_by("created_at", "pk")),
        "network": list(person.network.order_by("created_at", "pk")),
    }


def forgotten_in(programme: Programme) -> frozenset[str]:
    """The digests of everybody who was erased in a programme."""
    digests = Forgotten.objects.filter(programme=programme).order_by("pk").values_list("digest", flat=True)
    return frozenset(digests)
