"""What a member sees: read from memberships and grants alone."""

from typing import Any, Self, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.access.models import Grant, Ground
from intrek.ground.partners.models import Membership, Role

Rows = TypeVar("Rows", bound=QuerySet[Any])

PARTNER_GROUNDS = {
    Role.REFERRER: (Ground.OWN_REFERRAL, Ground.SHARE, Ground.MEETING),
    Role.HOUSING_OFFICER: (Ground.OWN_REFERRAL, Ground.OWN_DWELLING),
}


def grants_to(member: Membership) -> QuerySet[Grant]:
    """The grants that open pathways to this member today, through their organisation and role."""
    if member.on is None:
        raise ValueError("A member looks on a day: use standing_on().")
    grounds = PARTNER_GROUNDS.get(Role(member.role), ())
    grants = Grant.objects.in_force(member.on).filter(
        programme_id=member.programme_id, organisation_id=member.organisation_id, ground__in=grounds
    )
    return grants.filter(contact=None) | grants.filter(contact_id=member.contact_id)


def visible_rows(rows: Rows, member: Membership | None, *, pathway: str = "pathway_id") -> Rows:
    """Those of ``rows`` that belong to pathways this member may see; ``pathway`` is the path to the pathway's id.

    The programme's staff see their programme; partners what is granted to them; every other role sees no person at all.
    """
    if member is None:
        return rows.none()
    own = rows.filter(programme_id=member.programme_id)
    if member.is_staff_of_programme:
        return own
    if member.role in PARTNER_GROUNDS:
        return own.filter(**{f"{pathway}__in": grants_to(member).values("pathway_id")})
    return rows.none()


def categories_of(member: Membership, pathway_id: UUID) -> set[str]:
    """The categories of this pathway that are open to the member through grants (staff of the programme: all, not asked here)."""
    found: set[str] = set()
    for categories in grants_to(member).filter(pathway_id=pathway_id).values_list("categories", flat=True):
        found.update(categories)
    return found


class VisibleQuerySet(QuerySet[Any]):
    """A queryset of rows that hang on a pathway through ``pathway_id``."""

    pathway_path = "pathway_id"

    def visible_to(self, member: Membership | None) -> Self:
        """Those the member may see (P7)."""
        return visible_rows(self, member, pathway=self.pathway_path)
