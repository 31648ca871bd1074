"""The partners do not meet: the agenda goes on, nobody falls between two meetings, everybody hears why (P17, P24)."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from intrek.ground.access.models import Grant, Ground
from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.models import Promise
from intrek.ground.post.models import Kind, Message
from intrek.story.intervision.actions import (
    answer_invitation,
    call_off,
    decide,
    invite,
    note_attendance,
    plan_meeting,
    reopen_meeting,
)
from intrek.story.intervision.models import AgendaItem, Meeting, Why
from intrek.story.intervision.queries import next_meeting
from intrek.story.referral.models import Remark
from tests.factories import contact, member, organisation, programme_brugge
from tests.intervision.cases import TODAY, again, item_of, meeting, referred

pytestmark = pytest.mark.django_db
WHY = "De voorzitter is ziek."
HOURS = {"starts_at": time(13, 30), "ends_at": time(16, 0), "place": "zaal 2"}


def off(one, why=WHY, on=TODAY):
    return call_off(one, why=why, on=on, by=None)


def codes(refused):
    return [each.code for each in refused.value.reasons]


def test_the_agenda_goes_to_the_next_meeting_before_what_stands_there():
    first, later = meeting(3), meeting(40)
    waiting = item_of(referred(), later)
    moved = [item_of(referred(), first), item_of(referred("running", "sitting"), first, why=Why.ASKED)]
    off(first)
    rows = AgendaItem.objects.filter(meeting=later).order_by("position")
    assert [each.pk for each in rows] == [*(each.pk for each in moved), waiting.pk]
    assert not AgendaItem.objects.filter(meeting=first).exists()
    new, running = (again(each.pathway) for each in moved)
    assert (new.awaits, new.awaits_by) == ("decision", later.on)
    assert running.awaits != "decision"


def test_what_was_written_goes_along():
    first, later = meeting(0), meeting(40)
    item = item_of(referred(), first)
    AgendaItem.objects.filter(pk=item.pk).update(note="Kwam al ter sprake.")
    off(first)
    assert AgendaItem.objects.get(pk=item.pk, meeting=later).note == "Kwam al ter sprake."


def test_the_referrer_hears_why_and_the_new_day():
    first, later = meeting(3), meeting(40)
    made = referred()
    item_of(made, first)
    off(first)
    told = Remark.objects.filter(pathway=made).latest("pk")
    assert "De voorzitter is ziek" in told.text
    assert Message.objects.get(kind=Kind.LATER_DAY).to == told.pathway.referral.referrer
    held = Promise.objects.get(pathway=made, kept_on=None, replaced_on=None)
    assert (held.due_on, held.reason) == (later.on + timedelta(days=2), WHY)


def test_a_promise_that_lies_after_the_next_meeting_stays():
    first = meeting(3)
    meeting(5)
    made = referred()
    item_of(made, first)
    made.refresh_from_db()
    made.hears_by = TODAY + timedelta(days=60)
    made.save(update_fields=["hears_by"])
    off(first)
    assert again(made).hears_by == TODAY + timedelta(days=60)
    assert Remark.objects.filter(pathway=made).exists()


def test_who_is_invited_hears_it_and_their_calendar_strikes_the_entry():
    one, who = meeting(9, chair=contact("An"), **HOURS), member("referrer")
    asked = invite(one, [who.contact], on=TODAY, by=None)[0]
    before = Calendar.from_ical(asked.message.calendar).walk("VEVENT")[0]
    off(one)
    told = Message.objects.get(kind=Kind.MEETING_CHANGED)
    assert WHY in told.text
    (entry,) = Calendar.from_ical(told.calendar).walk("VEVENT")
    assert (str(entry["status"]), entry["uid"]) == ("CANCELLED", before["uid"])
    assert entry["sequence"] > before["sequence"]
    asked.refresh_from_db()
    with pytest.raises(Refused) as refused:
        answer_invitation(asked, answer="comes", on=TODAY, by=None)
    assert codes(refused) == ["called_off"]


def test_who_would_sit_at_the_table_sees_nothing_of_it_that_day():
    one, guest = meeting(0), contact("Ilse", at=organisation("de Sleutel"))
    meeting(40)
    item_of(referred(), one)
    note_attendance(one, {guest: True}, by=None)
    assert Grant.objects.filter(ground=Ground.MEETING, from_on=TODAY).exists()
    off(one)
    assert not Grant.objects.filter(ground=Ground.MEETING, until_on__gte=TODAY, from_on=TODAY).exists()


def test_every_reason_is_said_and_nothing_happens():
    one = meeting(0)
    decided, open_one = item_of(referred(), one), item_of(referred(), one)
    decide(decided, decision="decline", motive="Te ver.", reason_code="not_registered", on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        off(one, why=" ")
    assert codes(refused) == ["took_place", "no_why", "no_later_meeting"]
    assert refused.value.reasons[-1].way_out
    assert Meeting.objects.get(pk=one.pk).called_off_on is None
    assert AgendaItem.objects.get(pk=open_one.pk).meeting_id == one.pk


def test_an_empty_meeting_needs_no_later_one_and_its_day_is_free_again():
    one = off(meeting(9))
    assert next_meeting(one.programme_id, TODAY) is None
    assert plan_meeting(programme_brugge(), on=one.on, by=None).pk != one.pk


def test_it_is_called_off_once_and_not_opened_again():
    one = off(meeting(9))
    for again_off in (lambda: off(one), lambda: reopen_meeting(one, on=TODAY, by=None)):
        with pytest.raises(Refused):
            again_off()


def test_the_page_says_what_will_happen_and_then_that_it_did(sign_in):
    one, client = meeting(9), sign_in(member())
    item_of(referred(), one)
    meeting(40)
    page = reverse("intervision:call_off", args=[one.pk])
    assert "Waar de agenda naartoe gaat" in client.get(page).content.decode()
    told = client.post(page, {"why": WHY}, follow=True).content.decode()
    assert WHY in told
    assert reverse("intervision:reopen", args=[one.pk]) not in told
    assert "gaat niet door" in client.get(reverse("intervision:meetings")).content.decode()


def test_what_stands_in_the_way_is_told_before_anything_is_typed(sign_in):
    one, client = meeting(9), sign_in(member())
    item_of(referred(), one)
    assert reverse("intervision:plan") in client.get(reverse("intervision:call_off", args=[one.pk])).content.decode()


def test_nobody_else_calls_it_off(sign_in):
    one = meeting(9)
    for role in ("support_worker", "referrer", "housing_officer"):
        assert sign_in(member(role)).get(reverse("intervision:call_off", args=[one.pk])).status_code in {403, 404}
