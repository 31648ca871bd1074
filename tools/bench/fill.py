"""A scratch programme of any size: 41 pathways open for the measured worker, up to 1,000 open in all, the rest closed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction

from intrek.ground.accounts.models import User
from intrek.ground.common.folding import folded, folded_words
from intrek.ground.journal.models import Entry
from intrek.ground.journal.rules import sealed
from intrek.ground.partners.actions import add_contact, add_organisation, give_role
from intrek.ground.partners.models import Contact, Membership, Organisation, Role, Sector
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Stage, Station, Step, StepState
from intrek.ground.people.models import NameKey, Person
from intrek.ground.programmes.actions import install_definition
from intrek.ground.programmes.models import Programme, Track
from intrek.ground.services.models import OutsideService, ServiceRequest
from intrek.story.referral.models import Referral, ReferralCare
from intrek.story.support.models import Goal, SupportTerm, Visit, VisitState
from tools.bench import partners
from tools.bench.scratch import analyse

OF_THE_WORKER = 41
OPEN = 1_000
BATCH = 2_000
KIN, SOUGHT = 20, "Zoekers"
VISITS, ENTRIES = 3, 5
GIVEN = "Johan Martine Steven Fatima Dirk Katrien Bart Nadia Luc Sofie Marc Els Tom Greta Yves Leen Kevin Ann Geert Hilde".split()
FAMILY = "Aerts Baeten Callens Debruyne Everaert Feys Goethals Hoornaert Inghels Jonckheere Kesteloot Lambrecht Maes Naessens".split()
ENDINGS = ".".join("abcdefghijklmnopqrstuvwxyz").split(".")
# As long as what people write after a visit of an hour.
NOTE = "De post samen geopend en gesorteerd, één factuur betaald en de brief van de mutualiteit beantwoord. " * 3

M = TypeVar("M", bound=models.Model)


def in_batches(rows: Iterable[M]) -> None:
    """Write rows a batch at a time, so that memory does not grow with the archive."""
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        type(batch[0])._default_manager.bulk_create(batch)


class Filled:
    """The scratch programme and who looks at it."""

    def __init__(self, size: int, on: date) -> None:
        self.size, self.on = size, on
        self.programme: Programme = install_definition("brugge")
        lead = add_organisation(self.programme, "Bench", sector=Sector.LEAD, on=on, by=None)
        self.partners = [
            add_organisation(self.programme, f"Partner {number}", sector=Sector.WELFARE, on=on, by=None)
            for number in range(15)
        ]
        self.worker = self._member(lead, "worker", Role.SUPPORT_WORKER)
        self.coordinator = self._member(lead, "coordinator", Role.COORDINATOR)
        self.referrer = self._member(self.partners[0], "referrer", Role.REFERRER)
        self.other: Contact = add_contact(lead, "Another worker", carries_pathways=True)
        self.tracks = {track.kind: track for track in Track.objects.filter(programme=self.programme)}

    def _member(self, organisation: Organisation, name: str, role: Role) -> Membership:
        user = User.objects.create_user(f"{name}@bench.example", None, name=name)
        contact = add_contact(organisation, name, user=user)
        return give_role(user, contact, role, from_on=date(2020, 1, 1), by=None)

    def referred_by(self, number: int) -> Organisation:
        """The measured partner refers all of the open ones and one in twenty of the rest, others what is left."""
        is_busy = number < OF_THE_WORKER or number % 20 == 0
        return self.partners[0] if is_busy else self.partners[1 + number % (len(self.partners) - 1)]

    def day(self, number: int) -> date:
        """When pathway ``number`` was referred: the first is the latest."""
        return self.on - timedelta(
            days=1 + number * 3650 // max(self.size, 366) if number >= OPEN else 1 + number % 300
        )

    def stage(self, number: int) -> Stage:
        """The open ones first, of every five two running (the very first too), two before intervision, one waiting; others closed."""
        if number >= min(OPEN, self.size):
            return Stage.CLOSED
        return (Stage.RUNNING, Stage.NEW, Stage.ON_AGENDA, Stage.WAITING, Stage.RUNNING)[number % 5]


def looker(name: str) -> Membership:
    """Who looks at the scratch programme: worker, coordinator, referrer."""
    return Membership.objects.get(user__email=f"{name}@bench.example")


def family_name(number: int) -> str:
    """Names as they are spread in life; the first twenty are kin, so that a search finds twenty at every size."""
    if number < KIN:
        return SOUGHT
    return f"{FAMILY[number % len(FAMILY)]}{ENDINGS[number % 26]}{ENDINGS[number // 26 % 26]}"


def people(filled: Filled) -> list[Person]:
    """One person a pathway, with names as they are spread in life."""
    return [
        Person(
            programme=filled.programme,
            given_name=GIVEN[number % len(GIVEN)],
            family_name=family_name(number),
            birth_on=date(1950 + number % 55, 1 + number % 12, 1 + number % 28),
            phone="050 00 11 22",
        )
        for number in range(filled.size)
    ]


def pathway(filled: Filled, number: int, person: Person) -> Pathway:
    """A pathway as the actions would have left it."""
    on, stage = filled.day(number), filled.stage(number)
    track = filled.tracks["sitting" if number % 4 == 0 else "trial"]
    started = on + timedelta(days=60) if stage in {Stage.RUNNING, Stage.CLOSED} else None
    closed = started + timedelta(days=300) if stage == Stage.CLOSED and started else None
    facts: dict[str, Any] = {}
    if stage != Stage.CLOSED:
        facts = {"awaits": Awaited.DWELLING, "awaits_party": Party.HOUSING, "awaits_by": filled.on + timedelta(days=30)}
    if stage == Stage.RUNNING:
        facts["clock"] = {
            "starts_on": str(filled.on - timedelta(days=100)),
            "ends_on": str(filled.on + timedelta(days=200)),
            "pauses": [],
            "evaluations": [{"due_on": str(filled.on + timedelta(days=5)), "held_on": None}],
        }
    return Pathway(
        programme=filled.programme,
        number=f"{on.year}-{number:06d}",
        person=person,
        track=track,
        current_track=track,
        stage=stage,
        referred_by=filled.referred_by(number),
        worker=filled.worker.contact if number < OF_THE_WORKER else filled.other,
        referred_on=on,
        accepted_on=on + timedelta(days=20) if stage not in {Stage.NEW, Stage.ON_AGENDA} else None,
        started_on=started,
        first_ended_on=closed,
        first_ending=Ending.POSITIVE if closed else "",
        closed_on=closed,
        ending=Ending.POSITIVE if closed else "",
        ended_how="goals_reached" if closed else "",
        home_kept="yes" if closed else "",
        **facts,
    )


def fill(size: int, on: date) -> Filled:
    """Make the scratch programme with ``size`` pathways."""
    filled = Filled(size, on)
    with transaction.atomic():
        persons = people(filled)
        in_batches(persons)
        in_batches(
            NameKey(programme=filled.programme, person=person, word=word)
            for person in persons
            for word in folded_words(person.name)
        )
        pathways = [pathway(filled, number, person) for number, person in enumerate(persons)]
        in_batches(pathways)
        for rows in (steps, referrals, terms, visits, entries, services, goals):
            in_batches(rows(filled, pathways))
        in_batches(
            ReferralCare(
                programme=filled.programme, referral=referral, mental_health="suspected", mental_health_note=NOTE[:120]
            )
            for referral in Referral.objects.filter(programme=filled.programme).iterator(chunk_size=BATCH)
        )
        own = [each for each in pathways if each.referred_by_id == filled.partners[0].pk]
        in_batches(partners.grants(filled.partners[0], own))
        in_batches(partners.messages(_contact(filled.referrer), own, size))
        in_batches(partners.agenda(filled.programme, _contact(filled.coordinator), pathways, on))
    analyse()
    return filled


def _contact(member: Membership) -> Contact:
    return Contact.objects.get(pk=member.contact_id)


def steps(filled: Filled, pathways: list[Pathway]) -> Iterator[Step]:
    """The stations each has passed."""
    for each in pathways:
        passed = [Station.REFERRAL, Station.ELIGIBILITY]
        passed += [Station.INTERVISION] if each.accepted_on else []
        for station in passed:
            yield Step(
                programme=filled.programme, pathway=each, station=station, state=StepState.DONE, on=each.referred_on
            )


def referrals(filled: Filled, pathways: list[Pathway]) -> Iterator[Referral]:
    """What was said."""
    for each in pathways:
        yield Referral(
            programme=filled.programme,
            pathway=each,
            track=each.track,
            organisation=each.referred_by,
            referred_on=each.referred_on,
            support_need=NOTE[:200],
            motivation=NOTE[:100],
        )


def terms(filled: Filled, pathways: list[Pathway]) -> Iterator[SupportTerm]:
    """A support term for all who started."""
    for each in pathways:
        if each.started_on:
            yield SupportTerm(
                programme=filled.programme,
                pathway=each,
                track=each.track,
                worker=each.worker,
                starts_on=each.started_on,
                agreed_last_day=filled.on + timedelta(days=200) if each.is_open else each.closed_on,
                next_evaluation_on=filled.on + timedelta(days=5) if each.is_open else None,
                ended_on=each.closed_on,
                ended_how="goals_reached" if each.closed_on else "",
            )


def visits(filled: Filled, pathways: list[Pathway]) -> Iterator[Visit]:
    """Visits done, and one planned for who is supported now."""
    for each in pathways:
        if not each.started_on:
            continue
        shared = {"programme": filled.programme, "pathway": each, "worker": each.worker}
        for count in range(VISITS):
            on = each.started_on + timedelta(days=7 * count)
            yield Visit(**shared, on=on, state=VisitState.DONE, minutes=75, help_kinds=["talk"], note=NOTE)
        if each.is_open:
            yield Visit(**shared, on=filled.on - timedelta(days=2), state=VisitState.PLANNED)


def entries(filled: Filled, pathways: list[Pathway]) -> Iterator[Entry]:
    """The record of each pathway."""
    for each in pathways:
        for count in range(ENTRIES):
            yield Entry(
                programme_id=filled.programme.pk,
                pathway_id=each.pk,
                person_id=each.person_id,
                subject_type="pathways.pathway",
                subject_id=each.pk,
                verb="pathways.assigned",
                on=each.referred_on + timedelta(days=count) if each.referred_on else None,
                by_label="Bench",
                **sealed("act", facts={"worker": "Bench"}),
            )


def services(filled: Filled, pathways: list[Pathway]) -> Iterator[ServiceRequest]:
    """One service asked for each who started; waiting while open."""
    service = OutsideService.objects.create(programme=filled.programme, name="Poetshulp", folded=folded("Poetshulp"))
    for each in pathways:
        if each.started_on:
            started = None if each.is_open else each.closed_on
            yield ServiceRequest(
                programme=filled.programme, pathway=each, service=service, asked_on=each.started_on, started_on=started
            )


def goals(filled: Filled, pathways: list[Pathway]) -> Iterator[Goal]:
    """One goal for each who started."""
    for each in pathways:
        if each.started_on:
            yield Goal(
                programme=filled.programme,
                pathway=each,
                domain="admin",
                text="Facturen zelf openen",
                set_on=each.started_on,
            )
