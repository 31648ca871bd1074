"""The policy on one page: which role holds which permission. What is not here is refused."""

from intrek.ground.partners.models import Role

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
    "people.read": TEAM,
    "people.change": TEAM,
    "post.read": EVERYONE,
    "pathways.read": (C, W),
    "pathways.change": TEAM,
    "dwellings.read": (C, W, H),
    "dwellings.change": (C, H),
    "services.read": TEAM,
    "services.change": TEAM,
    "documents.read": TEAM,
    "documents.change": TEAM,
    # story
    "referral.refer": (C, W, R, H),
    "referral.refer_for_partner": TEAM,
    "referral.read": (C, W, R, H),
    "referral.change": TEAM,
    "referral.withdraw": (C, R, H),
    "eligibility.read": TEAM,
    "eligibility.judge": TEAM,
    "intervision.read": TEAM,
    "intervision.plan": (C,),
    "intervision.minute": TEAM,
    "intervision.decide": (C,),
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
    "evaluation.read": TEAM,
    "evaluation.hold": TEAM,
    "tenancy.read": TEAM,
    "tenancy.sign": TEAM,
    "aftercare.read": TEAM,
    "aftercare.change": TEAM,
    "aftercare.close": TEAM,
    # windows
    "desk.day": TEAM,
    "desk.lists": TEAM,
    "desk.pathway": TEAM,
    "desk.search": TEAM,
    "desk.meeting": TEAM,
    "portal.referrals": (R, H),
    "portal.dwellings": (H,),
    "steering.figures": (C, W, S),
    "steering.rows": TEAM,
    "exchange.import": (C,),
    "exchange.export": (C, W),
}


def permissions_of(role: str) -> frozenset[str]:
    """All that a role may do."""
    return _BY_ROLE.get(role, frozenset())


_BY_ROLE: dict[str, frozenset[str]] = {
    role.value: frozenset(name for name, roles in PERMISSIONS.items() if role in roles) for role in Role
}

# Where each role starts: the page that says what there is to do or to see.
STARTS = {
    C: "desk:day",
    W: "desk:day",
    R: "portal:home",
    H: "portal:home",
    S: "steering:figures",
    D: "programmes:for_whom",
    A: "partners:accounts",
}


def start_of(role: str) -> str:
    """The name of the page on which a role starts."""
    return STARTS[Role(role)]
