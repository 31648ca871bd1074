"""Who plays in the demo: invented organisations, colleagues with accounts, and people who are referred."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from intrek.ground.accounts.actions import set_up_app
from intrek.ground.accounts.models import User
from intrek.ground.partners.actions import add_contact, add_organisation, give_role
from intrek.ground.partners.models import Membership, Organisation, Role, Sector
from intrek.ground.partners.queries import find_organisation
from intrek.ground.programmes.models import Programme

PASSWORD = "mijn-eigen-voordeur"  # noqa: S105  the demo's own, printed when it starts; a real installation has no demo
DOMAIN = "voorbeeld.be"

LEAD = "OCMW Voorbeeld"
HOSPITAL = "Ziekenhuis Sint-Godelieve"
STREET = "Straathoekwerk De Brug"
SHELTER = "Opvang Het Anker"
HOUSING = "Woonmaatschappij De Reie"
SECOND_HOUSING = "Sociaal Verhuurkantoor Minnewater"

ORGANISATIONS = (
    (LEAD, Sector.LEAD),
    (HOSPITAL, Sector.WELFARE),
    (STREET, Sector.WELFARE),
    (SHELTER, Sector.WELFARE),
    (HOUSING, Sector.HOUSING),
    (SECOND_HOUSING, Sector.HOUSING),
)


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account."""

    key: str
    name: str
    organisation: str
    role: Role
    function: str = ""
    bound_by_secrecy: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


COLLEAGUES = (
    Colleague("an", "An Verhaeghe", LEAD, Role.COORDINATOR, "coördinator"),
    Colleague("ruben", "Ruben Desmet", LEAD, Role.SUPPORT_WORKER, "woonbegeleider"),
    Colleague("hanne", "Hanne Lievens", LEAD, Role.SUPPORT_WORKER, "woonbegeleider"),
    Colleague("ilse", "Ilse Dewaele", HOSPITAL, Role.REFERRER, "sociaal werker", bound_by_secrecy=True),
    Colleague("bram", "Bram Sercu", STREET, Role.REFERRER, "straathoekwerker"),
    Colleague("hilde", "Hilde Sys", HOUSING, Role.HOUSING_OFFICER, "huurdersbegeleider"),
    Colleague("wim", "Wim Pauwels", SECOND_HOUSING, Role.HOUSING_OFFICER, "medewerker verhuur"),
    Colleague("greet", "Greet Maes", SHELTER, Role.STEERING_MEMBER, "directeur"),
    Colleague("dirk", "Dirk Coppens", LEAD, Role.PROTECTION_OFFICER, "functionaris gegevensbescherming"),
    Colleague("els", "Els Vermeire", LEAD, Role.ADMINISTRATOR, "informatica"),
)


@dataclass
class Cast:
    """The demo's programme on a day, with its organisations and members at hand."""

    programme: Programme
    on: date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    members: dict[str, Membership] = field(default_factory=dict)

    def ago(self, days: int) -> date:
        """So many days before today; a negative number lies ahead."""
        return self.on - timedelta(days=days)

    def member(self, key: str, days_ago: int = 0) -> Membership:
        """A colleague, acting on a day of the past."""
        return self.members[key].standing_on(self.ago(days_ago))


def new_account(colleague: Colleague) -> User:
    """An account with the demo's password and an app whose codes ``manage.py demo_code`` prints."""
    user = User.objects.create_user(colleague.email, PASSWORD, name=colleague.name, language="nl")
    set_up_app(user)
    return user


def gather(programme: Programme, on: date) -> Cast:
    """Make the organisations and the colleagues, each with an account and a role since two years."""
    cast, since = Cast(programme, on), on - timedelta(days=730)
    for name, sector in ORGANISATIONS:
        known = find_organisation(programme, name)
        cast.organisations[name] = known or add_organisation(
            programme, name, sector=sector, on=since, by=None, bound_by_secrecy=sector != Sector.HOUSING
        )
    for colleague in COLLEAGUES:
        user = User.objects.filter(email=colleague.email).first() or new_account(colleague)
        contact = add_contact(
            cast.organisations[colleague.organisation],
            colleague.name,
            function=colleague.function,
            bound_by_secrecy=colleague.bound_by_secrecy,
            email=colleague.email,
            phone="050 00 11 22",
            user=user,
        )
        cast.members[colleague.key] = give_role(user, contact, colleague.role, from_on=since, by=None)
    return cast
