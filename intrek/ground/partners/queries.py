"""Finding organisations and their people."""

from datetime import date

from django.db.models import Q, QuerySet

from intrek.ground.common.folding import folded
from intrek.ground.partners.models import Contact, Membership, Organisation, OrganisationName, Role
from intrek.ground.programmes.models import Programme


def find_organisation(programme: Programme, name: str) -> Organisation | None:
    """The organisation that has or had this name, without regard to case, accents and punctuation (P7)."""
    found = (
        OrganisationName.objects.filter(programme=programme, folded=folded(name)).select_related("organisation").first()
    )
    return found.organisation if found else None


def find_contact(organisation: Organisation, name: str) -> Contact | None:
    """Somebody of this organisation by name, without regard to case, accents and punctuation."""
    wanted = folded(name)
    people = Contact.objects.filter(programme_id=organisation.programme_id, organisation=organisation).order_by(
        "created_at", "pk"
    )
    return next((each for each in people if folded(each.name) == wanted), None)


def workers_of(programme: Programme, on: date) -> QuerySet[Contact]:
    """The coordinators and support workers of a day, and lead people who carry a pathway without having an account yet."""
    holds = Q(memberships__role__in=[Role.COORDINATOR, Role.SUPPORT_WORKER], memberships__from_on__lte=on)
    still = Q(memberships__until_on=None) | Q(memberships__until_on__gte=on)
    team = Contact.objects.filter(holds & still, programme=programme).values("pk")
    without_account = Contact.objects.filter(
        programme=programme, user=None, pathways__isnull=False, left_on=None
    ).values("pk")
    return Contact.objects.filter(Q(pk__in=team) | Q(pk__in=without_account)).order_by("name", "pk")


def lead_of(programme: Programme) -> Organisation | None:
    """The organisation that leads the programme."""
    return Organisation.objects.filter(programme=programme, sector="lead").order_by("created_at", "pk").first()


def coordinators_of(programme: Programme, on: date) -> QuerySet[Contact]:
    """Who coordinates the programme on a day."""
    held = Membership.objects.in_force(on).filter(programme=programme, role=Role.COORDINATOR).values("contact_id")
    return Contact.objects.filter(pk__in=held).order_by("name", "pk")
