"""The contract of one trial resident."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.ground.programmes.models import TrackKind
from intrek.ground.programmes.queries import track_of
from intrek.story.placement.models import Placement
from intrek.story.tenancy import queries
from intrek.story.tenancy.actions import sign_tenancy
from intrek.story.tenancy.forms import SignForm, first_answers


def _pathway(request: Any, pathway_id: Any) -> Pathway:
    rows = Pathway.objects.visible_to(request.member).select_related("programme")
    return get_object_or_404(with_lines(rows), pk=pathway_id)


def _work(request: Any, placement: Placement) -> Work:
    condition = queries.stay_facts(placement).support_is_condition
    months = track_of(placement.programme, TrackKind.SITTING).rule(request.today).min_months
    initial = first_answers(placement, with_support=condition, months=months)
    return drafted(request, SignForm, f"tenancy.sign:{placement.pk}", initial=initial, placement=placement)


@requires("tenancy.read")
def of_pathway(request, pathway_id):
    """The contract of this pathway, or what still stands in its way."""
    return render(request, "tenancy/of_pathway.html", queries.page_of(_pathway(request, pathway_id)))


@requires("tenancy.sign")
def sign(request, pathway_id):
    """The landlord and the resident sign; or why they cannot yet, each reason with its way out."""
    page = queries.page_of(_pathway(request, pathway_id))
    if page["tenancy"] or page["reasons"]:
        return render(request, "tenancy/of_pathway.html", page)
    work = _work(request, page["placement"])
    if work.saved(partial(sign_tenancy, page["placement"], by=request.member)):
        messages.success(request, _("The tenancy is signed. The dwelling is now the resident's own home."))
        return redirect("desk:pathway", pathway_id)
    return work.page("tenancy/sign.html", **page)
