"""Where somebody lives while support lasts (P11, P16)."""

from datetime import date, timedelta

import pytest

from intrek.ground.access.models import Grant, Ground
from intrek.ground.common.refusals import Refused
from intrek.ground.dwellings.models import Occupancy
from intrek.story.referral.models import Referral
from intrek.story.support import actions
from tests.factories import organisation, pathway
from tests.support.made import FIRST, sitting_term, trial_term

pytestmark = pytest.mark.django_db


def referred(tenant_since, address="Ganzenstraat 70", way=None):
    """A sitting tenant whose referral named the home and its landlord."""
    way = way or pathway("waiting", "sitting", on=date(2025, 12, 1))
    Referral.objects.create(
        programme=way.programme,
        pathway=way,
        track=way.track,
        organisation=way.referred_by,
        referred_on=way.referred_on,
        landlord=organisation("Vivendo", sector="housing"),
        dwelling_address=address,
        tenant_since=tenant_since,
    )
    return way


@pytest.mark.parametrize(
    ("told", "since"),
    [("3/5/2022", date(2022, 5, 3)), ("2022", None), ("mei 2022", None), ("", None), ("al lang", None)],
)
def test_the_home_of_a_sitting_tenant_is_opened_and_an_imprecise_day_stays_unknown(told, since):
    way = referred(told)
    sitting_term(of=way)
    home = Occupancy.objects.get(person=way.person)
    assert (str(home.dwelling), home.title, home.from_on) == ("Ganzenstraat 70", "lease", since)


def test_the_landlord_of_the_home_sees_tenancy_facts_from_the_start_of_support():
    way = referred("2022")
    sitting_term(of=way)
    grant = Grant.objects.get(pathway_id=way.pk, ground=Ground.OWN_DWELLING)
    assert (grant.organisation.name, grant.categories, grant.from_on) == ("Vivendo", ["tenancy"], FIRST)


def test_a_home_where_somebody_else_lives_refuses_the_start_and_leaves_nothing():
    sitting_term(of=referred("2022"))
    second = referred("2023")
    with pytest.raises(Refused) as refused:
        sitting_term(of=second)
    assert [each.code.value for each in refused.value.reasons] == ["taken"]
    assert not second.terms.exists()


def test_history_is_told_as_it_was_also_when_two_lists_name_one_home():
    sitting_term(of=referred("2022"))
    second = referred("2023")
    sitting_term(of=second, history=True)
    assert not Occupancy.objects.filter(person=second.person).exists()


def test_a_move_ends_one_home_and_begins_another_and_the_sight_of_both_landlords():
    way = referred("3/5/2022")
    sitting_term(of=way)
    new = organisation("SVK Sovekans", sector="housing")
    actions.move_home(way, address="Blekerijstraat 21", owner=new, on=date(2026, 6, 1), by=None)
    old, now = Occupancy.objects.filter(person=way.person).order_by("from_on")
    assert (old.until_on, now.from_on) == (date(2026, 5, 31), date(2026, 6, 1))
    sights = {each.organisation.name: each.until_on for each in Grant.objects.filter(ground=Ground.OWN_DWELLING)}
    assert sights == {"Vivendo": date(2026, 5, 31), "SVK Sovekans": None}


def test_a_trial_resident_does_not_move_house_and_keep_the_trial():
    term = trial_term()
    with pytest.raises(Refused) as refused:
        actions.move_home(term.pathway, address="Elders 9", owner=None, on=FIRST + timedelta(days=9), by=None)
    assert [each.code.value for each in refused.value.reasons] == ["trial_home"]


def test_a_move_to_the_same_home_before_one_came_there_is_refused_for_both():
    way = referred("3/5/2022")
    sitting_term(of=way)
    with pytest.raises(Refused) as refused:
        actions.move_home(way, address="ganzenstraat 70", owner=None, on=date(2022, 5, 1), by=None)
    assert [each.code.value for each in refused.value.reasons] == ["same_home", "moves_before"]
