"""A referrer and a housing officer follow what is theirs."""

from typing import Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from intrek.ground.common.listing import address_with, listing_of
from intrek.ground.common.lists import FORMAT
from intrek.ground.common.pages import requires
from intrek.ground.common.sheets import MOST_ROWS, sheet_response
from intrek.ground.documents.queries import to_sign
from intrek.ground.programmes.models import in_words
from intrek.story.intervision.queries import coming_meetings
from intrek.windows.portal.queries import own as queries

# A line takes more room than a row of a table.
LINES_A_PAGE = 15


def _tabs(request: Any, *, closed: bool) -> list[dict[str, Any]]:
    return [
        {"url": address_with(request.GET, show="", page=""), "label": _("Under way"), "current": not closed},
        {"url": address_with(request.GET, show=queries.CLOSED, page=""), "label": _("Closed"), "current": closed},
    ]


def _followed(request: Any, rows: Any) -> dict[str, Any]:
    listing = listing_of(request, rows, size=LINES_A_PAGE)
    return {"listing": listing, "rows": queries.as_followed(listing.rows, request.today)}


def _beside(request: Any) -> dict[str, Any]:
    member = request.member
    return {
        "unfinished": queries.unfinished_of(member),
        "shown": queries.latest_messages(member),
        "to_call": queries.to_call(member, request.today),
        "coming": coming_meetings(member, request.today),
        "to_sign": list(to_sign(member)) if request.may("documents.sign") else [],
        "about": in_words(member.programme.about),
    }


@requires("portal.referrals")
def home(request):
    """My organisation's referrals: where each stands, what is awaited from whom, and by when we hear."""
    closed = request.GET.get("show") == queries.CLOSED
    rows = queries.own_referrals(request.member, closed=closed)
    if request.GET.get(FORMAT) == "xlsx":
        return sheet_response(queries.REFERRAL_COLUMNS, rows[:MOST_ROWS], title=_("My referrals"))
    page = _followed(request, rows) | {"closed": closed, "tabs": _tabs(request, closed=closed)}
    return render(request, "portal/home.html", page | _beside(request))


@requires("portal.dwellings")
def dwellings(request):
    """My organisation's dwellings: ready or lived in, until when, and who to call."""
    rows = queries.own_dwellings(request.member)
    if request.GET.get(FORMAT) == "xlsx":
        shown = queries.as_landlord_sees(rows[:MOST_ROWS], request.member)
        return sheet_response(queries.DWELLING_COLUMNS, shown, title=_("My dwellings"))
    listing = listing_of(request, rows)
    page = {"listing": listing, "rows": queries.as_landlord_sees(listing.rows, request.member)}
    return render(request, "portal/dwellings.html", page | {"to_call": queries.to_call(request.member, request.today)})
