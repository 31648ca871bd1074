"""The home visits that are planned: those of this week, and those of today by the hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intrek.ground.partners.models import Membership
from intrek.story.support.models import Visit, VisitState

WORKING_DAYS = 5
# More than anybody plans; what was left unnoted for years does not make the page slow.
MOST = 200


@dataclass(frozen=True)
class WeekDay:
    """One day of the week, and how many visits it holds."""

    on: date
    count: int
    is_today: bool


@dataclass(frozen=True)
class Week:
    """The working days of this week and today's visits."""

    days: tuple[WeekDay, ...]
    today: tuple[Visit, ...]


def planned_visits(member: Membership, on: date) -> list[Visit]:
    """The member's planned visits up to the Sunday of this week, the latest day first to be kept: one query."""
    sunday = on + timedelta(days=6 - on.weekday())
    mine = Visit.objects.visible_to(member).filter(worker_id=member.contact_id, state=VisitState.PLANNED)
    rows = mine.filter(on__lte=sunday).select_related("pathway__person").order_by("-on", "-starts_at", "-pk")
    return list(rows[:MOST])[::-1]


def week_of(planned: Sequence[Visit], on: date) -> Week:
    """The days of the week of ``on``, Saturday and Sunday only when there is a visit, and today's visits by the hour."""
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    counted = [WeekDay(each, sum(visit.on == each for visit in planned), each == on) for each in days]
    shown = [each for number, each in enumerate(counted) if number < WORKING_DAYS or each.count or each.is_today]
    # Without an hour it can be done any time: after those that have one.
    today = [visit for visit in planned if visit.on == on]
    return Week(tuple(shown), tuple(sorted(today, key=lambda visit: (visit.starts_at is None, visit.starts_at))))
