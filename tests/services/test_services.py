"""Help from outside: asked, awaited, too late, started (P21)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.services import actions, queries, rules
from intrek.ground.services.models import OutsideService, ServiceRequest
from intrek.ground.services.rules import Wait
from tests.factories import member, pathway, person, programme_brugge, real_today, second_programme
from tests.support.made import sitting_term

TODAY = real_today()


def day(on):
    return f"{on.day}/{on.month}/{on.year}"


@pytest.fixture
def me(db):
    return member("support_worker")


@pytest.fixture
def ask(client, me):
    client.force_login(me.user)

    def go(name, row=None, answers=None, query=""):
        url = reverse(f"services:{name}", args=[row] if row else []) + query
        return client.get(url) if answers is None else client.post(url, answers)

    return go


def test_a_service_expected_after_support_ends_comes_too_late():
    wait = Wait(asked_on=date(2026, 1, 1), expected_on=date(2026, 9, 2))
    assert rules.comes_too_late(wait, date(2026, 9, 1))
    assert not rules.comes_too_late(wait, date(2026, 9, 2))
    assert not rules.comes_too_late(wait, None)
    assert not rules.comes_too_late(Wait(expected_on=date(2026, 9, 2), started_on=date(2026, 2, 1)), date(2026, 9, 1))


def test_a_wait_that_cannot_be_true_is_refused_with_every_reason():
    wait = Wait(date(2026, 5, 1), date(2026, 4, 1), date(2026, 3, 1), date(2026, 3, 2), date(2026, 2, 1))
    assert [each.code.value for each in rules.request_reasons(wait, date(2026, 6, 1))] == [
        "expected_before_asked",
        "started_before_asked",
        "ended_before_started",
        "refused_and_started",
    ]


def test_a_wait_is_checked_again_after_some_weeks_counted_from_the_asking():
    wait = Wait(asked_on=date(2026, 1, 1))
    assert rules.to_be_checked(wait, 4, date(2026, 1, 29))
    assert not rules.to_be_checked(wait, 4, date(2026, 1, 28))


def test_a_service_is_asked_by_a_name_that_is_not_in_the_list_yet(ask):
    way = pathway("waiting", "sitting")
    answers = {"new_service": "Poetshulp Cadans", "asked_on": day(TODAY), "is_on_waiting_list": "on"}
    assert ask("ask", way.pk, answers).status_code == 302
    assert ask("ask", way.pk, answers | {"new_service": "poetshulp cadans."}).status_code == 302
    assert OutsideService.objects.filter(programme=way.programme).count() == 1
    assert ServiceRequest.objects.filter(pathway=way).count() == 2


def test_a_service_without_a_name_or_expected_before_it_was_asked_is_refused(ask):
    way = pathway("waiting", "sitting")
    assert ask("ask", way.pk, {"asked_on": day(TODAY)}).status_code == 200
    late = {"new_service": "CAW", "asked_on": day(TODAY), "expected_on": day(TODAY - timedelta(days=1))}
    assert ask("ask", way.pk, late).status_code == 200
    assert not OutsideService.objects.filter(programme=way.programme).exists()


def test_the_page_warns_and_draws_when_help_comes_after_support_ends(ask, me):
    term = sitting_term(starts_on=TODAY - timedelta(days=30))
    service = actions.add_service(term.programme, "Mobiel Team")
    late = term.agreed_last_day + timedelta(days=20)
    actions.ask_service(term.pathway, service, asked_on=TODAY, expected_on=late, bridging="Zus poetst", by=me)
    term.pathway.refresh_from_db()
    asked = queries.asked_of(term.pathway, TODAY, check_weeks=6)
    assert [(each.state, each.is_late) for each in asked] == [("late", True)]
    page = ask("of_pathway", term.pathway_id).content.decode()
    assert "Zus poetst" in page
    assert "<svg" in page


def test_a_wait_is_checked_and_then_starts(ask, me):
    way = pathway("waiting", "sitting")
    service = actions.add_service(way.programme, "Mobiel Team")
    asked = actions.ask_service(way, service, asked_on=TODAY - timedelta(days=90), by=me)
    assert ask("checked", asked.pk, {}).status_code == 302
    assert ask("change", asked.pk, {"started_on": day(TODAY)}).status_code == 302
    asked.refresh_from_db()
    assert (asked.last_checked_on, asked.started_on) == (None, TODAY)


@pytest.fixture
def waits(me):
    """A service that three people wait for: one too late, one on another day, one who has it already."""
    term = sitting_term(starts_on=TODAY - timedelta(days=30))
    service = actions.add_service(term.programme, "Mobiel Team")
    late = term.agreed_last_day + timedelta(days=20)
    actions.ask_service(term.pathway, service, asked_on=TODAY - timedelta(days=9), expected_on=late, by=me)
    for days, answers in ((60, {}), (80, {"started_on": TODAY})):
        way = pathway("waiting", "sitting", of=person("Wannes", f"Wacht{days}"))
        actions.ask_service(way, service, asked_on=TODAY - timedelta(days=days), by=me, **answers)
    return service


def test_a_service_tells_who_waits_the_longest_first_and_who_has_it(ask, waits):
    page = ask("of_service", waits.pk)
    names = [each.request.pathway.person.family_name for each in page.context["asked"]]
    assert (names[0], len(names)) == ("Wacht60", 2)
    assert [each.state for each in page.context["asked"]] == ["wait", "late"]
    assert "Wacht80" not in page.content.decode()
    client_page = ask("of_service", waits.pk, query="?show=all")
    assert [each.state for each in client_page.context["asked"]] == ["late", "wait", "running"]
    listed = ask("directory")
    assert reverse("services:of_service", args=[waits.pk]) in listed.content.decode()
    assert [each.waiting for each in listed.context["listing"].rows] == [2]
    Pathway.objects.filter(person__family_name="Wacht60").update(stage=Stage.CLOSED)
    assert [each.waiting for each in ask("directory").context["listing"].rows] == [1]
    assert len(ask("of_service", waits.pk).context["asked"]) == 1


def test_the_page_of_a_service_asks_the_same_for_one_and_for_thirty(ask, me, waits, assert_same_queries):
    def grow():
        for _ in range(29):
            actions.ask_service(pathway("waiting", "sitting"), waits, asked_on=TODAY, by=me)

    assert_same_queries(lambda: ask("of_service", waits.pk), grow, at_most=14)


def test_the_list_of_services_is_kept_by_the_team_and_has_each_name_once(ask):
    assert ask("add", None, {"name": "Familiehulp", "phone": ""}).status_code == 302
    assert ask("add", None, {"name": "FAMILIEHULP"}).status_code == 200
    service = OutsideService.objects.get(programme=programme_brugge())
    assert ask("edit", service.pk, {"name": "Familiehulp Brugge", "what": "Gezinshulp"}).status_code == 302
    assert "Familiehulp Brugge" in ask("directory").content.decode()


def test_another_programmes_services_do_not_exist(ask):
    other = actions.add_service(second_programme(), "Dienst van elders")
    assert ask("edit", other.pk).status_code == ask("of_service", other.pk).status_code == 404
    assert "Dienst van elders" not in ask("directory").content.decode()


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_thirty(ask, me, assert_same_queries):
    actions.add_service(me.programme, "Nul")

    def grow():
        for number in range(29):
            actions.add_service(me.programme, f"Dienst {number}")

    assert_same_queries(lambda: ask("directory"), grow, at_most=10)


@pytest.mark.django_db
def test_a_name_twice_is_refused():
    actions.add_service(programme_brugge(), "CGG")
    with pytest.raises(Refused):
        actions.add_service(programme_brugge(), " c.g.g. ")
