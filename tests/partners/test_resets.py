"""Somebody lost app and passkey: a colleague lets them in again, a second one agrees, and nobody ever comes in with one step."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intrek.ground.accounts.actions import new_recovery_codes, set_up_app
from intrek.ground.common.refusals import Refused
from intrek.ground.journal.models import Entry
from intrek.ground.partners.models import Reset
from intrek.ground.partners.resets import ask_reset, confirm_reset
from intrek.ground.partners.rules import Reason
from tests.factories import PASSWORD, member

pytestmark = pytest.mark.django_db
NUMBER = "050 00 11 22"
NOW = timezone.now()


@pytest.fixture
def an():
    return member("coordinator", name="An Claeys")


@pytest.fixture
def els():
    return member("administrator", name="Els Maes")


@pytest.fixture
def ruben():
    found = member("support_worker", name="Ruben Vos")
    set_up_app(found.user)
    return found


def reasons(refused):
    return [each.code for each in refused.value.reasons]


def enter(somebody, code):
    """Signed in with password and code, or not."""
    client = Client()
    client.post(reverse("account_login"), {"login": somebody.user.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code})
    return client


def opens(client):
    return client.get(reverse("desk:day")).status_code == 200


def test_the_code_that_is_read_out_stands_beside_the_password_and_counts_once(an, ruben):
    code = ask_reset(ruben, called=NUMBER, at=NOW, by=an).code
    assert len(code) == 8
    assert opens(enter(ruben, code))
    assert not opens(enter(ruben, code))
    stranger = Client()
    stranger.post(reverse("mfa_authenticate"), {"code": code})
    assert not opens(stranger)


def test_codes_of_before_are_dead_and_the_app_stays(an, ruben):
    old = new_recovery_codes(ruben.user)[3]
    ask_reset(ruben, called=NUMBER, at=NOW, by=an)
    assert not opens(enter(ruben, old))
    assert ruben.user.authenticator_set.filter(type="totp").exists()


@pytest.mark.parametrize(("hours", "is_in"), [(-1, True), (1, False)])
def test_without_a_second_colleague_the_account_locks_also_for_who_is_in(an, ruben, hours, is_in):
    code = ask_reset(ruben, called=NUMBER, at=NOW, by=an).code
    client = enter(ruben, code)
    passed = settings.RESET_CONFIRMED_WITHIN_HOURS + hours
    ruben.user.locked_from = Reset.objects.get().confirm_by - timedelta(hours=passed)
    ruben.user.save()
    assert opens(client) is is_in
    assert opens(enter(ruben, new_recovery_codes(ruben.user)[0])) is is_in


def test_the_lock_falls_a_day_after(an, ruben):
    ask_reset(ruben, called=NUMBER, at=NOW, by=an)
    assert ruben.user.locked_from == NOW + timedelta(hours=24)


def test_a_second_colleague_confirms_and_takes_the_lock_off(an, els, ruben):
    waiting = ask_reset(ruben, called=NUMBER, at=NOW, by=an)
    confirm_reset(waiting, at=NOW + timedelta(hours=30), by=els)
    ruben.user.refresh_from_db()
    assert ruben.user.locked_from is None
    assert opens(enter(ruben, new_recovery_codes(ruben.user)[0]))
    told = list(Entry.objects.filter(verb__startswith="partners.reset").order_by("pk").values_list("verb", "by_label"))
    assert told == [("partners.reset_asked", "An Claeys"), ("partners.reset_confirmed", "Els Maes")]


def test_nobody_confirms_what_they_did_themselves_or_what_is_about_them(an, els, ruben):
    with pytest.raises(Refused) as own:
        confirm_reset(ask_reset(ruben, called=NUMBER, at=NOW, by=an), at=NOW, by=an)
    assert reasons(own) == [Reason.ASKED_IT_YOURSELF]
    set_up_app(els.user)
    with pytest.raises(Refused) as about:
        confirm_reset(ask_reset(els, called=NUMBER, at=NOW, by=an), at=NOW, by=els)
    assert reasons(about) == [Reason.OWN_RESET]
    assert not Reset.objects.exclude(confirmed_at=None).exists()


def test_every_reason_why_not(an, els, ruben):
    with pytest.raises(Refused) as both:
        ask_reset(an, called=NUMBER, at=NOW, by=an)
    assert reasons(both) == [Reason.OWN_RESET, Reason.NO_SECOND_STEP]
    ask_reset(ruben, called=NUMBER, at=NOW, by=an)
    with pytest.raises(Refused) as twice:
        ask_reset(ruben, called=NUMBER, at=NOW, by=els)
    assert reasons(twice) == [Reason.RESET_OPEN]


@pytest.mark.django_db(transaction=True)
def test_on_the_page_one_says_that_one_called_and_reads_the_code_once(an, els, ruben, sign_in, run_jobs):
    client, address = sign_in(an), reverse("partners:reset", args=[ruben.pk])
    assert client.post(address, {"called": NUMBER}).status_code == 200
    assert not Reset.objects.exists()
    page = client.post(address, {"called": NUMBER, "is_sure": "on"})
    code = page.context["reset"].code
    assert code in page.content.decode()
    assert els.contact.name in page.content.decode()
    assert code not in client.get(address).content.decode()
    run_jobs()
    assert sorted(each.to[0] for each in mail.outbox) == sorted([ruben.user.email, els.user.email])
    assert not [each for each in mail.outbox if code in each.body]
    held = sign_in(els)
    assert NUMBER in held.get(reverse("partners:accounts")).content.decode()
    held.post(reverse("partners:confirm_reset", args=[Reset.objects.get().pk]))
    assert Reset.objects.get().confirmed_by == els


def test_nobody_else_lets_somebody_in(an, ruben, sign_in):
    for role in ("support_worker", "referrer", "steering_member", "protection_officer"):
        client = sign_in(member(role, email=f"{role}@example.org"))
        answer = client.post(reverse("partners:reset", args=[ruben.pk]), {"called": NUMBER, "is_sure": "on"})
        assert answer.status_code == 404
    assert not Reset.objects.exists()
