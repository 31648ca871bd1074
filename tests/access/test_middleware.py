"""Who is asking is settled once per request: membership, day, permissions, language."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.partners.actions import end_role
from tests.factories import member, organisation, pathway, real_today

pytestmark = pytest.mark.django_db


def open_as(client, somebody, path):
    client.force_login(somebody.user)
    return client.get(path)


def test_a_page_that_may_not_be_opened_answers_as_one_that_is_not_there(client):
    made = pathway()
    referrer = member("referrer", organisation("de Sleutel"))
    forbidden = open_as(client, referrer, reverse("desk:pathway", args=[made.pk]))
    missing = client.get("/there-is-no-such-page/")
    assert forbidden.status_code == missing.status_code == 404
    assert made.person.family_name not in forbidden.content.decode()


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client):
    answer = client.get(reverse("desk:day"))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/day/")


def test_a_role_that_ended_yesterday_opens_nothing_today(client):
    somebody = member("support_worker")
    assert open_as(client, somebody, reverse("desk:day")).status_code == 200
    end_role(somebody, last_day=real_today() - timedelta(days=1), by=None)
    assert client.get(reverse("desk:day")).status_code == 404


def test_a_role_that_begins_tomorrow_opens_nothing_today(client):
    somebody = member("coordinator", from_on=real_today() + timedelta(days=1))
    assert open_as(client, somebody, reverse("desk:day")).status_code == 404


def test_pages_speak_the_language_of_the_person(client):
    somebody = member("coordinator", language="fr")
    assert 'lang="fr' in open_as(client, somebody, reverse("desk:day")).content.decode()


@pytest.mark.parametrize(("hours", "opens"), [(9, True), (11, False)])
def test_after_ten_hours_one_signs_in_again_however_busy_one_was(client, hours, opens):
    assert open_as(client, member("support_worker"), reverse("desk:day")).status_code == 200
    session = client.session
    session["signed_in_at"] -= hours * 3600
    session.save()
    assert (client.get(reverse("desk:day")).status_code == 200) is opens
    assert ("_auth_user_id" in client.session) is opens


def test_a_session_that_does_not_say_when_it_began_is_over(client):
    open_as(client, member("support_worker"), reverse("desk:day"))
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert client.get(reverse("desk:day")).status_code == 302
