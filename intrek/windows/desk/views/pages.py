"""The pages of the desk."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import active_chips, listing_of
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.common.sheets import MOST_ROWS, sheet_response
from intrek.ground.journal.queries import timeline as happened
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.windows.desk import actions
from intrek.windows.desk.forms import AnswerForm, CompleteForm, ListFilter
from intrek.windows.desk.queries import lists
from intrek.windows.desk.queries.day import day_of
from intrek.windows.desk.queries.pathway import overview


def find(request: AskedRequest, pathway_id: Any) -> Pathway:
    """The pathway of the address, with its line, if the reader may see it; else it does not exist."""
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


@requires("desk.day")
def day(request):
    """My day."""
    return render(request, "desk/day.html", {"day": day_of(request.member, request.today)})


def _list(request: AskedRequest, rows: QuerySet[Pathway], *, page: str, title: str, leave_out: tuple[str, ...] = ()):
    form = ListFilter(request.GET or None, member=request.member, leave_out=leave_out)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = lists.narrowed(rows, answers, request.member)
    if request.GET.get("format") == "xlsx" and request.may("exchange.export"):
        return sheet_response(lists.COLUMNS, rows[:MOST_ROWS].iterator(chunk_size=500), title=title)
    listing = listing_of(request, rows)
    shown = lists.rows_of(listing.rows, request.today)
    context = {"listing": listing, "rows": shown, "form": form, "chips": active_chips(request, form), "title": title}
    return render(request, page, context)


@requires("desk.lists")
def referrals(request):
    """Every referral, latest first."""
    return _list(request, lists.referrals(request.member), page="desk/referrals.html", title=_("Referrals"))


@requires("desk.lists")
def waiting(request):
    """Who waits, on what."""
    rows = lists.waiting(request.member)
    return _list(request, rows, page="desk/waiting.html", title=_("Waiting list"), leave_out=("stage",))


@requires("desk.lists")
def residents(request):
    """Who is supported now."""
    return _list(request, lists.residents(request.member), page="desk/residents.html", title=_("Residents"))


@requires("desk.search")
def search(request):
    """People, numbers, addresses."""
    text = request.GET.get("q", "")[:80]
    return render(request, "desk/search.html", {"text": text, "found": lists.search(request.member, text)})


@requires("desk.pathway")
def pathway(request, pathway_id):
    """The page of one pathway."""
    found = find(request, pathway_id)
    page = overview(found, request.member, request.today, request.permissions)
    return render(request, "desk/pathway.html", {"pathway": found, "page": page})


@requires("desk.pathway")
def timeline(request, pathway_id):
    """All that happened on one pathway."""
    found = find(request, pathway_id)
    lines = happened(request.member.programme_id, found.pk, person_id=found.person_id)
    return render(request, "desk/timeline.html", {"pathway": found, "lines": lines})


@requires("pathways.change")
def answer(request, pathway_id):
    """Tell the referrer."""
    found = find(request, pathway_id)
    work = drafted(request, AnswerForm, f"desk.answer:{found.pk}")
    if work.saved(partial(actions.answer_referrer, found, on=request.today, by=request.member)):
        messages.success(request, _("The referrer hears it in their inbox."))
        return redirect("desk:pathway", found.pk)
    return work.page("desk/answer.html", pathway=found)


@requires("pathways.change")
def complete(request, pathway_id):
    """Fill in days that were not known."""
    found = find(request, pathway_id)
    work = drafted(request, CompleteForm, f"desk.complete:{found.pk}", pathway=found)
    if work.saved(partial(actions.complete_days, found, on=request.today, by=request.member)):
        messages.success(request, _("Saved."))
        return redirect("desk:pathway", found.pk)
    return work.page("desk/complete.html", pathway=found)
