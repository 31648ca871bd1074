"""What a partner sees of the programme: the referrals of their own organisation, their own dwellings, nothing else (P7, P24)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.accounts.queries import drafts_starting
from intrek.ground.common.sheets import Column
from intrek.ground.dwellings.models import Dwelling, Occupancy
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.partners.queries import coordinators_of
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.pathways.queries import awaited_party, awaited_words, line_of, with_lines
from intrek.ground.pathways.rules import Line
from intrek.ground.post.queries import Shown, messages_to, shown_to
from intrek.ground.programmes.models import StayTitle
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.placement.models import Furnishing, Placement
from intrek.story.referral.models import Remark
from intrek.story.referral.queries import asked_of_referrer
from intrek.story.referral.rules import draft_key

LATEST_MESSAGES = 5
CLOSED = "closed"


# ---- referrals ----


@dataclass(frozen=True)
class OwnReferral:
    """A referral as its referrer follows it: the line, what is awaited, and by when they hear (P24)."""

    pathway: Pathway
    line: Line
    on: date
    asked: Sequence[Remark] = ()

    @property
    def hears_late(self) -> bool:
        """The promised day has gone by in silence."""
        return bool(self.pathway.hears_by and self.pathway.hears_by < self.on)


def own_referrals(member: Membership, *, closed: bool = False) -> QuerySet[Pathway]:
    """What the member's organisation referred: under way, those first who should have heard; or closed, the latest first."""
    rows = Pathway.objects.visible_to(member).filter(referred_by_id=member.organisation_id)
    if closed:
        return with_lines(rows.at(Stage.CLOSED)).order_by(F("closed_on").desc(nulls_last=True), "-referred_on", "pk")
    # By the stages that are not closed, and not by "not closed": of those who referred thousands few are under way.
    return with_lines(rows.at(*(stage for stage in Stage if stage != Stage.CLOSED))).order_by(
        F("hears_by").asc(nulls_last=True), F("referred_on").desc(nulls_last=True), "pk"
    )


def as_followed(pathways: Iterable[Pathway], on: date) -> list[OwnReferral]:
    """The same with their lines drawn, and what their referrer is asked: one query for all."""
    rows = list(pathways)
    asked = asked_of_referrer(rows)
    return [OwnReferral(each, line_of(each, on), on, asked[each.pk]) for each in rows]


# The page's own content, and no more than that: what cannot be read on the page is not in its sheet either.
REFERRAL_COLUMNS = (
    Column(_("Number"), lambda row: row.number),
    Column(_("Name"), lambda row: row.person.name),
    Column(_("Track"), lambda row: str(row.track)),
    Column(_("Referred on"), lambda row: row.referred_on),
    Column(_("Stage"), lambda row: row.get_stage_display()),
    Column(_("Awaited"), awaited_words),
    Column(_("From whom"), awaited_party),
    Column(_("By"), lambda row: row.awaits_by),
    Column(_("You hear by"), lambda row: row.hears_by),
)


@dataclass(frozen=True)
class Unfinished:
    """A referral that this person began to type and did not hand in."""

    name: str
    kept_at: datetime
    url: str


def unfinished_of(member: Membership) -> list[Unfinished]:
    """What this person can go on with, the latest first; a referral typed in steps stands here once."""
    start = draft_key("").removesuffix("::") + ":"
    found: dict[str, Unfinished] = {}
    for draft in drafts_starting(member.user, start, programme_id=member.programme_id):
        draft_id = draft.key.rsplit(":", 2)[1]
        typed = " ".join(filter(None, (_typed(draft.data, name) for name in ("given_name", "family_name"))))
        before = found.get(draft_id)
        found[draft_id] = Unfinished(
            typed or (before.name if before else ""),
            before.kept_at if before else draft.updated_at,
            reverse("referral:check", args=[draft_id]),
        )
    return list(found.values())


def _typed(answers: dict[str, Any], name: str) -> str:
    return next(iter(answers.get(name) or []), "").strip()


def latest_messages(member: Membership) -> list[Shown]:
    """The last few messages, as far as the member may still read them."""
    return shown_to(member, list(messages_to(member)[:LATEST_MESSAGES]))


def to_call(member: Membership, on: date) -> list[Contact]:
    """Who of the programme answers the phone."""
    return list(coordinators_of(member.programme, on))


