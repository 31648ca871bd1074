"""The stock as a list and as a picture: what every dwelling of the pool did, does and will do (P8)."""

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
from intrek.ground.programmes.models import StayTitle
from intrek.story.allocation import rules
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.allocation.queries.offers import free_offers, offer_facts, open_offers


def pool(member: Membership) -> QuerySet[Dwelling]:
    """The dwellings that are or were in the pool, with all that their picture is drawn from: a fixed number of queries."""
    offers = Offer.objects.order_by("offered_on", "created_at", "pk").prefetch_related(
        Prefetch(
            "allocations",
            queryset=Allocation.objects.order_by("chosen_on", "created_at", "pk"),
        )
    )
    stays = Occupancy.objects.filter(with_household_of=None).select_related("pathway")
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


def named_to(member: Membership, dwellings: Iterable[Dwelling]) -> dict[UUID, str]:
    """The names around these dwellings, by pathway, that the member may read: a landlord knows their own residents, no candidates (P7).

    Only these persons are read at all: whoever is read is on record as seen.
    """
    around: set[UUID] = set()
    for dwelling in dwellings:
        around |= {each.pathway_id for each in dwelling.occupancies.all() if each.pathway_id}
        around |= {each.pathway_id for offer in dwelling.offers.all() for each in offer.allocations.all()}
    rows: QuerySet[Pathway] = Pathway.objects.visible_to(member).filter(pk__in=around)
    return {each.pk: each.person.name for each in rows.select_related("person").order_by("pk")}


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


def _stock_row(dwelling: Dwelling, named: dict[UUID, str], keys: dict[UUID, date], on: date) -> StockRow:
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


def _lived(stay: Occupancy, named: dict[UUID, str]) -> rules.Lived:
    is_lease = stay.title == StayTitle.LEASE
    runs = stay.until_on is None and not is_lease and stay.pathway is not None
    return rules.Lived(
        is_lease=is_lease,
        from_on=stay.from_on,
        until_on=stay.until_on,
        expected_until=latest_day(stay.pathway.clock) if runs and stay.pathway else None,
        who=named.get(stay.pathway_id, "") if stay.pathway_id else "",
    )


def _given(allocation: Allocation, named: dict[UUID, str], keys: dict[UUID, date]) -> rules.Given:
    return rules.Given(
        chosen_on=allocation.chosen_on,
        accepted_on=allocation.accepted_on,
        released_on=allocation.released_on,
        starts_on=keys.get(allocation.pathway_id),
        who=named.get(allocation.pathway_id, ""),
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
