"""Referrer and programme say something to each other about a referral (P24)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from intrek.ground.common.downloads import as_download, as_picture
from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import requires
from intrek.ground.documents.models import Upload
from intrek.ground.documents.queries import small_of, whole_of
from intrek.ground.post.actions import pause_mails
from intrek.ground.post.queries import pause_of
from intrek.story.referral import actions
from intrek.story.referral.forms import AskForm, PauseForm, SayForm
from intrek.story.referral.models import Referral, Remark
from intrek.story.referral.views.found import find_referral, talks_here


def _said(request: Any, referral: Any, act: Any, *, form: Any = SayForm, key: str, **page: Any) -> HttpResponse:
    """The page on which something is said, and the way back once it is."""
    if not talks_here(request, referral):
        raise Http404
    work = drafted(request, form, key)
    if work.saved(partial(act, on=request.today, by=request.member)):
        messages.success(request, _("It is sent. The other side finds it in its inbox."))
        return redirect("referral:of_pathway", referral.pathway_id)
    return work.page("referral/say.html", pathway=referral.pathway, referral=referral, **page)


@requires("referral.talk")
def ask(request, pathway_id):
    """Ask the other side something about this referral."""
    referral = find_referral(request, pathway_id)
    is_team = request.member.is_staff_of_programme
    act = partial(actions.ask_referrer if is_team else actions.ask_programme, referral)
    form = AskForm if is_team else SayForm
    return _said(request, referral, act, form=form, key=f"referral.ask:{referral.pk}", heading=_("Ask a question"))


@requires("referral.talk")
def add(request, pathway_id):
    """Add something to a referral that was handed in: it is marked as said later."""
    referral = find_referral(request, pathway_id)
    if request.member.is_staff_of_programme:
        raise Http404
    act = partial(actions.add_later, referral)
    return _said(request, referral, act, key=f"referral.add:{referral.pk}", heading=_("Add something"))


@requires("referral.talk")
def answer(request, remark_id):
    """Answer a question of the other side."""
    question = get_object_or_404(Remark.objects.visible_to(request.member), pk=remark_id)
    referral = find_referral(request, question.pathway_id)
    act = partial(actions.answer, question)
    key = f"referral.answer:{question.pk}"
    return _said(request, referral, act, key=key, heading=_("Answer"), question=question)


def _file(request: Any, upload_id: Any) -> Upload:
    """A file of the talk, if who asks may read the referral it is about."""
    upload = get_object_or_404(Upload.objects.visible_to(request.member), pk=upload_id)
    referral = find_referral(request, upload.pathway_id)
    if not (talks_here(request, referral) and referral.pathway.remarks.filter(pk=upload.of_id).exists()):
        raise Http404
    upload.pathway = referral.pathway
    return upload


@requires("referral.talk")
def file(request, upload_id):
    """A file that was added to what somebody said."""
    upload = _file(request, upload_id)
    return as_download(*whole_of(upload, upload.pathway.number))


@requires("referral.talk")
def small(request, upload_id):
    """The small picture of it."""
    return as_picture(small_of(_file(request, upload_id)))


def _pause_work(request: Any, referral: Referral) -> Work:
    paused = pause_of(request.member.contact, referral.pathway_id, request.today)
    initial = {"until_on": paused.until_on} if paused else {}
    return drafted(request, PauseForm, f"referral.pause:{referral.pk}", initial=initial)


@requires("referral.talk")
def pause(request, pathway_id):
    """No mails about this referral for a while; the messages stand in the inbox all the same."""
    referral = find_referral(request, pathway_id)
    work = _pause_work(request, referral)
    if work.saved(partial(pause_mails, request.member.contact, referral.pathway_id, on=request.today)):
        messages.success(request, _("Noted. The messages stand in the inbox all the same."))
        return redirect("referral:of_pathway", pathway_id)
    return work.page("referral/pause.html", pathway=referral.pathway)