# ---- dwellings ----


@dataclass(frozen=True)
class OwnDwelling:
    """A dwelling as its landlord sees it: tenancy facts only (P7)."""

    dwelling: Dwelling
    state: str
    kind: str
    who: str
    since: date | None
    until: date | None
    is_offered: bool
    worker: Contact | None
    readiness: str
    has_door: bool


def own_dwellings(member: Membership) -> QuerySet[Dwelling]:
    """The dwellings of the member's organisation with what hangs on them: a fixed number of queries, however many."""
    stays = Occupancy.objects.filter(with_household_of=None).filter(Q(until_on=None) | Q(until_on__gte=member.on))
    open_stays = Placement.objects.open().select_related("pathway__worker")
    offers = Offer.objects.filter(withdrawn_on=None, used_up_on=None).prefetch_related(
        Prefetch("allocations", queryset=Allocation.objects.filter(released_on=None).order_by("pk"))
    )
    rows = Dwelling.objects.visible_to(member).filter(owner_id=member.organisation_id)
    return rows.prefetch_related(
        Prefetch("occupancies", queryset=stays.select_related("person", "pathway__worker").order_by("pk")),
        Prefetch("placements", queryset=open_stays.order_by("pk")),
        Prefetch("offers", queryset=offers.order_by("pk")),
        Prefetch("furnishings", queryset=Furnishing.objects.order_by("position", "pk")),
    ).order_by("address", "pk")


def as_landlord_sees(dwellings: Iterable[Dwelling], member: Membership) -> list[OwnDwelling]:
    """The same in words; a name only where the member may know who lives there."""
    rows = list(dwellings)
    ids = {stay.pathway_id for row in rows for stay in row.occupancies.all() if stay.pathway_id}
    named = set(Pathway.objects.visible_to(member).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    return [_own_dwelling(row, named) for row in rows]


def _own_dwelling(dwelling: Dwelling, named: set[UUID]) -> OwnDwelling:
    stay = next(iter(dwelling.occupancies.all()), None)
    placement = next(iter(dwelling.placements.all()), None)
    offer = next(iter(dwelling.offers.all()), None)
    pathway = stay.pathway if stay else placement.pathway if placement else None
    is_named = stay is not None and stay.pathway_id in named
    state, kind = _state(stay, placement, offer)
    return OwnDwelling(
        dwelling=dwelling,
        state=str(state),
        kind=kind,
        who=stay.person.name if stay and is_named else "",
        since=stay.from_on if stay else placement.starts_on if placement else None,
        until=(stay.until_on if stay else None) or (placement.agreed_last_day if placement else None),
        is_offered=offer is not None,
        worker=pathway.worker if pathway and (is_named or stay is None) else None,
        readiness=_readiness(dwelling) if offer and not stay else "",
        has_door=bool(stay and stay.pathway and stay.pathway.stage in {Stage.AFTERCARE, Stage.CLOSED}),
    )


def _state(stay: Occupancy | None, placement: Placement | None, offer: Offer | None) -> tuple[Any, str]:
    if stay:
        return (_("trial stay"), "done") if stay.title == StayTitle.LOAN else (_("own tenancy"), "done")
    if placement:
        return _("papers and keys are being prepared"), "wait"
    if offer and list(offer.allocations.all()):
        return _("a candidate was chosen"), "wait"
    return (_("offered, nobody chosen yet"), "soon") if offer else (_("not offered"), "unknown")


def _readiness(dwelling: Dwelling) -> str:
    """How far the furniture is there (P9)."""
    things = list(dwelling.furnishings.all())
    if not things:
        return ""
    told = {"done": sum(each.done_on is not None for each in things), "all": len(things)}
    return gettext("%(done)d of %(all)d pieces of furniture are in place") % told


# The same for dwellings: what stands on the page.
DWELLING_COLUMNS = (
    Column(_("Dwelling"), lambda row: row.dwelling.address),
    Column(_("State"), lambda row: row.state),
    Column(_("Who"), lambda row: row.who),
    Column(_("Since"), lambda row: row.since),
    Column(_("Until"), lambda row: row.until),
    Column(_("Who to call"), lambda row: row.worker.name if row.worker else ""),
)
