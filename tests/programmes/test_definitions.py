"""Programmes come as data (P5): whatever one asks, no code of ours knows it."""

from datetime import date

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.programmes import shipped
from intrek.ground.programmes.actions import install_definition, make_programme
from intrek.ground.programmes.models import CodeList, Programme, TrackKind
from intrek.ground.programmes.queries import code_label, codes, criteria_of, rule_of, track_of
from tests import factories

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)


def kinds(programme, track):
    return [each.kind for each in criteria_of(track_of(programme, track), ON)]


def test_bruges_asks_what_the_programme_says():
    brugge = install_definition("brugge")
    assert kinds(brugge, "trial") == ["min_age", "mental_health", "repeated_housing", "social_housing", "domicile_days"]
    domicile = criteria_of(track_of(brugge, "trial"), ON)[-1]
    assert domicile.params == {"days": 90, "years": 3, "municipality": "Brugge"}
    assert rule_of(brugge, ON).dwellings_a_year == 5
    for kind in TrackKind.values:
        rule = track_of(brugge, kind).rule(ON)
        assert (rule.min_months, rule.max_months, rule.evaluation_months, rule.visit_days) == (6, 12, 2, 7)
    assert [track_of(brugge, kind).rule(ON).stay_title for kind in ("trial", "sitting")] == ["loan", "lease"]


def test_a_sitting_tenant_is_asked_other_things_than_a_trial_resident():
    brugge = install_definition("brugge")
    assert "domicile_days" not in kinds(brugge, "sitting")
    assert "accepts_support" in kinds(brugge, "sitting")


def test_a_second_programme_asks_other_things():
    brugge, other = install_definition("brugge"), install_definition("midden-west")
    assert kinds(brugge, "trial") != kinds(other, "trial")
    assert track_of(other, "trial").rule(ON).max_months == 18
    assert rule_of(other, ON).dwellings_a_year == 8
    assert "substance_use" not in [item.code for item in codes(other, CodeList.LIFE_DOMAIN)]
    assert {item.code for item in codes(brugge, CodeList.LIFE_DOMAIN)} >= {"substance_use", "money", "neighbours"}


def test_installing_twice_leaves_what_was_changed_meanwhile():
    brugge = install_definition("brugge")
    Programme.objects.filter(pk=brugge.pk).update(name="Anders")
    assert install_definition("brugge").name == "Anders"
    assert Programme.objects.filter(slug="brugge").count() == 1


def test_one_definition_serves_a_second_programme_under_its_own_name():
    install_definition("brugge")
    demo = install_definition("brugge", under="voorbeeld", is_demo=True, names={"nl": "Voorbeeld"})
    assert (demo.slug, demo.name, demo.is_demo) == ("voorbeeld", "Voorbeeld", True)
    assert len(kinds(demo, "trial")) == 5


def test_every_code_reads_in_three_languages():
    brugge = install_definition("brugge")
    assert all(set(item.labels) == {"nl", "fr", "en"} for item in brugge.code_items.values())
    assert code_label(brugge, CodeList.ENDING, "tenancy_signed") == "Tenancy signed"
    assert code_label(brugge, CodeList.ENDING, "long_gone") == "long_gone"


def test_every_life_domain_form_has_eight_to_ten_domains():
    for slug in shipped.definition_slugs():
        assert 8 <= len(codes(install_definition(slug), CodeList.LIFE_DOMAIN)) <= 10


def test_before_the_first_rule_the_first_one_holds():
    assert rule_of(install_definition("brugge"), date(1999, 1, 1)).hear_days == 21


def test_a_blank_programme_has_terms_and_codes_and_no_conditions():
    blank = make_programme("Wonen in Tielt", municipality="Tielt")
    assert (blank.slug, kinds(blank, "trial")) == ("wonen-in-tielt", [])
    assert codes(blank, CodeList.DECLINE)
    assert track_of(blank, "trial").rule(ON).max_months == 12


def test_two_programmes_of_one_name_are_refused():
    make_programme("Wonen in Tielt", municipality="Tielt")
    with pytest.raises(Refused, match="wonen-in-tielt"):
        make_programme("Wonen in  Tielt!", municipality="Tielt")


def test_an_unknown_definition_is_refused_and_says_what_there_is():
    with pytest.raises(Refused) as refused:
        install_definition("gent")
    assert "brugge" in str(refused.value)
    assert not Programme.objects.filter(slug="gent").exists()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"names": {"fr": ""}}, "x.names"),
        ({"municipality": ""}, "x.municipality"),
        ({"surprise": 1}, "surprise not known"),
        ({"rule": {"dwelings_a_year": 5}}, "dwelings_a_year not known"),
        ({"tracks": {"trial": {"rule": {"min_months": 13}}}}, "x.tracks.trial"),
        ({"tracks": {"trial": {"criteria": [{"kind": "rich"}]}}}, "kind rich"),
        ({"tracks": {"trial": {"criteria": [{"kind": "min_age"}]}}}, "x.tracks.trial.criteria 1"),
        ({"tracks": {"trial": {"criteria": [{"kind": "statement"}]}}}, "x.tracks.trial.criteria 1"),
        ({"tracks": {"sitting": False}}, "x.tracks.sitting"),
        ({"codes": {"ending": {"gone": {"nl": "Weg", "fr": "Parti", "en": "Gone"}}}}, "x.codes.ending.gone"),
    ],
)
def test_a_definition_with_a_fault_is_refused_and_says_where(change, place):
    told = shipped.merged(shipped.read_definition("brugge"), change)
    reasons = [str(reason) for reason in shipped.definition_reasons("x", told)]
    assert len(reasons) == 1
    assert place in reasons[0]


def test_what_ships_is_sound():
    for slug in shipped.definition_slugs():
        assert list(shipped.definition_reasons(slug, shipped.read_definition(slug))) == []


def test_the_factories_make_possible_people(today):
    coordinator = factories.member("coordinator")
    officer = factories.member("housing_officer")
    made = factories.pathway(stage="running", track="sitting")
    assert coordinator.on == today
    assert officer.organisation.is_housing
    assert (made.stage, made.awaits != "") == ("running", True)
    assert factories.pathway(stage="closed").is_open is False
    assert factories.second_programme() != factories.programme_brugge()
