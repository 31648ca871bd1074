"""A screen that nobody touches locks; who comes back shows who they are and goes on where they were."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intrek.ground.access.policy import second_steps_of
from intrek.ground.accounts.actions import set_up_app
from intrek.ground.accounts.models import Draft
from intrek.ground.accounts.queries import APP, CODES, PASSKEY, codes_of
from intrek.ground.common.carried import NEXT, OWNER, owner_token
from intrek.ground.partners.models import Role
from intrek.story.intervision.models import Meeting
from tests.factories import PASSWORD, member

pytestmark = pytest.mark.django_db


def away(client, minutes):
    """Nobody has touched anything for so long."""
    session = client.session
    session["seen_at"] = (timezone.now() - timedelta(minutes=minutes)).timestamp()
    session["shown"] = {**session["shown"], "at": session["seen_at"]}
    session.save()


def is_locked(client):
    """Whether the next page they ask is behind a lock."""
    client.get("/")
    return "locked_at" in client.session


def step(client, *kinds):
    """The second step was taken with these."""
    session = client.session
    session["shown"] = {**session["shown"], "kinds": [str(each) for each in kinds]}
    session.save()


@pytest.mark.parametrize(
    ("role", "kind", "minutes", "opens"),
    [
        ("coordinator", APP, 29, True),
        ("coordinator", APP, 31, False),
        ("coordinator", PASSKEY, 31, False),
        ("support_worker", APP, 31, False),
        ("support_worker", PASSKEY, 31, True),
        ("support_worker", PASSKEY, 119, True),
        ("support_worker", PASSKEY, 121, False),
    ],
)
def test_how_long_a_screen_may_be_left_alone(sign_in, role, kind, minutes, opens):
    client = sign_in(member(role))
    step(client, kind)
    assert client.get(reverse("desk:day")).status_code == 200
    away(client, minutes)
    assert (client.get(reverse("desk:day")).status_code == 200) is opens


@pytest.mark.parametrize("role", Role.values)
def test_it_is_a_setting_of_each_role(sign_in, role):
    they = member(role)
    they.programme.rules.update(**{f"idle_{role}": 5})
    client = sign_in(they)
    step(client, PASSKEY if role == Role.ADMINISTRATOR else APP)
    client.get("/")
    away(client, 6)
    assert is_locked(client)


@pytest.mark.parametrize("role", Role.values)
def test_the_setting_of_another_role_is_not_theirs(sign_in, role):
    they = member(role)
    they.programme.rules.update(**{f"idle_{other}": 5 for other in Role.values if other != role})
    client = sign_in(they)
    step(client, PASSKEY if role == Role.ADMINISTRATOR else APP)
    client.get("/")
    away(client, 6)
    assert not is_locked(client)


@pytest.mark.parametrize(("day", "locks"), [(0, False), (-1, True)])
def test_no_screen_locks_during_the_meeting_that_is_on_it(sign_in, day, locks, monkeypatch):
    an, now = member("coordinator"), timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(timezone, "now", lambda: now)
    told = {"on": now.date() + timedelta(days=day), "starts_at": time(9), "ends_at": time(12)}
    meeting = Meeting.objects.create(programme=an.programme, **told)
    client, page = sign_in(an), reverse("intervision:meeting", args=[meeting.pk])
    shown = client.get(page).content.decode()
    assert ('data-locks-after="7200"' in shown) is not locks
    now += timedelta(minutes=100)
    assert (client.get(page).status_code == 302) is locks
    now += timedelta(minutes=60)
    assert client.get(page).status_code == 302, "it is over"


def test_behind_a_locked_screen_nothing_is_reachable_and_one_code_opens_it_where_one_was(sign_in):
    an = member("coordinator")
    set_up_app(an.user)
    client = sign_in(an)
    client.get(reverse("desk:waiting"))
    away(client, 31)
    for name in ("desk:waiting", "desk:day", "mfa_index", "mfa_activate_totp", "accounts:me"):
        assert client.get(reverse(name)).url.startswith(f"{reverse('mfa_reauthenticate')}?next="), name
    asked = client.get(reverse("desk:waiting")).url
    page = client.get(asked).content.decode()
    assert reverse("desk:day") not in page, "nothing else is offered"
    back = client.post(asked, {"code": codes_of(an.user)[1], "next": reverse("desk:waiting")})
    assert back.url == reverse("desk:waiting")
    assert client.get(back.url).status_code == 200


def test_who_has_neither_app_nor_passkey_opens_it_with_the_password(sign_in):
    an = member("coordinator")
    client = sign_in(an)
    client.post(reverse("access:lock"))
    asked = client.get(reverse("desk:day")).url
    assert asked.startswith(reverse("account_reauthenticate"))
    assert client.post(asked, {"password": "fout", "next": "/day/"}).status_code == 200
    assert client.get(reverse("desk:day")).status_code == 302
    assert client.post(asked, {"password": PASSWORD, "next": "/day/"}).url == "/day/"
    assert client.get(reverse("desk:day")).status_code == 200


def test_from_a_locked_screen_one_goes_back_to_nowhere_else(sign_in):
    client = sign_in(member("coordinator"))
    client.post(reverse("access:lock"))
    back = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "https://example.org/"})
    assert back.url == "/"


def test_what_is_sent_to_a_locked_screen_is_held_and_there_again(sign_in):
    an = member("coordinator")
    client, me = sign_in(an), reverse("accounts:me")
    client.get(me)
    away(client, 31)
    token = owner_token(an.user.pk, f"accounts.me:{an.user.pk}")
    sent = client.post(me, {"name": "Anna", "language": "nl", "theme": "", NEXT: me, OWNER: token})
    assert sent.url == f"{reverse('account_reauthenticate')}?next=%2Fme%2F"
    an.user.refresh_from_db()
    assert an.user.name != "Anna"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": me})
    assert 'value="Anna"' in client.get(me).content.decode()


def test_keeping_a_draft_and_reading_on_are_signs_of_life(sign_in):
    an = member("coordinator")
    for name, args in (("accounts:keep_draft", [f"accounts.me:{an.user.pk}"]), ("access:here", [])):
        client = sign_in(an)
        client.get(reverse("desk:day"))
        away(client, 20)
        assert client.post(reverse(name, args=args), {"name": "Anna"}).status_code < 400
        assert client.session["seen_at"] > timezone.now().timestamp() - 60, name
    assert Draft.objects.count() == 1


def test_a_draft_that_comes_after_the_lock_is_not_taken(sign_in):
    client = sign_in(member("coordinator"))
    client.post(reverse("access:lock"))
    assert client.post(reverse("accounts:keep_draft", args=["accounts.me:1"]), {"name": "Anna"}).status_code == 302
    assert not Draft.objects.exists()


def test_part_of_a_page_sends_the_whole_page_to_the_lock(sign_in):
    client = sign_in(member("coordinator"))
    client.post(reverse("access:lock"))
    answer = client.get(
        reverse("desk:search"), headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/waiting/"}
    )
    assert answer["HX-Redirect"] == f"{reverse('account_reauthenticate')}?next=%2Fwaiting%2F"


def test_the_page_tells_the_browser_when_to_lock(sign_in):
    page = sign_in(member("coordinator")).get(reverse("desk:day")).content.decode()
    assert 'data-locks-after="1800"' in page
    assert 'id="lock"' in page


@pytest.mark.parametrize("role", Role.values)
def test_every_role_takes_a_second_step_and_who_gives_roles_a_passkey(role):
    asked = second_steps_of(role, is_demo=False)
    assert asked == ({PASSKEY} if role == Role.ADMINISTRATOR else {PASSKEY, APP, CODES})


def test_an_administrator_with_an_app_alone_is_asked_for_a_passkey(sign_in):
    client = sign_in(member("administrator"))
    step(client, APP, CODES)
    assert client.get(reverse("partners:accounts")).url.startswith(reverse("mfa_index"))
    step(client, PASSKEY)
    assert client.get(reverse("partners:accounts")).status_code == 200
