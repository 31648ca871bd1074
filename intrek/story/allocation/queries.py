"""Offers, who holds what, who waits, and the stock as a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intrek.ground.common.charts import Span, StripRow, Strips, strips
from intrek.ground.common.dates import add_months
from intrek.ground.dwellings.models import Dwelling, DwellingKind, Occupancy
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway, Stage, Station, Step
from intrek.ground.programmes.models import Programme, StayTitle, TrackKind
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


# ---- the stock ----


def pool(member: Membership) -> QuerySet[Dwelling]:
    """The dwellings that are or were in the pool, with all that their picture is drawn from: a fixed number of queries."""
    offers = Offer.objects.order_by("offered_on", "created_at", "pk").prefetch_related(
        Prefetch(
            "allocations",
            queryset=Allocation.objects.select_related("pathway__person").order_by("chosen_on", "created_at", "pk"),
        )
    )
    stays = Occupancy.objects.filter(with_household_of=None).select_related("person", "pathway")
    offered = Offer.objects.filter(programme_id=member.programme_id).values("dwelling_id")
    rows = Dwelling.objects.visible_to(member).filter(pk__in=offered).select_related("owner")
    return rows.prefetch_related(
        Prefetch("offers", queryset=offers),
        Prefetch("occupancies", queryset=stays.order_by("from_on", "created_at", "pk")),
    ).order_by("address", "pk")


def key_days(pathway_ids: Iterable[UUID]) -> dict[UUID, date]:
    """When the keys of prepared stays are expected."""
    rows = Step.objects.filter(
        pathway_id__in=list(pathway_ids), station=Station.KEYS, state="", expected_on__isnull=False
    )
    return {each.pathway_id: each.expected_on for each in rows.order_by("pk") if each.expected_on}


def named_to(member: Membership, dwellings: Iterable[Dwelling]) -> set[UUID]:
    """Those of the pathways around these dwellings whose names the member may read: a landlord knows their own residents, no candidates (P7)."""
    around: set[UUID] = set()
    for dwelling in dwellings:
        around |= {each.pathway_id for each in dwelling.occupancies.all() if each.pathway_id}
        around |= {each.pathway_id for offer in dwelling.offers.all() for each in offer.allocations.all()}
    return set(Pathway.objects.visible_to(member).filter(pk__in=around).order_by("pk").values_list("pk", flat=True))


def latest_day(texts: dict[str, Any]) -> date | None:
    """The agreed last day of a running term, as its clock keeps it."""
    return date.fromisoformat(texts["ends_on"]) if texts.get("ends_on") else None


LEGEND = {
    "wait": rules.State.OFFERED.label,
    "ready": rules.State.PREPARED.label,
    "solid": rules.State.TRIAL.label,
    "planned": _("stay planned"),
    "own": rules.State.TENANCY.label,
    "free": rules.State.FREE.label,
}
TAGS = {
    rules.State.FREE: "soon",
    rules.State.TRIAL: "done",
    rules.State.TENANCY: "done",
    rules.State.WITHDRAWN: "no",
}
MONTHS_BACK, MONTHS = 12, 18


@dataclass(frozen=True)
class StockRow:
    """One dwelling of the pool: what it does on a day, for whom, and when it is free."""

    dwelling: Dwelling
    offer: Offer
    state: rules.State
    who: str
    free_on: date | None
    spans: tuple[Span, ...]

    @property
    def tag(self) -> str:
        """How its state is drawn."""
        return TAGS.get(self.state, "wait")

    @property
    def is_free(self) -> bool:
        return self.state == rules.State.FREE

    @property
    def rooms(self) -> str:
        """Kind and bedrooms, in words."""
        return home_words(self.dwelling)

    @property
    def icon(self) -> str:
        """The drawing beside its state."""
        return {rules.State.TENANCY: "home", rules.State.TRIAL: "key", rules.State.FREE: "key"}.get(self.state, "")


def stock_rows(dwellings: Sequence[Dwelling], member: Membership, on: date) -> list[StockRow]:
    """The dwellings of one page (from ``pool``) with what they do; names only where the member may read them."""
    named = named_to(member, dwellings)
    keys = key_days(
        each.pathway_id for row in dwellings for offer in row.offers.all() for each in offer.allocations.all()
    )
    return [_stock_row(each, named, keys, on) for each in dwellings]


def _stock_row(dwelling: Dwelling, named: set[UUID], keys: dict[UUID, date], on: date) -> StockRow:
    offers = list(dwelling.offers.all())
    allocations = [each for offer in offers for each in offer.allocations.all()]
    stays = [_lived(each, named) for each in dwelling.occupancies.all()]
    given = [_given(each, named, keys) for each in allocations]
    open_ones = [each for each in offers if not (each.withdrawn_on or each.used_up_on)]
    offer = (open_ones or offers)[-1]
    held_now = next((each for each in given if each.released_on is None), None)
    state = rules.state_of(offer_facts(offer), held_now, stays, on)
    here = next((each for each in reversed(stays) if each.until_on is None or each.until_on >= on), None)
    spans = rules.stretches([offer_facts(each) for each in offers], given, stays)
    return StockRow(
        dwelling=dwelling,
        offer=offer,
        state=state,
        who=here.who if here and here.who else held_now.who if held_now else "",
        free_on=_free_on(state, offer, here),
        spans=tuple(Span(each.kind, each.from_on, each.until_on, each.text) for each in spans),
    )


def _free_on(state: rules.State, offer: Offer, here: rules.Lived | None) -> date | None:
    if state == rules.State.TRIAL and here:
        last = here.until_on or here.expected_until
        return last + rules.DAY if last else None
    return offer.available_from if state == rules.State.OFFERED else None


def _lived(stay: Occupancy, named: set[UUID]) -> rules.Lived:
    is_lease = stay.title == StayTitle.LEASE
    runs = stay.until_on is None and not is_lease and stay.pathway is not None
    return rules.Lived(
        is_lease=is_lease,
        from_on=stay.from_on,
        until_on=stay.until_on,
        expected_until=latest_day(stay.pathway.clock) if runs and stay.pathway else None,
        who=stay.person.name if stay.pathway_id in named else "",
    )


def _given(allocation: Allocation, named: set[UUID], keys: dict[UUID, date]) -> rules.Given:
    return rules.Given(
        chosen_on=allocation.chosen_on,
        accepted_on=allocation.accepted_on,
        released_on=allocation.released_on,
        starts_on=keys.get(allocation.pathway_id),
        who=allocation.pathway.person.name if allocation.pathway_id in named else "",
    )


def stock_picture(rows: Sequence[StockRow], on: date) -> Strips:
    """Eighteen months of the stock: twelve behind, this one, and those ahead."""
    starts_on = add_months(on.replace(day=1), -MONTHS_BACK)
    shown = [
        StripRow(
            each.dwelling.address,
            each.spans,
            sub=" · ".join(filter(None, [str(each.dwelling.owner or ""), home_words(each.dwelling)])),
            url=reverse("dwellings:dwelling", args=[each.dwelling.pk]),
        )
        for each in rows
    ]
    ends_on = add_months(starts_on, MONTHS) - rules.DAY
    return strips(shown, starts_on=starts_on, ends_on=ends_on, legend=LEGEND, today=on, width=960)


def home_words(dwelling: Dwelling) -> str:
    """A dwelling in a few words: apartment, 2 bedrooms."""
    kind = "" if dwelling.kind == DwellingKind.UNKNOWN else dwelling.get_kind_display()
    count = dwelling.bedrooms
    rooms = "" if count is None else ngettext("%(count)d bedroom", "%(count)d bedrooms", count) % {"count": count}
    return ", ".join(filter(None, [kind, rooms]))


@dataclass(frozen=True)
class Counts:
    """How many dwellings do what, over the whole pool that the member sees."""

    free: int
    asked: int
    trial: int
    tenancy: int


def counts_of(member: Membership) -> Counts:
    """The numbers above the stock: three counts in the database."""
    held_rows = Allocation.objects.filter(offer__in=open_offers(member), released_on=None)
    stages = held_rows.aggregate(asked=Count("pk", filter=Q(pathway__stage=Stage.ALLOCATED)), all=Count("pk"))
    tenancy = Offer.objects.filter(dwelling__in=Dwelling.objects.visible_to(member), used_up_on__isnull=False)
    return Counts(
        free=free_offers(member).count(),
        asked=stages["asked"],
        trial=stages["all"] - stages["asked"],
        tenancy=tenancy.count(),
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
