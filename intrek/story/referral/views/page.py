"""The page of a referral, and what can be done with it at intake."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import requires
from intrek.ground.common.wording import day
from intrek.ground.people.models import Person
from intrek.ground.people.queries import Likely
from intrek.story.referral.actions import (
    correct_referral,
    keep_apart,
    mark_read,
    note_care,
    recognise_person,
    withdraw_referral,
)
from intrek.story.referral.forms import CareForm, CorrectForm, SamePersonForm, WithdrawForm
from intrek.story.referral.models import Referral, ReferralCare
from intrek.story.referral.queries import (
    Section,
    look_alikes,
    sections_for,
    sections_of,
    talk_about,
)
from intrek.story.referral.views.found import find_referral, talks_here


def _page(referral: Referral) -> dict[str, Any]:
    return {"referral": referral, "pathway": referral.pathway}


def _told(sections: list[Section]) -> dict[str, Any]:
    return {"sections": sections, "unknown": [fact for section in sections for fact in section.unknown]}


def _talk(request: Any, referral: Referral) -> dict[str, Any]:
    """What both sides said; what the other side said is thereby read."""
    said = talk_about(referral.pathway)
    mark_read(referral.pathway.remarks.all(), at=timezone.now(), by=request.member)
    return {"said": said, "may_talk": request.may("referral.talk") and talks_here(request, referral)}


def _may_withdraw(request: Any, referral: Referral) -> bool:
    is_own = referral.organisation_id == request.member.organisation_id or request.member.is_staff_of_programme
    return is_own and request.may("referral.withdraw") and not referral.withdrawn_on


@requires("referral.read")
def of_pathway(request, pathway_id):
    """What was referred, what is awaited, by when; for the team also who it may be and what to fill in."""
    referral = find_referral(request, pathway_id)
    is_team = request.member.is_staff_of_programme
    page = (
        _page(referral)
        | _told(sections_for(referral, request.member, referral.opened))
        | _talk(request, referral)
        | {
            "is_team": is_team,
            "likely": look_alikes(referral) if is_team and not referral.same_person_checked_on else [],
            "may_withdraw": _may_withdraw(request, referral)
            and referral.pathway.stage in {"new", "on_agenda", "waiting"},
        }
    )
    return render(request, "referral/of_pathway.html", page)


@requires("referral.read")
def said(request, pathway_id):
    """What the partner said at hand-in, word for word, also after corrections."""
    referral = find_referral(request, pathway_id)
    sections = sections_of(referral.said, referral.programme, referral.track.kind, referral.opened)
    return render(request, "referral/said.html", _page(referral) | _told(sections))


@requires("referral.change")
def correct(request, pathway_id):
    """Correct answers at intake; two people at once both keep their words."""
    referral = find_referral(request, pathway_id)
    work = drafted(request, CorrectForm, f"referral.correct:{referral.pk}", instance=referral, referral=referral)
    if work.saved(partial(correct_referral, referral, on=request.today, by=request.member)):
        messages.success(request, _("The answers are corrected. What was said at hand-in is kept beside them."))
        return redirect("referral:of_pathway", pathway_id)
    return work.page("referral/correct.html", **_page(referral))


def _care_work(request: Any, referral: Referral) -> Work:
    row = ReferralCare.objects.filter(referral=referral).first()
    return drafted(request, CareForm, f"referral.care:{referral.pk}", instance=row)


@requires("referral.change")
def care(request, pathway_id):
    """Fill in health, addiction and justice at intake, also for a housing partner's referral (P7)."""
    referral = find_referral(request, pathway_id)
    work = _care_work(request, referral)
    if work.saved(partial(note_care, referral, on=request.today, by=request.member)):
        messages.success(request, _("The care part is filled in; the conditions were looked at again."))
        return redirect("referral:of_pathway", pathway_id)
    return work.page("referral/care.html", **_page(referral))


def likely_words(likely: Likely) -> str:
    """Somebody who may be the same, in a line: name, birth date, why."""
    born = _("born %(day)s") % {"day": day(likely.person.birth_on)} if likely.person.birth_on else ""
    why = ", ".join(str(each.label) for each in likely.why)
    return " · ".join(filter(None, (_("Yes, %(name)s") % {"name": likely.person.name}, born, why)))


def _same_person_work(request: Any, referral: Referral) -> Work:
    likely = [(str(each.person.pk), likely_words(each)) for each in look_alikes(referral)]
    return drafted(request, SamePersonForm, f"referral.person:{referral.pk}", likely=likely)


def _decide(request: Any, referral: Referral, person: str) -> Referral:
    if person == SamePersonForm.NOBODY:
        return keep_apart(referral, on=request.today, by=request.member)
    known = Person.objects.visible_to(request.member).distinct().filter(pk=person).first()
    known = known or get_object_or_404(Person, pk=person, programme_id=request.member.programme_id)
    return recognise_person(referral, as_person=known, on=request.today, by=request.member)


@requires("referral.change")
def same_person(request, pathway_id):
    """Coordinator and team decide whether this is somebody already known (P7)."""
    referral = find_referral(request, pathway_id)
    work = _same_person_work(request, referral)
    if work.saved(lambda person: _decide(request, referral, person)):
        messages.success(request, _("Decided. It is not asked again."))
        return redirect("referral:of_pathway", pathway_id)
    return work.page("referral/same_person.html", **_page(referral), likely=look_alikes(referral))


def _withdraw_work(request: Any, referral: Referral) -> Work:
    if not _may_withdraw(request, referral):
        raise Http404
    return drafted(request, WithdrawForm, f"referral.withdraw:{referral.pk}", initial={"on": request.today})


@requires("referral.withdraw")
def withdraw(request, pathway_id):
    """Take the referral back, with a reason."""
    referral = find_referral(request, pathway_id)
    work = _withdraw_work(request, referral)
    if work.saved(partial(withdraw_referral, referral, by=request.member)):
        messages.success(request, _("The referral is withdrawn."))
        return redirect("referral:of_pathway", pathway_id)
    return work.page("referral/withdraw.html", **_page(referral))
