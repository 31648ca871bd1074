"""Waiting for help from outside, as it was observed (P21)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from intrek.ground.services.models import OutsideService, ServiceRequest
from intrek.windows.steering.queries.services import service_waits
from intrek.windows.steering.rules import Span
from tests.factories import member, organisation, programme_brugge, second_programme
from tests.steering.stories import ENDED, STARTED, ended, way

pytestmark = pytest.mark.django_db

ASKED = STARTED + timedelta(days=10)
PAGE = reverse("steering:services")


def service(name="Familiehulp", programme=None):
    known = OutsideService.objects.filter(programme=programme or programme_brugge(), name=name).first()
    made = {"programme": programme or programme_brugge(), "name": name, "folded": name.lower()}
    return known or OutsideService.objects.create(**made)


def request(days=None, *, of=None, by="Familiehulp", asked_on=ASKED, **facts):
    """A request; ``days``: how long it took until it started."""
    of = of or ended()
    started_on = asked_on + timedelta(days=days) if days is not None else None
    rows = {"service": service(by, of.programme), "asked_on": asked_on, "started_on": started_on}
    return ServiceRequest.objects.create(programme=of.programme, pathway=of, **(rows | facts))


def waits(**span):
    return {each.name: each for each in service_waits(programme_brugge(), Span(**span))}


def test_the_median_is_of_who_started_and_the_longest_wait_comes_first():
    for days in (10, 30, 90):
        request(days)
    request(5, by="Poetshulp")
    request(None)
    assert list(waits()) == ["Familiehulp", "Poetshulp"]
    found = waits()["Familiehulp"]
    assert (found.asked, found.started, found.median, found.waiting) == (4, 3, 30, 1)


def test_what_had_not_started_when_support_ended_came_too_late():
    support_ended = (ENDED - ASKED).days
    request(support_ended)
    request(support_ended + 1)
    request(None, ended_on=ENDED)
    request(None, refused_on=ENDED)
    request(None, of=way("running"))
    assert waits()["Familiehulp"].too_late == 2


def test_a_day_that_is_not_known_counts_in_no_wait_and_in_no_period():
    request(asked_on=None, started_on=date(2025, 5, 1))
    found = waits()["Familiehulp"]
    assert (found.asked, found.started, found.median) == (1, 1, None)
    assert waits(from_on=date(2025, 1, 1)) == {}


def test_a_period_counts_what_was_asked_in_it_and_no_other_programme():
    request(10)
    request(10, asked_on=ASKED + timedelta(days=60))
    request(99, of=ended(programme=second_programme()))
    assert waits(until_on=ASKED)["Familiehulp"].asked == 1
    assert waits()["Familiehulp"].asked == 2


def test_who_sees_ranges_is_told_no_wait_of_a_few(client):
    for _each in range(3):
        request(44)
    client.force_login(member("steering_member", at=organisation(), language="en").user)
    (row,) = client.get(PAGE).context["services"]
    assert (row.asked, row.median) == ("1–4", None)
    client.force_login(member("coordinator", language="en").user)
    (row,) = client.get(PAGE).context["services"]
    assert (row.asked, row.median) == ("3", 44)


def test_the_page_takes_as_many_statements_for_many_services(client, assert_same_queries):
    request(3)
    client.force_login(member("coordinator").user)
    assert_same_queries(
        lambda: client.get(PAGE), lambda: [request(number, by=f"Dienst {number}") for number in range(29)], at_most=10
    )
