"""A member's calendar reads along: their own, by number, for as long as the role holds; nobody is named in it."""

from datetime import time, timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from intrek.ground.common.refusals import Refused
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import ProgrammeRule
from intrek.story.intervision.actions import add_action_point, call_off, invite
from intrek.story.support.models import Visit
from intrek.windows.demo.actions import make_demo
from intrek.windows.exchange.actions import end_feed, make_feed
from intrek.windows.exchange.models import Feed
from tests.factories import contact, member, organisation, pathway, real_today, second_programme
from tests.intervision.cases import item_of, meeting

pytestmark = pytest.mark.django_db
TODAY = real_today()
NOTE = "Bracht borderline ter sprake bij Wannes"


def linked(who, name="Outlook", **facts):
    return make_feed(who, name=name, on=TODAY, by=who, **facts)


def asked(client, made):
    return client.get(urlsplit(made.address).path)


def read(client, made):
    answer = asked(client, made)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content.decode()


def entries(text):
    """What two readers, who know nothing of one another, find: by uid the summary and the first day."""
    one = {
        str(each["uid"]): (str(each["summary"]), str(each["dtstart"].dt))
        for each in Calendar.from_ical(text).walk("VEVENT")
    }
    other = {each.uid: (each.summary, str(each.dtstart)) for each in IcsCalendarStream.calendar_from_ics(text).events}
    assert one == other
    return one


def visit(who, way, days=2, **facts):
    told = {"programme": way.programme, "pathway": way, "worker": who.contact, "note": NOTE, "place": "Kolvestraat 14"}
    return Visit.objects.create(on=TODAY + timedelta(days=days), **told | facts)


def test_visits_meetings_and_days_to_keep_stand_in_it(client):
    an = member()
    way = pathway("running", worker=an.contact)
    visit(an, way, starts_at=time(10), minutes=45)
    one = meeting(9, chair=contact("Mia"), starts_at=time(13, 30), ends_at=time(16))
    invite(one, [an.contact], on=TODAY, by=None)
    add_action_point(item_of(way, one, why="asked"), text=NOTE, owner=an.contact, due_on=one.on, by=None)
    found = entries(read(client, linked(an)))
    assert {summary for summary, _day in found.values()} == {
        f"Huisbezoek {way.number}",
        "Intervisie",
        f"Actiepunt {way.number}",
    }


def test_a_visit_lasts_as_long_as_it_was_planned_and_one_without_an_hour_a_whole_day(client):
    an = member()
    visit(an, pathway("running"), starts_at=time(10), minutes=45)
    visit(an, pathway("running"), days=3)
    by_hour, whole_day = Calendar.from_ical(read(client, linked(an))).walk("VEVENT")
    assert by_hour["dtend"].dt - by_hour["dtstart"].dt == timedelta(minutes=45)
    assert timezone.localtime(by_hour["dtstart"].dt).time() == time(10)
    assert whole_day["dtstart"].dt == TODAY + timedelta(days=3)
    assert "dtend" not in whole_day


def test_what_is_called_off_is_struck_through(client):
    an, one = member(), meeting(9, chair=contact("Mia"), starts_at=time(13, 30), ends_at=time(16))
    invite(one, [an.contact], on=TODAY, by=None)
    call_off(one, why="Ziek.", on=TODAY, by=None)
    (entry,) = Calendar.from_ical(read(client, linked(an))).walk("VEVENT")
    assert str(entry["status"]) == "CANCELLED"


@pytest.mark.once
def test_nobody_is_named_and_no_address_is_told_whoever_reads(client):
    make_demo(TODAY)
    Visit.objects.update(note=NOTE)
    said = [text for each in Person.objects.order_by("pk") for text in (each.family_name, each.phone, each.email)]
    said += Dwelling.objects.order_by("pk").values_list("address", flat=True)
    told = "".join(read(client, linked(each.standing_on(TODAY))) for each in Membership.objects.in_force(TODAY))
    assert told.count("BEGIN:VEVENT") > 20
    assert [text for text in [*said, "borderline"] if text and text in told] == []


