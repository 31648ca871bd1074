"""People are invited to a meeting, say whether they come, and hear when it changes (P17)."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from intrek.ground.common.calendars import Entry, calendar
from intrek.ground.common.refusals import Refusal, WayOut, refuse_if
from intrek.ground.common.wording import weekday
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact
from intrek.ground.partners.queries import language_of
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.story.intervision import rules
from intrek.story.intervision.models import Answer, Invitation, Meeting


@transaction.atomic
def invite(meeting: Meeting, contacts: Iterable[Contact], *, on: date, by: Actor | None) -> list[Invitation]:
    """Invite these people, each once: a message, and a mail with an entry for their calendar."""
    known = set(Invitation.objects.filter(meeting=meeting).values_list("contact_id", flat=True))
    new = [each for each in contacts if each.pk not in known]
    refuse_if(
        rules.invite_reasons(
            meeting_on=meeting.on,
            closed_on=meeting.closed_on,
            has_chair=meeting.chair_id is not None,
            has_hours=bool(meeting.starts_at and meeting.ends_at),
            count=len(new),
            on=on,
            way_out=WayOut(reverse("intervision:change", args=[meeting.pk]), gettext_lazy("Change the meeting")),
        )
    )
    return [_invite(meeting, each, on=on, by=by) for each in new]


def _invite(meeting: Meeting, contact: Contact, *, on: date, by: Actor | None) -> Invitation:
    made = Invitation(programme_id=meeting.programme_id, meeting=meeting, contact=contact, invited_on=on)
    made.save(force_insert=True)
    _tell(made, Kind.INVITATION, by=by)
    record(made, "intervision.invited", on=on, by=by, who=contact.name, meeting_on=meeting.on)
    return made


def _tell(invitation: Invitation, kind: Kind, *, by: Actor | None) -> None:
    path = reverse("intervision:invitation", args=[invitation.pk])
    with override(language_of(invitation.contact)):
        text, entry = _words(invitation.meeting), _entry(invitation.meeting, path)
    invitation.message = send(invitation.contact, kind, text=text, path=path, calendar=entry, by=by)
    invitation.save(update_fields=["message"])


def _words(meeting: Meeting) -> str:
    """When and where, in the language that is active."""
    hours = " – ".join(f"{at:%H.%M}" for at in (meeting.starts_at, meeting.ends_at) if at)
    when = ", ".join(filter(None, [weekday(meeting.on, year=True), hours, meeting.place]))
    kind = meeting.get_kind_display()
    if meeting.called_off_on:
        return _("%(kind)s of %(when)s: called off. %(why)s") % {
            "kind": kind,
            "when": when,
            "why": meeting.called_off_why,
        }
    return f"{kind}: {when}"


def _entry(meeting: Meeting, path: str) -> str:
    starts_at, ends_at = meeting.planned_start, meeting.planned_end
    if starts_at is None or ends_at is None:
        return ""
    host = settings.ADDRESS.rpartition("/")[2].partition(":")[0]
    entry = Entry(
        uid=f"meeting-{meeting.pk}@{host}",
        summary=f"{meeting.programme}: {meeting.get_kind_display()}",
        starts_at=starts_at,
        ends_at=ends_at,
        stamped_at=meeting.saved_at,
        sequence=meeting.version - 1,
        place=meeting.place,
        url=settings.ADDRESS + path,
        is_cancelled=meeting.called_off_on is not None,
    )
    return calendar([entry])


@transaction.atomic
def tell_of_change(meeting: Meeting, *, is_other_time: bool, by: Actor | None) -> int:
    """Who is invited hears that day, hour or place changed, or that nobody meets; at another time, who said they come is asked again."""
    rows = Invitation.objects.filter(meeting=meeting).select_related("contact__user").order_by("pk")
    invited = list(rows)
    for each in invited:
        each.meeting = meeting
        if is_other_time:
            each.answer, each.note, each.answered_on = "", "", None
            each.save(update_fields=["answer", "note", "answered_on"])
        _tell(each, Kind.MEETING_CHANGED, by=by)
    return len(invited)


@transaction.atomic
def answer_invitation(invitation: Invitation, *, answer: str, note: str = "", on: date, by: Actor | None) -> Invitation:
    """Somebody comes or sends apologies; until the meeting is over the answer may change."""
    meeting = invitation.meeting
    off = rules.called_off_reasons(meeting.on, meeting.called_off_on)
    reasons = off or rules.minutes_reasons(meeting.on, meeting.closed_on)
    reasons += rules.over_reasons(meeting.on, on)
    if answer not in Answer.values:
        reasons.append(Refusal(rules.Reason.NO_ANSWER, form_field="answer"))
    refuse_if(reasons)
    told = Answer(answer)
    invitation.answer, invitation.note, invitation.answered_on = told.value, note.strip(), on
    invitation.save(update_fields=["answer", "note", "answered_on"])
    facts = {"who": invitation.contact.name, "meeting_on": meeting.on, "answer": told.label}
    record(invitation, "intervision.answered", on=on, by=by, **facts)
    return invitation
