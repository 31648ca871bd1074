"""Days that nobody knew when a pathway was taken over: how they are called, and which rows take them once somebody knows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from intrek.ground.dwellings.models import Occupancy
from intrek.ground.pathways.models import Pathway, Station
from intrek.ground.pathways.queries import day_name
from intrek.ground.programmes.models import StayTitle
from intrek.story.aftercare.models import Aftercare
from intrek.story.allocation.models import Allocation
from intrek.story.evaluation.models import Evaluation
from intrek.story.placement.models import Placement
from intrek.story.referral.models import Referral
from intrek.story.support.models import SupportTerm
from intrek.story.tenancy.models import Tenancy

# Rows of one pathway that wait for a day, and the column it belongs in.
Rows = Callable[[Pathway], Iterable[tuple[QuerySet[Any], str]]]


@dataclass(frozen=True)
class Unknown:
    """One kind of day that may be missing: its name for people, the rows it belongs in, the station it dates."""

    label: Any
    rows: Rows = lambda _pathway: ()
    stations: tuple[Station, ...] = ()
    may_lie_ahead: bool = False


def _waiting(model: Any, column: str, **which: Any) -> Rows:
    return lambda pathway: [(model.objects.filter(pathway=pathway, **which, **{f"{column}__isnull": True}), column)]


def _own_tenancy(pathway: Pathway) -> list[tuple[QuerySet[Any], str]]:
    lease = Occupancy.objects.filter(pathway=pathway, title=StayTitle.LEASE, tenancy__isnull=False, from_on=None)
    return [(Tenancy.objects.filter(pathway=pathway, starts_on=None), "starts_on"), (lease, "from_on")]


def _ended(pathway: Pathway) -> list[tuple[QuerySet[Any], str]]:
    over = {"pathway": pathway, "ended_on": None}
    return [
        (SupportTerm.objects.filter(**over).exclude(ended_how=""), "ended_on"),
        (Placement.objects.filter(**over).exclude(ended_how=""), "ended_on"),
        (Pathway.objects.filter(pk=pathway.pk, first_ended_on=None).exclude(first_ending=""), "first_ended_on"),
    ]


def _closed(pathway: Pathway) -> list[tuple[QuerySet[Any], str]]:
    return [(Referral.objects.filter(pathway=pathway, withdrawn_on=None).exclude(withdrawn_by=""), "withdrawn_on")]


UNKNOWN: dict[str, Unknown] = {
    "referred_on": Unknown(_("referred on"), _waiting(Referral, "referred_on"), (Station.REFERRAL,)),
    "discussed_on": Unknown(_("discussed on"), stations=(Station.INTERVISION,)),
    "accepted_on": Unknown(_("accepted on"), stations=(Station.INTERVISION,)),
    "chosen_on": Unknown(_("dwelling chosen on"), _waiting(Allocation, "chosen_on"), (Station.ALLOCATION,)),
    "starts_on": Unknown(_("trial stay started on"), _waiting(Placement, "starts_on"), (Station.KEYS,)),
    "started_on": Unknown(_("support started on"), _waiting(SupportTerm, "starts_on")),
    "continued_on": Unknown(_("went on as sitting tenant on"), _waiting(SupportTerm, "starts_on", ended_how="")),
    "agreed_last_day": Unknown(
        _("agreed last day of support"), _waiting(SupportTerm, "agreed_last_day", ended_how=""), may_lie_ahead=True
    ),
    "evaluation_on": Unknown(
        _("final evaluation held on"), _waiting(Evaluation, "held_on"), (Station.FINAL_EVALUATION,)
    ),
    "tenancy_on": Unknown(_("tenancy started on"), _own_tenancy, (Station.TENANCY,)),
    "ended_on": Unknown(_("support ended on"), _ended),
    "aftercare_on": Unknown(_("aftercare since"), _waiting(Aftercare, "from_on"), (Station.AFTERCARE,)),
    "closed_on": Unknown(_("closed on"), _closed),
}


def unknown_name(name: str) -> str:
    """How a missing day is called, in the reader's language."""
    return str(UNKNOWN[name].label) if name in UNKNOWN else day_name(name)
