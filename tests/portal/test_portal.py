"""A partner follows their own referrals and dwellings, and learns nothing else (P7, P24)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from intrek.ground.accounts.actions import keep_draft
from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.partners.models import Sector
from intrek.ground.pathways.actions import promise
from intrek.ground.pathways.models import Pathway, Station
from intrek.ground.pathways.queries import with_lines
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.story.allocation.actions import offer_dwelling
from tests.factories import contact, member, organisation, pathway, person, programme_brugge, real_today

pytestmark = pytest.mark.django_db
HOME, DWELLINGS = "portal:home", "portal:dwellings"


def shown(client, name=HOME, **query):
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(client, name=HOME, **query):
    answer = client.get(reverse(name), query | {"format": "xlsx"})
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def vivendo():
    return organisation("Vivendo", sector=Sector.HOUSING)


def test_a_candidate_is_not_named_to_the_landlord_before_they_live_there(sign_in):
    home = add_dwelling(programme_brugge(), "Kolvestraat 1", owner=vivendo(), on=None, by=None)
    offer_dwelling(home, offered_on=real_today(), by=None)
    page = shown(sign_in(member("housing_officer", vivendo())), DWELLINGS)
    assert "Kolvestraat 1" in page
    assert "Proefmans" not in page


def test_each_referral_says_what_is_awaited_from_whom_and_by_when_they_hear(sign_in, today):
    own = pathway(referred_by=organisation("CAW RegioBrugge"))
    promise(own, Station.INTERVISION, due_on=today + timedelta(days=9), on=today)
    page = shown(sign_in(member("referrer", organisation("CAW RegioBrugge"))))
    [row] = with_lines(Pathway.objects.filter(pk=own.pk))
    assert row.person.name in page
    assert "awaits__facts" in page
    assert row.hears_by == today + timedelta(days=9)


def test_a_promise_that_went_by_in_silence_is_said_first(sign_in, today):
    partner = organisation("CAW RegioBrugge")
    quiet, late = pathway(referred_by=partner), pathway(referred_by=partner)
    promise(late, Station.INTERVISION, due_on=today - timedelta(days=3), on=today - timedelta(days=20))
    promise(quiet, Station.INTERVISION, due_on=today + timedelta(days=3), on=today)
    page = shown(sign_in(member("referrer", partner)))
    assert page.index(late.person.name) < page.index(quiet.person.name)
    assert "tag--late" in page


def test_one_goes_on_with_what_was_not_handed_in(sign_in):
    referrer = member("referrer")
    draft = "01901901-0000-7000-8000-000000000001"
    for step, told in (("referrer", {}), ("person", {"given_name": ["Tine"], "family_name": ["Verlinde"]})):
        keep_draft(
            referrer.user, f"referral.new:{draft}:{step}", answers=told, base_version=None, base={},
            programme_id=referrer.programme_id,
        )  # fmt: skip
    page = shown(sign_in(referrer))
    assert page.count("Tine Verlinde") == 1
    assert reverse("referral:check", args=[draft]) in page
    assert "Tine Verlinde" not in shown(sign_in(member("referrer")))


def test_messages_are_only_ones_own(sign_in):
    me = member("referrer")
    about = pathway(referred_by=me.organisation)
    send(me.contact, Kind.DECISION, pathway=about, text="Voor u alleen", path="/", by=None)
    send(contact(at=me.organisation), Kind.DECISION, pathway=about, text="Voor een ander", path="/", by=None)
    page = shown(sign_in(me))
    assert "Voor u alleen" in page
    assert "Voor een ander" not in page


@pytest.mark.parametrize(
    "role", ["coordinator", "support_worker", "steering_member", "administrator", "protection_officer"]
)
def test_the_portal_is_for_partners(sign_in, role):
    client = sign_in(member(role))
    assert [client.get(reverse(name)).status_code for name in (HOME, DWELLINGS)] == [404, 404]


def test_a_referrer_has_no_dwellings(sign_in):
    assert sign_in(member("referrer")).get(reverse(DWELLINGS)).status_code == 404


def test_an_empty_portal_says_what_to_do(sign_in):
    assert reverse("referral:new") in shown(sign_in(member("referrer")))
    assert reverse("dwellings:add") in shown(sign_in(member("housing_officer")), DWELLINGS)


def test_the_list_takes_the_same_queries_with_1_and_with_30_referrals(sign_in, assert_same_queries):
    partner = organisation("CAW RegioBrugge")
    client = sign_in(member("referrer", partner))

    def grow():
        for _number in range(29):
            pathway("waiting", referred_by=partner)

    pathway("waiting", referred_by=partner)
    assert_same_queries(lambda: client.get(reverse(HOME)), grow, at_most=15)


def test_the_dwellings_take_the_same_queries_with_1_and_with_30(sign_in, assert_same_queries):
    client = sign_in(member("housing_officer", vivendo()))

    def make(number):
        home = add_dwelling(programme_brugge(), f"Kolvestraat {number}", owner=vivendo(), on=None, by=None)
        offer_dwelling(home, offered_on=None, by=None, history=True)

    def grow():
        for number in range(2, 31):
            make(number)

    make(1)
    assert_same_queries(lambda: client.get(reverse(DWELLINGS)), grow, at_most=15)


def test_people_of_the_same_name_elsewhere_do_not_show_up(sign_in):
    partner = organisation("CAW RegioBrugge")
    pathway(of=person("Jan", "Elders"), referred_by=organisation("PZ OLV"))
    assert "Elders" not in shown(sign_in(member("referrer", partner)))
