"""Finding referrals, who they may be about, and what is known of them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.access.models import Ground
from intrek.ground.access.queries import categories_of
from intrek.ground.common import eyes
from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person, Residence
from intrek.ground.people.queries import Likely, consents_of, likely_same, registration_of, residences_of
from intrek.story.referral.models import Referral, ReferralCare
from intrek.story.referral.rules import Told, ToldResidence, plain_answers


def referrals_read_by(member: Membership) -> QuerySet[Referral]:
    """The referrals whose content this member may read, with all that their page shows."""
    related = "pathway__person", "organisation", "referrer", "typed_by", "landlord", "track", "programme", "care"
    found: QuerySet[Referral] = Referral.objects.visible_to(member).select_related(*related)
    return found


def open_categories(referral: Referral, member: Membership) -> frozenset[str]:
    """What kinds of answers of this referral the member may read as who referred; what was shared of it is another matter (P7)."""
    return categories_of(member, referral.pathway_id, [Ground.OWN_REFERRAL])


def told_of(referral: Referral) -> Told:
    """What is known now of the person of a referral, as the conditions ask it."""
    person = Person.objects.get(pathways=referral.pathway_id)
    care = ReferralCare.objects.filter(referral=referral).first()
    registration = registration_of(person)
    return Told(
        birth_on=person.birth_on,
        mental_health=care.mental_health if care else "unknown",
        repeated_housing=referral.repeated_housing,
        registered=registration.registered if registration else "unknown",
        accepts_support=referral.accepts_support,
        residences=tuple(told_residence(each) for each in residences_of(person)),
    )


def told_residence(row: Residence) -> ToldResidence:
    """A stored period as the conditions count it."""
    return ToldResidence(
        municipality=row.municipality,
        domicile=row.domicile,
        since=ImpreciseDay(row.from_earliest, row.from_latest),
        until=ImpreciseDay(row.until_earliest, row.until_latest),
        still_there=row.still_there,
    )


def look_alikes(referral: Referral) -> list[Likely]:
    """People already known who may be the one of this referral; for coordinator and team only (P7)."""
    person = referral.pathway.person
    found = likely_same(
        referral.programme,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_on=person.birth_on,
        register_number=person.register_number,
        leave_out=person,
    )
    for likely in found:
        eyes.see(likely.person.pk)
    return found


def own_referrals_alike(member: Membership, facts: dict[str, Any]) -> list[Referral]:
    """Referrals of the member's own organisation about somebody like this: all that a referrer is told (P7)."""
    alike = likely_same(
        member.programme,
        given_name=facts.get("given_name", ""),
        family_name=facts.get("family_name", ""),
        birth_on=facts.get("birth_on"),
        register_number=facts.get("register_number") or "",
    )
    if not alike:
        return []
    own = Referral.objects.visible_to(member).filter(organisation_id=member.organisation_id)
    about = own.filter(pathway__person__in=[each.person.pk for each in alike])
    return list(about.select_related("pathway__person", "organisation").order_by("-referred_on", "pk"))


PERSON_SAID = (
    "given_name",
    "family_name",
    "birth_on",
    "register_number",
    "phone",
    "email",
    "contact_note",
    "language",
    "household_kind",
    "children",
)
REFERRAL_SAID = (
    "known_since",
    "commits",
    "commits_until",
    "successor",
    "landlord_other",
    "dwelling_address",
    "tenant_since",
    "threats",
    "threat_note",
    "repeated_housing",
    "housing_note",
    "income",
    "debts",
    "budget_management",
    "administrator",
    "accepts_support",
    "support_need",
    "motivation",
    "goals",
    "services_running",
    "services_waiting",
    "informed",
    "remarks",
)
CARE_SAID = ("mental_health", "mental_health_note", "addiction", "addiction_note", "justice_note")


def said_of(person: Person, referral: Referral, care: Mapping[str, Any] | None) -> dict[str, Any]:
    """Everything that is told at hand-in, as plain values: it is frozen and never written again."""
    registration, consent = registration_of(person), next(iter(consents_of(person)), None)
    return {
        "person": _plain(person, PERSON_SAID),
        "residences": [plain_residence(each) for each in residences_of(person)],
        "registration": _plain(registration, ("registered", "where", "number", "since_on")) if registration else None,
        "consent": _plain(consent, ("given_on", "purpose")) if consent else None,
        "referral": _plain(referral, REFERRAL_SAID) | {"landlord": referral.landlord and referral.landlord.name},
        "care": dict(care) if care else None,
    }


def _plain(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return plain_answers({name: getattr(row, name) for name in names})


def plain_residence(row: Residence) -> dict[str, Any]:
    """A stored period as plain values."""
    days = ("from_earliest", "from_latest", "until_earliest", "until_latest")
    return _plain(row, ("municipality", "address", "kind", "domicile", "still_there", *days))


def open_pathway_of(person: Person, *, leave_out: UUID | None = None) -> Pathway | None:
    """The one pathway of this person that is not closed."""
    return Pathway.objects.open().filter(person=person).exclude(pk=leave_out).first()
