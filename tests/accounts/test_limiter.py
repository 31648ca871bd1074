"""Guessing a password: five tries are looked at, however many come at once and through however many processes."""

import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intrek.ground.accounts.limiter import code_account, note_refusal, take_try
from intrek.ground.accounts.models import Refusal, Refused, Try
from intrek.ground.accounts.queries import refusals_of
from tests.factories import PASSWORD, member, second_programme

LOGIN = "account_login"
PROCESSES, GUESSES = 4, 200


@pytest.fixture(autouse=True)
def _from_many_places(settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}


def sign_in_with(address, password):
    return Client().post(reverse(LOGIN), {"login": address, "password": password})


def database_url():
    """The address of the database of this test."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{told['NAME']}").geturl()


@pytest.mark.django_db
def test_the_right_password_is_not_looked_at_after_five_wrong_ones():
    an = member()
    for number in range(settings.SIGN_IN_TRIES):
        sign_in_with(an.user.email, f"fout {number}")
    late = sign_in_with(an.user.email, PASSWORD)
    assert (late.status_code, len(late.context["form"].non_field_errors())) == (200, 1)
    assert sign_in_with(member().user.email, PASSWORD).status_code == 302


@pytest.mark.django_db
def test_who_is_refused_stands_on_record_and_no_address_does(caplog):
    an = member()
    for _ in range(settings.SIGN_IN_TRIES + 1):
        sign_in_with(an.user.email, "fout")
    told = [each.getMessage() for each in caplog.records if each.name == "intrek.signing_in"]
    assert sum("refused: password" in each for each in told) == settings.SIGN_IN_TRIES
    assert sum("too_many" in each for each in told) == 1
    assert len({each.rpartition("account")[2] for each in told}) == 1
    assert an.user.email not in caplog.text
    (kept,) = refusals_of([an.user, member().user]).values()
    assert [each.why for each in kept] == [Refused.TOO_MANY] + [Refused.PASSWORD] * settings.SIGN_IN_TRIES
    assert an.user.email not in str(list(Refusal.objects.filter().values()))


@pytest.mark.django_db
def test_an_address_that_nobody_has_is_kept_as_any_other_and_both_are_forgotten():
    sign_in_with("niemand@voorbeeld.be", "fout")
    assert Refusal.objects.filter(why=Refused.PASSWORD).count() == 1
    later = timezone.now() + timedelta(days=settings.REFUSALS_KEPT_DAYS + 1)
    note_refusal("an@voorbeeld.be", Refused.CODE, at=later)
    assert list(Refusal.objects.filter().values_list("why", flat=True)) == [Refused.CODE]


@pytest.mark.django_db
def test_who_may_sign_in_tells_who_was_refused_and_the_programme_next_door_is_not_told(sign_in):
    an, other = member("coordinator"), member("referrer")
    sign_in_with(other.user.email, "fout")
    note_refusal(code_account(other.user.pk), Refused.USED_CODE, at=timezone.now())
    page = sign_in(an).get(reverse("partners:accounts")).content.decode()
    assert "2 keer geweigerd: een code die al gebruikt was" in page
    elsewhere = member("coordinator", programme=second_programme())
    assert "geweigerd" not in sign_in(elsewhere).get(reverse("partners:accounts")).content.decode()


@pytest.mark.django_db
def test_who_signs_in_starts_again():
    an = member()
    for _ in range(2):
        for number in range(settings.SIGN_IN_TRIES - 1):
            sign_in_with(an.user.email, f"fout {number}")
        assert sign_in_with(an.user.email.upper(), PASSWORD).status_code == 302


@pytest.mark.django_db
def test_after_a_while_one_may_try_again_and_what_was_is_gone():
    now, later = timezone.now(), timezone.now() + timedelta(seconds=2 * settings.SIGN_IN_SECONDS)
    assert [take_try("an@example.org", at=now) for _ in range(6)] == [True] * 5 + [False]
    assert take_try("an@example.org", at=later)
    assert Try.objects.count() == 1


@pytest.mark.django_db
def test_a_place_that_somebody_took_in_the_same_instant_is_not_taken_twice(monkeypatch):
    now, real = timezone.now(), QuerySet.count
    assert [take_try("an@example.org", at=now) for _ in range(5)] == [True] * 5
    seen = iter([settings.SIGN_IN_TRIES - 1])
    monkeypatch.setattr(QuerySet, "count", lambda rows: next(seen, None) or real(rows))
    assert not take_try("an@example.org", at=now)
    assert real(Try.objects.filter(place__gte=0)) == settings.SIGN_IN_TRIES


@pytest.mark.django_db
def test_an_address_that_nobody_has_is_answered_alike_and_not_kept():
    an = member()
    shown = []
    for address in (an.user.email, "niemand@example.org"):
        for number in range(settings.SIGN_IN_TRIES + 1):
            answer = sign_in_with(address, f"fout {number}")
        shown.append(list(answer.context["form"].non_field_errors()))
    assert shown[0] == shown[1]
    assert not [each for each in Try.objects.order_by("pk") if "example" in str(vars(each))]


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_guesses_at_once_in_four_processes_exactly_five_are_looked_at(root):
    address = member().user.email
    env = os.environ | {"DATABASE_URL": database_url(), "INTREK_SECRET": settings.SECRET_KEY}
    command = [sys.executable, "-m", "tests.accounts.guesser", address, str(GUESSES // PROCESSES)]
    connection.close()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    guessing = [subprocess.Popen(command, cwd=root, env=env, text=True, **pipes) for _ in range(PROCESSES)]
    assert [each.stdout.readline() for each in guessing] == ["ready\n"] * PROCESSES
    for each in guessing:
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate(timeout=120)[0] for each in guessing]
    assert [each.returncode for each in guessing] == [0] * PROCESSES
    assert sum(map(int, said)) == settings.SIGN_IN_TRIES
