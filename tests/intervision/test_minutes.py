"""The minutes: all of them for the team, and for each partner what it is told of its own referrals (P17, P24)."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from intrek.story.intervision.actions import add_action_point, decide, write_note
from intrek.story.intervision.models import Why
from tests.documents.made import read
from tests.factories import contact, member, organisation, second_programme
from tests.intervision.cases import TODAY, item_of, meeting, referred

pytestmark = pytest.mark.django_db

OURS = reverse("intervision:ours")


def minutes_url(one, partner=None):
    return reverse("intervision:minutes", args=[one.pk]) + (f"?partner={partner.pk}" if partner else "")


def ours_url(one):
    return reverse("intervision:our_minutes", args=[one.pk])


def decided(one, made, *, why=Why.NEW_REFERRAL, decision="accept", for_referrer="Welkom bij ons."):
    item = write_note(item_of(made, one, why=why), note="Slaapt in de auto.", by=None)
    told = {"motive": "Past bij Hof van Praag.", "motive_for_referrer": for_referrer}
    return decide(item, decision=decision, on=TODAY, by=None, **told)


@pytest.fixture
def told(db):
    """A meeting that decided on a referral of the hospital and on one of the street workers."""
    one = meeting()
    hospital, street = organisation("Sint-Jan"), organisation("Straathoekwerk")
    ours, theirs = referred(referred_by=hospital), referred(referred_by=street)
    items = [decided(one, made) for made in (ours, theirs)]
    due = {"due_on": TODAY + timedelta(days=7), "by": None}
    add_action_point(items[0], text="Kennismaken op maandag", owner=contact("Ilse", at=hospital), **due)
    add_action_point(items[0], text="Dokter bellen over pillen", owner=contact("Ruben", at=street), **due)
    return one, hospital, ours, theirs


def text_of(client, address):
    return client.get(address).content.decode()


def test_the_team_reads_all_of_it(client, told):
    one, _hospital, ours, theirs = told
    client.force_login(member("support_worker", language="en").user)
    page = text_of(client, minutes_url(one))
    for words in (ours.person.name, theirs.person.name, "Slaapt in de auto.", "Past bij Hof van Praag.", "pillen"):
        assert words in page


def test_a_partner_reads_its_own_referrals_in_the_words_meant_for_it(client, told):
    one, hospital, ours, theirs = told
    client.force_login(member("referrer", at=hospital, language="en").user)
    assert ours_url(one) in text_of(client, OURS)
    page = text_of(client, ours_url(one))
    for words in (ours.person.name, "Welkom bij ons.", "Kennismaken op maandag"):
        assert words in page
    for words in (theirs.person.name, "Slaapt", "Hof van Praag", "pillen"):
        assert words not in page


def test_the_team_sees_what_a_partner_reads_and_no_more(client, told):
    one, hospital, ours, theirs = told
    client.force_login(member("coordinator", language="en").user)
    page = text_of(client, minutes_url(one, hospital))
    assert ours.person.name in page
    for words in (theirs.person.name, "Slaapt", "Hof van Praag", "pillen"):
        assert words not in page


def test_of_who_is_supported_already_a_partner_reads_only_what_was_written_for_it(client, told):
    _one, hospital, _ours, _theirs = told
    running = referred("running", referred_by=hospital)
    silent = meeting(-1)
    decided(silent, running, why=Why.SIGNAL, decision="other", for_referrer="")
    client.force_login(member("referrer", at=hospital, language="en").user)
    assert client.get(ours_url(silent)).status_code == 404
    assert ours_url(silent) not in text_of(client, OURS)


def test_a_partner_without_a_referral_there_finds_no_minutes(client, told):
    one = told[0]
    client.force_login(member("referrer", at=organisation("Kompas"), language="en").user)
    assert client.get(ours_url(one)).status_code == 404
    assert "Nothing was decided yet" in text_of(client, OURS)


def test_a_partner_that_is_told_nothing_or_is_of_another_programme_is_no_choice(client, told):
    one = told[0]
    client.force_login(member("coordinator", language="en").user)
    elsewhere = organisation("Elders", programme=second_programme())
    assert client.get(minutes_url(one, elsewhere)).status_code == 404


def test_both_pages_ask_as_much_for_many_items_as_for_one(told, client, assert_same_queries):
    one, hospital, _ours, _theirs = told
    for who, address in (
        (member("support_worker"), minutes_url(one)),
        (member("referrer", at=hospital), ours_url(one)),
    ):
        client.force_login(who.user)
        assert_same_queries(
            partial(client.get, address), lambda: [decided(one, referred(referred_by=hospital)) for _ in range(15)]
        )


def test_on_paper_a_partner_reads_its_own_and_no_inner_motive(client, told):
    one, hospital, ours, theirs = told
    client.force_login(member("referrer", at=hospital).user)
    answer = client.get(reverse("intervision:our_minutes_paper", args=[one.pk]))
    words = " ".join(read(answer.content).split())
    assert ours.person.name in words
    assert "Welkom bij ons." in words
    assert theirs.person.name not in words
    assert "Hof van Praag" not in words
    client.force_login(member("coordinator").user)
    whole = read(client.get(reverse("intervision:minutes_paper", args=[one.pk])).content)
    assert theirs.person.name in whole
    assert "Hof van Praag" in " ".join(whole.split())
    elsewhere = reverse("intervision:our_minutes_paper", args=[meeting(9).pk])
    assert client.get(elsewhere).status_code == 404
