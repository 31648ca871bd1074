"""Offers, who holds what, who waits, and the stock as a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from intrek.ground.dwellings.models import Dwelling, Occupancy
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.programmes.models import Programme, TrackKind
from intrek.ground.programmes.queries import rule_of
from intrek.story.allocation import rules
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.eligibility.models import Assessment, Verdict
from intrek.story.referral.models import Referral


@dataclass(frozen=True)
class Quota:
    """How many dwellings were offered in a calendar year, of how many (P8)."""

    year: int
    count: int
    quota: int

    @property
    def is_reached(self) -> bool:
        return self.count >= self.quota


def offers_in(programme: Programme, year: int) -> list[tuple[UUID, date | None]]:
    """The dwellings offered in a calendar year."""
    rows = Offer.objects.filter(
        programme=programme, offered_on__gte=date(year, 1, 1), offered_on__lte=date(year, 12, 31)
    )
    return list(rows.order_by("pk").values_list("dwelling_id", "offered_on"))


def quota_of(programme: Programme, on: date) -> Quota:
    """How far the year's number of dwellings is reached on a day (P8)."""
    count = rules.counted(offers_in(programme, on.year), on.year)
    return Quota(on.year, count, rule_of(programme, on).dwellings_a_year)


def open_offers(member: Membership) -> QuerySet[Offer]:
    """The dwellings in the pool that the member may see, the oldest offer first."""
    rows = Offer.objects.filter(dwelling__in=Dwelling.objects.visible_to(member), withdrawn_on=None, used_up_on=None)
    return rows.select_related("dwelling__owner", "programme").order_by("offered_on", "pk")


def free_offers(member: Membership) -> QuerySet[Offer]:
    """Of the pool those that nobody holds: the dwellings for which people choose."""
    held = Allocation.objects.filter(released_on=None).values("offer_id")
    return open_offers(member).exclude(pk__in=held)


def offers_of(dwelling: Dwelling) -> QuerySet[Offer]:
    """Every time a dwelling was offered, the latest first."""
    rows = Offer.objects.filter(dwelling=dwelling).select_related("dwelling__owner", "programme")
    return rows.order_by("-offered_on", "-pk")


def open_offer(dwelling: Dwelling) -> Offer | None:
    """The offer with which a dwelling stands in the pool now."""
    return offers_of(dwelling).filter(withdrawn_on=None, used_up_on=None).first()


def open_among(offers: Iterable[Offer]) -> Offer | None:
    """Of these the offer that stands in the pool."""
    return next((each for each in offers if not (each.withdrawn_on or each.used_up_on)), None)


def held(offer: Offer, pathway: Pathway | None = None) -> list[rules.Held]:
    """Who holds this dwelling, and which dwelling this candidate holds."""
    about = Q(offer=offer) | Q(pathway=pathway) if pathway else Q(offer=offer)
    rows = Allocation.objects.filter(about, released_on=None).select_related("offer__dwelling", "pathway__person")
    return [
        rules.Held(each.pathway.person.name, str(each.offer.dwelling), each.chosen_on)
        for each in rows.order_by("created_at", "pk")
    ]


def lived_in_on(dwelling: Dwelling, on: date) -> date | None:
    """The day ``on`` when somebody lives there that day, nothing when the dwelling is empty."""
    here = Occupancy.objects.filter(dwelling=dwelling).filter(Q(from_on=None) | Q(from_on__lte=on))
    return on if here.filter(Q(until_on=None) | Q(until_on__gte=on)).exists() else None


def offer_facts(offer: Offer) -> rules.OfferFacts:
    """An offer as the rules look at it."""
    return rules.OfferFacts(
        str(offer.dwelling), offer.offered_on, offer.withdrawn_on, offer.used_up_on, offer.available_from
    )


def candidate_facts(pathway: Pathway) -> rules.CandidateFacts:
    """A pathway as somebody who may be chosen."""
    return rules.CandidateFacts(
        person=pathway.person.name,
        stage=pathway.stage,
        stage_label=Stage(pathway.stage).label,
        is_trial=pathway.current_track.is_trial,
        accepted_on=pathway.accepted_on,
    )


