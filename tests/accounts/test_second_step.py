"""The second step of signing in: taken before anything else, counted, used once, replaced but never dropped."""

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from intrek.ground.accounts import limiter
from intrek.ground.accounts.actions import set_up_app
from intrek.ground.accounts.queries import codes_of
from tests.factories import PASSWORD, member

pytestmark = pytest.mark.django_db
DAY = "desk:day"


@pytest.fixture
def ruben():
    return member("support_worker")


@pytest.fixture
def with_app(ruben):
    set_up_app(ruben.user)
    return ruben


def password_alone(somebody):
    client = Client()
    client.post(reverse("account_login"), {"login": somebody.user.email, "password": PASSWORD})
    return client


def typed(client, code, page="mfa_authenticate"):
    return client.post(reverse(page), {"code": code})


def test_without_a_second_step_only_setting_it_up_is_reachable(ruben):
    client = password_alone(ruben)
    for name in (DAY, "desk:waiting", "accounts:me", "post:inbox"):
        answer = client.get(reverse(name))
        assert answer.url == f"{reverse('mfa_index')}?next={reverse(name).replace('/', '%2F')}"
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"):
        page = client.get(reverse(name))
        assert page.status_code == 200
        assert reverse(DAY) not in page.content.decode(), "nothing else is offered"


@pytest.mark.django_db(transaction=True)
def test_an_app_is_set_up_and_the_day_begins(ruben):
    client = password_alone(ruben)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    set_up = typed(client, code_for(secret), "mfa_activate_totp")
    assert set_up.url == reverse("mfa_view_recovery_codes")
    shown = client.get(set_up.url).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", shown)) == 10
    assert not re.findall(r"<code>\d{8}</code>", client.get(set_up.url).content.decode()), "they are shown once"
    assert client.get(reverse(DAY)).status_code == 200


def code_for(secret):
    """What an app shows for this secret, by the published algorithm (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def test_the_password_alone_signs_nobody_in_who_has_an_app(with_app):
    client = password_alone(with_app)
    assert "_auth_user_id" not in client.session
    assert client.get(reverse(DAY)).url.startswith(reverse("account_login"))
    assert typed(client, codes_of(with_app.user)[1]).status_code == 302
    assert client.get(reverse(DAY)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_secret_of_an_app_is_not_in_the_database(ruben):
    client = password_alone(ruben)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    typed(client, code_for(secret), "mfa_activate_totp")
    kept = Authenticator.objects.get(user=ruben.user, type="totp").data["secret"]
    assert secret not in kept
    assert get_adapter().decrypt(kept) == secret


def test_a_code_that_was_used_is_refused_to_who_overheard_it(with_app):
    code = codes_of(with_app.user)[1]
    assert typed(password_alone(with_app), code).status_code == 302
    thief = password_alone(with_app)
    assert typed(thief, code).status_code == 200
    assert "_auth_user_id" not in thief.session


def test_a_used_code_stays_used_past_the_stretch_in_which_tries_are_counted():
    at = timezone.now()
    end = at + timedelta(seconds=settings.SIGN_IN_SECONDS - at.timestamp() % settings.SIGN_IN_SECONDS)
    assert limiter.spend("a", "123456", at=end - timedelta(seconds=1))
    assert not limiter.spend("a", "123456", at=end + timedelta(seconds=1))
    assert limiter.take_try("a", at=end + timedelta(seconds=1))
    assert not limiter.spend("a", "123456", at=end + timedelta(seconds=2))
    assert limiter.spend("b", "123456", at=end)


def test_after_five_wrong_codes_the_right_one_is_not_looked_at(with_app):
    client = password_alone(with_app)
    for number in range(settings.SIGN_IN_TRIES):
        assert typed(client, f"00000{number}").status_code == 200
    assert typed(client, codes_of(with_app.user)[1]).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_signs_in_once(ruben):
    client = password_alone(ruben)
    typed(client, code_for(client.get(reverse("mfa_activate_totp")).context["form"].secret), "mfa_activate_totp")
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    for opens in (True, False):
        visitor = password_alone(ruben)
        typed(visitor, code)
        assert ("_auth_user_id" in visitor.session) is opens


def test_another_app_takes_the_place_of_the_first_and_the_last_is_never_dropped(with_app):
    client = password_alone(with_app)
    typed(client, codes_of(with_app.user)[1])
    first = Authenticator.objects.get(user=with_app.user, type="totp")
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    assert typed(client, "000000", "mfa_activate_totp").status_code == 200
    assert Authenticator.objects.filter(pk=first.pk).exists(), "a wrong code changes nothing"
    assert typed(client, code_for(secret), "mfa_activate_totp").status_code == 302
    assert Authenticator.objects.get(user=with_app.user, type="totp").pk != first.pk


@pytest.mark.parametrize("name", ["mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_edit_webauthn"])
def test_what_would_leave_somebody_without_is_not_served(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_what_was_shown_for_one_account_says_nothing_of_another(with_app):
    client, other = password_alone(with_app), member("support_worker", email="vera@example.org")
    typed(client, codes_of(with_app.user)[1])
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": other.user.email, "password": PASSWORD})
    assert client.get(reverse(DAY)).url.startswith(reverse("mfa_index"))


def test_changing_how_one_signs_in_asks_once_more_who_one_is(with_app):
    client = password_alone(with_app)
    typed(client, codes_of(with_app.user)[1])
    session = client.session
    session["shown"] = {**session["shown"], "at": session["shown"]["at"] - 3600}
    session.save()
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert reverse("mfa_reauthenticate") in client.get(reverse(name)).url


class TestDemoCode:
    """``manage.py demo_code``: the codes of people who do not exist, on a machine that serves itself alone."""

    def test_it_prints_the_code_of_now_for_who_is_played(self, with_app, capsys):
        type(with_app.programme).objects.update(is_demo=True)
        call_command("demo_code", with_app.user.email)
        assert capsys.readouterr().out.split()[0] in codes_of(with_app.user)

    def test_it_prints_nothing_for_who_is_real(self, with_app):
        with pytest.raises(CommandError):
            call_command("demo_code", with_app.user.email)

    def test_it_prints_nothing_on_an_installation_that_others_reach(self, with_app, settings):
        type(with_app.programme).objects.update(is_demo=True)
        settings.IS_LOOPBACK = False
        with pytest.raises(CommandError):
            call_command("demo_code", with_app.user.email)
