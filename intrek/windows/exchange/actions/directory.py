"""Who and what the rows of a list name: looked up once, made when it is new."""

from collections.abc import Iterable

from django.db import transaction

from intrek.ground.common.folding import folded
from intrek.ground.journal.actions import Actor
from intrek.ground.partners.actions import add_contact, add_organisation
from intrek.ground.partners.models import Contact, Organisation, OrganisationName, Sector
from intrek.ground.partners.queries import lead_of
from intrek.ground.programmes.models import Programme, Track
from intrek.ground.programmes.queries import tracks_of
from intrek.ground.services.actions import add_service
from intrek.ground.services.models import OutsideService
from intrek.windows.exchange.rules.partners import Partner


class Directory:
    """The programme's partners, their people, its services and tracks, by folded name, so that no row asks for them again."""

    def __init__(self, programme: Programme, *, by: Actor | None) -> None:
        self.programme, self.by = programme, by
        self.look_up()

    def look_up(self) -> None:
        """Read everything again: what a row made may have been taken back with it."""
        names = OrganisationName.objects.filter(programme=self.programme).select_related("organisation")
        self.organisations: dict[str, Organisation] = {each.folded: each.organisation for each in names}
        people = Contact.objects.filter(programme=self.programme).order_by("-created_at", "-pk")
        # In this order the first who bore a name is the one that is kept.
        self.contacts: dict[tuple[object, str], Contact] = {
            (each.organisation_id, folded(each.name)): each for each in people
        }
        services = OutsideService.objects.filter(programme=self.programme)
        self.services: dict[str, OutsideService] = {each.folded: each for each in services}
        self.tracks: dict[str, Track] = {each.kind: each for each in tracks_of(self.programme)}
        self.lead = lead_of(self.programme)

    def organisation(self, name: str) -> Organisation | None:
        """The partner of this name, also of an older one (P7)."""
        return self.organisations.get(folded(name))

    def contact(self, organisation: Organisation | None, name: str) -> Contact | None:
        """Somebody of a partner, made known by their first row; nobody without a name."""
        if organisation is None or not folded(name):
            return None
        key = (organisation.pk, folded(name))
        if key not in self.contacts:
            self.contacts[key] = add_contact(organisation, name[:120])
        return self.contacts[key]

    def service(self, name: str) -> OutsideService:
        """The service of this name, made known by the first who asked it."""
        if folded(name) not in self.services:
            self.services[folded(name)] = add_service(self.programme, name)
        return self.services[folded(name)]

    @transaction.atomic
    def take_in(self, partners: Iterable[Partner]) -> int:
        """The partners of the list join the programme; the lead that the programme names is among them and is not doubled (P7). How many are new."""
        listed = [each for each in partners if each.sector]
        named = {folded(each.name) for each in listed}
        lead_name = self.programme.lead_name
        before = len(self.organisations)
        if self.lead is None and lead_name and folded(lead_name) not in named:
            self._join(lead_name, Sector.LEAD)
        for each in listed:
            organisation = self.organisation(each.name) or self._join(each.name, each.sector or Sector.WELFARE)
            self.contact(organisation, each.contact)
        return len(self.organisations) - before

    def _join(self, name: str, sector: Sector) -> Organisation:
        leads = sector == Sector.LEAD or folded(name) == folded(self.programme.lead_name)
        if leads:
            sector = Sector.LEAD if self.lead is None else Sector.WELFARE
        made = add_organisation(self.programme, name, sector=sector, on=None, by=self.by)
        if sector == Sector.LEAD:
            self.lead = made
        self.organisations[folded(name)] = made
        return made
