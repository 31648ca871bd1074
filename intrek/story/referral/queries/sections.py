"""A referral in sections, each shown only to who may see that kind of answer (P7)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.models import Category
from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.common.fields import phone_text
from intrek.ground.common.wording import day
from intrek.ground.partners.models import Membership
from intrek.ground.people.models import Consent, Person, Registration, Residence
from intrek.ground.programmes.models import CodeList, Programme
from intrek.story.referral.models import Referral, ReferralCare
from intrek.story.referral.queries.finding import CARE_SAID, said_of

MODELS: dict[str, type[Model]] = {
    "person": Person,
    "registration": Registration,
    "consent": Consent,
    "referral": Referral,
    "care": ReferralCare,
}


@dataclass(frozen=True)
class Fact:
    """One answer with its question; ``is_unknown`` when that was the answer."""

    label: str
    value: str
    is_unknown: bool = False


@dataclass(frozen=True)
class Period:
    """A period of residence in words."""

    since: str
    until: str
    municipality: str
    domicile: str
    kind: str


@dataclass(frozen=True)
class Section:
    """Answers that belong together and are of one kind."""

    code: str
    title: Any
    facts: tuple[Fact, ...] = ()
    periods: tuple[Period, ...] = ()

    @property
    def told(self) -> list[Fact]:
        """The answers that say something."""
        return [fact for fact in self.facts if not fact.is_unknown]

    @property
    def unknown(self) -> list[Fact]:
        """The questions whose answer is not known."""
        return [fact for fact in self.facts if fact.is_unknown]

    @property
    def is_empty(self) -> bool:
        return not self.facts and not self.periods


@dataclass(frozen=True)
class Plan:
    """Which answers make a section, and who may read it."""

    code: str
    title: Any
    category: Category
    part: str
    names: tuple[str, ...]
    tracks: tuple[str, ...] = ("trial", "sitting")


TENANCY = ("landlord", "landlord_other", "dwelling_address", "tenant_since", "threats", "threat_note")
PLANS = (
    Plan(
        "person",
        _("The person"),
        Category.IDENTITY,
        "person",
        ("given_name", "family_name", "birth_on", "register_number", "language"),
    ),
    Plan(
        "contact",
        _("Contact and household"),
        Category.CONTACT,
        "person",
        ("phone", "email", "contact_note", "household_kind", "children"),
    ),
    Plan("homes", _("Where the person lived"), Category.REFERRAL, "residences", ()),
    Plan(
        "registration",
        _("Registered for social housing"),
        Category.REFERRAL,
        "registration",
        ("registered", "where", "number", "since_on"),
    ),
    Plan("tenancy", _("The tenancy"), Category.TENANCY, "referral", TENANCY, ("sitting",)),
    Plan("housing", _("Housing problems"), Category.REFERRAL, "referral", ("repeated_housing", "housing_note")),
    Plan("health", _("Mental health"), Category.HEALTH, "care", CARE_SAID[:2]),
    Plan("addiction", _("Addiction"), Category.ADDICTION, "care", CARE_SAID[2:4]),
    Plan("justice", _("Justice"), Category.JUSTICE, "care", CARE_SAID[4:]),
    Plan(
        "support",
        _("Support"),
        Category.REFERRAL,
        "referral",
        ("accepts_support", "support_need", "motivation", "goals"),
    ),
    Plan("money", _("Money"), Category.FINANCES, "referral", ("income", "debts", "budget_management", "administrator")),
    Plan("services", _("Other services"), Category.REFERRAL, "referral", ("services_running", "services_waiting")),
    Plan(
        "referrer",
        _("The referrer goes on"),
        Category.REFERRAL,
        "referral",
        ("known_since", "commits", "commits_until", "successor"),
    ),
    Plan("informed", _("Knows and agrees"), Category.REFERRAL, "referral", ("informed",)),
    Plan("consent", _("Agreed to"), Category.REFERRAL, "consent", ("given_on", "purpose")),
    Plan("remarks", _("Remarks"), Category.REFERRAL, "referral", ("remarks",)),
)


def sections_for(referral: Referral, member: Membership, opened: frozenset[str]) -> list[Section]:
    """What this member reads: the team the answers as they are now, a partner what was said at hand-in; never more than is open to them."""
    said = now_of(referral) if member.is_staff_of_programme else referral.said
    return sections_of(said, referral.programme, referral.track.kind, opened)


def now_of(referral: Referral) -> dict[str, Any]:
    """The answers as they are now, after corrections, in the same form as what was said."""
    care = getattr(referral, "care", None)
    return said_of(referral.pathway.person, referral, {name: getattr(care, name) for name in CARE_SAID} if care else {})


def sections_of(
    said: Mapping[str, Any],
    programme: Programme,
    track: str,
    categories: Collection[str],
    *,
    without: Collection[str] = (),
) -> list[Section]:
    """The sections with something in them, in the order of the form; ``without`` these answers."""
    open_plans = [plan for plan in PLANS if plan.category in categories and track in plan.tracks]
    made = [_section(plan, said, programme, without) for plan in open_plans]
    return [section for section in made if not section.is_empty]


def _section(plan: Plan, said: Mapping[str, Any], programme: Programme, without: Collection[str]) -> Section:
    told = said.get(plan.part)
    if plan.part == "residences":
        return Section(plan.code, plan.title, periods=tuple(_period(each) for each in told or []))
    facts = (_fact(plan.part, name, (told or {}).get(name), programme) for name in plan.names if name not in without)
    return Section(plan.code, plan.title, tuple(fact for fact in facts if fact.value))


def _fact(part: str, name: str, value: Any, programme: Programme) -> Fact:
    field: Any = MODELS[part]._meta.get_field(name)
    label = str(field.verbose_name)
    if name == "threats":
        words = [programme.code_label(CodeList.THREAT, code) for code in value or []]
        return Fact(label, ", ".join(words))
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if value in choices:
        return Fact(label, str(choices[value]), is_unknown=value == "unknown")
    if name.endswith("_on") and value:
        return Fact(label, day(date.fromisoformat(str(value))))
    if name == "phone" and value:
        return Fact(label, phone_text(value))
    return Fact(label, "" if value in (None, "") else str(value))


def _imprecise(told: Mapping[str, Any], edge: str) -> ImpreciseDay:
    days: Iterable[str | None] = (told.get(f"{edge}_earliest"), told.get(f"{edge}_latest"))
    earliest, latest = (date.fromisoformat(each) if each else None for each in days)
    return ImpreciseDay(earliest, latest)


def _period(told: Mapping[str, Any]) -> Period:
    kinds = dict(Residence._meta.get_field("kind").flatchoices)
    domiciles = dict(Residence._meta.get_field("domicile").flatchoices)
    return Period(
        since=str(_imprecise(told, "from")),
        until=gettext("now") if told.get("still_there") else str(_imprecise(told, "until")),
        municipality=told.get("municipality") or gettext("unknown"),
        domicile=str(domiciles.get(told.get("domicile", ""), "")),
        kind=str(kinds.get(told.get("kind", ""), "")),
    )
