"""The policy on one page: which role holds which permission, and what a partner reads on which ground. What is not here is refused."""

from intrek.ground.access.models import SHARED_GROUNDS, Category, Ground
from intrek.ground.accounts.queries import APP, CODES, PASSKEY
from intrek.ground.partners.models import Role, Sector

C, W, R, H = Role.COORDINATOR, Role.SUPPORT_WORKER, Role.REFERRER, Role.HOUSING_OFFICER
S, D, A = Role.STEERING_MEMBER, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR
TEAM = (C, W)
EVERYONE = (C, W, R, H, S, D, A)

PERMISSIONS: dict[str, tuple[Role, ...]] = {
    # ground
    "programmes.read": EVERYONE,
    "programmes.settings": (C, A),
    "programmes.criteria": (C,),
    "partners.read": (C, W, A),
    "partners.change": (C, A),
    "partners.accounts": (C, A),
    "partners.protocols": (C, A),
    "partners.stand_in": (C,),
    "people.read": TEAM,
    "people.change": TEAM,
    "people.share": TEAM,
    "journal.looks": (C, D),
    "journal.sheet": (C,),
    "access.break_in": TEAM,
    "access.tie": TEAM,
    "access.review": (C, D),
    "post.read": EVERYONE,
    "post.announce": (C, S),
    "post.outbox": (C, A),
    "pathways.read": (C, W),
    "pathways.change": TEAM,
    "dwellings.read": (C, W, H),
    "dwellings.change": (C, H),
    "services.read": TEAM,
    "services.change": TEAM,
    "documents.read": TEAM,
    "documents.change": TEAM,
    "documents.sign": (C, W, H),
    "documents.texts": TEAM,
    "documents.write": (C,),
    "documents.approve": TEAM,
    # story
    "referral.refer": (C, W, R, H),
    "referral.refer_for_partner": TEAM,
    "referral.read": (C, W, R, H),
    "referral.talk": (C, W, R, H),
    "referral.change": TEAM,
    "referral.withdraw": (C, R, H),
    "eligibility.read": TEAM,
    "eligibility.judge": TEAM,
    "intervision.read": TEAM,
    "intervision.plan": (C,),
    "intervision.minute": TEAM,
    "intervision.decide": (C,),
    "intervision.own_minutes": (R, H),
    "intervision.answer": EVERYONE,
    "allocation.read": TEAM,
    "allocation.offer": (C, H),
    "allocation.choose": (C,),
    "allocation.answer": TEAM,
    "placement.read": TEAM,
    "placement.start": TEAM,
    "placement.keys": TEAM,
    "placement.change": TEAM,
    "support.read": TEAM,
    "support.start": TEAM,
    "support.visit": TEAM,
    "support.change": TEAM,
    "support.end": TEAM,
    "support.signal": (C, W, H),
    "support.raise_signal": (H,),
    "evaluation.read": TEAM,
    "evaluation.hold": TEAM,
    "tenancy.read": TEAM,
    "tenancy.sign": TEAM,
    "aftercare.read": TEAM,
    "aftercare.change": TEAM,
    "aftercare.close": TEAM,
    "aftercare.knock": (H,),
    # windows
    "desk.day": TEAM,
    "desk.lists": TEAM,
    "desk.pathway": TEAM,
    "desk.search": TEAM,
    "desk.meeting": TEAM,
    "portal.referrals": (R, H),
    "portal.dwellings": (H,),
    "portal.shared": (R, H),
    "portal.preview": TEAM,
    "steering.figures": (C, W, S),
    "steering.rows": TEAM,
    "steering.meetings": (C, S),
    "steering.minute": (C,),
    "rights.person": (C,),
    "rights.erase": (C,),
    "exchange.import": (C,),
    "exchange.feed": EVERYONE,
    "exchange.export": (C, W),
}


# Facts of care: shared only with an organisation and a function that are both bound by professional secrecy, and never with a
# housing officer, whatever is ticked (P7).
CARE = frozenset({Category.HEALTH, Category.ADDICTION, Category.JUSTICE, Category.SUPPORT})
EVERYTHING = frozenset(Category)

# What a partner reads at most on a ground; a role and a ground that are not here open nothing. What a referrer said themselves
# is no share: it stays theirs to read, care included.
PARTNER_READS: dict[tuple[Role, Ground], frozenset[Category]] = {
    (R, Ground.OWN_REFERRAL): EVERYTHING - {Category.SUPPORT},
    (R, Ground.SHARE): EVERYTHING,
    (R, Ground.MEETING): EVERYTHING,
    (H, Ground.OWN_REFERRAL): EVERYTHING - CARE,
    (H, Ground.OWN_DWELLING): frozenset({Category.TENANCY}),
    (H, Ground.SHARE): EVERYTHING - CARE,
    (H, Ground.MEETING): EVERYTHING - CARE,
}
# What an item of an agenda opens at most to who attends, on that day: what the partners decide on, and no more.
NEW_AT_MEETING = frozenset(
    {Category.IDENTITY, Category.PROGRESS, Category.REFERRAL, Category.TENANCY, Category.HEALTH, Category.ADDICTION}
)
AT_MEETING = frozenset({Category.IDENTITY, Category.PROGRESS, Category.TENANCY, Category.HEALTH, Category.SUPPORT})
# In which role people of a partner look at persons.
LOOKS_AS = {Sector.HOUSING: H, Sector.WELFARE: R, Sector.LEAD: R}


