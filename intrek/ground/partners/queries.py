"""Finding organisations and their people."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from intrek.ground.accounts.queries import refusals_of
from intrek.ground.common.folding import folded
from intrek.ground.partners.models import Contact, Membership, Organisation, OrganisationName, Reset, Role, Sector
from intrek.ground.programmes.models import Programme


def find_organisation(programme: Programme, name: str) -> Organisation | None:
    """The organisation that has or had this name, without regard to case, accents and punctuation (P7)."""
    found = (
        OrganisationName.objects.filter(programme=programme, folded=folded(name)).select_related("organisation").first()
    )
    return found.organisation if found else None


def names_of(programme: Programme) -> dict[UUID, str]:
    """What each organisation is called, those that left included."""
    return dict(Organisation.objects.filter(programme=programme).order_by("pk").values_list("pk", "name"))


def find_contact(organisation: Organisation, name: str) -> Contact | None:
    """Somebody of this organisation by name, without regard to case, accents and punctuation."""
    wanted = folded(name)
    people = Contact.objects.filter(programme_id=organisation.programme_id, organisation=organisation).order_by(
        "created_at", "pk"
    )
    return next((each for each in people if folded(each.name) == wanted), None)


def language_of(contact: Contact) -> str:
    """The language in which somebody reads; who does not sign in reads that of the installation."""
    return (contact.user.language if contact.user else "") or settings.LANGUAGE_CODE


def workers_of(programme: Programme, on: date) -> QuerySet[Contact]:
    """The coordinators and support workers of a day, and lead people who carry a pathway without having an account yet."""
    holds = Q(memberships__role__in=[Role.COORDINATOR, Role.SUPPORT_WORKER], memberships__from_on__lte=on)
    still = Q(memberships__until_on=None) | Q(memberships__until_on__gte=on)
    team = Contact.objects.filter(holds & still, programme=programme).values("pk")
    # Imported lists name workers who have no account yet; that they carry pathways is noted when they are assigned one.
    carriers = Q(programme=programme, carries_pathways=True, user=None, left_on=None)
    return Contact.objects.filter(Q(pk__in=team) | carriers).order_by("name", "pk")


def lead_of(programme: Programme) -> Organisation | None:
    """The organisation that leads the programme."""
    return Organisation.objects.filter(programme=programme, sector="lead").order_by("created_at", "pk").first()


def coordinators_of(programme: Programme, on: date) -> QuerySet[Contact]:
    """Who coordinates the programme on a day."""
    held = Membership.objects.in_force(on).filter(programme=programme, role=Role.COORDINATOR).values("contact_id")
    return Contact.objects.filter(pk__in=held).order_by("name", "pk")


def who_hears(programme: Programme, on: date, *others: Contact | None) -> list[Contact]:
    """Who coordinates on a day, and these others; each once."""
    return list({each.pk: each for each in (*coordinators_of(programme, on), *others) if each}.values())


def watchers_of(programme_id: UUID, on: date) -> list[Contact]:
    """Who watches over who looks: the data protection officers of a day; where there is none, the coordinators."""
    held = Membership.objects.in_force(on).filter(programme_id=programme_id).select_related("contact")
    for role in (Role.PROTECTION_OFFICER, Role.COORDINATOR):
        if found := [each.contact for each in held.filter(role=role).order_by("contact__name", "pk")]:
            return found
    return []


def colleagues_elsewhere(programme_id: UUID, on: date) -> list[Membership]:
    """The support workers and coordinators of other programmes here, by name: who can stand in for a while."""
    held = Membership.objects.in_force(on).exclude(programme_id=programme_id)
    team = held.filter(role__in=[Role.COORDINATOR, Role.SUPPORT_WORKER]).select_related("contact", "programme", "user")
    return list(team.order_by("contact__name", "pk"))


def organisations_of(programme: Programme) -> QuerySet[Organisation]:
    """The partners of a programme, with how many people of each are still there."""
    still = Count("people", filter=Q(people__left_on=None))
    return Organisation.objects.filter(programme=programme).select_related("successor").annotate(people_count=still)


def others_than(organisation: Organisation) -> list[Organisation]:
    """The other partners of the programme that are still there, by name."""
    still = Organisation.objects.filter(programme_id=organisation.programme_id, until_on=None)
    return list(still.exclude(pk=organisation.pk).order_by("name", "pk"))


def receivers_of(programme: Programme) -> list[tuple[Organisation, list[Contact]]]:
    """The partners that something can be shared with, each with the people who are still there; two queries."""
    still = Organisation.objects.filter(programme=programme, until_on=None).order_by("name", "pk")
    people = Contact.objects.filter(left_on=None).order_by("name", "pk")
    rows = still.prefetch_related(Prefetch("people", people, to_attr="still_there"))
    return [(each, each.still_there) for each in rows]


def by_sector(organisations: list[Organisation]) -> list[tuple[Sector, list[Organisation]]]:
    """Partners under the side they stand on, the lead first; a side without partners is left out."""
    sides = [(sector, [each for each in organisations if each.sector == sector]) for sector in Sector]
    return [(sector, found) for sector, found in sides if found]


def housing_officers_of(organisation_id: UUID, on: date) -> list[Contact]:
    """Who signs in for a landlord on a day."""
    held = Membership.objects.in_force(on).filter(organisation_id=organisation_id, role=Role.HOUSING_OFFICER)
    found = Contact.objects.filter(pk__in=held.order_by().values("contact_id"))
    return list(found.select_related("user", "organisation").order_by("name", "pk"))


def people_of(organisation: Organisation, on: date) -> list[Contact]:
    """Who works there, those who left last, each with the roles that have not ended (``current_roles``)."""
    roles = Membership.objects.filter(Q(until_on=None) | Q(until_on__gte=on)).order_by("from_on", "pk")
    people = Contact.objects.filter(programme_id=organisation.programme_id, organisation=organisation)
    people = people.select_related("user").prefetch_related(Prefetch("memberships", roles, to_attr="current_roles"))
    return sorted(people.order_by("name", "pk"), key=lambda each: each.left_on is not None)


def accounts_of(programme: Programme) -> QuerySet[Membership]:
    """Every role in the programme, of now and before, by name."""
    held = Membership.objects.filter(programme=programme).select_related("user", "contact", "organisation")
    return held.order_by("contact__name", "-from_on", "pk")


def tell_refusals(held: Sequence[Any]) -> None:
    """Put to each role as whom its account was refused at the door lately (``refused``); one query for all of them."""
    found = refusals_of({each.user_id: each.user for each in held}.values())
    for each in held:
        each.refused = found.get(each.user_id, [])


def open_resets(programme_id: UUID) -> QuerySet[Reset]:
    """Who was let in again and waits for a second colleague, the first to lock first."""
    rows = Reset.objects.filter(programme_id=programme_id, confirmed_at=None)
    return rows.select_related("membership__user", "membership__contact", "asked_by__contact").order_by(
        "confirm_by", "pk"
    )


def who_may_confirm(reset: Reset, on: date) -> list[Membership]:
    """The colleagues who may agree: who gives roles, other than who asked and who was let in."""
    held = Membership.objects.in_force(on).filter(
        programme_id=reset.programme_id, role__in=[Role.COORDINATOR, Role.ADMINISTRATOR]
    )
    others = held.exclude(user_id__in=[reset.asked_by.user_id, reset.membership.user_id])
    return list(others.select_related("user", "contact").order_by("contact__name", "pk"))


def is_only_coordinator(membership: Membership, on: date) -> bool:
    """Whether nobody else coordinates the programme on that day."""
    others = Membership.objects.in_force(on).filter(programme_id=membership.programme_id, role=Role.COORDINATOR)
    return membership.role == Role.COORDINATOR and not others.exclude(user_id=membership.user_id).exists()
