"""The lists that staff work from: referrals, those who wait, those who are supported, and search."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.folding import folded
from intrek.ground.common.sheets import Column
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.pathways.queries import awaited_party, awaited_words, line_of, with_lines
from intrek.ground.pathways.rules import Line
from intrek.ground.people.queries import search_people

FOUND = 20
LATEST_FIRST = ("-referred_on", "pk")
LONGEST_FIRST = ("accepted_on", "referred_on", "pk")


@dataclass(frozen=True)
class Row:
    """One pathway in a list, with its line."""

    pathway: Pathway
    line: Line


def rows_of(pathways: list[Pathway], on: date) -> list[Row]:
    """The pathways of one page, each with its line."""
    return [Row(each, line_of(each, on)) for each in pathways]


def narrowed(pathways: QuerySet[Pathway], answers: dict[str, Any], member: Membership) -> QuerySet[Pathway]:
    """The pathways that answer the filter."""
    wanted = {
        "track__kind": answers.get("track"),
        "stage": answers.get("stage"),
        "referred_by": answers.get("organisation"),
        "worker": answers.get("worker"),
    }
    found = pathways.filter(**{name: value for name, value in wanted.items() if value})
    return found.filter(_named(member, answers["q"])) if answers.get("q") else found


def _named(member: Membership, text: str) -> Q:
    return Q(person__in=search_people(member.programme, text).values("pk")) | Q(number__startswith=text.strip())


def referrals(member: Membership) -> QuerySet[Pathway]:
    """Every referral, latest first."""
    return with_lines(Pathway.objects.visible_to(member)).order_by(*LATEST_FIRST)


def waiting(member: Membership) -> QuerySet[Pathway]:
    """Accepted and not started, longest waiting first (words for counting)."""
    return with_lines(Pathway.objects.visible_to(member).at(Stage.WAITING, Stage.ALLOCATED)).order_by(*LONGEST_FIRST)


def residents(member: Membership) -> QuerySet[Pathway]:
    """Those who are supported or in aftercare, the first to start first."""
    running = Pathway.objects.visible_to(member).at(Stage.RUNNING, Stage.AFTERCARE)
    return with_lines(running).order_by("started_on", "pk")


COLUMNS = (
    Column(_("Number"), lambda row: row.number),
    Column(_("Family name"), lambda row: row.person.family_name),
    Column(_("Given name"), lambda row: row.person.given_name),
    Column(_("Date of birth"), lambda row: row.person.birth_on),
    Column(_("Track"), lambda row: row.track),
    Column(_("Stage"), lambda row: row.get_stage_display()),
    Column(_("Referred on"), lambda row: row.referred_on),
    Column(_("Referred by"), lambda row: row.referred_by),
    Column(_("Accepted on"), lambda row: row.accepted_on),
    Column(_("Support started on"), lambda row: row.started_on),
    Column(_("Support worker"), lambda row: row.worker),
    Column(_("Awaited"), awaited_words),
    Column(_("Awaited from"), awaited_party),
    Column(_("Awaited by"), lambda row: row.awaits_by),
    Column(_("The referrer hears by"), lambda row: row.hears_by),
)


@dataclass(frozen=True)
class Found:
    """What a search found."""

    pathways: list[Pathway]
    dwellings: list[Dwelling]

    @property
    def is_empty(self) -> bool:
        return not self.pathways and not self.dwellings


def search(member: Membership, text: str) -> Found:
    """People by any word of their name, pathways by number, dwellings by address; only what the member may see."""
    if not folded(text):
        return Found([], [])
    by_name = Pathway.objects.visible_to(member).filter(_named(member, text))
    pathways = by_name.select_related("person", "track", "current_track", "worker").order_by("-referred_on", "pk")[
        :FOUND
    ]
    street = folded(text)
    dwellings = Dwelling.objects.visible_to(member).filter(folded__gte=street, folded__lt=street + "\U0010ffff")
    return Found(list(pathways), list(dwellings.select_related("owner").order_by("folded", "pk")[:FOUND]))
