"""A file of another team, open for an hour to who gave a reason (P7)."""

from datetime import datetime
from typing import Any

from intrek.ground.access.models import BreakIn, Category
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.ground.programmes.models import Programme
from intrek.windows.portal.queries.shared import SharedFile, SharedRow, file_of


def other_programmes(member: Membership) -> list[Programme]:
    """The programmes of this installation beside one's own."""
    return list(Programme.objects.exclude(pk=member.programme_id).order_by("name", "pk"))


def opened_file(opened: BreakIn, *, at: datetime) -> SharedFile:
    """The whole file, as a partner with everything would read it: nothing can be changed in it, and nothing taken along."""
    rows: Any = Pathway.objects.filter(programme_id=opened.programme_id).select_related("person", "current_track")
    pathway, everything = with_lines(rows).get(pk=opened.pathway_id), frozenset(Category.values)
    row = SharedRow(pathway, everything, None, [opened.reason])
    return file_of(row, on=at.date())
