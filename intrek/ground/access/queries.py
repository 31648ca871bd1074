"""What a member sees: read from memberships and grants alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from intrek.ground.access.models import (
    OWN_GROUNDS,
    SHARED_GROUNDS,
    BreakIn,
    Category,
    CloseTie,
    Grant,
    Ground,
    Share,
)
from intrek.ground.access.policy import LOOKS_AS, PARTNER_READS, grounds_of, readable
from intrek.ground.partners.models import Membership, Organisation, Protocol, Role, Sector

Rows = TypeVar("Rows", bound=QuerySet[Any])
PARTNERS = frozenset(role.value for role, _ground in PARTNER_READS)


def roles_of(user_id: Any) -> list[Membership]:
    """Every role that an account holds, held or will hold, the first one first; with account, programme and organisation."""
    rows = Membership.objects.filter(user_id=user_id).select_related("user", "programme", "organisation", "contact")
    return list(rows.order_by("from_on", "pk"))


def holding(grants: QuerySet[Grant], on: date) -> QuerySet[Grant]:
    """Those that hold on a day; what is shared only while a protocol with the organisation is in force."""
    protocol = Protocol.objects.in_force(on).filter(organisation_id=OuterRef("organisation_id"))
    return grants.in_force(on).filter(~Q(ground__in=sorted(SHARED_GROUNDS)) | Exists(protocol))  # type: ignore[attr-defined]


def grants_to(member: Membership, grounds: Collection[str] | None = None) -> QuerySet[Grant]:
    """The grants that open pathways to this member today, through their organisation and role; on these grounds only, if named."""
    if member.on is None:
        raise ValueError("A member looks on a day: use standing_on().")
    asked = [each for each in grounds_of(member.role) if grounds is None or each in grounds]
    theirs = Q(contact=None) | Q(contact_id=member.contact_id) if member.contact_id else Q(contact=None)
    own = {"programme_id": member.programme_id, "organisation_id": member.organisation_id, "ground__in": asked}
    return holding(Grant.objects.filter(theirs, **own), member.on)


def visible_rows(rows: Rows, member: Membership | None, *, pathway: str, grounds: Collection[str]) -> Rows:
    """Those of ``rows`` that belong to pathways this member may see; ``pathway`` is the path to the pathway's id.

    The programme's staff see their programme; partners what is granted to them on these grounds: their own, unless the
    page is about what is shared; every other role sees no person at all.
    """
    if member is None:
        return rows.none()
    own = rows.filter(programme_id=member.programme_id)
    if member.is_staff_of_programme:
        return own
    if member.role in PARTNERS:
        # Asked of each row that a page wants, and not gathered first: a partner of many years has thousands of grants.
        return own.filter(Exists(grants_to(member, grounds).filter(pathway_id=OuterRef(pathway))))
    return rows.none()


def categories_of(member: Membership, pathway_id: UUID, grounds: Collection[str] | None = None) -> frozenset[str]:
    """The kinds of facts of this pathway that are open to the member: what was granted, cut by what the policy lets them read."""
    if member.is_staff_of_programme:
        return frozenset(Category.values)
    return opened_to(member, grants_to(member, grounds).filter(pathway_id=pathway_id))


def opened_to(member: Membership, grants: Iterable[Grant]) -> frozenset[str]:
    """The kinds of facts that these grants open to the member together, cut by what the policy lets them read."""
    bound = member.is_bound_by_secrecy
    opened = (readable(member.role, each.ground, bound=bound) & set(each.categories) for each in grants)
    return frozenset().union(*opened)


def in_words(categories: Collection[str]) -> str:
    """Kinds of facts, as people read them, in the order of the list."""
    return ", ".join(str(each.label) for each in Category if each.value in categories)


def shares_of(pathway_id: UUID, programme_id: UUID) -> list[Share]:
    """What was ever shared of a pathway, the newest first."""
    rows = Share.objects.filter(programme_id=programme_id, pathway_id=pathway_id)
    return list(rows.select_related("organisation", "contact").order_by("-from_on", "-created_at", "pk"))


@dataclass(frozen=True)
class Sight:
    """That an organisation (or one person of it) sees these kinds of facts of a pathway today, on this ground."""

    organisation: Organisation
    who: str
    ground: str
    categories: str
    until: date | None


def sights_of(pathway_id: UUID, programme_id: UUID, on: date) -> list[Sight]:
    """Which partners see what of a pathway on a day: what their grants hold after the policy has cut them."""
    grants = holding(Grant.objects.filter(programme_id=programme_id, pathway_id=pathway_id), on)
    rows = grants.select_related("organisation", "contact").order_by("organisation__name", "ground", "pk")
    return [sight for each in rows if (sight := _sight(each)).categories]


def _sight(grant: Grant) -> Sight:
    organisation, contact = grant.organisation, grant.contact
    bound = organisation.bound_by_secrecy and (contact is None or contact.bound_by_secrecy)
    opened = readable(LOOKS_AS[Sector(organisation.sector)], grant.ground, bound=bound) & set(grant.categories)
    words = in_words(opened)
    who = f"{contact} ({organisation})" if contact else str(organisation)
    return Sight(organisation, who, str(Ground(grant.ground).label), words, grant.until_on)


def anybody_of(organisation: Organisation, on: date) -> Membership:
    """Somebody of a partner who holds no account: to see what such a person would see, saved nowhere."""
    role = LOOKS_AS[Sector(organisation.sector)]
    made = Membership(programme_id=organisation.programme_id, organisation=organisation, role=role, from_on=on)
    return made.standing_on(on)


def lookers_of(programme_id: UUID, on: date) -> list[Membership]:
    """The people of partners who can look at persons on a day, by organisation."""
    held = Membership.objects.in_force(on).filter(programme_id=programme_id, role__in=sorted(PARTNERS))
    named = held.select_related("organisation", "contact", "programme")
    return [each.standing_on(on) for each in named.order_by("organisation__name", "contact__name", "pk")]


class VisibleQuerySet(QuerySet[Any]):
    """A queryset of rows that hang on a pathway through ``pathway_id``."""

    pathway_path = "pathway_id"

    def visible_to(self, member: Membership | None, *, grounds: Collection[str] = OWN_GROUNDS) -> Self:
        """Those the member may see (P7); a partner on these grounds only."""
        return visible_rows(self, member, pathway=self.pathway_path, grounds=grounds)


class LandlordQuerySet(QuerySet[Any]):
    """A queryset of rows that a landlord has a part in: the organisation named by ``landlord_path``."""

    landlord_path = "organisation_id"

    def visible_to(self, member: Membership | None) -> Self:
        """The programme's staff see all of them, a housing officer those of their own organisation (P7)."""
        if member is None:
            return self.none()
        own = self.filter(programme_id=member.programme_id)
        if member.is_staff_of_programme:
            return own
        is_landlord = member.role == Role.HOUSING_OFFICER
        return own.filter(**{self.landlord_path: member.organisation_id}) if is_landlord else self.none()


def open_break_in(member: Membership, pathway_id: UUID, *, at: datetime) -> BreakIn | None:
    """The reason for which a file of another team is open to this member now, if it is."""
    rows = BreakIn.objects.filter(member_id=member.pk, pathway_id=pathway_id, opened_at__lte=at, until_at__gt=at)
    return rows.select_related("programme").order_by("-until_at").first()


def tie_of(member: Membership, pathway_id: UUID) -> CloseTie | None:
    """How this member said they know the person outside of work."""
    return CloseTie.objects.filter(member_id=member.pk, pathway_id=pathway_id, ended_at=None).first()
