"""The figures for the steering group, and the rows behind them."""

from typing import Any

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import requires
from intrek.ground.common.sheets import Column, sheet_response
from intrek.windows.steering.forms import PeriodForm
from intrek.windows.steering.queries import pages, rows_behind
from intrek.windows.steering.queries import promises as told_by
from intrek.windows.steering.queries.pages import period_words
from intrek.windows.steering.queries.services import service_rows
from intrek.windows.steering.rules import MEASURES, TRACKS, Span

SHEET = (
    Column(_("Figure"), lambda line: line.label),
    Column(_("Trial resident"), lambda line: line.tracks[0].count),
    Column(_("Sitting tenant"), lambda line: line.tracks[1].count),
    Column(_("Total"), lambda line: line.total.count),
)


def _period(request: Any) -> PeriodForm:
    asked = {"from_on", "until_on"} & set(request.GET)
    return PeriodForm(request.GET if asked else None, today=request.today)


@requires("steering.figures")
def figures(request):
    """Figures without names: flows of the period, stocks at its last day."""
    form = _period(request)
    span = form.span
    page = pages.page_of(request.member, span, may_open=request.may("steering.rows"), today=request.today)
    if request.GET.get("format") == "xlsx":
        return sheet_response(SHEET, page["lines"], title=str(_("Figures")))
    return render(request, "steering/figures.html", {**page, "form": form, "period": period_words(span)})


@requires("steering.figures")
def promises(request):
    """Whether referrers heard by the day they were promised, by step and by partner (P24)."""
    form = _period(request)
    page = told_by.page_of(request.member, form.span, request.today)
    return render(request, "steering/promises.html", {**page, "form": form, "period": period_words(form.span)})


@requires("steering.figures")
def services(request):
    """How long people waited for help from outside, and how often it came too late (P21)."""
    form, masked = _period(request), pages.is_masked(request.member)
    rows = service_rows(request.member.programme, form.span, masked=masked)
    page = {"services": rows, "masked": masked, "form": form, "period": period_words(form.span)}
    return render(request, "steering/services.html", page)


@requires("steering.figures")
def explained(request):
    """How the figures are counted."""
    return render(request, "steering/explained.html", {"measures": MEASURES.values()})


def _filters(request: Any) -> dict[str, str]:
    kind, kept = request.GET.get("track", ""), request.GET.get("kept", "")
    if (kind and kind not in TRACKS) or (kept and kept not in YesNoUnknown.values):
        raise Http404
    return {"kind": kind, "kept": kept, "referrer": request.GET.get("referrer", ""), "how": request.GET.get("how", "")}


def _behind(request: Any, code: str, span: Span) -> Any:
    try:
        return rows_behind(request.member.programme, code, span, **_filters(request)).visible_to(request.member)
    except (KeyError, ValueError) as unknown:
        raise Http404 from unknown


@requires("steering.rows")
def rows(request, code):
    """The pathways that a figure counts: the same definition, so the same number."""
    form = _period(request)
    span = form.span
    listing = listing_of(request, _behind(request, code, span))
    context = {"measure": MEASURES[code], "listing": listing, "period": period_words(span), "form": form}
    return render(request, "steering/rows.html", context | pages.filter_words(request.member, **_filters(request)))
