"""Who gets a dwelling: the candidates side by side, the choice, the answer."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.story.allocation import actions, queries, rules
from intrek.story.allocation.forms import AcceptForm, ChooseForm, DeclineForm, ReleaseForm
from intrek.story.allocation.models import Allocation, Offer
from intrek.story.allocation.views.offers import find_offer

ANSWER_DAYS = timedelta(days=7)


def _pathway(request: HttpRequest, pathway_id: Any) -> Pathway:
    rows = Pathway.objects.visible_to(request.member)  # type: ignore[attr-defined]
    return get_object_or_404(with_lines(rows).select_related("referral", "programme"), pk=pathway_id)


def _allocation(request: HttpRequest, allocation_id: Any) -> Allocation:
    rows = Allocation.objects.visible_to(request.member)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("offer__dwelling", "pathway__programme"), pk=allocation_id)


@requires("allocation.read")
def shortlist(request, offer_id):
    """Everybody who waits for a dwelling, side by side, beside this one."""
    offer = find_offer(request, offer_id)
    listing = listing_of(request, queries.waiting(request.member))
    reasons = rules.gone_reasons(queries.offer_facts(offer)) + rules.taken_reasons(queries.held(offer), person="")
    context = {
        "offer": offer,
        "listing": listing,
        "candidates": queries.candidates_of(listing.rows),
        "reasons": reasons,
    }
    return render(request, "allocation/shortlist.html", context)


def _choice_work(request: AskedRequest, offer: Offer, pathway: Pathway) -> Work:
    initial = {"on": request.today, "answer_by": request.today + ANSWER_DAYS}
    key = f"allocation.choose:{offer.pk.hex}:{pathway.pk.hex}"
    return drafted(request, ChooseForm, key, initial=initial)


@requires("allocation.choose")
def choose(request, offer_id, pathway_id):
    """Choose this candidate for this dwelling, and say why."""
    offer, pathway = find_offer(request, offer_id), _pathway(request, pathway_id)
    work = _choice_work(request, offer, pathway)
    if work.saved(partial(actions.choose, offer, pathway, by=request.member)):
        messages.success(
            request, _("%(person)s is chosen for %(dwelling)s.") % {"person": pathway.person, "dwelling": offer}
        )
        return redirect("desk:pathway", pathway.pk)
    beside = queries.candidates_of([pathway])[0]
    return work.page("allocation/choose.html", offer=offer, pathway=pathway, candidate=beside)


@requires("allocation.read")
def of_pathway(request, pathway_id):
    """The dwellings one candidate was chosen for, and those that are free."""
    pathway = _pathway(request, pathway_id)
    allocations = queries.allocations_of(pathway)
    waits = pathway.stage == "waiting" and pathway.current_track.is_trial
    context = {
        "pathway": pathway,
        "allocations": allocations,
        "current": next((each for each in allocations if each.released_on is None), None),
        "free": list(queries.free_offers(request.member)[:30]) if waits else [],
        "waits": waits,
    }
    return render(request, "allocation/of_pathway.html", context)


@requires("allocation.answer")
def accept(request, allocation_id):
    """The candidate accepts."""
    allocation = _allocation(request, allocation_id)
    work = drafted(request, AcceptForm, f"allocation.accept:{allocation.pk}", initial={"on": request.today})
    if work.saved(partial(actions.accept, allocation, by=request.member)):
        messages.success(request, _("The dwelling is accepted; papers come next."))
        return redirect("desk:pathway", allocation.pathway_id)
    pathway = _pathway(request, allocation.pathway_id)
    return work.page("allocation/accept.html", allocation=allocation, pathway=pathway)


@requires("allocation.answer")
def decline(request, allocation_id):
    """The candidate declines, with a reason."""
    allocation = _allocation(request, allocation_id)
    key, programme = f"allocation.decline:{allocation.pk}", allocation.pathway.programme
    work = drafted(request, DeclineForm, key, initial={"on": request.today}, programme=programme)
    if work.saved(partial(actions.decline, allocation, by=request.member)):
        messages.success(request, _("The dwelling is free again."))
        return redirect("desk:pathway", allocation.pathway_id)
    return work.page("allocation/decline.html", allocation=allocation, pathway=_pathway(request, allocation.pathway_id))


@requires("allocation.choose")
def release(request, allocation_id):
    """The candidate loses the dwelling before the keys."""
    allocation = _allocation(request, allocation_id)
    work = drafted(request, ReleaseForm, f"allocation.release:{allocation.pk}", initial={"on": request.today})
    if work.saved(partial(actions.give_back, allocation, by=request.member)):
        messages.success(request, _("The dwelling is free again."))
        return redirect("desk:pathway", allocation.pathway_id)
    return work.page("allocation/release.html", allocation=allocation, pathway=_pathway(request, allocation.pathway_id))
