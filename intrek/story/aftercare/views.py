"""What comes after support, on pages."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.dwellings.queries import pathway_in
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.pathways.queries import with_lines
from intrek.story.aftercare import actions, queries
from intrek.story.aftercare.forms import (
    AnswerForm,
    BackForm,
    CloseForm,
    KnockForm,
    LandlordKnockForm,
    ReviewForm,
    StartForm,
)
from intrek.story.aftercare.models import Knock, Review


def _pathway(request: Any, pathway_id: Any) -> Pathway:
    rows = Pathway.objects.visible_to(request.member).select_related("programme")
    return get_object_or_404(with_lines(rows), pk=pathway_id)


@requires("aftercare.read")
def of_pathway(request, pathway_id):
    """The anchor person, the talks, the knocks, and how the pathway was closed."""
    pathway = _pathway(request, pathway_id)
    return render(request, "aftercare/of_pathway.html", queries.page_of(pathway, request.today))


@requires("aftercare.change")
def start(request, pathway_id):
    """Name the anchor person (P23)."""
    pathway = _pathway(request, pathway_id)
    initial = {"anchor": pathway.worker_id, "from_on": queries.day_after_support(pathway)}
    work = drafted(request, StartForm, f"aftercare.start:{pathway.pk}", initial=initial, pathway=pathway)
    if work.saved(partial(actions.start_aftercare, pathway, by=request.member)):
        messages.success(request, _("%(anchor)s is the anchor person from now on.") % {"anchor": work.result.anchor})
        return redirect("aftercare:of_pathway", pathway.pk)
    return work.page("aftercare/start.html", pathway=pathway, reasons=queries.start_reasons(pathway))


@requires("aftercare.change")
def review(request, review_id):
    """Note an aftercare talk."""
    rows = Review.objects.visible_to(request.member).select_related("aftercare__anchor", "aftercare__pathway")
    found = get_object_or_404(rows, pk=review_id)
    work = drafted(request, ReviewForm, f"aftercare.review:{found.pk}", initial={"held_on": request.today})
    if work.saved(partial(actions.hold_review, found, by=request.member)):
        messages.success(request, _("The talk is kept."))
        return redirect("aftercare:of_pathway", found.pathway_id)
    return work.page("aftercare/review.html", review=found, pathway=_pathway(request, found.pathway_id))


@requires("aftercare.change")
def log_knock(request, pathway_id):
    """Resident or landlord asks for the anchor person: log it."""
    pathway = _pathway(request, pathway_id)
    work = drafted(request, KnockForm, f"aftercare.knock:{pathway.pk}", initial={"on": request.today})
    if work.saved(partial(actions.knock, pathway, by=request.member)):
        messages.success(request, _("The knock is logged; it stays on the list until it is answered."))
        return redirect("aftercare:of_pathway", pathway.pk)
    return work.page("aftercare/knock.html", pathway=pathway)


@requires("aftercare.change")
def answer(request, knock_id):
    """Write what was done with a knock."""
    found = get_object_or_404(Knock.objects.visible_to(request.member), pk=knock_id)
    key, initial = f"aftercare.answer:{found.pk}", {"answered_on": request.today}
    work = drafted(request, AnswerForm, key, initial=initial, knock=found)
    if work.saved(partial(actions.answer_knock, found, by=request.member)):
        messages.success(request, _("The knock is answered."))
        return redirect("aftercare:of_pathway", found.pathway_id)
    return work.page("aftercare/answer.html", knock=found, pathway=_pathway(request, found.pathway_id))


@requires("aftercare.change")
def back(request, pathway_id):
    """Take support up again, without a new referral (P23)."""
    pathway = _pathway(request, pathway_id)
    initial = {"worker": pathway.worker_id, "starts_on": request.today}
    work = drafted(request, BackForm, f"aftercare.back:{pathway.pk}", initial=initial, pathway=pathway)
    if work.saved(partial(actions.back_to_support, pathway, by=request.member)):
        messages.success(request, _("Support runs again, on the same pathway."))
        return redirect("desk:pathway", pathway.pk)
    return work.page("aftercare/back.html", pathway=pathway, reasons=queries.return_reasons(pathway))


@requires("aftercare.close")
def say_goodbye(request, pathway_id):
    """Close the pathway with both outcomes and what was learned (P6)."""
    pathway = _pathway(request, pathway_id)
    initial = {"on": request.today, "ended_how": queries.how_support_ended(pathway)}
    work = drafted(request, CloseForm, f"aftercare.close:{pathway.pk}", initial=initial, pathway=pathway)
    if work.saved(partial(actions.close, pathway, by=request.member)):
        messages.success(request, _("The pathway is closed."))
        return redirect("desk:pathway", pathway.pk)
    return work.page("aftercare/close.html", pathway=pathway, reasons=queries.close_reasons(pathway))


def _tenant_of(request: Any, dwelling_id: Any) -> tuple[Dwelling, Pathway]:
    """A dwelling of one's own in which somebody lives who was supported; else there is no door to knock at."""
    dwelling = get_object_or_404(Dwelling.objects.visible_to(request.member), pk=dwelling_id)
    pathway = pathway_in(dwelling)
    if pathway is None or pathway.stage not in {Stage.AFTERCARE, Stage.CLOSED}:
        raise Http404
    return dwelling, pathway


@requires("aftercare.knock")
def landlord(request, dwelling_id):
    """The anchor person's card for the landlord, and the door to knock at (P23)."""
    dwelling, pathway = _tenant_of(request, dwelling_id)
    work = drafted(request, LandlordKnockForm, f"aftercare.landlord:{dwelling.pk}")
    if work.saved(partial(actions.knock_as_landlord, pathway, on=request.today, by=request.member)):
        messages.success(request, _("The anchor person hears it now, and answers you here."))
        return redirect("aftercare:landlord", dwelling.pk)
    return work.page("aftercare/landlord.html", dwelling=dwelling, **queries.card_of(pathway, request.member))
