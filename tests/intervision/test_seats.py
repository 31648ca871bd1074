"""Who sits at the table sees what lies on it, on that day and until its minutes are closed (P7)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.access.models import Grant, Ground
from intrek.ground.access.queries import categories_of
from intrek.ground.partners.actions import note_protocol
from intrek.ground.partners.models import ProtocolKind
from intrek.story.intervision.actions import change_meeting, close_meeting, note_attendance, reopen_meeting, take_off
from intrek.story.intervision.models import AgendaItem, Decision, Why
from tests.factories import member, organisation
from tests.intervision.cases import TODAY, item_of, meeting, referred

pytestmark = pytest.mark.django_db
SHARED, FILE = "portal:shared", "portal:shared_file"


@pytest.fixture
def guest():
    """A referrer of the hospital, which has a protocol; neither the hospital nor the function is bound by secrecy."""
    found = member("referrer", organisation("AZ St.-Jan"))
    note_protocol(found.organisation, ProtocolKind.SIGNED, from_on=TODAY - timedelta(days=9), by=None)
    return found


def listed(client):
    return {each.pathway.pk for each in client.get(reverse(SHARED)).context["rows"]}


def attend(guest, on, *, is_present=True):
    note_attendance(on, {guest.contact: is_present}, by=member("coordinator"))
    return on


def test_who_is_present_sees_the_items_of_that_meeting_and_no_others(guest, sign_in):
    made, other, on = referred(), referred(), meeting()
    item_of(made, on)
    item_of(other, meeting(30))
    attend(guest, on)
    client = sign_in(guest)
    assert listed(client) == {made.pk}
    assert client.get(reverse(FILE, args=[made.pk])).status_code == 200
    assert client.get(reverse(FILE, args=[other.pk])).status_code == 404


def test_who_sent_apologies_or_is_not_named_sees_nothing(guest, sign_in):
    on = meeting()
    item_of(referred(), on)
    colleague = member("referrer", guest.organisation)
    attend(guest, on)
    assert listed(sign_in(colleague)) == set()
    attend(guest, on, is_present=False)
    assert listed(sign_in(guest)) == set()


@pytest.mark.parametrize("days", [-1, 1])
def test_only_on_its_day(guest, days, sign_in):
    on = meeting(days)
    item_of(referred(), on)
    attend(guest, on)
    assert listed(sign_in(guest)) == set()


@pytest.mark.parametrize(
    ("why", "bound", "opened"),
    [
        (Why.NEW_REFERRAL, True, {"identity", "progress", "referral", "tenancy", "health", "addiction"}),
        (Why.NEW_REFERRAL, False, {"identity", "progress", "referral", "tenancy"}),
        (Why.TERM_ENDING, True, {"identity", "progress", "tenancy", "health", "support"}),
        (Why.TERM_ENDING, False, {"identity", "progress", "tenancy"}),
    ],
)
def test_what_the_partners_decide_on_and_no_more(guest, why, bound, opened):
    type(guest.organisation).objects.filter(pk=guest.organisation_id).update(bound_by_secrecy=bound)
    type(guest.contact).objects.filter(pk=guest.contact_id).update(bound_by_secrecy=bound)
    made, on = referred("new" if why == Why.NEW_REFERRAL else "running"), meeting()
    item_of(made, on, why=why)
    attend(guest, on)
    now = type(guest).objects.select_related("organisation", "contact", "programme").get(pk=guest.pk)
    assert categories_of(now.standing_on(TODAY), made.pk) == opened


def test_without_a_protocol_a_guest_sees_nothing(sign_in):
    guest, on = member("referrer", organisation("CGG")), meeting()
    item_of(referred(), on)
    attend(guest, on)
    assert listed(sign_in(guest)) == set()


def test_an_item_that_comes_later_and_one_that_goes(guest, sign_in):
    on = attend(guest, meeting())
    made = referred()
    item = item_of(made, on)
    client = sign_in(guest)
    assert listed(client) == {made.pk}
    take_off(item, on=TODAY, by=None)
    assert listed(client) == set()


def test_the_meeting_moves_and_their_sight_with_it(guest, sign_in):
    on, later = meeting(), TODAY + timedelta(days=3)
    item_of(referred(), on)
    attend(guest, on)
    change_meeting(on, on=later, by=None)
    assert listed(sign_in(guest)) == set()
    assert list(Grant.objects.filter(ground=Ground.MEETING).values_list("from_on", "until_on")) == [(later, later)]


def test_it_ends_with_the_minutes_and_begins_again_with_them(guest, sign_in):
    made, on = referred("running"), meeting()
    item_of(made, on, why=Why.TERM_ENDING)
    attend(guest, on)
    client = sign_in(guest)
    assert listed(client) == {made.pk}
    AgendaItem.objects.filter(meeting=on).update(decision=Decision.OTHER)
    close_meeting(on, on=TODAY, by=None)
    assert listed(client) == set()
    reopen_meeting(on, on=TODAY, by=None)
    assert listed(client) == {made.pk}


def test_the_team_needs_no_seat():
    on = meeting()
    item_of(referred(), on)
    attend(member("support_worker"), on)
    assert not Grant.objects.filter(ground=Ground.MEETING).exists()
