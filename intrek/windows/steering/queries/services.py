"""How long people wait for help from outside, as it was observed, and how often it came too late (P21)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from intrek.ground.common.sql import DaysBetween
from intrek.ground.programmes.models import Programme
from intrek.ground.services.models import ServiceRequest, waits
from intrek.windows.steering.queries.counts import Counter, share_of
from intrek.windows.steering.rules import FEW, Span, shown_count

# Support is over, and the service had not started by then.
TOO_LATE = Q(pathway__first_ended_on__isnull=False, refused_on=None) & (
    Q(started_on=None) | Q(started_on__gt=F("pathway__first_ended_on"))
)


@dataclass(frozen=True)
class ServiceWait:
    """One service: how often it was asked, what became of it, and the median of days from asked to started."""

    name: str
    asked: int
    started: int
    waiting: int
    too_late: int
    median: int | None


def service_waits(programme: Programme, span: Span) -> list[ServiceWait]:
    """Every service that was asked in the period, the longest wait first; two statements, however many requests."""
    rows = ServiceRequest.objects.filter(programme=programme).order_by()
    asked = rows if span.is_all else rows.filter(span.holds("asked_on"))
    days = _days(asked)
    counted: Any = asked.values("service_id", "service__name").annotate(
        asked=Count("*"),
        started=Count("started_on"),
        waiting=Count("pk", filter=waits()),
        too_late=Count("pk", filter=TOO_LATE),
    )
    found = [
        ServiceWait(
            row["service__name"],
            row["asked"],
            row["started"],
            row["waiting"],
            row["too_late"],
            share_of(sorted(days[row["service_id"]]), 0.5) if row["service_id"] in days else None,
        )
        for row in counted
    ]
    return sorted(found, key=lambda each: (each.median is None, -(each.median or 0), each.name))


def _days(asked: QuerySet[ServiceRequest]) -> dict[UUID, Counter]:
    """Of each service how many waited how many days; who was not asked on a known day is not counted."""
    known = asked.filter(asked_on__isnull=False, started_on__isnull=False)
    found: dict[UUID, Counter] = defaultdict(list)
    waited = known.annotate(days=DaysBetween("started_on", "asked_on"))
    for service_id, days, count in waited.values_list("service_id", "days").annotate(count=Count("pk")):
        found[service_id].append((max(days, 0), count))
    return dict(found)


@dataclass(frozen=True)
class ServiceRow:
    """One service as the page shows it: counts as text, a range where somebody might be recognised."""

    name: str
    asked: str
    started: str
    waiting: str
    too_late: str
    median: int | None


def service_rows(programme: Programme, span: Span, *, masked: bool) -> list[ServiceRow]:
    """The services as the page shows them; of fewer than five who started no wait is told to who sees ranges."""
    return [_row(each, masked=masked) for each in service_waits(programme, span)]


def _row(wait: ServiceWait, *, masked: bool) -> ServiceRow:
    asked, started, waiting, too_late = (
        shown_count(count, masked=masked) for count in (wait.asked, wait.started, wait.waiting, wait.too_late)
    )
    median = None if masked and wait.started <= FEW else wait.median
    return ServiceRow(wait.name, asked, started, waiting, too_late, median)
