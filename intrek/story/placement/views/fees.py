"""The usage fee: what holds, what is asked month by month, what came in, and what is open (P9)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from intrek.ground.common.downloads import made_or_told
from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires, say_why
from intrek.ground.common.sheets import MOST_ROWS, csv_response, sheet_response
from intrek.ground.documents.actions import press_sheet
from intrek.ground.programmes.models import ProgrammeRule
from intrek.ground.programmes.queries import rule_of
from intrek.story.placement import actions, bills, forms, queries
from intrek.story.placement.models import Payment, PaymentRequest, Placement
from intrek.story.placement.views.stay import find_stay, form_page, pathway_of

SHEETS = {"xlsx": sheet_response, "csv": csv_response}


def _asked(request: AskedRequest, asked_id: Any) -> PaymentRequest:
    rows = PaymentRequest.objects.visible_to(request.member).select_related(
        "placement__pathway__person",
        "placement__pathway__track",
        "placement__pathway__programme",
        "placement__dwelling",
    )
    return get_object_or_404(rows.select_related("programme"), pk=asked_id)


def _rule(request: AskedRequest) -> ProgrammeRule:
    return rule_of(request.member.programme, request.today)


def _fee_work(request: AskedRequest, placement: Placement, fees: list[queries.Fee]) -> Work:
    initial = forms.first_fee(placement, fees, request.today)
    return drafted(request, forms.FeeForm, f"placement.fee:{placement.pk}", initial=initial)


@requires("placement.read")
def fee(request, placement_id):
    """The usage fee: what holds now, what held before, a new one from a day (P9)."""
    placement = find_stay(request, placement_id)
    fees = queries.fees_of(placement)
    work = _fee_work(request, placement, fees)
    if request.may("placement.change") and work.saved(partial(actions.set_fee, placement, by=request.member)):
        return redirect("placement:fee", placement.pk)
    return _fee_page(request, work, placement, fees)


def _fee_page(request: AskedRequest, work: Work, placement: Placement, fees: list[queries.Fee]) -> HttpResponse:
    held = queries.fee_on(fees, request.today)
    shown = {"fees": fees, "rests": queries.rests_without_fee(placement), "placement": placement}
    warnings = queries.cover_warnings(held, _rule(request)) if held else []
    return work.page(
        "placement/fee.html", pathway=pathway_of(request, placement.pathway_id), warnings=warnings, **shown
    )


@requires("placement.read")
def payments(request, placement_id):
    """What was asked of a stay month by month, what came in and what is open."""
    placement = find_stay(request, placement_id)
    shown = queries.payments_page(placement, _rule(request), request.today)
    pathway = pathway_of(request, placement.pathway_id)
    return render(request, "placement/payments.html", {"page": shown, "placement": placement, "pathway": pathway})


def _told(request: AskedRequest, made: list[PaymentRequest], reasons: list[Any]) -> None:
    if made:
        told = ngettext("%(count)d month is asked.", "%(count)d months are asked.", len(made)) % {"count": len(made)}
        messages.success(request, told)
    say_why(request, reasons)


@requires("placement.change")
@require_POST
def ask(request, placement_id):
    """Every month of a stay that began and was not asked yet is asked."""
    placement = find_stay(request, placement_id)
    _told(request, *actions.ask_all([placement], on=request.today, by=request.member))
    return redirect("placement:payments", placement.pk)


@requires("placement.change")
@require_POST
def ask_everybody(request):
    """The same for every stay that runs."""
    running = queries.running(request.member)
    _told(request, *actions.ask_all(running, on=request.today, by=request.member))
    return redirect("placement:ledger")


@requires("placement.read")
def asked(request, asked_id):
    """One month that was asked: its parts, how to pay it, what came in; a payment is booked here."""
    found = _asked(request, asked_id)
    initial = {"paid_on": request.today, "amount": max(found.open_amount, 0) or None}
    work = drafted(request, forms.PaymentForm, f"placement.payment:{found.pk}", initial=initial)
    if request.may("placement.change") and work.saved(partial(actions.book_payment, found, by=request.member)):
        messages.success(request, _("The payment is booked."))
        return redirect("placement:payments", found.placement_id)
    return _asked_page(request, work, found)


def _asked_page(request: AskedRequest, work: Work, found: PaymentRequest) -> HttpResponse:
    shown = {
        "asked": found,
        "lines": queries.lines_of(found),
        "payments": queries.payments_of(found),
        "rule": _rule(request),
        "code": bills.code_of(found, _rule(request)),
    }
    return work.page("placement/asked.html", pathway=pathway_of(request, found.placement.pathway_id), **shown)


@requires("placement.change")
def correct(request, asked_id):
    """A month that was asked is reckoned anew, with a reason."""
    found = _asked(request, asked_id)
    work = drafted(request, forms.CorrectForm, f"placement.correct:{found.pk}")
    if work.saved(partial(actions.correct_request, found, on=request.today, by=request.member)):
        return redirect("placement:asked", found.pk)
    title = _("Correct what was asked for %(month)s") % {"month": queries.month_of(found)}
    return form_page(request, work, found.placement, title, _("Reckon anew"), intro=queries.correction_words(found))


@requires("placement.change")
def take_back(request, payment_id):
    """A payment was booked wrongly."""
    mine = PaymentRequest.objects.visible_to(request.member)
    payment = get_object_or_404(Payment.objects.filter(request__in=mine), pk=payment_id)
    work = drafted(request, forms.CorrectForm, f"placement.take_back:{payment.pk}")
    if work.saved(partial(actions.take_back_payment, payment, on=request.today, by=request.member)):
        return redirect("placement:asked", payment.request_id)
    return form_page(
        request, work, _asked(request, payment.request_id).placement, _("Take back a payment"), _("Take back")
    )


def _sheet(request: AskedRequest, title: str, parts: Any, pathway: Any) -> Any:
    told: dict[str, Any] = {"programme": pathway.programme, "reference": pathway.number, "on": request.today}
    return partial(press_sheet, title, parts, **told)


@requires("placement.read")
def request_paper(request, asked_id):
    """One month on paper, with the code for a banking app."""
    found = _asked(request, asked_id)
    title, parts = bills.request_sheet(found, _rule(request))
    pathway = pathway_of(request, found.placement.pathway_id)
    make = _sheet(request, title, parts, pathway)
    return made_or_told(request, make, name=f"{found.number}.pdf", back=reverse("placement:asked", args=[found.pk]))


@requires("placement.read")
def statement(request, placement_id):
    """All that was asked and paid of a stay, on paper."""
    placement = find_stay(request, placement_id)
    title, parts = bills.statement_sheet(placement)
    pathway = pathway_of(request, placement.pathway_id)
    make, back = _sheet(request, title, parts, pathway), "placement:payments"
    return made_or_told(request, make, name=f"{pathway.number}.pdf", back=reverse(back, args=[placement.pk]))


@requires("placement.read")
def ledger(request):
    """What is open in the whole programme and since when; all that was asked, for the bookkeeper."""
    kind = SHEETS.get(request.GET.get("format", ""))
    if kind and request.may("exchange.export"):
        return kind(queries.LEDGER, queries.asked_in(request.member)[:MOST_ROWS].iterator(), title=_("Usage fees"))
    rows = queries.standings(request.member, _rule(request), request.today)
    return render(request, "placement/ledger.html", {"rows": rows})
