"""Whether referrers heard by the day they were promised (P24)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.partners.models import Role
from intrek.ground.pathways.actions import keep_promises, promise
from intrek.ground.pathways.models import Station
from intrek.windows.steering.queries.promises import page_of
from intrek.windows.steering.rules import Span
from tests import factories
from tests.steering.stories import REFERRED, way

pytestmark = pytest.mark.django_db
DUE = REFERRED + timedelta(days=21)
LONG_AFTER = REFERRED + timedelta(days=300)


def promised(*, kept=None, put_off=None, partner=None):
    """A referral whose referrer was promised to hear in 21 days; heard, or put off, so many days after the referral."""
    made = way("new", referred_by=partner)
    promise(made, Station.INTERVISION, due_on=DUE, on=REFERRED)
    if put_off:
        on = REFERRED + timedelta(days=put_off)
        promise(made, Station.ALLOCATION, due_on=LONG_AFTER + timedelta(days=9), on=on, reason="Geen woning.")
    if kept:
        keep_promises(made, on=REFERRED + timedelta(days=kept))
    return made


def told(span=None, member=None):
    return page_of(member or factories.member("coordinator"), span or Span(), LONG_AFTER)


def test_a_promise_is_heard_in_time_put_off_heard_late_or_met_with_silence():
    promised(kept=21)
    promised(put_off=10)
    promised(kept=22)
    promised()
    assert told()["everything"].counts == {"in_time": 1, "put_off": 1, "late": 1, "silent": 1}


def test_a_promise_that_is_still_to_come_counts_nowhere_yet():
    promised()
    coordinator = factories.member("coordinator")
    assert page_of(coordinator, Span(), DUE)["everything"].due == 0
    assert page_of(coordinator, Span(), DUE + timedelta(days=1))["everything"].counts["silent"] == 1


def test_the_median_runs_from_the_referral_to_the_first_answer_and_not_to_a_later_one():
    for days in (4, 8, 20):
        made = promised(kept=days)
        promise(made, Station.ALLOCATION, due_on=DUE + timedelta(days=60), on=DUE)
        keep_promises(made, on=DUE + timedelta(days=50))
    page = told()
    assert page["first_median"] == 8
    assert [(line.label, line.cells[-1]) for line in page["steps"]] == [("Intervision", "8"), ("Allocation", "50")]


def test_a_period_holds_what_came_due_in_it():
    promised(kept=5)
    assert told(Span(from_on=DUE, until_on=DUE))["everything"].due == 1
    assert told(Span(until_on=DUE - timedelta(days=1)))["everything"].due == 0


def test_each_partner_stands_on_its_own_line_and_small_counts_are_a_range_outside_the_lead():
    caw, street = factories.organisation("CAW Noord"), factories.organisation("Straathoek")
    promised(kept=5, partner=caw)
    promised(kept=30, partner=street)
    promised(partner=street)
    lines = {line.label: list(line.cells) for line in told()["partners"]}
    assert lines == {"CAW Noord": ["1", "1", "–", "–", "–", "5"], "Straathoek": ["2", "–", "–", "1", "1", "30"]}
    outsider = factories.member(Role.STEERING_MEMBER, factories.organisation("Beschut Wonen"))
    masked = {line.label: list(line.cells) for line in told(member=outsider)["partners"]}
    assert masked["Straathoek"] == ["1–4", "–", "–", "1–4", "1–4", "–"]


def test_the_page_opens_for_the_steering_group_with_as_many_queries_for_many_promises(sign_in, assert_same_queries):
    promised(kept=5)
    client = sign_in(factories.member(Role.STEERING_MEMBER))

    def more():
        for days in range(2, 12):
            promised(kept=days, partner=factories.organisation(f"Partner {days}"))

    assert_same_queries(lambda: client.get(reverse("steering:promises")), more, at_most=10)