def test_a_referrer_reads_by_when_they_hear_of_their_own_and_of_nobody_elses(client):
    ilse = member("referrer", organisation("de Sleutel"))
    mine, other = pathway(referred_by=ilse.organisation), pathway(referred_by=organisation("CAW"))
    Pathway.objects.filter(pk__in=[mine.pk, other.pk]).update(hears_by=TODAY + timedelta(days=4))
    made = linked(ilse)
    assert [summary for summary, _day in entries(read(client, made)).values()] == [
        f"U hoort uiterlijk vandaag over {mine.number}"
    ]


@pytest.mark.parametrize("role", ["housing_officer", "steering_member", "administrator", "protection_officer"])
def test_others_read_their_meetings_and_nothing_of_a_pathway(client, role):
    who, way = member(role), pathway("running", worker=member().contact)
    visit(member(), way)
    Pathway.objects.filter(pk=way.pk).update(hears_by=TODAY)
    assert entries(read(client, linked(who))) == {}


def test_without_the_secret_there_is_nothing(client, sign_in):
    an = member()
    made = linked(an)
    wrong = reverse("exchange:feed", args=[an.programme_id, "x" * 43])
    elsewhere = made.address.replace(str(an.programme_id), str(second_programme().pk))
    for reader in (client, sign_in(an)):
        assert reader.get(wrong).status_code == 404
        assert reader.get(urlsplit(elsewhere).path).status_code == 404


def test_only_the_digest_of_the_secret_is_kept(client):
    made = linked(member())
    secret = urlsplit(made.address).path.rpartition("/")[2].removesuffix(".ics")
    assert len(secret) >= 40
    assert secret not in str(Feed.objects.values().get())


def ended(made):
    end_feed(made.feed, on=TODAY, by=None)


def expired(made):
    Feed.objects.update(expires_on=TODAY - timedelta(days=1))


def left(made):
    Membership.objects.filter(pk=made.feed.membership_id).update(until_on=TODAY - timedelta(days=1))


def locked(made):
    made.feed.membership.user.locked_from = timezone.now()
    made.feed.membership.user.save(update_fields=["locked_from"])


@pytest.mark.parametrize("end", [ended, expired, left, locked])
def test_it_reads_no_longer_than_it_may(client, end):
    made = linked(member())
    assert asked(client, made).status_code == 200
    end(made)
    assert asked(client, made).status_code == 404


def test_it_works_for_as_long_as_the_programme_says():
    an = member()
    ProgrammeRule.objects.filter(programme=an.programme).update(feed_days=30)
    assert linked(an).feed.expires_on == TODAY + timedelta(days=30)


def test_a_link_has_a_name_of_its_own_and_ends_once():
    an = member()
    made = linked(an)
    for name in (" ", "outlook"):
        with pytest.raises(Refused):
            linked(an, name=name)
    ended(made)
    with pytest.raises(Refused):
        ended(made)
    assert linked(an, name="outlook").feed.name == "outlook"


def test_when_it_was_read_last_is_told_to_the_hour(client, monkeypatch):
    made, now = linked(member()), timezone.now()
    for minutes in (0, 10, 61):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: now + timedelta(minutes=minutes))
        read(client, made)
        assert Feed.objects.get().last_used_at == now + timedelta(minutes=61 if minutes == 61 else 0)


def test_the_page_shows_the_address_once_and_ends_it(sign_in, client):
    an = member()
    mine, page = sign_in(an), reverse("exchange:feeds")
    told = mine.post(page, {"name": "Outlook"}).content.decode()
    secret = told.partition(".ics")[0].rpartition("/")[2]
    assert client.get(reverse("exchange:feed", args=[an.programme_id, secret])).status_code == 200
    assert secret not in mine.get(page).content.decode()
    feed = Feed.objects.get()
    assert sign_in(member()).post(reverse("exchange:end_feed", args=[feed.pk])).status_code == 404
    mine.post(reverse("exchange:end_feed", args=[feed.pk]))
    assert client.get(reverse("exchange:feed", args=[an.programme_id, secret])).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_full_calendar_takes_no_more_queries_than_an_empty_one(client, assert_queries_at_most, count):
    an = member()
    for _number in range(count):
        visit(an, pathway("running", worker=an.contact))
    made = linked(an)
    with assert_queries_at_most(9):
        read(client, made)
