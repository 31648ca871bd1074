"""Who knocks at every page, and what each may read: P7 and the law once more in words, apart from the code that keeps it."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.test import Client
from django.utils import timezone

from intrek.ground.access.models import BreakIn, Grant, Ground, Share
from intrek.ground.access.policy import permissions_of
from intrek.ground.partners.actions import end_role
from intrek.ground.partners.models import Role
from intrek.windows.demo.cast import LEAD, SHELTER
from tests.factories import member, real_today

STAFF = {Role.COORDINATOR, Role.SUPPORT_WORKER}
LOOKING = {Role.REFERRER, Role.HOUSING_OFFICER}
SHARED_FILE, EVERYTHING = "portal:shared_file", "rights:everything"
# A file of another team, for an hour to who gave a reason: read, and nothing else.
OUTSIDE_FILE, HOUR = "portal:outside_file", timedelta(hours=1)
# Who of another team can stand in: a coordinator is told their names.
STAND_IN = "partners:stand_in"
# The book of the house: who takes part and what the programme asks. No person is in it.
PUBLIC_ROOMS = ("programmes.", "partners.", "accounts.User")
# Of one's own organisation's referral.
OF_REFERRAL = {
    "people.Person": {
        "pk",
        "given_name",
        "family_name",
        "phone",
        "email",
        "contact_note",
        "language",
        "register_number",
    },
    "pathways.Pathway": {"pk", "number", "awaits_from"},
    "pathways.Promise": {"reason"},
    "intervision.AgendaItem": {"motive_for_referrer"},
    "referral.Referral": None,
}
# Of a person who lives in one's own dwelling.
OF_RESIDENT = {
    "people.Person": {"given_name", "family_name"},
    "dwellings.Occupancy": {"title_note"},
}
# Of what is shared: the kind of fact that each text is.
OF_SHARE = {
    "access.Share": {"purpose": "identity"},
    "pathways.Pathway": {"pk": "identity", "awaits_from": "progress"},
    "people.Person": {
        "pk": "identity",
        "given_name": "identity",
        "family_name": "identity",
        "language": "identity",
        "phone": "contact",
        "email": "contact",
        "contact_note": "contact",
    },
    "people.Residence": {"municipality": "referral"},
    "people.Registration": {"where": "referral", "number": "referral"},
    "people.Consent": {"purpose": "referral"},
    "referral.Referral": dict.fromkeys(("income", "debts", "budget_management", "administrator"), "finances")
    | dict.fromkeys(("landlord_other", "dwelling_address", "threat_note"), "tenancy"),
    "referral.ReferralCare": {
        "mental_health_note": "health",
        "addiction_note": "addiction",
        "justice_note": "justice",
    },
    "dwellings.Dwelling": {"address": "tenancy", "municipality": "tenancy"},
    "support.Goal": {"text": "support"},
}
CARE = {"health", "addiction", "justice", "support"}
OF_DWELLING = ("dwellings.Dwelling", "allocation.Offer", "placement.Furnishing")


@dataclass
class Reader:
    """Somebody at the door."""

    name: str
    member: object
    client: Client
    referred: set = field(default_factory=set)
    housed: set = field(default_factory=set)
    works_for: set = field(default_factory=set)
    shared: dict = field(default_factory=dict)
    opened: set = field(default_factory=set)

    @property
    def speaks_for_role(self):
        """One of each role tries the pages that the role does not hold; its colleagues would get the same answer."""
        return self.name in FIRST_OF_ROLE

    @property
    def role(self):
        return self.member.role if self.member else ""

    @property
    def user_id(self):
        """Whose account it is, with or without a role."""
        told = self.client.session.get("_auth_user_id")
        return UUID(told) if told else None

    @property
    def is_staff(self):
        return self.role in STAFF

    def holds(self, permission):
        """Whether the role opens pages of this kind at all."""
        opens = permission == "signed_in" or permission in permissions_of(self.role)
        return permission == "public" or (self.user_id is not None and opens)

    def may_reach(self, row, page_name=""):
        """Whether the row an address names is theirs to open; what is shared opens the page of what is shared and no other."""
        if page_name in {OUTSIDE_FILE, SHARED_FILE}:
            is_here = self.member is not None and row.programme_id == self.member.programme_id
            shared = set(self.shared) if is_here else set()
            return bool((self.opened if page_name == OUTSIDE_FILE else shared) & row.pathway_ids)
        if self.member is None or row.programme_id != self.member.programme_id:
            return False
        if row.label == "post.Message":
            return row.to_id == self.member.contact_id
        if self.is_staff or row.label.startswith(("programmes.", "partners.")):
            return True
        if self.role == Role.HOUSING_OFFICER and row.label in OF_DWELLING:
            return row.owner_id == self.member.organisation_id
        return bool(self.referred & row.pathway_ids)

    def may_read(self, canary, page_name=""):
        """Whether this text is theirs to read."""
        if canary.user_id:
            return canary.user_id == self.user_id
        is_own_employer = canary.name == "partners.Organisation.name" and canary.owner_id in self.works_for
        if is_own_employer or self._reads_of_another_team(canary, page_name):
            return True
        if self.member is None or canary.programme_id != self.member.programme_id:
            return False
        if canary.label in {"journal.Look", "access.BreakIn", "access.Judgement"}:
            # Who looked is a colleague of a partner; the record of it is for coordinator and data protection officer.
            return self.role in {Role.COORDINATOR, Role.PROTECTION_OFFICER}
        if canary.label == "post.Message":
            return self._reads_message(canary, page_name)
        return canary.label.startswith(PUBLIC_ROOMS) or (self.is_staff or self._reads_as_partner(canary))

    def _reads_of_another_team(self, canary, page_name):
        """Who could stand in; and a file that was opened for a reason, with the name of who works with that person."""
        if page_name == STAND_IN:
            return self.role == Role.COORDINATOR and canary.name == "partners.Contact.name"
        is_of_file = self.opened & (canary.pathway_ids | canary.lived_in_by) or canary.label == "partners.Contact"
        return page_name == OUTSIDE_FILE and bool(self.opened and is_of_file)

    def _reads_message(self, canary, page_name):
        if page_name == EVERYTHING:
            # A message about somebody is part of everything that the person may ask for (GDPR art. 15).
            return self.role == Role.COORDINATOR
        # One whose sight ended still has the message, but no longer what it said (P24).
        is_open = self.is_staff or not canary.pathway_ids or bool(self.referred & canary.pathway_ids)
        is_open = is_open or canary.field == "by_label"
        return is_open and canary.to_id == self.member.contact_id

    def _reads_as_partner(self, canary):
        if self.role == Role.HOUSING_OFFICER and canary.label in OF_DWELLING:
            return canary.owner_id == self.member.organisation_id
        if canary.label == "referral.ReferralCare" or canary.field.startswith("said.care"):
            said_it = self.role == Role.REFERRER and bool(self.referred & canary.pathway_ids)
            return said_it or self._reads_as_shared(canary)
        is_own = _holds(OF_REFERRAL, canary, self.referred) or _holds(OF_RESIDENT, canary, self.housed)
        return is_own or self._reads_as_shared(canary)

    def _reads_as_shared(self, canary):
        kinds = OF_SHARE.get(canary.label, {})
        kind = kinds.get(canary.field, "referral" if canary.label == "referral.Referral" else "")
        is_frozen = canary.field.startswith("said")
        about = canary.pathway_ids | canary.lived_in_by
        return not is_frozen and any(kind in self.shared.get(each, ()) for each in about)


def _holds(table, canary, pathway_ids):
    fields = table.get(canary.label, set())
    return (fields is None or canary.field in fields) and bool(pathway_ids & canary.pathway_ids)


def shared_with(somebody, today):
    """What is shared with somebody today, told from what was agreed: never care to a landlord or to who keeps no secrecy."""
    agreed = Share.objects.filter(organisation=somebody.organisation, from_on__lte=today, until_on__gte=today)
    protocols = somebody.organisation.protocols.filter(from_on__lte=today).exclude(until_on__lt=today)
    found, keeps = {}, somebody.organisation.bound_by_secrecy and somebody.contact.bound_by_secrecy
    for each in agreed.exclude(withdrawn_on__lte=today) if protocols and somebody.role in LOOKING else ():
        if each.contact_id in {None, somebody.contact_id}:
            closed = set() if keeps and somebody.role == Role.REFERRER else CARE
            found.setdefault(each.pathway_id, set()).update(set(each.categories) - closed)
    return found


def reader(name, somebody):
    """Somebody signed in, working under this membership, with what the programme granted them as it was told in the story."""
    today, client = real_today(), Client()
    client.force_login(somebody.user)
    session = client.session
    session["membership"] = str(somebody.pk)
    session.save()
    grants = Grant.objects.filter(organisation=somebody.organisation, from_on__lte=today).exclude(until_on__lt=today)
    by_ground = {
        ground: set(grants.filter(ground=ground).values_list("pathway_id", flat=True).order_by("pk"))
        for ground in (Ground.OWN_REFERRAL, Ground.OWN_DWELLING)
    }
    referred = by_ground[Ground.OWN_REFERRAL] if somebody.role in {Role.REFERRER, Role.HOUSING_OFFICER} else set()
    housed = by_ground[Ground.OWN_DWELLING] if somebody.role == Role.HOUSING_OFFICER else set()
    works_for = set(somebody.user.memberships.values_list("organisation_id", flat=True).order_by("pk"))
    shared = shared_with(somebody, today)
    lately = BreakIn.objects.filter(member=somebody, opened_at__gt=timezone.now() - HOUR).order_by("pk")
    opened = set(lately.values_list("pathway_id", flat=True)) if somebody.role in STAFF else set()
    return Reader(name, somebody.standing_on(today), client, referred, housed, works_for, shared, opened)


NAMES = [
    "an",
    "ruben",
    "ilse",
    "bram",
    "hilde",
    "wim",
    "greet",
    "dirk",
    "els",
    "an of elsewhere",
    "bram of elsewhere",
    "hilde of elsewhere",
    "referrer of the lead",
    "referrer without referrals",
    "left yesterday",
    "no role yet",
    "nobody",
]

FIRST_OF_ROLE = {"an", "ruben", "ilse", "hilde", "greet", "dirk", "els", "left yesterday", "no role yet", "nobody"}


def readers_of(here, elsewhere):
    """Every role in every relation: own referral, own dwelling, none, another programme, a role that ended, no role."""
    cast, other = here.cast, elsewhere.cast
    found = [reader(key, cast.members[key]) for key in NAMES if key in cast.members]
    found += [reader(f"{key} of elsewhere", other.members[key]) for key in ("an", "bram", "hilde")]
    # The lead is a welfare partner too: its referrer is not the team.
    found.append(reader("referrer of the lead", member("referrer", cast.organisations[LEAD])))
    found.append(reader("referrer without referrals", member("referrer", cast.organisations[SHELTER])))
    found += [_left(cast), _without_role(cast), Reader("nobody", None, Client())]
    return {each.name: each for each in found}


def _left(cast):
    """Somebody of the team until yesterday."""
    left = member("support_worker", cast.organisations[LEAD])
    made = reader("left yesterday", left)
    end_role(left, last_day=real_today() - timedelta(days=1), by=None)
    return Reader(made.name, None, made.client)


def _without_role(cast):
    made = reader("no role yet", member("steering_member", cast.organisations[SHELTER]))
    made.member.delete()
    return Reader(made.name, None, made.client)
