"""People are invited to a meeting, answer, and hear when it changes (P17)."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import make_aware
from icalendar import Calendar

from intrek.ground.common.refusals import Refused
from intrek.ground.post.models import Kind, MailState, Message
from intrek.story.intervision.actions import (
    answer_invitation,
    change_meeting,
    close_meeting,
    invite,
    plan_series,
)
from intrek.story.intervision.models import Attendance, Invitation, Meeting
from tests.factories import contact, member, organisation, programme_brugge, second_programme
from tests.intervision.cases import TODAY, meeting

pytestmark = pytest.mark.django_db

HOURS = {"starts_at": time(13, 30), "ends_at": time(16, 0), "place": "zaal 2"}


def ready(days=9, **facts):
    """A meeting that people can be invited to."""
    return meeting(days, **({"chair": contact("An")} | HOURS | facts))


def asked(who, one=None):
    return invite(one or ready(), [who], on=TODAY, by=None)[0]


def url(name, *args):
    return reverse(f"intervision:{name}", args=[each.pk for each in args])


def event_of(text):
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return event


def codes(refused):
    return [each.code for each in refused.value.reasons]


def test_who_is_invited_finds_a_message_and_a_mail_with_a_calendar_entry(run_jobs, mailoutbox):
    one, who = ready(), member("referrer")
    asked(who.contact, one)
    assert Message.objects.get(to=who.contact).kind == Kind.INVITATION
    run_jobs()
    (mail,) = mailoutbox
    ((name, content, kind),) = mail.attachments
    assert (name, kind) == ("agenda-1.ics", "text/calendar")
    event = event_of(content)
    start = make_aware(datetime.combine(one.on, time(13, 30))).astimezone(UTC)
    assert event["dtstart"].dt == start
    assert event["dtend"].dt - start == timedelta(hours=2, minutes=30)
    assert str(event["location"]) == "zaal 2"


def test_nobody_is_invited_twice():
    one, who = ready(), member("referrer")
    asked(who.contact, one)
    invite(one, [who.contact, contact("Mia")], on=TODAY, by=None)
    assert Message.objects.filter(to=who.contact).count() == 1
    assert Invitation.objects.filter(meeting=one).count() == 2


def test_a_meeting_without_chair_or_hours_invites_nobody_and_says_every_reason():
    with pytest.raises(Refused) as refused:
        invite(meeting(9), [], on=TODAY, by=None)
    assert codes(refused) == ["no_chair", "no_hours", "nobody_invited"]
    assert all(each.way_out for each in refused.value.reasons[:2])
    with pytest.raises(Refused) as refused:
        invite(ready(-1), [contact("Mia")], on=TODAY, by=None)
    assert codes(refused) == ["meeting_over"]
    assert not Invitation.objects.exists()


def test_another_hour_replaces_the_entry_and_asks_again():
    one, who = ready(), member("referrer")
    mine = answer_invitation(asked(who.contact, one), answer="comes", on=TODAY, by=who)
    change_meeting(one, on=one.on, starts_at=time(14, 0), by=None)
    mine.refresh_from_db()
    first, latest = Message.objects.filter(to=who.contact).order_by("created_at")
    assert (mine.answer, mine.answered_on, latest.kind) == ("", None, Kind.MEETING_CHANGED)
    before, after = event_of(first.calendar), event_of(latest.calendar)
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt - before["dtstart"].dt == timedelta(minutes=30)


def test_another_place_tells_and_asks_nothing_again_and_another_chair_tells_nothing():
    one, who = ready(), member("referrer")
    mine = answer_invitation(asked(who.contact, one), answer="comes", on=TODAY, by=who)
    change_meeting(one, on=one.on, chair=contact("Ruben"), by=None)
    assert Message.objects.filter(to=who.contact).count() == 1
    change_meeting(one, on=one.on, place="zaal 5", by=None)
    mine.refresh_from_db()
    assert mine.answer == "comes"
    assert Message.objects.filter(to=who.contact).count() == 2


def test_hours_that_are_taken_away_are_told_too():
    one, who = ready(), member("referrer")
    asked(who.contact, one)
    change_meeting(one, on=one.on, starts_at=None, ends_at=None, by=None)
    latest = Message.objects.filter(to=who.contact).order_by("created_at").last()
    assert latest.kind == Kind.MEETING_CHANGED
    assert latest.text.endswith("zaal 2")
    assert "13.30" not in latest.text
    assert latest.calendar == ""


def test_a_day_that_is_corrected_afterwards_tells_nobody():
    one, who = ready(), member("referrer")
    asked(who.contact, one)
    change_meeting(one, on=TODAY - timedelta(days=1), by=member("coordinator"))
    assert Message.objects.filter(to=who.contact).count() == 1


def test_nobody_answers_what_is_over_or_with_nothing():
    mine = asked(contact("Mia"), ready(0))
    with pytest.raises(Refused) as refused:
        answer_invitation(mine, answer="", on=TODAY + timedelta(days=1), by=None)
    assert codes(refused) == ["meeting_over", "no_answer"]
    close_meeting(mine.meeting, on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        answer_invitation(mine, answer="comes", on=TODAY, by=None)
    assert codes(refused) == ["minutes_closed"]


def test_an_address_that_bounces_is_named_beside_who_is_invited(client):
    one, who = ready(), contact("Mia", email="weg@example.org")
    made = asked(who, one)
    mail = Message.objects.get(to=who).mail
    mail.state = MailState.GIVEN_UP
    mail.save()
    assert Invitation.objects.select_related("message__mail").get(pk=made.pk).is_stuck
    client.force_login(member("coordinator", language="en").user)
    assert "mail not delivered" in client.get(url("meeting", one)).content.decode()


def test_the_invited_answers_on_a_page_and_takes_the_entry_along(client):
    who = member("steering_member", language="en")
    mine = asked(who.contact)
    client.force_login(who.user)
    page = client.get(url("invitation", mine))
    client.post(url("invitation", mine), dict(page.context["work"].hidden) | {"answer": "apologies", "note": "Ziek."})
    mine.refresh_from_db()
    assert (mine.answer, mine.note, mine.answered_on) == ("apologies", "Ziek.", TODAY)
    assert event_of(client.get(url("in_calendar", mine)).content)["uid"]


def test_nobody_answers_for_somebody_else(client):
    mine = asked(member("referrer").contact)
    for who in (member("referrer"), member("coordinator"), member("coordinator", programme=second_programme())):
        client.force_login(who.user)
        assert client.get(url("invitation", mine)).status_code == 404
        assert client.get(url("in_calendar", mine)).status_code == 404


def test_the_coordinator_invites_on_a_page_and_last_times_people_are_chosen(client):
    ann, mia = member("coordinator", language="en"), contact("Mia", at=organisation("Kompas"))
    asked(mia, ready(2))
    one = ready(9)
    client.force_login(ann.user)
    page = client.get(url("invite", one))
    assert [name for name, field in page.context["form"].fields.items() if field.initial] == [f"who_{mia.pk.hex}"]
    answer = client.post(url("invite", one), dict(page.context["work"].hidden) | {f"who_{mia.pk.hex}": "on"})
    assert answer["Location"] == url("meeting", one)
    assert Invitation.objects.filter(meeting=one, contact=mia).exists()


def test_what_people_answered_stands_ready_where_it_is_written_down_who_is_there(client):
    ann, mia = member("coordinator", language="en"), contact("Mia", at=organisation("Kompas"))
    one = ready(0)
    answer_invitation(asked(mia, one), answer="apologies", on=TODAY, by=None)
    client.force_login(ann.user)
    page = client.get(url("attendance", one))
    assert page.context["form"].fields[f"who_{mia.pk.hex}"].initial == "apologies"
    assert not Attendance.objects.exists()


def test_a_year_of_meetings_is_planned_at_once_as_the_rule_says(client):
    ann = member("coordinator", language="en")
    client.force_login(ann.user)
    page = client.get(url("plan_series"))
    assert page.context["form"].initial == {"count": 5, "weeks": 10, "closes_days": 7}
    first = TODAY + timedelta(days=3)
    told = {"on": f"{first:%d/%m/%Y}", "count": 5, "weeks": 10, "closes_days": 7, "chair": ann.contact_id}
    client.post(url("plan_series"), dict(page.context["work"].hidden) | told | {"starts_at": "13.30", "ends_at": "16"})
    made = list(Meeting.objects.order_by("on"))
    assert [each.on for each in made] == [first + timedelta(weeks=10 * number) for number in range(5)]
    assert [each.on - each.agenda_closes_on for each in made] == [timedelta(days=7)] * 5


def test_of_a_series_nothing_is_planned_when_one_day_is_taken():
    taken = meeting(17)
    days = [TODAY + timedelta(days=number) for number in (10, 17, 24)]
    facts = {"starts_at": time(16), "ends_at": time(13)}
    with pytest.raises(Refused) as refused:
        plan_series(programme_brugge(), days, closes_days=7, by=None, **facts)
    assert sorted(codes(refused)) == ["ends_before_start", "same_day"]
    assert list(Meeting.objects.order_by("on")) == [taken]


def test_the_page_of_a_meeting_asks_as_much_for_many_invited_as_for_one(client, assert_same_queries):
    one = ready(9)
    asked(contact("Mia"), one)
    client.force_login(member("coordinator").user)
    assert_same_queries(
        lambda: client.get(url("meeting", one)),
        lambda: invite(one, [contact(at=organisation(f"Partner {n}")) for n in range(29)], on=TODAY, by=None),
    )
