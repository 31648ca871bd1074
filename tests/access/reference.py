"""The reference policy on one page: who opens which page and reads what (P7 and the law), in words of its own.

It imports nothing of Intrek, so that what the code forgets it does not forget with it. What is true of somebody (which pathways their
organisation referred, what was agreed to share) is told in ``readers``.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

COORDINATOR, WORKER, REFERRER, HOUSING = "coordinator", "support_worker", "referrer", "housing_officer"
STEERING, OFFICER, ADMINISTRATOR = "steering_member", "protection_officer", "administrator"
STAFF, LOOKING = {COORDINATOR, WORKER}, {REFERRER, HOUSING}
EVERYBODY = STAFF | LOOKING | {STEERING, OFFICER, ADMINISTRATOR}
# The pages of a programme are its team's. Those that only some of the team opens, or others too:
OPENS = {
    # everybody who has a role knows for whom the programme is, and has an inbox
    "programmes.read": EVERYBODY,
    "post.read": EVERYBODY,
    # who runs the programme, and who runs the machine it stands on
    "programmes.settings": {COORDINATOR, ADMINISTRATOR},
    "programmes.criteria": {COORDINATOR},
    "partners.read": STAFF | {ADMINISTRATOR},
    "partners.change": {COORDINATOR, ADMINISTRATOR},
    "partners.accounts": {COORDINATOR, ADMINISTRATOR},
    "partners.protocols": {COORDINATOR, ADMINISTRATOR},
    "partners.stand_in": {COORDINATOR},
    # who looked
    "journal.looks": {COORDINATOR, OFFICER},
    "journal.sheet": {COORDINATOR},
    "access.review": {COORDINATOR, OFFICER},
    # what partners do: refer, and offer dwellings
    "post.announce": {COORDINATOR, STEERING},
    "post.outbox": {COORDINATOR, ADMINISTRATOR},
    "referral.refer": STAFF | LOOKING,
    "referral.read": STAFF | LOOKING,
    "referral.talk": STAFF | LOOKING,
    "referral.withdraw": {COORDINATOR} | LOOKING,
    "documents.sign": STAFF | {HOUSING},
    "support.signal": STAFF | {HOUSING},
    "support.raise_signal": {HOUSING},
    "aftercare.knock": {HOUSING},
    "dwellings.read": STAFF | {HOUSING},
    "dwellings.change": {COORDINATOR, HOUSING},
    "allocation.offer": {COORDINATOR, HOUSING},
    "portal.referrals": LOOKING,
    "intervision.own_minutes": LOOKING,
    # who is invited to a meeting
    "intervision.answer": EVERYBODY,
    # one's own calendar
    "exchange.feed": EVERYBODY,
    "portal.shared": LOOKING,
    "portal.dwellings": {HOUSING},
    # what the coordinator alone does
    "intervision.plan": {COORDINATOR},
    "intervision.decide": {COORDINATOR},
    "allocation.choose": {COORDINATOR},
    "documents.write": {COORDINATOR},
    "rights.person": {COORDINATOR},
    "rights.erase": {COORDINATOR},
    "exchange.import": {COORDINATOR},
    # figures without a person
    "steering.meetings": {COORDINATOR, STEERING},
    "steering.minute": {COORDINATOR},
    "steering.figures": STAFF | {STEERING},
}
SHARED_FILE, EVERYTHING = "portal:shared_file", "rights:everything"
# A file of another team, for an hour to who gave a reason: read, and nothing else.
OUTSIDE_FILE, HOUR = "portal:outside_file", timedelta(hours=1)
STEERING_MEETING = "steering:meeting"
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
    "intervision.ActionPoint": {"text"},
    "referral.Referral": None,
    "referral.Remark": {"text", "by_label", "read_by_label"},
    "documents.Upload": {"title", "by_label"},
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
# Of what lies on the table of a meeting, to who is present, that day: by whether it is a new referral.
AT_TABLE = {
    True: {"identity", "progress", "referral", "tenancy", "health", "addiction"},
    False: {"identity", "progress", "tenancy", "health", "support"},
}
CARE = {"health", "addiction", "justice", "support"}
OF_DWELLING = (
    "dwellings.Dwelling",
    "allocation.Offer",
    "placement.Furnishing",
    "support.Signal",
    "support.SignalWord",
)
# Of one's own knock at the anchor person's door, and how to reach who stands behind it.
OF_DOOR = {"aftercare.Knock": {"by", "what", "told"}, "aftercare.Aftercare": {"how_to_reach"}}


# About colleagues and partners, for whose work it is: who looked; what all partners are told; which mails did not leave.
TOLD_TO = {key: {COORDINATOR, OFFICER} for key in ("journal.Look", "access.BreakIn", "access.Judgement")} | {
    "post.Announcement": {COORDINATOR, STEERING},
    "post.Mail": {COORDINATOR, ADMINISTRATOR},
}


# What is meant for one colleague alone, and opens for nobody else.
TO_ONE = {"post.Message", "intervision.Invitation", "exchange.Feed"}
FIRST_OF_ROLE = {"an", "ruben", "ilse", "hilde", "greet", "dirk", "els", "left yesterday", "nobody"}


@dataclass
class Reader:
    """Somebody at the door."""

    name: str
    member: object
    client: object
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
        return str(self.member.role) if self.member else ""

    @property
    def user_id(self):
        """Whose account it is, with or without a role."""
        told = self.client.session.get("_auth_user_id")
        return UUID(told) if told else None

    @property
    def is_staff(self):
        return self.role in STAFF

    def holds(self, permission):
        """Whether the role opens pages of this kind at all. A link opens to the program that holds its secret, and to no role."""
        if permission == "link":
            return False
        opens = permission == "signed_in" or self.role in OPENS.get(permission, STAFF)
        return permission == "public" or (self.user_id is not None and opens)

    def relation_to(self, row):
        """What somebody has to do with a row: who stands in the same relation to another row of the table is answered alike there."""
        about = row.pathway_ids
        shared = frozenset().union(*(self.shared.get(each, ()) for each in about))
        own = (bool(about & each) for each in (self.referred, self.housed, self.opened))
        return (
            row.label,
            *own,
            shared,
            row.owner_id in self.works_for,
            self.member is not None and row.to_id == self.member.contact_id,
        )

    def may_reach(self, row, page_name=""):
        """Whether the row an address names is theirs to open; what is shared opens the page of what is shared and no other."""
        if page_name in {OUTSIDE_FILE, SHARED_FILE}:
            is_here = self.member is not None and row.programme_id == self.member.programme_id
            shared = set(self.shared) if is_here else set()
            return bool((self.opened if page_name == OUTSIDE_FILE else shared) & row.pathway_ids)
        if self.member is None or row.programme_id != self.member.programme_id:
            return False
        if row.label in TO_ONE or row.label in TOLD_TO:
            return self.role in TOLD_TO.get(row.label, ()) or row.to_id == self.member.contact_id
        if self.is_staff or row.label.startswith(("programmes.", "partners.")):
            return True
        if self.role == HOUSING and (row.label in OF_DWELLING or row.asked):
            return self.member.organisation_id in {row.owner_id, *row.asked}
        is_of_group = self.role == STEERING and self.member.contact_id in row.invited
        return is_of_group or bool(self.referred & (row.pathway_ids | row.decided))

    def may_read(self, canary, page_name=""):
        """Whether this text is theirs to read."""
        if canary.user_id:
            return canary.user_id == self.user_id
        is_own_employer = canary.name == "partners.Organisation.name" and canary.owner_id in self.works_for
        if is_own_employer or self._reads_of_another_team(canary, page_name):
            return True
        if self.member is None or canary.programme_id != self.member.programme_id:
            return False
        if canary.label in TOLD_TO:
            return self.role in TOLD_TO[canary.label]
        if canary.label == "post.Message":
            return self._reads_message(canary, page_name)
        # Which services there are around the home is no secret: the steering group reads how long each makes people wait.
        is_service = canary.name == "services.OutsideService.name" and self.role == STEERING
        is_service = is_service or (self.role == STEERING and self._is_of_steering(canary, page_name))
        is_asked = is_service or self.member.contact_id in {canary.to_id, *canary.invited} - {None}
        return is_asked or canary.label.startswith(PUBLIC_ROOMS) or (self.is_staff or self._reads_as_partner(canary))

    def _is_of_steering(self, canary, page_name):
        """What its group decided, and on its page the change of a rule that this caused."""
        is_change = page_name == STEERING_MEETING and canary.name.startswith("journal.Entry.facts")
        return canary.label == "intervision.Resolution" or (is_change and not canary.pathway_ids)

    def _reads_of_another_team(self, canary, page_name):
        """Who could stand in; and a file that was opened for a reason, with the name of who works with that person."""
        if page_name == STAND_IN:
            return self.role == COORDINATOR and canary.name == "partners.Contact.name"
        is_of_file = self.opened & (canary.pathway_ids | canary.lived_in_by) or canary.label == "partners.Contact"
        return page_name == OUTSIDE_FILE and bool(self.opened and is_of_file)

    def _reads_message(self, canary, page_name):
        if page_name == EVERYTHING:
            # A message about somebody is part of everything that the person may ask for (GDPR art. 15).
            return self.role == COORDINATOR
        # One whose sight ended still has the message, but no longer what it said (P24).
        is_open = self.is_staff or not canary.pathway_ids or bool(self.referred & canary.pathway_ids)
        is_open = is_open or canary.field == "by_label"
        return is_open and canary.to_id == self.member.contact_id

    def _reads_as_partner(self, canary):
        if self.role == HOUSING and self.member.organisation_id in canary.asked:
            return True  # one reads what one is asked to sign
        is_of_dwelling = canary.label in OF_DWELLING or canary.field in OF_DOOR.get(canary.label, ())
        if self.role == HOUSING and is_of_dwelling:
            return canary.owner_id == self.member.organisation_id
        if canary.label == "referral.ReferralCare" or canary.field.startswith("said.care"):
            said_it = self.role == REFERRER and bool(self.referred & canary.pathway_ids)
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
