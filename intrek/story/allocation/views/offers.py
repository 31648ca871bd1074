"""The pool: which dwellings the programme has, what they do, who offers and withdraws them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.lists import FORMAT
from intrek.ground.common.pages import requires
from intrek.ground.common.sheets import MOST_ROWS, Column, sheet_response
from intrek.ground.dwellings.models import Dwelling
from intrek.story.allocation import actions, queries
from intrek.story.allocation.forms import OfferChangeForm, OfferForm, WithdrawForm
from intrek.story.allocation.models import Offer

COLUMNS = [
    Column(gettext_lazy("Dwelling"), lambda row: row.dwelling.address),
    Column(gettext_lazy("Landlord"), lambda row: row.dwelling.owner),
    Column(gettext_lazy("Rooms"), lambda row: queries.home_words(row.dwelling)),
    Column(gettext_lazy("State"), lambda row: row.state.label),
    Column(gettext_lazy("Who"), lambda row: row.who),
    Column(gettext_lazy("Offered on"), lambda row: row.offer.offered_on),
    Column(gettext_lazy("Free on"), lambda row: row.free_on),
]


def find_dwelling(request: HttpRequest, dwelling_id: Any) -> Dwelling:
    """The dwelling of the address, if the reader may see it."""
    rows = Dwelling.objects.visible_to(request.member)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("owner", "programme"), pk=dwelling_id)


def find_offer(request: HttpRequest, offer_id: Any) -> Offer:
    """The offer of the address, if the reader may see its dwelling."""
    mine = Dwelling.objects.visible_to(request.member)  # type: ignore[attr-defined]
    rows = Offer.objects.filter(dwelling__in=mine).select_related("dwelling__owner", "dwelling__programme", "programme")
    return get_object_or_404(rows, pk=offer_id)


def _sheet(request: Any, pool: Any) -> Any:
    rows = queries.stock_rows(list(pool[:MOST_ROWS]), request.member, request.today)
    return sheet_response(COLUMNS, rows, title=_("Dwellings"))


@requires("dwellings.read")
def stock(request):
    """The dwellings of the programme over eighteen months, and as a list."""
    pool = queries.pool(request.member)
    if request.GET.get(FORMAT) == "xlsx" and request.may("exchange.export"):
        return _sheet(request, pool)
    listing = listing_of(request, pool)
    rows = queries.stock_rows(listing.rows, request.member, request.today)
    return render(request, "allocation/stock.html", _stock_page(request, rows) | {"listing": listing})


def _stock_page(request: Any, rows: list[queries.StockRow]) -> dict[str, Any]:
    return {
        "rows": rows,
        "picture": queries.stock_picture(rows, request.today) if rows else None,
        "quota": queries.quota_of(request.member.programme, request.today),
        "counts": queries.counts_of(request.member),
        "is_staff": request.member.is_staff_of_programme,
    }


@requires("allocation.read")
def free(request):
    """The dwellings for which a candidate can be chosen now, and how many wait."""
    listing = listing_of(request, queries.free_offers(request.member))
    count = queries.waiting(request.member).order_by().count()
    return render(request, "allocation/free.html", {"listing": listing, "waiting_count": count})


@requires("dwellings.read")
def of_dwelling(request, dwelling_id):
    """Every time a dwelling was offered, who was chosen for it."""
    dwelling = find_dwelling(request, dwelling_id)
    offers = list(queries.offers_of(dwelling))
    chosen = queries.chosen_for(offers) if request.may("allocation.read") else []
    context = {"dwelling": dwelling, "offers": offers, "chosen": chosen, "open_offer": queries.open_among(offers)}
    return render(request, "allocation/of_dwelling.html", context)


@requires("allocation.offer")
def offer(request, dwelling_id):
    """Offer a dwelling to the programme."""
    dwelling = find_dwelling(request, dwelling_id)
    work = drafted(request, OfferForm, f"allocation.offer.new:{dwelling.pk}", initial={"offered_on": request.today})
    if work.saved(partial(actions.offer_dwelling, dwelling, by=request.member)):
        messages.success(request, _("%(dwelling)s is offered to the programme.") % {"dwelling": dwelling})
        return redirect("allocation:of_dwelling", dwelling.pk)
    quota = queries.quota_of(request.member.programme, request.today)
    return work.page("allocation/offer.html", dwelling=dwelling, quota=quota)


@requires("allocation.offer")
def change(request, offer_id):
    """Change when a dwelling is free and what is missing in it."""
    of = find_offer(request, offer_id)
    work = drafted(request, OfferChangeForm, f"allocation.offer:{of.pk}", instance=of)
    if work.saved(partial(actions.change_offer, of, on=request.today, by=request.member)):
        return redirect("allocation:of_dwelling", of.dwelling_id)
    return work.page("allocation/change_offer.html", dwelling=of.dwelling)


@requires("allocation.offer")
def withdraw(request, offer_id):
    """Take a dwelling back from the programme, with a reason."""
    of = find_offer(request, offer_id)
    work = drafted(request, WithdrawForm, f"allocation.withdraw:{of.pk}", initial={"on": request.today})
    if work.saved(partial(actions.withdraw_offer, of, by=request.member)):
        messages.success(request, _("%(dwelling)s is withdrawn.") % {"dwelling": of.dwelling})
        return redirect("allocation:of_dwelling", of.dwelling_id)
    return work.page("allocation/withdraw.html", dwelling=of.dwelling)
