"""The stay: its days, papers, furniture, fee, domicile and what deviates (P9, P10, P12, P13, P20)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.pathways.actions import assign_worker
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.ground.programmes.queries import rule_of
from intrek.story.allocation.models import Allocation
from intrek.story.placement import actions, forms, queries
from intrek.story.placement.models import Deviation, Furnishing, NoDomicile, Placement


def pathway_of(request: AskedRequest, pathway_id: Any) -> Pathway:
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


def find_stay(request: AskedRequest, placement_id: Any) -> Placement:
    stays = Placement.objects.visible_to(request.member).select_related(
        "dwelling__owner", "pathway__person", "pathway__track", "pathway__worker", "allocation"
    )
    return get_object_or_404(stays, pk=placement_id)


def _allocation(request: AskedRequest, allocation_id: Any) -> Allocation:
    rows = Allocation.objects.visible_to(request.member).select_related("offer__dwelling", "pathway__track")
    return get_object_or_404(rows, pk=allocation_id)


def _page(request: AskedRequest, placement: Placement) -> dict[str, Any]:
    months = rule_of(request.member.programme, request.today).reference_contact_months
    return {
        "pathway": pathway_of(request, placement.pathway_id),
        "placement": placement,
        "page": queries.stay_page(placement, request.today, contact_months=months),
    }


def form_page(
    request: AskedRequest, work: Work, placement: Placement, title: str, save: str, **more: Any
) -> HttpResponse:
    back = reverse("placement:stay", args=[placement.pk])
    pathway = pathway_of(request, placement.pathway_id)
    return work.page("placement/form.html", pathway=pathway, title=title, save=save, back=back, **more)


@requires("placement.read")
def of_pathway(request, pathway_id):
    """The stays of one pathway: the running or latest one in full."""
    pathway = pathway_of(request, pathway_id)
    stays = list(queries.stays_of(pathway))
    allocation = queries.to_prepare(pathway)
    shown = _page(request, stays[0]) if stays else {"pathway": pathway, "placement": None}
    return render(request, "placement/stay.html", {**shown, "allocation": allocation, "earlier": stays[1:]})


@requires("placement.read")
def stay(request, placement_id):
    """One stay."""
    context = {"allocation": None, "earlier": []}
    return render(request, "placement/stay.html", context | _page(request, find_stay(request, placement_id)))


@requires("placement.start")
def prepare(request, allocation_id):
    """An accepted candidate will live here: from when, how long (P12)."""
    allocation = _allocation(request, allocation_id)
    work = drafted(request, forms.DaysForm, f"placement.prepare:{allocation.pk}", initial={"months": 6})
    if work.saved(partial(actions.prepare_placement, allocation, by=request.member)):
        messages.success(request, _("The stay is prepared; its papers lie ready."))
        return redirect("placement:stay", work.result.pk)
    page = {"pathway": pathway_of(request, allocation.pathway_id), "save": _("Prepare the stay")}
    return work.page("placement/form.html", title=_("Prepare the stay at %s") % allocation.offer, **page)


@requires("placement.start")
def change_days(request, placement_id):
    """Another first day or length, before the keys are given."""
    placement = find_stay(request, placement_id)
    initial = forms.days_of(placement)
    work = drafted(request, forms.DaysForm, f"placement.days:{placement.pk}", initial=initial)
    if work.saved(partial(actions.change_days, placement, by=request.member)):
        return redirect("placement:stay", placement.pk)
    return form_page(request, work, placement, _("Other days for the stay"), _("Change the days"))


@requires("placement.start")
def worker(request, placement_id):
    """Who will support the resident: the papers name them."""
    placement, member = find_stay(request, placement_id), request.member
    initial = {"worker": placement.pathway.worker_id}
    work = drafted(request, forms.WorkerForm, f"placement.worker:{placement.pk}", initial=initial, member=member)
    if work.saved(partial(assign_worker, placement.pathway, on=request.today, by=member)):
        return redirect("documents:of_stay", placement.pk)
    return form_page(request, work, placement, _("Choose the support worker"), _("Save"))


@requires("placement.start")
def call_off(request, placement_id):
    """A prepared stay does not go through."""
    placement = find_stay(request, placement_id)
    work = drafted(request, forms.CallOffForm, f"placement.call_off:{placement.pk}")
    if work.saved(partial(actions.call_off, placement, on=request.today, by=request.member)):
        messages.success(request, _("The stay is called off; the dwelling is free again."))
        return redirect("placement:of_pathway", placement.pathway_id)
    return form_page(request, work, placement, _("Call off the stay"), _("Call off"))


@requires("placement.keys")
def keys_back(request, placement_id):
    """The keys are back with the landlord."""
    placement = find_stay(request, placement_id)
    work = drafted(request, forms.KeysBackForm, f"placement.keys_back:{placement.pk}", initial={"on": request.today})
    if work.saved(partial(actions.return_keys, placement, by=request.member)):
        return redirect("placement:stay", placement.pk)
    return form_page(request, work, placement, _("The keys are returned"), _("Write down"))


@requires("placement.read")
def furnishing(request, placement_id):
    """The furnishing checklist of the dwelling (P9)."""
    placement = find_stay(request, placement_id)
    work = drafted(request, forms.ThingForm, f"placement.thing:{placement.pk}")
    save = partial(actions.list_furnishing, placement.dwelling, by=request.member)
    if request.may("placement.change") and work.saved(save):
        return redirect("placement:furnishing", placement.pk)
    return work.page("placement/furnishing.html", **_page(request, placement))


@requires("placement.change")
@require_POST
def list_usual(request, placement_id):
    """Put the programme's usual furniture on the checklist."""
    placement = find_stay(request, placement_id)
    actions.list_usual_furnishing(placement.dwelling, by=request.member)
    return redirect("placement:furnishing", placement.pk)


