"""The papers of a stay or of a support term: what is signed, what is missing (P13)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.documents.actions import set_paper_aside, sign_paper, sign_papers
from intrek.ground.documents.forms import SetAsideForm, SignForm, SignTogetherForm
from intrek.ground.documents.models import Paper
from intrek.ground.documents.queries import groups_of
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines


def _paper(request: AskedRequest, paper_id: Any) -> Paper:
    papers = Paper.objects.visible_to(request.member).select_related("rule")
    return get_object_or_404(papers, pk=paper_id)


def _pathway(request: AskedRequest, pathway_id: Any) -> Pathway:
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


def _page(request: AskedRequest, work: Work, paper: Paper, save: str) -> HttpResponse:
    pathway = _pathway(request, paper.pathway_id)
    back = reverse("documents:of_stay", args=[paper.stay_id])
    return work.page("documents/paper.html", pathway=pathway, paper=paper, title=str(paper), save=save, back=back)


@requires("documents.read")
def of_stay(request, stay_id):
    """The papers of one stay or term; those signed on the same day are written down together."""
    papers = get_list_or_404(Paper.objects.visible_to(request.member).select_related("rule"), stay_id=stay_id)
    groups, initial = groups_of(papers), {"signed_on": request.today}
    work = drafted(request, SignTogetherForm, f"documents.sign:{stay_id}", initial=initial, papers=groups.unsigned)
    if request.may("documents.change") and work.saved(
        partial(sign_papers, stay_id, today=request.today, by=request.member)
    ):
        messages.success(request, _("Written down: %(count)d signed.") % {"count": len(work.result)})
        return redirect("documents:of_stay", stay_id)
    return work.page("documents/of_stay.html", pathway=_pathway(request, papers[0].pathway_id), groups=groups)


@requires("documents.change")
def sign(request, paper_id):
    """One paper is signed, or its day was wrong."""
    paper = _paper(request, paper_id)
    initial = {"signed_on": paper.signed_on or request.today, "signed_by": paper.signed_by}
    work = drafted(request, SignForm, f"documents.sign_one:{paper.pk}", initial=initial)
    if work.saved(partial(sign_paper, paper, today=request.today, by=request.member)):
        return redirect("documents:of_stay", paper.stay_id)
    return _page(request, work, paper, _("Write down"))


@requires("documents.change")
def set_aside(request, paper_id):
    """The stay does without a paper, for a reason."""
    paper = _paper(request, paper_id)
    work = drafted(request, SetAsideForm, f"documents.aside:{paper.pk}", initial={"why": paper.not_needed_why})
    if work.saved(partial(set_paper_aside, paper, on=request.today, by=request.member)):
        return redirect("documents:of_stay", paper.stay_id)
    return _page(request, work, paper, _("Set aside"))
