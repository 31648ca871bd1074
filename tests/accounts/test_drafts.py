"""Nothing typed is lost, and nothing typed turns up where it does not belong."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from intrek.ground.accounts.actions import change_account, end_draft, keep_draft
from intrek.ground.accounts.models import Draft, User
from intrek.ground.accounts.queries import draft_of
from intrek.ground.common.ids import new_id
from intrek.ground.common.rows import Conflict

pytestmark = pytest.mark.django_db
ME = "/me/"


@pytest.fixture
def sofie():
    return User.objects.create_user("sofie@example.org", "x", name="Sofie", language="en")


@pytest.fixture
def sent(client, sofie):
    """What the page sends back when nobody touches it."""
    client.force_login(sofie)

    def fields(**changes):
        return dict(client.get(ME).context["work"].hidden) | {"name": "Sofie", "language": "en", "theme": ""} | changes

    return fields


def key_of(user):
    return f"accounts.me:{user.pk}"


def keep_url(user):
    return reverse("accounts:keep_draft", args=[key_of(user)])


def test_what_is_typed_is_kept_and_put_back_after_signing_out(client, sofie, sent):
    client.post(keep_url(sofie), sent(name="Sofie Ma"), headers={"Accept": "application/json"})
    client.logout()
    client.force_login(sofie)
    page = client.get(ME)
    assert page.context["form"]["name"].value() == "Sofie Ma"
    assert "was not saved yet" in page.content.decode()
    sofie.refresh_from_db()
    assert sofie.name == "Sofie"


def test_the_script_hears_at_what_hour_it_was_kept(client, sofie, sent):
    answer = client.post(keep_url(sofie), sent(), headers={"Accept": "application/json"})
    assert answer.json()["text"].startswith("Kept at ")
    htmx = client.post(keep_url(sofie), sent(), headers={"HX-Request": "true"})
    assert "Kept at" in htmx.content.decode()
    assert "<html" not in htmx.content.decode()


def test_without_a_script_a_button_keeps_the_draft_and_comes_back_to_the_page(client, sofie, sent):
    answer = client.post(keep_url(sofie), sent(name="S", _next=ME), follow=True)
    assert answer.redirect_chain == [(ME, 302)]
    assert answer.context["form"]["name"].value() == "S"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_keeping_a_draft_never_leads_to_another_site(client, sofie, sent, elsewhere):
    answer = client.post(keep_url(sofie), sent(_next=elsewhere))
    assert answer["Location"] == "/"


def test_a_draft_ends_when_the_form_is_saved(client, sofie, sent):
    client.post(keep_url(sofie), sent(name="Sofie Maes"))
    assert client.post(ME, sent(name="Sofie Maes")).status_code == 302
    assert not Draft.objects.filter(user=sofie).exists()
    sofie.refresh_from_db()
    assert (sofie.name, sofie.version, sofie.saved_by) == ("Sofie Maes", 2, "Sofie")


def test_a_form_that_came_back_is_kept_as_well(client, sofie, sent):
    page = client.post(ME, sent(name="", language="fr"))
    assert page.context["form"].errors
    again = client.get(ME)
    assert again.context["form"]["language"].value() == "fr"
    assert not again.context["form"].errors


def test_what_was_put_back_can_be_thrown_away(client, sofie, sent):
    client.post(keep_url(sofie), sent(name="Nonsense"))
    client.post(reverse("accounts:end_draft", args=[key_of(sofie)]), {"_next": ME})
    assert client.get(ME).context["form"]["name"].value() == "Sofie"


def test_a_draft_of_one_person_or_row_never_shows_up_with_another(sofie):
    els = User.objects.create_user("els@example.org", "x", name="Els")
    keep_draft(sofie, "support.visit:1", answers={"note": ["secret"]})
    assert draft_of(els, "support.visit:1") is None
    assert draft_of(sofie, "support.visit:2") is None
    assert draft_of(sofie, "support.visit:1").data == {"note": ["secret"]}


def test_what_is_typed_in_one_programme_never_shows_up_in_another(sofie):
    here, there = new_id(), new_id()
    keep_draft(sofie, "referral.new", answers={"name": ["An"]}, programme_id=here)
    keep_draft(sofie, "referral.new", answers={"name": ["Bo"]}, programme_id=there)
    assert draft_of(sofie, "referral.new", programme_id=here).data == {"name": ["An"]}
    end_draft(sofie, "referral.new", programme_id=here)
    assert draft_of(sofie, "referral.new", programme_id=here) is None
    assert draft_of(sofie, "referral.new", programme_id=there).data == {"name": ["Bo"]}


def test_a_draft_is_kept_for_who_is_signed_in_only(client, sofie):
    answer = client.post(keep_url(sofie), {"name": "x"})
    assert answer.status_code == 302
    assert not Draft.objects.filter(key__contains="accounts.me").exists()


def test_a_draft_needs_the_token_against_forged_pages(sofie):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(sofie)
    assert careful.post(keep_url(sofie), {"name": "x"}).status_code == 403
    assert draft_of(sofie, key_of(sofie)) is None


def test_a_very_long_text_is_refused_as_draft_in_words(client, sofie, sent):
    answer = client.post(keep_url(sofie), sent(name="x" * 210_000), headers={"Accept": "application/json"})
    assert answer.status_code == 413
    assert "too long" in answer.json()["text"]


def test_a_null_character_and_forged_words_do_not_break_a_draft(client, sofie, sent):
    forged = sent(name="a\x00b", _version="999999999999", _base='{"name": 3, "x"')
    assert client.post(keep_url(sofie), forged, headers={"Accept": "application/json"}).status_code == 200
    assert client.get(ME).context["form"]["name"].value() == "ab"
    client.post(keep_url(sofie), sent(_version="-1", _base=json.dumps([1])))
    assert client.get(ME).status_code == 200


def test_only_names_of_forms_are_keys(client, sofie):
    client.force_login(sofie)
    assert client.post("/me/drafts/../../etc/", {}).status_code == 404
    assert client.post("/me/drafts/" + "a" * 200 + "/", {}).status_code == 404
    assert client.get(keep_url(sofie)).status_code == 405


def test_saving_over_a_newer_version_is_refused_and_writes_nothing(sofie):
    stale = User.objects.get(pk=sofie.pk)
    change_account(sofie, name="First", language="nl", theme="", by=sofie)
    with pytest.raises(Conflict):
        change_account(stale, name="Second", language="fr", theme="", expected_version=1, by=stale)
    sofie.refresh_from_db()
    assert (sofie.name, sofie.language, sofie.version) == ("First", "nl", 2)


def sign_in(client, user, password="x"):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def send_without_session(client, sofie, sent, url=ME):
    """The form is open; the session dies; the form is sent."""
    fields = sent(name="Typed before the session died", _next=ME)
    client.logout()
    return client.post(url, fields)


@pytest.mark.parametrize("button", ["save", "keep"])
def test_a_form_sent_after_the_session_died_is_there_after_signing_in(client, sofie, sent, button):
    answer = send_without_session(client, sofie, sent, ME if button == "save" else keep_url(sofie))
    assert answer["Location"] == "/accounts/login/?next=/me/"
    sign_in(client, sofie)
    page = client.get(ME)
    assert page.context["form"]["name"].value() == "Typed before the session died"
    assert page.context["work"].put_back
    sofie.refresh_from_db()
    assert sofie.name == "Sofie"


def test_what_was_held_for_one_person_is_gone_when_another_signs_in(client, sofie, sent):
    els = User.objects.create_user("els@example.org", "x", name="Els", language="en")
    send_without_session(client, sofie, sent)
    sign_in(client, els)
    assert client.get(ME).context["form"]["name"].value() == "Els"
    assert "held_form" not in client.session


@pytest.mark.parametrize("owner", ["", "x", "WyJ4IiwieSJd:1:forged"])
def test_only_a_form_that_we_made_is_held(client, sofie, sent, owner):
    fields = sent(_owner=owner)
    client.logout()
    client.post(ME, fields)
    assert "held_form" not in client.session
