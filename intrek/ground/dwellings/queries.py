"""Finding dwellings and who lives in them."""

from datetime import date

from django.db.models import Q, QuerySet

from intrek.ground.common.folding import folded
from intrek.ground.dwellings import rules
from intrek.ground.dwellings.models import Dwelling, Occupancy
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import Programme


def find_dwelling(programme: Programme, address: str) -> Dwelling | None:
    """The dwelling at this address, without regard to case, accents and punctuation."""
    return Dwelling.objects.filter(programme=programme, folded=folded(address)).order_by("created_at", "pk").first()


def stay_of(occupancy: Occupancy) -> rules.Stay:
    """An occupancy as the rules look at it."""
    return rules.Stay(
        person_id=occupancy.person_id,
        person=occupancy.person.name,
        dwelling_id=occupancy.dwelling_id,
        dwelling=str(occupancy.dwelling),
        from_on=occupancy.from_on,
        until_on=occupancy.until_on,
        household_of=occupancy.with_household_of_id,
    )


def stays_around(dwelling: Dwelling, person: Person) -> list[rules.Stay]:
    """The stays in this dwelling and those of this person anywhere."""
    rows = Occupancy.objects.filter(Q(dwelling=dwelling) | Q(person=person), programme_id=dwelling.programme_id)
    return [stay_of(each) for each in rows.select_related("person", "dwelling").order_by("from_on", "pk")]


def living_in(programme: Programme, on: date) -> QuerySet[Occupancy]:
    """Who lives where on a day."""
    here = Occupancy.objects.filter(programme=programme).filter(Q(from_on=None) | Q(from_on__lte=on))
    return here.filter(Q(until_on=None) | Q(until_on__gte=on))


def pathway_in(dwelling: Dwelling) -> Pathway | None:
    """Whose home it is now, as far as the programme knows."""
    lived = Occupancy.objects.filter(dwelling=dwelling, until_on=None, with_household_of=None, pathway__isnull=False)
    stay = lived.select_related("pathway__worker", "pathway__programme").order_by("pk").first()
    return stay.pathway if stay else None
