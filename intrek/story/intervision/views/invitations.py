"""Who is invited to a meeting, and what they answer."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.story.intervision import actions, queries
from intrek.story.intervision.forms import AnswerForm, InviteForm
from intrek.story.intervision.views.meetings import find_meeting


@requires("intervision.plan")
def invite(request, meeting_id):
    """Choose whom to invite; each finds it in the inbox and in their calendar."""
    meeting = find_meeting(request, meeting_id)
    asked = {"people": queries.still_to_invite(meeting), "chosen": queries.invited_before(meeting)}
    work = drafted(request, InviteForm, f"intervision.invite:{meeting.pk}", **asked)
    if work.saved(partial(actions.invite, meeting, on=request.today, by=request.member)):
        count = len(work.result)
        messages.success(
            request, ngettext("%(n)d person is invited.", "%(n)d people are invited.", count) % {"n": count}
        )
        return redirect("intervision:meeting", meeting.pk)
    return work.page("intervision/people.html", meeting=meeting, title=_("Invite"), button=_("Invite"))


@requires("intervision.answer")
def answer(request, invitation_id):
    """Say whether I come."""
    invitation = get_object_or_404(queries.invitations_of(request.member), pk=invitation_id)
    said = {"answer": invitation.answer, "note": invitation.note}
    work = drafted(request, AnswerForm, f"intervision.answer:{invitation.pk}", initial=said)
    if work.saved(partial(actions.answer_invitation, invitation, on=request.today, by=request.member)):
        messages.success(request, _("Your answer is noted."))
        return redirect("intervision:invitation", invitation.pk)
    return work.page("intervision/invitation.html", invitation=invitation, meeting=invitation.meeting)


@requires("intervision.answer")
def in_calendar(request, invitation_id):
    """The meeting as an entry for my calendar: the one that went with the mail."""
    invitation = get_object_or_404(queries.invitations_of(request.member), pk=invitation_id)
    if not (invitation.message and invitation.message.calendar):
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{invitation.meeting.on:%Y-%m-%d}.ics"'}
    return HttpResponse(invitation.message.calendar, content_type="text/calendar; charset=utf-8", headers=headers)
