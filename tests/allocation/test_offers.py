"""Five dwellings a year; one that comes back is not counted twice; a sixth asks for a motive (P8)."""

from datetime import date, timedelta

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.dwellings.actions import open_occupancy
from intrek.ground.partners.models import Sector
from intrek.ground.programmes.models import StayTitle
from intrek.story.allocation import rules
from intrek.story.allocation.actions import offer_dwelling, use_up, withdraw_offer
from intrek.story.allocation.models import Offer
from intrek.story.allocation.queries import free_offers, quota_of
from intrek.story.allocation.rules import Reason
from tests.allocation.cases import TODAY, chosen, dwelling, offer
from tests.factories import member, organisation, person, programme_brugge

pytestmark = pytest.mark.django_db
YEAR = date(TODAY.year, 6, 1)


def codes_of(refused):
    return [reason.code for reason in refused.value.reasons]


def offered(of, on=YEAR, **told):
    return offer_dwelling(of, offered_on=on, by=told.pop("by", None), **told)


def test_a_sixth_dwelling_in_a_year_asks_for_a_motive_and_says_where_to_see_the_five():
    for _each in range(5):
        offered(dwelling())
    with pytest.raises(Refused) as refused:
        offered(dwelling())
    (reason,) = refused.value.reasons
    assert (reason.code, reason.form_field) == (Reason.OVER_QUOTA, "over_quota_motive")
    assert "5 of 5" in str(reason)
    assert reason.way_out.url == "/allocation/stock/"
    assert offered(dwelling(), over_quota_motive="Kans voor een gezin.").pk
    assert quota_of(programme_brugge(), YEAR).count == 6


def test_the_next_year_begins_again():
    for _each in range(5):
        offered(dwelling())
    assert offered(dwelling(), date(TODAY.year + 1, 1, 1)).pk


def test_a_dwelling_that_comes_back_is_not_counted_twice():
    first = dwelling()
    withdraw_offer(offered(first), on=YEAR + timedelta(days=30), why="Herstelling", by=None)
    for _each in range(4):
        offered(dwelling())
    assert offered(first, YEAR + timedelta(days=90)).pk
    assert quota_of(programme_brugge(), YEAR).count == 5


def test_a_dwelling_is_offered_once_at_a_time_whoever_asks_first():
    home = dwelling()
    offered(home)
    with pytest.raises(Refused) as refused:
        offered(home)
    assert codes_of(refused) == [Reason.OFFERED_ALREADY]
    with pytest.raises(Refused) as raced:  # somebody else was first, after the question was asked
        offered(home, history=True)
    assert codes_of(raced) == [Reason.OFFERED_ALREADY]
    assert Offer.objects.count() == 1


def test_a_landlord_offers_their_own_dwellings_only():
    officer = member("housing_officer", organisation("SVK Sovekans", sector=Sector.HOUSING))
    with pytest.raises(Refused) as refused:
        offered(dwelling(), by=officer)
    assert codes_of(refused) == [Reason.NOT_YOURS]


def test_a_dwelling_that_is_lived_in_is_not_offered_before_it_is_free():
    home = dwelling()
    leaves_on = YEAR + timedelta(days=20)
    open_occupancy(
        home, person(), pathway=None, title=StayTitle.LEASE, from_on=date(2020, 1, 1), until_on=leaves_on, by=None
    )
    with pytest.raises(Refused) as refused:
        offered(home)
    assert codes_of(refused) == [Reason.LIVED_IN]
    assert offered(home, available_from=leaves_on + timedelta(days=1)).pk


def test_an_offer_is_not_withdrawn_without_a_reason_or_while_somebody_holds_it():
    allocation = chosen()
    with pytest.raises(Refused) as refused:
        withdraw_offer(allocation.offer, on=TODAY, by=None)
    assert codes_of(refused) == [Reason.TAKEN, Reason.NO_WHY]


def test_a_success_uses_the_dwelling_up_and_once():
    one = offer()
    use_up(one, on=TODAY, by=None)
    assert not free_offers(member()).exists()
    with pytest.raises(Refused) as refused:
        use_up(one, on=TODAY, by=None)
    assert codes_of(refused) == [Reason.USED_UP]


def test_what_happened_before_intrek_is_not_held_to_the_quota():
    for _each in range(7):
        offered(dwelling(), history=True)
    assert quota_of(programme_brugge(), YEAR).count == 7


def test_the_quota_counts_dwellings_not_offers():
    one, other = dwelling().pk, dwelling().pk
    days = [(one, YEAR), (one, YEAR), (other, YEAR), (other, None), (other, date(TODAY.year - 1, 12, 31))]
    assert rules.counted(days, TODAY.year) == 2