def readable(role: str, ground: str, *, bound: bool) -> frozenset[str]:
    """What somebody in this role may read on this ground at most; ``bound``: organisation and function both keep secrecy."""
    most = PARTNER_READS.get((Role(role), Ground(ground)), frozenset())
    kept = most - CARE if ground in SHARED_GROUNDS and not bound else most
    return frozenset(each.value for each in kept)


def grounds_of(role: str) -> list[str]:
    """The grounds that open anything to this role."""
    return [ground.value for held, ground in PARTNER_READS if held == role]


def permissions_of(role: str) -> frozenset[str]:
    """All that a role may do."""
    return _BY_ROLE.get(role, frozenset())


_BY_ROLE: dict[str, frozenset[str]] = {
    role.value: frozenset(name for name, roles in PERMISSIONS.items() if role in roles) for role in Role
}

# Who gives roles takes a second step that nobody can copy or talk them out of.
ANY_STEP = frozenset({PASSKEY, APP, CODES})


def second_steps_of(role: str, *, is_demo: bool) -> frozenset[str]:
    """What counts as the second step of signing in for this role; in a demo, where nobody is real, any does."""
    return frozenset({PASSKEY}) if role == A and not is_demo else ANY_STEP


# Where each role starts: the page that says what there is to do or to see.
STARTS = {
    C: "desk:day",
    W: "desk:day",
    R: "portal:home",
    H: "portal:home",
    S: "steering:figures",
    D: "desk:looks",
    A: "partners:accounts",
}


def start_of(role: str) -> str:
    """The name of the page on which a role starts."""
    return STARTS[Role(role)]


# Which kinds of facts a page shows, by its permission or else by its room; the record says it of each look. A page that knows it
# more exactly says so itself (``request.kinds``).
NAMED = frozenset({Category.IDENTITY})
PERSON = NAMED | {Category.CONTACT}
SHOWS: dict[str, frozenset[Category]] = {
    "people": PERSON | {Category.REFERRAL},
    "journal": NAMED,
    "access": NAMED,
    "access.break_in": EVERYTHING,
    "post": NAMED | {Category.PROGRESS, Category.REFERRAL},
    "dwellings": NAMED | {Category.TENANCY},
    "services": PERSON | {Category.SUPPORT},
    "documents": NAMED | {Category.TENANCY, Category.FINANCES, Category.PROGRESS, Category.SUPPORT},
    "documents.sign": NAMED | {Category.TENANCY, Category.FINANCES},
    "referral": EVERYTHING - {Category.SUPPORT},
    "eligibility": NAMED | {Category.REFERRAL, Category.HEALTH},
    "intervision": NAMED | {Category.PROGRESS, Category.REFERRAL, Category.HEALTH, Category.SUPPORT},
    "intervision.own_minutes": NAMED | {Category.PROGRESS},
    "allocation": NAMED | {Category.PROGRESS, Category.TENANCY},
    "placement": NAMED | {Category.TENANCY, Category.FINANCES},
    "support": PERSON | {Category.SUPPORT, Category.TENANCY},
    "support.signal": NAMED | {Category.TENANCY},
    "support.raise_signal": NAMED | {Category.TENANCY},
    "evaluation": NAMED | {Category.SUPPORT},
    "tenancy": NAMED | {Category.TENANCY},
    "aftercare": PERSON | {Category.SUPPORT, Category.TENANCY},
    "aftercare.knock": NAMED | {Category.TENANCY},
    "desk": NAMED | {Category.PROGRESS},
    "desk.day": NAMED | {Category.PROGRESS, Category.SUPPORT, Category.FINANCES},
    "desk.pathway": PERSON | {Category.PROGRESS, Category.TENANCY, Category.SUPPORT},
    "portal.referrals": NAMED | {Category.PROGRESS},
    "portal.dwellings": NAMED | {Category.TENANCY},
    "portal.preview": EVERYTHING,
    "exchange": EVERYTHING,
    "rights": EVERYTHING,
    "steering": NAMED | {Category.PROGRESS},
}


def kinds_shown(permission: str, role: str) -> frozenset[str]:
    """The kinds of facts that a page under this permission shows to somebody in this role, at most."""
    shown = SHOWS.get(permission) or SHOWS.get(permission.partition(".")[0], NAMED)
    most = [opened for (held, _ground), opened in PARTNER_READS.items() if held == role]
    return frozenset(each.value for each in (shown & frozenset().union(*most) if most else shown))
