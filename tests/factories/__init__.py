"""A programme with people in it, in a line: plain functions over the actions, so that nothing impossible is ever made.

    member("coordinator")            somebody of the lead of Bruges, who looks today
    member("referrer", organisation("CAW"))
    pathway(stage="waiting", track="sitting", person=person("Jan", "Peeters"))

Every function takes what it needs and makes the rest. `TODAY` is the real day, as pages ask the clock.
"""

from datetime import timedelta
from itertools import count

from django.db import connection
from django.utils import timezone

from intrek.ground.access.actions import grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.accounts.models import User
from intrek.ground.common import wall
from intrek.ground.partners.actions import add_contact, add_organisation, give_role
from intrek.ground.partners.models import Contact, Organisation, Role, Sector
from intrek.ground.partners.queries import find_organisation, lead_of
from intrek.ground.pathways import actions as pathways
from intrek.ground.pathways.models import Awaited, Ending, Party, Stage, Station
from intrek.ground.people.actions import add_person
from intrek.ground.programmes.actions import install_definition
from intrek.ground.programmes.queries import find_programme, track_of
from tests.common.replay import noted, say_again

BRUGGE, SECOND = "brugge", "midden-west"
PASSWORD = "een goed wachtwoord"
NUMBERS = count(1)
ROWS = {}
SECTORS = {Role.REFERRER: Sector.WELFARE, Role.HOUSING_OFFICER: Sector.HOUSING}
# The categories that the organisation of a referral sees of it.
SEEN_BY_REFERRER = (Category.IDENTITY, Category.CONTACT, Category.PROGRESS, Category.REFERRAL)
STAGES = {
    Stage.NEW: (),
    Stage.ON_AGENDA: (Stage.ON_AGENDA,),
    Stage.WAITING: (Stage.ON_AGENDA, Stage.WAITING),
    Stage.ALLOCATED: (Stage.ON_AGENDA, Stage.WAITING, Stage.ALLOCATED),
    Stage.RUNNING: (Stage.ON_AGENDA, Stage.WAITING, Stage.RUNNING),
    Stage.AFTERCARE: (Stage.ON_AGENDA, Stage.WAITING, Stage.RUNNING, Stage.AFTERCARE),
}


def real_today():
    """The day it is."""
    return timezone.localdate()


def programme_brugge():
    """The programme of Bruges, with its rules, codes and lead."""
    return _programme(BRUGGE, "OCMW Brugge")


def second_programme():
    """Another programme, which asks other things (P5); what is in it must never show up in the first."""
    return _programme(SECOND, "OCMW Roeselare")


def _programme(slug, lead):
    """As its actions make it, with its lead: worked out once in a process, since nearly every test begins with it."""
    known = find_programme(slug)
    if known and lead_of(known):
        return known
    if known or (slug, real_today()) not in ROWS:
        with noted(connection) as statements:
            programme = known or install_definition(slug)
            add_organisation(programme, lead, sector=Sector.LEAD, on=real_today(), by=None, bound_by_secrecy=True)
        if not known:
            ROWS[slug, real_today()] = [each for each in statements if each[0].startswith("INSERT")]
        return programme
    say_again(connection, ROWS[slug, real_today()])
    programme = find_programme(slug)
    wall.let_in(programme.pk)
    return programme


def organisation(name="CAW RegioBrugge", *, sector=Sector.WELFARE, programme=None) -> Organisation:
    """A partner, made once under this name."""
    programme = programme or programme_brugge()
    known = find_organisation(programme, name)
    return known or add_organisation(programme, name, sector=sector, on=real_today(), by=None)


def contact(name="", *, at=None, **facts) -> Contact:
    """Somebody of a partner, without an account."""
    return add_contact(at or organisation(), name or f"Mia Muster {next(NUMBERS)}", **facts)


def member(role="coordinator", at=None, *, name="", programme=None, email="", on=None, from_on=None, **facts):
    """Somebody with an account and this role, who looks today (`on`). `at`: the organisation, else one that fits the role."""
    number = next(NUMBERS)
    at = at or _organisation_for(Role(role), programme or programme_brugge())
    person_of_it = add_contact(at, name or f"{Role(role).value.replace('_', ' ').title()} {number}")
    user = User.objects.create_user(email or f"p{number}@example.org", PASSWORD, name=person_of_it.name, **facts)
    on = on or real_today()
    made = give_role(user, person_of_it, Role(role), from_on=from_on or on - timedelta(days=400), by=None)
    return made.standing_on(on)


def _organisation_for(role, programme):
    sector = SECTORS.get(role)
    if sector is None:
        return lead_of(programme)
    name = "Vivendo" if sector == Sector.HOUSING else "CAW RegioBrugge"
    return organisation(name, sector=sector, programme=programme)


def person(given_name="", family_name="", *, programme=None, on=None, **facts):
    """A human being of the programme; the name is new each time unless it is given."""
    number = next(NUMBERS)
    return add_person(
        programme or programme_brugge(),
        given_name=given_name or "Jan",
        family_name=family_name or f"Proefmans{number}",
        on=on or real_today(),
        by=None,
        **facts,
    )


def pathway(stage=Stage.NEW, track="trial", *, programme=None, of=None, referred_by=None, on=None, worker=None):
    """One person's way, brought to a stage by the table of moves, with the day it came to each; it awaits somebody.

    Rooms of the story make their own rows; this has none of them. `of`: the person, `referred_by`: the organisation, `on`: the
    day of referral, `worker`: a contact.
    """
    programme = programme or (of.programme if of else programme_brugge())
    on = on or real_today() - timedelta(days=60)
    referred_by = referred_by or organisation(programme=programme)
    made = pathways.open_pathway(
        of or person(programme=programme),
        track_of(programme, track),
        referred_by=referred_by,
        on=on,
        number_year=on.year,
        by=None,
    )
    grant(made.pk, referred_by, ground=Ground.OWN_REFERRAL, categories=SEEN_BY_REFERRER, from_on=on)
    _walk(made, Stage(stage), on)
    return pathways.assign_worker(made, worker, on=on, by=None) if worker else made


def _walk(made, stage, on):
    if stage == Stage.CLOSED:
        return pathways.close_pathway(made, ending=Ending.WITHDRAWN, on=on + timedelta(days=7), by=None)
    days = {
        Stage.ON_AGENDA: "",
        Stage.WAITING: "accepted_on",
        Stage.RUNNING: "started_on",
        Stage.AFTERCARE: "aftercare_on",
    }
    for weeks, step in enumerate(STAGES[stage], start=1):
        day = on + timedelta(weeks=weeks)
        milestones = {days[step]: day} if days.get(step) else {}
        if step == Stage.WAITING:
            milestones["discussed_on"] = day
            pathways.reach(made, Station.INTERVISION, on=day)
        pathways.move(made, step, **milestones)
    return pathways.await_(made, Awaited.OTHER, party=Party.COORDINATOR, by_day=on + timedelta(weeks=9), text="…")
