"""Meetings of the steering group: over figures and rules, never over a person."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intrek.ground.common.drafts import drafted
from intrek.ground.common.lists import list_page
from intrek.ground.common.pages import requires
from intrek.ground.common.sheets import Column
from intrek.story.intervision import actions
from intrek.story.intervision.models import KeptFigures, Meeting, Resolution
from intrek.story.intervision.queries import steering_meetings
from intrek.windows.steering.forms import KeepForm, ResolutionForm
from intrek.windows.steering.queries import counts_of
from intrek.windows.steering.queries.meetings import page_of
from intrek.windows.steering.rules import Span

COLUMNS = [
    Column(gettext_lazy("Day"), lambda row: row.on),
    Column(gettext_lazy("Place"), lambda row: row.place),
    Column(gettext_lazy("Chair"), lambda row: row.chair),
    Column(gettext_lazy("Minutes closed on"), lambda row: row.closed_on),
]


def _find(request: Any, meeting_id: Any) -> Meeting:
    return get_object_or_404(steering_meetings(request.member), pk=meeting_id)


@requires("steering.meetings")
def all_meetings(request):
    """Every meeting of the steering group, the latest first."""
    rows, title = steering_meetings(request.member), _("Steering group")
    return list_page(request, rows, "steering/meetings.html", title=title, columns=COLUMNS)


@requires("steering.meetings")
def one(request, meeting_id):
    """One meeting: what was decided, the figures as they were."""
    return render(request, "steering/meeting.html", page_of(_find(request, meeting_id)))


@requires("steering.minute")
def decide(request, meeting_id):
    """Write down what the steering group decided."""
    meeting = _find(request, meeting_id)
    work = drafted(request, ResolutionForm, f"steering.decide:{meeting.pk}", meeting=meeting)
    if work.saved(partial(actions.resolve, meeting, on=request.today, by=request.member)):
        return redirect("steering:meeting", meeting.pk)
    return _form(work, meeting, _("What the steering group decided"))


@requires("steering.minute")
def rewrite(request, resolution_id):
    """Write a decision better, or add the change of a rule that it caused."""
    held = get_object_or_404(Resolution, pk=resolution_id, programme_id=request.member.programme_id)
    meeting = _find(request, held.meeting_id)
    work = drafted(request, ResolutionForm, f"steering.resolution:{held.pk}", instance=held, meeting=meeting)
    if work.saved(partial(actions.resolve, meeting, known=held, on=request.today, by=request.member)):
        return redirect("steering:meeting", meeting.pk)
    return _form(work, meeting, _("What the steering group decided"))


@requires("steering.minute")
def keep(request, meeting_id):
    """Keep the figures of a period with the minutes, as they are now."""
    meeting = _find(request, meeting_id)
    work = drafted(request, KeepForm, f"steering.keep:{meeting.pk}")
    if work.saved(partial(_keep, meeting, on=request.today, by=request.member)):
        messages.success(request, _("The figures stay with the minutes as they are now."))
        return redirect("steering:meeting", meeting.pk)
    return _form(work, meeting, _("Keep the figures of a period"))


def _keep(meeting: Meeting, *, span: Span, **told: Any) -> KeptFigures:
    counts = counts_of(meeting.programme, span)
    return actions.keep_figures(meeting, counts, from_on=span.from_on, until_on=span.until_on, **told)


def _form(work: Any, meeting: Meeting, title: str) -> Any:
    back = reverse("steering:meeting", args=[meeting.pk])
    return work.page("common/form_page.html", title=title, save=_("Save"), back=back)
