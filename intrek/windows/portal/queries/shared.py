"""What was shared with a partner of somebody else's referral, and what a partner sees of a pathway all told (P7)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.access.models import SHARED_GROUNDS, Category, Ground
from intrek.ground.access.queries import grants_to, in_words, opened_to
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import line_of, with_lines
from intrek.ground.pathways.rules import Line
from intrek.story.referral.models import Referral
from intrek.story.referral.queries import Section, now_of, open_categories, sections_for, sections_of
from intrek.story.support.models import Goal, SupportTerm
from intrek.story.support.queries import home_of, open_term
from intrek.windows.portal.queries.own import OwnDwelling, as_landlord_sees, own_dwellings

# The law on the national register asks an authorisation for each use: the number goes along with nothing.
NEVER_SHARED = frozenset({"register_number"})


def shared_pathways(member: Membership) -> QuerySet[Pathway]:
    """The pathways of which something is shared with this member today, by name."""
    rows: QuerySet[Pathway] = Pathway.objects.visible_to(member, grounds=SHARED_GROUNDS)
    return rows.select_related("person", "current_track").order_by("person__family_name", "person__given_name", "pk")


@dataclass(frozen=True)
class SharedRow:
    """A pathway on the list of what is shared: who, what of it, until when, for what."""

    pathway: Pathway
    opened: frozenset[str]
    until: date | None
    purposes: list[str]

    @property
    def categories(self) -> str:
        """What is open of it, in words."""
        return in_words(self.opened)


def as_shared(pathways: Iterable[Pathway], member: Membership) -> list[SharedRow]:
    """The rows with what is open of each: one query for all."""
    rows, found = list(pathways), defaultdict(list)
    grants = grants_to(member, SHARED_GROUNDS).filter(pathway_id__in=[each.pk for each in rows])
    for grant in grants.select_related("share").order_by("until_on", "pk"):
        found[grant.pathway_id].append(grant)
    return [_shared_row(each, found[each.pk], member) for each in rows]


def _shared_row(pathway: Pathway, grants: list[Any], member: Membership) -> SharedRow:
    purposes = [each.share.purpose for each in grants if each.share]
    until = max((each.until_on for each in grants if each.until_on), default=None)
    return SharedRow(pathway, opened_to(member, grants), until, purposes)


@dataclass(frozen=True)
class SharedFile:
    """What of a pathway is shared: only the kinds of facts that are open."""

    row: SharedRow
    opened: frozenset[str]
    line: Line | None
    home: Occupancy | None
    term: SupportTerm | None
    goals: list[Goal]
    sections: list[Section]

    @property
    def unknown(self) -> list[Any]:
        """The questions whose answer is not known."""
        return [fact for section in self.sections for fact in section.unknown]


def shared_file(member: Membership, pathway_id: UUID) -> SharedFile | None:
    """What is shared of this pathway with this member today; nothing when nothing is."""
    pathway = with_lines(shared_pathways(member)).filter(pk=pathway_id).first()
    row = as_shared([pathway], member)[0] if pathway else None
    return file_of(row, on=_day(member)) if row and row.opened else None


def file_of(row: SharedRow, *, on: date) -> SharedFile:
    """What the kinds of facts that are open show of a pathway."""
    pathway, opened = row.pathway, row.opened
    has_support = Category.SUPPORT in opened
    return SharedFile(
        row=row,
        opened=opened,
        line=line_of(pathway, on) if Category.PROGRESS in opened else None,
        home=home_of(pathway) if Category.TENANCY in opened else None,
        term=open_term(pathway) if has_support else None,
        goals=list(pathway.goals.filter(dropped_on=None)) if has_support else [],
        sections=_sections(pathway, opened),
    )


def _day(member: Membership) -> date:
    if member.on is None:
        raise ValueError("A member looks on a day: use standing_on().")
    return member.on


def _sections(pathway: Pathway, opened: frozenset[str]) -> list[Section]:
    """The answers as they are now, of the kinds that are open."""
    rows: QuerySet[Referral] = Referral.objects.filter(pathway=pathway)
    referral = rows.select_related("pathway__person", "programme", "track", "landlord", "care").first()
    if referral is None:
        return []
    return sections_of(now_of(referral), referral.programme, referral.track.kind, opened, without=NEVER_SHARED)


@dataclass(frozen=True)
class Seen:
    """All that a partner sees of one pathway: of the referral, of the dwelling, of what is shared."""

    told: list[Section]
    dwellings: list[OwnDwelling]
    shared: SharedFile | None

    @property
    def is_nothing(self) -> bool:
        return not (self.told or self.dwellings or self.shared)


def seen_by(member: Membership, pathway_id: UUID) -> Seen:
    """What this partner sees of the pathway today, by the very queries of their own pages."""
    return Seen(_told(member, pathway_id), _dwellings(member, pathway_id), shared_file(member, pathway_id))


def _told(member: Membership, pathway_id: UUID) -> list[Section]:
    rows = Referral.objects.visible_to(member).select_related("programme", "track", "pathway__person", "care")
    referral = rows.filter(pathway_id=pathway_id).first()
    return sections_for(referral, member, open_categories(referral, member)) if referral else []


def _dwellings(member: Membership, pathway_id: UUID) -> list[OwnDwelling]:
    if not grants_to(member, [Ground.OWN_DWELLING]).filter(pathway_id=pathway_id).exists():
        return []
    rows = own_dwellings(member).filter(occupancies__pathway_id=pathway_id, occupancies__until_on=None)
    return as_landlord_sees(rows, member)
