"""Who sees which pathway: memberships and dated grants decide, and nothing else (P7)."""

from datetime import timedelta

import pytest

from intrek.ground.access.actions import end_grants, grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.access.policy import PERMISSIONS, kinds_shown, permissions_of
from intrek.ground.access.queries import categories_of
from intrek.ground.partners.models import Role, Sector
from intrek.ground.pathways.models import Pathway
from tests.factories import member, organisation, pathway, real_today, second_programme

pytestmark = pytest.mark.django_db


def seen_by(somebody, **how):
    return set(Pathway.objects.visible_to(somebody, **how))


def test_the_team_sees_every_pathway_of_its_programme_and_none_of_another():
    own, other = pathway(), pathway(programme=second_programme())
    for role in ("coordinator", "support_worker"):
        assert seen_by(member(role)) == {own}
    assert seen_by(member("coordinator", programme=second_programme())) == {other}


def test_a_referrer_sees_the_referrals_of_their_own_organisation_only():
    hospital, street = organisation("AZ St. Jan Brugge"), organisation("de Sleutel")
    own = pathway(referred_by=hospital)
    pathway(referred_by=street)
    assert seen_by(member("referrer", hospital)) == {own}


def test_every_colleague_of_the_organisation_sees_its_referral():
    hospital = organisation("AZ St. Jan Brugge")
    own = pathway(referred_by=hospital)
    assert seen_by(member("referrer", hospital)) == seen_by(member("referrer", hospital)) == {own}


@pytest.mark.parametrize("role", ["steering_member", "protection_officer", "administrator"])
def test_steering_protection_and_administration_see_no_person_at_all(role):
    made = pathway()
    somebody = member(role, made.referred_by if role == "steering_member" else None)
    assert seen_by(somebody) == set()


def test_nobody_sees_nothing():
    pathway()
    assert seen_by(None) == set()


def test_a_housing_officer_sees_who_lives_in_their_dwelling_from_the_day_it_is_granted():
    landlord = organisation("Vivendo", sector=Sector.HOUSING)
    made, officer = pathway(), member("housing_officer", landlord)
    assert seen_by(officer) == set()
    grant(made.pk, landlord, ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=real_today())
    assert seen_by(officer) == {made}
    assert seen_by(officer.standing_on(real_today() - timedelta(days=1))) == set()


def test_sight_ends_with_its_last_day():
    landlord = organisation("Vivendo", sector=Sector.HOUSING)
    made, officer, today = pathway(), member("housing_officer", landlord), real_today()
    grant(made.pk, landlord, ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=today)
    assert end_grants(made.pk, landlord, ground=Ground.OWN_DWELLING, last_day=today + timedelta(days=3)) == 1
    assert seen_by(officer.standing_on(today + timedelta(days=3))) == {made}
    assert seen_by(officer.standing_on(today + timedelta(days=4))) == set()


def test_a_dwelling_ground_gives_a_referrer_nothing():
    lead_refers = organisation("AZ St. Jan Brugge")
    made = pathway(referred_by=organisation("de Sleutel"))
    grant(made.pk, lead_refers, ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=real_today())
    assert seen_by(member("referrer", lead_refers)) == set()


def test_a_grant_to_one_contact_is_not_a_grant_to_the_organisation():
    hospital = organisation("AZ St. Jan Brugge")
    chosen, colleague = member("referrer", hospital), member("referrer", hospital)
    made = pathway(referred_by=organisation("de Sleutel"))
    own = {"ground": Ground.OWN_REFERRAL, "categories": [Category.PROGRESS], "from_on": real_today()}
    grant(made.pk, hospital, contact=chosen.contact, **own)
    assert seen_by(chosen) == {made}
    assert seen_by(colleague) == set()


def test_granting_twice_makes_one_grant():
    made = pathway()
    again = {"ground": Ground.OWN_REFERRAL, "categories": [Category.IDENTITY], "from_on": real_today()}
    first = grant(made.pk, made.referred_by, **again)
    assert grant(made.pk, made.referred_by, **again) == first


def test_the_categories_of_all_grants_count_together():
    landlord = organisation("Vivendo", sector=Sector.HOUSING)
    made = pathway(referred_by=landlord)
    grant(made.pk, landlord, ground=Ground.OWN_DWELLING, categories=[Category.TENANCY], from_on=real_today())
    held = categories_of(member("housing_officer", landlord), made.pk)
    assert Category.TENANCY in held
    assert Category.IDENTITY in held
    assert Category.HEALTH not in held


def test_a_member_without_a_day_cannot_look():
    somebody = member("referrer", organisation("AZ St. Jan Brugge"))
    somebody.on = None
    with pytest.raises(ValueError, match="standing_on"):
        seen_by(somebody)


def test_a_housing_officer_holds_no_permission_of_care():
    held = permissions_of(Role.HOUSING_OFFICER)
    # Signals stand in the room of support, and are what a landlord tells and is told about a dwelling (P22).
    care = {name for name in held if name.startswith(("support.", "evaluation.", "eligibility.", "people.", "desk."))}
    assert care == {"support.signal", "support.raise_signal"}
    assert kinds_shown("support.signal", Role.HOUSING_OFFICER) <= {"identity", "tenancy"}


def test_administrator_and_protection_officer_reach_no_client_page():
    story = (
        "referral.",
        "eligibility.",
        "intervision.",
        "allocation.",
        "placement.",
        "support.",
        "evaluation.",
        "desk.",
        "people.",
    )
    for role in (Role.ADMINISTRATOR, Role.PROTECTION_OFFICER, Role.STEERING_MEMBER):
        held = {name for name in permissions_of(role) if name.startswith(story)}
        assert held == {"intervision.answer"}  # to their own invitation, on which nobody is named


def test_every_permission_is_named_room_and_verb_and_somebody_holds_it():
    assert all(len(name.split(".")) == 2 and roles for name, roles in PERMISSIONS.items())
    assert permissions_of("nobody") == frozenset()
