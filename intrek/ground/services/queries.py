"""Finding services, what was asked of them, and how the wait stands against the support term (P21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.common import charts
from intrek.ground.common.dates import add_months
from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal
from intrek.ground.common.wording import day, period
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme
from intrek.ground.services import rules
from intrek.ground.services.models import OutsideService, ServiceRequest, waits

MONTHS_AROUND = 1


def find_service(programme: Programme, name: str) -> OutsideService | None:
    """The service of this name, without regard to case, accents and punctuation."""
    return OutsideService.objects.filter(programme=programme, folded=folded(name)).first()


def directory(programme: Programme) -> QuerySet[OutsideService]:
    """The list of services, each with how many people wait for it now."""
    waiting = Count("requests", filter=waits("requests__"))
    return OutsideService.objects.filter(programme=programme).annotate(waiting=waiting).order_by("name", "pk")


def wait_of(request: ServiceRequest) -> rules.Wait:
    """A request as the rules look at it."""
    return rules.Wait(
        asked_on=request.asked_on,
        expected_on=request.expected_on,
        started_on=request.started_on,
        refused_on=request.refused_on,
        ended_on=request.ended_on,
        last_checked_on=request.last_checked_on,
    )


@dataclass(frozen=True)
class Asked:
    """A service asked for one person, and what is to be done about it."""

    request: ServiceRequest
    state: str
    words: str
    is_late: bool
    to_check: bool
    warning: Refusal | None


def term_of(pathway: Pathway) -> tuple[date | None, date | None]:
    """The first and last day of the running support term, as the pathway's clock has it."""
    first, last = pathway.clock.get("starts_on"), pathway.clock.get("ends_on")
    return (date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def asked_of(pathway: Pathway, on: date, *, check_weeks: int) -> list[Asked]:
    """Every service asked for this person, what waits first."""
    rows = ServiceRequest.objects.filter(pathway=pathway).select_related("service", "asked_by", "pathway")
    found = as_asked(rows.order_by("asked_on", "pk"), on, check_weeks=check_weeks)
    order = ["late", "wait", "running", "done", "no"]
    return sorted(found, key=lambda each: order.index(each.state))


def asked_for(service: OutsideService, member: Membership, *, all_of_them: bool) -> QuerySet[ServiceRequest]:
    """For whom this service was asked, of the people the member may see: who waits, the longest first; or everybody, the latest first."""
    rows = ServiceRequest.objects.visible_to(member).filter(service=service)
    rows = rows.select_related("service", "asked_by", "pathway__person")
    if all_of_them:
        return rows.order_by(F("asked_on").desc(nulls_last=True), "pk")
    return rows.filter(waits()).order_by(F("asked_on").asc(nulls_first=True), "pk")


def as_asked(rows: Iterable[ServiceRequest], on: date, *, check_weeks: int) -> list[Asked]:
    """Requests with how they stand on a day, each against the support term of its own person."""
    return [_asked(each, on, check_weeks) for each in rows]


def _asked(request: ServiceRequest, on: date, check_weeks: int) -> Asked:
    wait, (_starts_on, ends_on) = wait_of(request), term_of(request.pathway)
    late = rules.comes_too_late(wait, ends_on)
    facts = {"service": request.service.name, "expected_on": request.expected_on, "ends_on": ends_on}
    return Asked(
        request=request,
        state=_state(wait, late=late),
        words=_words(request),
        is_late=late,
        to_check=rules.to_be_checked(wait, check_weeks, on),
        warning=Refusal(rules.Reason.TOO_LATE, facts) if late else None,
    )


def _state(wait: rules.Wait, *, late: bool) -> str:
    if wait.refused_on:
        return "no"
    if wait.ended_on:
        return "done"
    if wait.started_on:
        return "running"
    return "late" if late else "wait"


def _words(request: ServiceRequest) -> str:
    if request.refused_on:
        return _("refused on %(day)s") % {"day": day(request.refused_on)}
    if request.ended_on:
        return _("ended on %(day)s") % {"day": day(request.ended_on)}
    if request.started_on:
        return _("runs since %(day)s") % {"day": day(request.started_on)}
    if request.expected_on:
        return _("expected on %(day)s") % {"day": day(request.expected_on)}
    return _("waits, no day known")


def picture_of(pathway: Pathway, asked: list[Asked], on: date) -> charts.Strips | None:
    """Each wait against the support term; nothing to draw when no day is known."""
    starts_on, ends_on = term_of(pathway)
    days = [on, starts_on, ends_on]
    for each in asked:
        days += [each.request.asked_on, each.request.expected_on, each.request.started_on]
    known = [each for each in days if each]
    if len(known) < 2:
        return None
    rows = [_support_row(starts_on, ends_on)] if starts_on else []
    rows += [
        charts.StripRow(
            each.request.service.name,
            _spans(each),
            sub=each.words,
            url=reverse("services:change", args=[each.request.pk]),
        )
        for each in asked
    ]
    return charts.strips(
        rows,
        starts_on=min(known).replace(day=1),
        ends_on=add_months(max(known), MONTHS_AROUND),
        legend=_legend(rows),
        today=on,
        end=ends_on,
        end_label=_("last day of support") if ends_on else "",
    )


def _support_row(starts_on: date | None, ends_on: date | None) -> charts.StripRow:
    return charts.StripRow(_("Support"), [charts.Span("solid", starts_on, ends_on)], sub=period(starts_on, ends_on))


def _spans(asked: Asked) -> list[charts.Span]:
    request, spans = asked.request, []
    until = request.started_on or request.refused_on or request.expected_on
    if request.asked_on and (until is None or until > request.asked_on):
        last = until - timedelta(days=1) if until else None
        spans.append(charts.Span("late" if asked.is_late else "wait", request.asked_on, last))
    if request.started_on:
        spans.append(charts.Span("running", request.started_on, request.ended_on))
    elif request.expected_on and not request.refused_on:
        spans.append(charts.Span("expected", request.expected_on, None))
    return spans


def _legend(rows: list[charts.StripRow]) -> dict[str, Any]:
    words = {
        "solid": _("support"),
        "wait": _("waits"),
        "late": _("waits past the end of support"),
        "running": _("runs"),
        "expected": _("expected"),
    }
    used = {span.kind for row in rows for span in row.spans}
    return {kind: text for kind, text in words.items() if kind in used}
