"""The home visits of this week, and those of today by the hour."""

from dataclasses import dataclass
from datetime import date, timedelta

from intrek.ground.partners.models import Membership
from intrek.story.support.models import Visit, VisitState

WORKING_DAYS = 5


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


def week_of(member: Membership, on: date) -> Week:
    """The member's planned visits from Monday to Friday of the week of ``on``: one query."""
    monday = on - timedelta(days=on.weekday())
    mine = Visit.objects.visible_to(member).filter(worker_id=member.contact_id, state=VisitState.PLANNED)
    rows = mine.filter(on__gte=monday, on__lt=monday + timedelta(days=7)).select_related("pathway__person")
    visits = list(rows.order_by("on", "starts_at", "pk"))
    days = [monday + timedelta(days=number) for number in range(7)]
    shown = [day for at, day in enumerate(days) if at < WORKING_DAYS or any(visit.on == day for visit in visits)]
    counted = tuple(WeekDay(day, sum(visit.on == day for visit in visits), day == on) for day in shown)
    return Week(counted, tuple(visit for visit in visits if visit.on == on))