# ---- the shortlist ----


@dataclass(frozen=True)
class Candidate:
    """Somebody who waits for a dwelling, beside the others: people compare, no engine ranks (P17)."""

    pathway: Pathway
    referral: Referral | None
    met: int
    unmet: tuple[str, ...]
    unknown: tuple[str, ...]
    declined: tuple[Allocation, ...]
    people: int | None

    @property
    def is_judged(self) -> bool:
        return bool(self.met or self.unmet or self.unknown)

    @property
    def met_words(self) -> str:
        return _("%(count)d met") % {"count": self.met}

    @property
    def unmet_words(self) -> str:
        return _("%(count)d unmet") % {"count": len(self.unmet)}

    @property
    def unknown_words(self) -> str:
        return _("%(count)d unknown") % {"count": len(self.unknown)}

    @property
    def needs(self) -> str:
        """What the referral said they need."""
        return self.referral.support_need if self.referral else ""


def waiting(member: Membership) -> QuerySet[Pathway]:
    """The accepted trial candidates who wait for a dwelling, the longest waiting first."""
    rows = Pathway.objects.visible_to(member).filter(
        programme_id=member.programme_id, stage=Stage.WAITING, current_track__kind=TrackKind.TRIAL
    )
    return rows.select_related("person", "current_track", "track", "referred_by", "referral").order_by(
        "accepted_on", "referred_on", "pk"
    )


def people_of(pathway: Pathway) -> int | None:
    """How many would live there; unknown while the household is."""
    person = pathway.person
    adults = {"single": 1, "single_parent": 1, "couple": 2, "family": 2}.get(person.household_kind)
    return None if adults is None else adults + (person.children or 0)


def candidates_of(pathways: Iterable[Pathway]) -> list[Candidate]:
    """The same people with their conditions and what they declined before: two queries, however many."""
    rows = list(pathways)
    ids = [each.pk for each in rows]
    verdicts: dict[UUID, list[Assessment]] = {each: [] for each in ids}
    current = Assessment.objects.filter(pathway__in=ids, is_current=True).select_related("criterion")
    for verdict in current.order_by("criterion__position", "pk"):
        verdicts[verdict.pathway_id].append(verdict)
    declined: dict[UUID, list[Allocation]] = {each: [] for each in ids}
    before = Allocation.objects.filter(pathway__in=ids, declined_on__isnull=False).select_related("offer__dwelling")
    for allocation in before.order_by("declined_on", "pk"):
        declined[allocation.pathway_id].append(allocation)
    return [_candidate(each, verdicts[each.pk], declined[each.pk]) for each in rows]


def _candidate(pathway: Pathway, verdicts: list[Assessment], declined: list[Allocation]) -> Candidate:
    def named(verdict: Verdict) -> tuple[str, ...]:
        return tuple(str(each.criterion) for each in verdicts if each.verdict == verdict)

    return Candidate(
        pathway=pathway,
        referral=getattr(pathway, "referral", None),
        met=len(named(Verdict.MET)),
        unmet=named(Verdict.UNMET),
        unknown=named(Verdict.UNKNOWN),
        declined=tuple(declined),
        people=people_of(pathway),
    )


def allocations_of(pathway: Pathway) -> list[Allocation]:
    """The dwellings this candidate was chosen for, the latest first."""
    rows = Allocation.objects.filter(pathway=pathway).select_related("offer__dwelling__owner", "chosen_by")
    return _sharing(rows.order_by("-created_at", "-pk"), pathway.programme)


def chosen_for(offers: Sequence[Offer]) -> list[Allocation]:
    """Who was chosen for these offers, the latest first."""
    rows = Allocation.objects.filter(offer__in=offers).select_related("pathway__person", "chosen_by", "offer")
    return _sharing(rows.order_by("-created_at", "-pk"), offers[0].programme) if offers else []


def _sharing(rows: Iterable[Allocation], programme: Programme) -> list[Allocation]:
    # One programme for all rows, so that its code lists are read once.
    found = list(rows)
    for each in found:
        each.programme = programme
    return found
