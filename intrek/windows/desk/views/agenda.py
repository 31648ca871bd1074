"""Filling an agenda from every room."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from intrek.ground.common.pages import requires
from intrek.ground.programmes.queries import rule_of
from intrek.story.intervision.actions import fill_agenda as lay_on_agenda
from intrek.story.intervision.models import Meeting
from intrek.windows.desk.queries.agenda import candidates


@require_POST
@requires("intervision.plan")
def fill_agenda(request, meeting_id):
    """Fill the agenda with all that needs talk."""
    meeting = get_object_or_404(Meeting, programme_id=request.member.programme_id, pk=meeting_id, closed_on=None)
    items = lay_on_agenda(meeting, candidates(meeting, rule_of(meeting.programme, request.today)), by=request.member)
    told = ngettext("%(count)d put on the agenda.", "%(count)d put on the agenda.", len(items)) % {"count": len(items)}
    messages.success(request, told)
    return redirect("intervision:meeting", meeting.pk)
