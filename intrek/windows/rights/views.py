"""What a person may ask: everything about them, and to be erased; and whose time of keeping is over."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.ground.programmes.queries import rule_of
from intrek.windows.rights import actions, queries
from intrek.windows.rights.forms import EraseForm


def _find(request: Any, pathway_id: Any) -> Pathway:
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


@requires("rights.person")
def everything(request, pathway_id):
    """Everything that is kept about a person, to read and to print (GDPR art. 15)."""
    pathway = _find(request, pathway_id)
    known = queries.everything_about(pathway.person)
    return render(request, "rights/everything.html", {"pathway": pathway, "person": pathway.person, "known": known})


@requires("rights.person")
@require_POST
def as_data(request, pathway_id):
    """The same for a machine, with every file, in one archive (GDPR art. 15.3 and 20); that it was given is on the timeline."""
    pathway = _find(request, pathway_id)
    archive = actions.give_everything(pathway, on=request.today, by=request.member)
    answer = FileResponse(archive, as_attachment=True, filename=f"{pathway.number}.zip")
    answer["Cache-Control"] = "no-store"
    return answer


@requires("rights.erase")
def erase(request, pathway_id):
    """Erase the person of a pathway."""
    pathway = _find(request, pathway_id)
    work = drafted(request, EraseForm, f"rights.erase:{pathway.pk}")
    if work.saved(partial(actions.erase_person, pathway, on=request.today, by=request.member)):
        messages.success(request, _("Erased. What stays points to nobody."))
        return redirect("rights:review")
    return work.page("rights/erase.html", pathway=pathway, person=pathway.person)


@requires("rights.erase")
def review(request):
    """Closed pathways whose time of keeping is over: look, and erase."""
    years = rule_of(request.member.programme, request.today).keep_years
    listing = listing_of(request, queries.time_is_over(request.member, request.today, years))
    return render(request, "rights/review.html", {"listing": listing, "years": years})
