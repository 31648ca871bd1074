"""What every page of support begins with: the row that the reader may see, and the form page around it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.story.placement.models import Placement
from intrek.story.support.forms import MemberForm
from intrek.story.support.models import EvictionStep, Goal, SupportTerm, Threat, Visit


def find_pathway(request: AskedRequest, pathway_id: Any) -> Pathway:
    """The pathway of the address with its line; for who may not see it, it does not exist."""
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


def find_term(request: AskedRequest, term_id: Any) -> SupportTerm:
    """The support term of the address."""
    terms = SupportTerm.objects.visible_to(request.member)
    return get_object_or_404(
        terms.select_related("pathway__track", "track", "worker", "placement__dwelling"), pk=term_id
    )


def find_stay(request: AskedRequest, placement_id: Any) -> Placement:
    """The stay of the address."""
    stays = Placement.objects.visible_to(request.member)
    return get_object_or_404(
        stays.select_related("pathway__track", "pathway__person", "dwelling__owner", "allocation", "occupancy"),
        pk=placement_id,
    )


def find_visit(request: AskedRequest, visit_id: Any) -> Visit:
    """The home visit of the address."""
    visits = Visit.objects.visible_to(request.member)
    return get_object_or_404(visits.select_related("pathway__person", "worker"), pk=visit_id)


def find_goal(request: AskedRequest, goal_id: Any) -> Goal:
    """The goal of the address."""
    return get_object_or_404(Goal.objects.visible_to(request.member).select_related("pathway"), pk=goal_id)


def find_threat(request: AskedRequest, threat_id: Any) -> Threat:
    """The threat of the address."""
    return get_object_or_404(Threat.objects.visible_to(request.member).select_related("pathway"), pk=threat_id)


def find_eviction_step(request: AskedRequest, step_id: Any) -> EvictionStep:
    """The step of an eviction of the address."""
    steps = EvictionStep.objects.visible_to(request.member)
    return get_object_or_404(steps.select_related("pathway"), pk=step_id)


def offered(request: AskedRequest, form: type[MemberForm], key: str, **initial: Any) -> Work:
    """A form that offers the programme's own people and codes, with its first answers."""
    return drafted(request, form, key, initial=initial, member=request.member)


def form_page(request: AskedRequest, work: Work, pathway_id: Any, title: str, save: str, **more: Any) -> HttpResponse:
    """The form under the head of its pathway."""
    pathway = find_pathway(request, pathway_id)
    more.setdefault("back", reverse("support:of_pathway", args=[pathway.pk]))
    return work.page(more.pop("template", "support/form.html"), pathway=pathway, title=title, save=save, **more)


def done(request: AskedRequest, pathway_id: Any, words: str) -> HttpResponse:
    """Back to the page one came from, or to the person's support, with what happened in words."""
    messages.success(request, words)
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(wanted)
    return redirect("support:of_pathway", pathway_id)
