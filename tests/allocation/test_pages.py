"""The stock, the shortlist, the choice and the answer, through their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.access.actions import grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.common.wording import day
from intrek.ground.dwellings.actions import open_occupancy
from intrek.ground.partners.models import Sector
from intrek.ground.pathways.models import Stage
from intrek.ground.programmes.models import StayTitle
from intrek.story.allocation.actions import accept
from intrek.story.allocation.models import Allocation, Offer
from tests.allocation.cases import TODAY, again, candidate, chosen, dwelling, offer, vivendo
from tests.factories import member, organisation, person, second_programme

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"allocation:{name}", args=[getattr(each, "pk", each) for each in args])


@pytest.fixture
def ann(client):
    """The coordinator, signed in."""
    who = member("coordinator", language="en")
    client.force_login(who.user)
    return who


def test_candidates_stand_side_by_side_with_what_they_need_longest_waiting_first(client, ann):
    one = offer()
    late, early = candidate(on=TODAY - timedelta(days=30)), candidate(on=TODAY - timedelta(days=300))
    candidate("sitting")
    page = client.get(url("shortlist", one))
    assert [each.pathway.pk for each in page.context["candidates"]] == [early.pk, late.pk]
    assert "Gelijkvloers" in page.content.decode()


def test_a_choice_asks_for_a_motive_and_then_for_the_answer(client, ann):
    one, who = offer(), candidate()
    refused = client.post(url("choose", one, who), {"motive": " ", "on": day(TODAY)})
    assert refused.status_code == 200
    client.post(url("choose", one, who), {"motive": "Past bij de trap.", "on": day(TODAY)})
    allocation = Allocation.objects.get()
    assert "Past bij de trap." in client.get(url("of_pathway", who)).content.decode()
    client.post(url("decline", allocation), {"code": "stairs", "why": "Knie.", "on": day(TODAY)})
    assert again(who).stage == Stage.WAITING
    assert "Knie." in client.get(url("of_pathway", who)).content.decode()


def test_an_accepted_candidate_can_lose_the_dwelling_before_the_keys_only(client, ann):
    allocation = chosen()
    client.post(url("accept", allocation), {"on": day(TODAY)})
    assert Allocation.objects.get().accepted_on == TODAY
    client.post(url("release", allocation), {"on": day(TODAY)})
    assert again(allocation.pathway).stage == Stage.WAITING


def test_a_taken_dwelling_shows_who_was_first_where_the_buttons_were(client, ann):
    first, other = chosen(), candidate()
    page = client.get(url("shortlist", first.offer)).content.decode()
    assert first.pathway.person.name in page
    assert url("choose", first.offer, other) not in page


def test_a_landlord_offers_a_dwelling_of_their_own_and_sees_no_other(client):
    mine, theirs = dwelling("Lange Rei 88"), dwelling("Veltemweg 7", organisation("Sovekans", sector=Sector.HOUSING))
    client.force_login(member("housing_officer", vivendo(), language="en").user)
    client.post(url("offer", mine), {"offered_on": day(TODAY)})
    assert Offer.objects.get().dwelling == mine
    assert client.get(url("offer", theirs)).status_code == 404
    assert client.get(url("of_dwelling", theirs)).status_code == 404
    page = client.get(url("stock")).content.decode()
    assert "Lange Rei 88" in page
    assert "Veltemweg" not in page


def test_a_landlord_reads_no_candidates_but_who_lives_in_their_dwelling(client):
    one, who, lives = chosen(), None, candidate(stage="running")
    home = offer().dwelling
    open_occupancy(home, lives.person, pathway=lives, title=StayTitle.LOAN, from_on=TODAY, by=None)
    grant(lives.pk, home.owner, ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=TODAY)
    who = one.pathway.person.name
    client.force_login(member("housing_officer", vivendo(), language="en").user)
    pages = [client.get(url("stock")), client.get(url("of_dwelling", one.offer.dwelling))]
    assert all(who not in page.content.decode() for page in pages)
    assert lives.person.name in pages[0].content.decode()
    assert client.get(url("shortlist", one.offer)).status_code == 404
    assert client.get(url("of_pathway", one.pathway)).status_code == 404


def test_an_offer_above_the_quota_comes_back_with_the_reason_and_what_was_typed(client, ann):
    for _each in range(5):
        offer(days=0)
    home = dwelling()
    page = client.post(url("offer", home), {"offered_on": day(TODAY), "missing": "Keuken"}).content.decode()
    assert "5 of 5 dwellings were already offered" in page
    assert "Keuken" in page
    client.post(url("offer", home), {"offered_on": day(TODAY), "over_quota_motive": "Een kans."})
    assert Offer.objects.filter(dwelling=home).exists()
    assert "number is reached" in client.get(url("stock")).content.decode()


def test_an_offer_is_changed_and_withdrawn(client, ann):
    one = offer()
    fields = dict(client.get(url("change_offer", one)).context["work"].hidden)
    client.post(url("change_offer", one), fields | {"missing": "Meter openen"})
    assert Offer.objects.get().missing == "Meter openen"
    client.post(url("withdraw", one), {"on": day(TODAY), "why": "Verkocht"})
    assert Offer.objects.get().withdrawn_on == TODAY


def test_the_stock_tells_what_each_dwelling_does_and_gives_a_sheet(client, ann):
    free, asked, prepared = offer(), chosen(), accept(chosen(), on=TODAY, by=None)
    lived = offer()
    open_occupancy(lived.dwelling, person(), pathway=None, title=StayTitle.LOAN, from_on=TODAY, by=None)
    states = {row.dwelling.pk: row.state.value for row in client.get(url("stock")).context["rows"]}
    assert states == {
        free.dwelling_id: "free",
        asked.offer.dwelling_id: "candidate",
        prepared.offer.dwelling_id: "prepared",
        lived.dwelling_id: "trial",
    }
    assert client.get(url("stock"), {"format": "xlsx"})["Content-Type"].endswith("sheet")
    assert client.get(url("free")).context["listing"].count == 2


def test_another_programmes_coordinator_finds_no_dwelling(client):
    one = chosen()
    client.force_login(member("coordinator", programme=second_programme()).user)
    pages = [url("shortlist", one.offer), url("of_dwelling", one.offer.dwelling), url("accept", one)]
    assert [client.get(each).status_code for each in pages] == [404, 404, 404]
    assert str(one.offer.dwelling) not in client.get(url("stock")).content.decode()


def test_the_stock_takes_the_same_queries_with_thirty_dwellings(client, ann, assert_same_queries):
    chosen()
    grow = lambda: [chosen() for _each in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(url("stock")), grow)


def test_the_shortlist_takes_the_same_queries_with_thirty_candidates(client, ann, assert_same_queries):
    one = offer()
    candidate()
    grow = lambda: [candidate() for _each in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(url("shortlist", one)), grow)
