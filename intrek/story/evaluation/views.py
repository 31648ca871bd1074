"""The evaluations of one pathway, held beside the resident."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.story.evaluation import queries
from intrek.story.evaluation.actions import change_evaluation, hold_evaluation
from intrek.story.evaluation.forms import CorrectFinalForm, CorrectForm, EvaluationForm, FinalForm, HoldForm
from intrek.story.evaluation.models import Evaluation
from intrek.story.support.models import SupportTerm


def _pathway(request: Any, pathway_id: Any) -> Pathway:
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


def _term(request: Any, term_id: Any) -> SupportTerm:
    terms = SupportTerm.objects.visible_to(request.member).select_related("track", "programme", "placement")
    return get_object_or_404(terms, pk=term_id)


def _work(request: Any, form: type[EvaluationForm], term: SupportTerm, **options: Any) -> Work:
    domains, before = queries.domains_of(term.programme), queries.scores_before(term)
    key = f"evaluation.{'final' if form.is_final else 'hold'}:{term.pk}"
    return drafted(request, form, key, initial={"held_on": request.today}, domains=domains, before=before, **options)


@requires("evaluation.read")
def of_pathway(request, pathway_id):
    """The evaluations of a pathway: scores over time, what was said, when the next one is due."""
    pathway = _pathway(request, pathway_id)
    return render(request, "evaluation/of_pathway.html", queries.page_of(pathway, request.today))


@requires("evaluation.hold")
def hold(request, term_id):
    """Write the two-monthly evaluation, with the resident (P14)."""
    term = _term(request, term_id)
    work = _work(request, HoldForm, term)
    if work.saved(partial(hold_evaluation, term, by=request.member)):
        messages.success(request, _("Evaluation %(number)d is kept.") % {"number": work.result.sequence})
        return redirect("evaluation:of_pathway", term.pathway_id)
    return work.page("evaluation/hold.html", **queries.form_page(_pathway(request, term.pathway_id), term))


@requires("evaluation.hold")
def hold_final(request, term_id):
    """Write the final evaluation, which decides what comes next (P15)."""
    term = _term(request, term_id)
    work = _work(request, FinalForm, term, is_trial=term.track.is_trial)
    if work.saved(partial(hold_evaluation, term, by=request.member)):
        messages.success(
            request, _("The final evaluation is kept: %(step)s.") % {"step": work.result.get_next_step_display()}
        )
        return redirect("evaluation:of_pathway", term.pathway_id)
    return work.page("evaluation/hold.html", **queries.form_page(_pathway(request, term.pathway_id), term))


def _evaluation(request: Any, evaluation_id: Any) -> Evaluation:
    rows = Evaluation.objects.visible_to(request.member).select_related("term__track", "programme")
    return get_object_or_404(rows, pk=evaluation_id)


def _correction(request: Any, evaluation: Evaluation) -> Work:
    term = evaluation.term
    decides = evaluation.is_final and not term.is_ended
    form: type[EvaluationForm] = CorrectFinalForm if decides else CorrectForm
    options: dict[str, Any] = {"is_trial": term.track.is_trial} if decides else {}
    domains = queries.domains_of(evaluation.programme)
    return drafted(request, form, f"evaluation.change:{evaluation.pk}", instance=evaluation, domains=domains, **options)


@requires("evaluation.hold")
def change(request, evaluation_id):
    """Mend a typing error in an evaluation, without losing what somebody else wrote meanwhile."""
    evaluation = _evaluation(request, evaluation_id)
    work = _correction(request, evaluation)
    if work.saved(partial(change_evaluation, evaluation, on=request.today, by=request.member)):
        messages.success(request, _("Evaluation %(number)d is corrected.") % {"number": evaluation.sequence})
        return redirect("evaluation:of_pathway", evaluation.pathway_id)
    return work.page("evaluation/change.html", evaluation=evaluation, pathway=_pathway(request, evaluation.pathway_id))
