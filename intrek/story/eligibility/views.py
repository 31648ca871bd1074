"""The conditions of one pathway, and how they seem while a referral is typed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.accounts.queries import drafts_starting
from intrek.ground.common.carried import typed_answers
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.ground.programmes.models import Criterion, TrackKind
from intrek.ground.programmes.queries import track_of
from intrek.story.eligibility import actions, queries
from intrek.story.eligibility.forms import JudgeForm
from intrek.story.referral.rules import CHECK, draft_key, typed_told


def _pathway(request: Any, pathway_id: Any) -> Pathway:
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


@requires("eligibility.read")
def of_pathway(request, pathway_id):
    """Each condition: met, unmet or unknown, on what evidence, who judged and when, and what was found before."""
    pathway = _pathway(request, pathway_id)
    page = {"pathway": pathway, "conditions": queries.conditions_of(pathway)}
    return render(request, "eligibility/of_pathway.html", page)


@requires("eligibility.judge")
def judge(request, pathway_id, criterion_id):
    """A person of the team judges a condition, with what it rests on (P4)."""
    pathway = _pathway(request, pathway_id)
    criterion = get_object_or_404(Criterion, pk=criterion_id, track_id=pathway.track_id)
    work = drafted(request, JudgeForm, f"eligibility.judge:{pathway.pk.hex}:{criterion.pk.hex}", kind=criterion.kind)
    if work.saved(partial(actions.judge, pathway, criterion, on=request.today, by=request.member)):
        messages.success(request, _("Your judgment is kept; the one before stays in the history."))
        return redirect("eligibility:of_pathway", pathway_id)
    return work.page("eligibility/judge.html", pathway=pathway, criterion=criterion)


def _typed(request: Any, draft_id: Any) -> dict[str, list[str]]:
    """Everything typed so far, the step that is being typed last. A housing partner tells nothing about health (P7)."""
    drafts = drafts_starting(request.user, draft_key(draft_id), programme_id=request.member.programme_id)
    typed = {name: texts for draft in drafts for name, texts in draft.data.items()} | typed_answers(request.POST)
    if request.member.organisation.is_housing:
        typed.pop("mental_health", None)
    return typed


def _seeming(request: Any, typed: dict[str, list[str]]) -> list[queries.Seeming]:
    kind = next(iter(typed.get("track", [])), "")
    if kind not in TrackKind.values:
        return []
    return queries.seeming(track_of(request.member.programme, kind), typed_told(typed, request.today), request.today)


@requires("referral.refer")
def typing(request, draft_id, step):
    """What seems met, unmet or unknown of what has been typed so far; it stops nobody (P4)."""
    seeming = _seeming(request, _typed(request, draft_id))
    template = "eligibility/_seeming.html" if request.htmx else "eligibility/typing.html"
    url = (
        reverse("referral:check", args=[draft_id]) if step == CHECK else reverse("referral:step", args=[draft_id, step])
    )
    return render(request, template, {"seeming": seeming, "back_url": url})