@requires("placement.change")
@require_POST
def furnish(request, placement_id, furnishing_id):
    """One thing is in place, or is not after all."""
    placement = find_stay(request, placement_id)
    thing = get_object_or_404(Furnishing, dwelling_id=placement.dwelling_id, pk=furnishing_id)
    actions.furnish(thing, done_on=None if thing.done_on else request.today, by=request.member)
    return redirect("placement:furnishing", placement.pk)


def _domicile_work(request: AskedRequest, placement: Placement) -> Work:
    known = NoDomicile.objects.filter(placement=placement).first()
    initial = {"from_on": placement.starts_on or request.today, "reviewer": request.member.contact_id}
    form, key = forms.NoDomicileForm, f"placement.domicile:{placement.pk}"
    return drafted(request, form, key, instance=known, initial=initial, member=request.member)


@requires("placement.change")
def domicile(request, placement_id):
    """No domicile at the dwelling: why, and where then (P10)."""
    placement = find_stay(request, placement_id)
    work = _domicile_work(request, placement)
    if work.saved(partial(actions.set_no_domicile, placement, by=request.member)):
        return redirect("placement:stay", placement.pk)
    return form_page(request, work, placement, _("No domicile at the dwelling"), _("Save"))


@requires("placement.change")
def contact(request, placement_id):
    """The person was in touch for the reference address (P10)."""
    placement = find_stay(request, placement_id)
    known = get_object_or_404(NoDomicile, placement=placement)
    work = drafted(request, forms.ContactForm, f"placement.contact:{known.pk}", initial={"on": request.today})
    if work.saved(partial(actions.note_contact, known, by=request.member)):
        return redirect("placement:stay", placement.pk)
    return form_page(request, work, placement, _("Contact for the reference address"), _("Write down"))


@requires("placement.change")
def deviate(request, placement_id):
    """One stay deviates from the rule (P20)."""
    placement, member = find_stay(request, placement_id), request.member
    work = drafted(request, forms.DeviationForm, f"placement.deviate:{placement.pk}", member=member)
    if work.saved(partial(actions.add_deviation, placement, by=member)):
        return redirect("placement:stay", placement.pk)
    return form_page(request, work, placement, _("Deviate from the rule in this stay"), _("Save"))


@requires("placement.change")
def learned(request, placement_id, deviation_id):
    """What a deviation taught (P20)."""
    placement = find_stay(request, placement_id)
    deviation = get_object_or_404(Deviation, placement=placement, pk=deviation_id)
    work = drafted(request, forms.LearnedForm, f"placement.learned:{deviation.pk}", instance=deviation)
    if work.saved(partial(actions.write_learned, deviation, by=request.member)):
        return redirect("placement:stay", placement.pk)
    return form_page(request, work, placement, _("What did we learn?"), _("Save"), intro=deviation.what)
