"""Going over looks; and saying whom one knows outside of work."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intrek.ground.access import actions
from intrek.ground.access.queries import tie_of
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.windows.desk.forms import JudgeForm, TieForm
from intrek.windows.desk.queries import review as queries


@requires("access.review")
def review(request):
    """What there is to go over: what waits first, then what was judged."""
    return render(request, "desk/review.html", {"found": queries.to_review(request.member)})


def _judging(request: Any, about: queries.Reviewed) -> Callable[..., Any]:
    told: dict[str, Any] = {"week_on": about.week_on, "pathway_id": about.pathway_id, "reader_id": about.reader_id}
    return partial(actions.judge, about.concern, about.about_id, **told, at=timezone.now(), by=request.member)


@requires("access.review")
def judge(request, key):
    """Say what was found of one of them."""
    about = queries.one_to_judge(request.member, key)
    if about is None:
        raise Http404
    work = drafted(request, JudgeForm, f"desk.judge:{about.about_id}:{about.week_on}")
    if work.saved(_judging(request, about)):
        messages.success(request, _("Noted. It stands among what was gone over."))
        return redirect("desk:review")
    return work.page("desk/judge.html", about=about)


@requires("access.tie")
def tie(request, pathway_id):
    """Say that one knows this person outside of work, or no longer."""
    pathway = get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)
    known = tie_of(request.member, pathway.pk)
    work = drafted(request, TieForm, f"desk.tie:{pathway.pk}", initial={"kind": known.kind if known else ""})
    if work.saved(partial(actions.note_tie, pathway.pk, at=timezone.now(), by=request.member)):
        messages.success(request, _("Noted."))
        return redirect("desk:day")  # not back to the file: that would be the first look to go over
    return work.page("desk/tie.html", pathway=pathway, person=pathway.person, title=_("Outside of work"))
