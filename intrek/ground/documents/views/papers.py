"""The papers of a stay or of a support term: what is made and signed, what is missing, what is no longer true (P13)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires, say_why, tried
from intrek.ground.common.refusals import Refusal
from intrek.ground.documents.actions import lay_paper, make_paper, make_papers, set_paper_aside, sign_paper, sign_papers
from intrek.ground.documents.forms import MakeForm, SetAsideForm, SignForm, SignTogetherForm
from intrek.ground.documents.models import Paper, PaperFile
from intrek.ground.documents.queries import every_paper, groups_of, is_about, papers_page, proof_of, to_make
from intrek.ground.documents.shipped import BINDING
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.ground.programmes.models import PaperGroup

_WITH = ("rule", "programme", "pathway")


def _paper(request: AskedRequest, paper_id: Any) -> Paper:
    papers = Paper.objects.visible_to(request.member).select_related(*_WITH)
    return get_object_or_404(papers, pk=paper_id)


def _pathway(request: AskedRequest, pathway_id: Any) -> Pathway:
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


def _page(request: AskedRequest, work: Work, paper: Paper, save: str, **more: Any) -> HttpResponse:
    pathway = _pathway(request, paper.pathway_id)
    told = {"title": str(paper), "save": save, "back": reverse("documents:of_stay", args=[paper.stay_id])}
    return work.page("documents/paper.html", pathway=pathway, paper=paper, **told, **more)


@requires("documents.read")
def of_pathway(request, pathway_id):
    """Every paper of a pathway, whatever it was made for."""
    pathway = _pathway(request, pathway_id)
    rows = every_paper(pathway, request.member)
    return render(request, "documents/of_pathway.html", {"pathway": pathway, "rows": rows})


@requires("documents.read")
def of_stay(request, stay_id):
    """The papers of one stay or term; those signed on the same day are written down together."""
    papers = get_list_or_404(Paper.objects.visible_to(request.member).select_related("rule"), stay_id=stay_id)
    page, initial = papers_page(papers, stay_id, request.today), {"signed_on": request.today}
    work = drafted(request, SignTogetherForm, f"documents.sign:{stay_id}", initial=initial, papers=page.unsigned)
    if request.may("documents.change") and work.saved(
        partial(sign_papers, stay_id, today=request.today, by=request.member)
    ):
        messages.success(request, _("Written down: %(count)d signed.") % {"count": len(work.result)})
        return redirect("documents:of_stay", stay_id)
    return work.page("documents/of_stay.html", pathway=_pathway(request, papers[0].pathway_id), page=page)


@requires("documents.change")
def make(request, paper_id):
    """The paper as a file, from the text that holds and the facts of today; first what it will print, and what is still missing."""
    paper = _paper(request, paper_id)
    work = drafted(request, MakeForm, f"documents.make:{paper.pk}", initial={"language": BINDING}, paper=paper)
    if work.saved(partial(make_paper, paper, on=request.today, by=request.member)):
        messages.success(request, _("%(paper)s is made.") % {"paper": paper})
        return redirect("documents:of_stay", paper.stay_id)
    proof = proof_of(paper, request.today)
    return _page(request, work, paper, _("Make the paper"), facts=proof.facts, reasons=proof.reasons)


@requires("documents.change")
@require_POST
def lay(request, pathway_id, paper_code, about_id):
    """A paper along the way is asked for: it lies ready to be made."""
    pathway = _pathway(request, pathway_id)
    if not is_about(pathway, about_id, request.today):
        raise Http404
    tried(request, partial(lay_paper, pathway, about_id, paper_code, on=request.today, by=request.member))
    laid = Paper.objects.visible_to(request.member).filter(stay_id=about_id, pathway=pathway).exists()
    return redirect("documents:of_stay", about_id) if laid else redirect("desk:pathway", pathway_id)


@requires("documents.change")
@require_POST
def make_all(request, stay_id):
    """Every paper that is to be signed, or signed again, is made at once; those that cannot be made yet say why. Leaving is another day."""
    rows = Paper.objects.visible_to(request.member).exclude(group=PaperGroup.LEAVING)
    papers = get_list_or_404(rows.select_related(*_WITH), stay_id=stay_id)
    needed = to_make(groups_of(papers).papers, stay_id, request.today)
    _tell_made(request, *make_papers(needed, on=request.today, by=request.member))
    return redirect("documents:of_stay", stay_id)


def _tell_made(request: AskedRequest, made: list[PaperFile], reasons: list[Refusal]) -> None:
    if made:
        told = ngettext("%(count)d paper is made.", "%(count)d papers are made.", len(made)) % {"count": len(made)}
        messages.success(request, told)
    say_why(request, reasons)


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
