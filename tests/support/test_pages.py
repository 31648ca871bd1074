"""The pages of support, as a support worker uses them all day."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.dwellings.models import Occupancy
from intrek.story.support import actions
from intrek.story.support.models import EvictionStep, Goal, SupportTerm, TalkRequest, Threat, Visit
from tests.factories import member, organisation, pathway, real_today
from tests.support.made import prepared, sign_all, sitting_term, trial_term

pytestmark = pytest.mark.django_db

TODAY = real_today()
START = TODAY - timedelta(days=70)


@pytest.fixture
def me():
    return member("support_worker", name="Ruben Desmet")


@pytest.fixture
def ask(client, me):
    """Open a page of support, or send a form to it, as the worker."""
    client.force_login(me.user)

    def go(name, row, answers=None, **options):
        url = name if name.startswith("/") else reverse(name, args=[row] if not isinstance(row, list) else row)
        return client.get(url) if answers is None else client.post(url, answers, **options)

    return go


def day(on):
    return f"{on.day}/{on.month}/{on.year}"


def test_the_page_of_a_trial_resident_tells_the_term_and_where_they_live(ask):
    term = trial_term(starts_on=START)
    page = ask("support:of_pathway", term.pathway_id).content.decode()
    assert "Kolvestraat 14 bus 2" in page
    assert "Hanne Declercq" in page
    assert reverse("support:end_stay", args=[term.placement_id]) in page
    assert reverse("support:end_support", args=[term.pk]) not in page


def test_a_planned_visit_is_noted_in_three_taps_and_one_text(ask, me):
    term = sitting_term(starts_on=START)
    visit = actions.plan_visit(term.pathway, on=TODAY, worker=me.contact, by=me)
    shown = ask("support:note_visit", visit.pk)
    assert shown.content.decode().count("<textarea") == 1
    answers = {"state": "done", "duration": "75", "help_kinds": ["talk", "budget"], "note": "Samen de post geopend."}
    assert ask("support:note_visit", visit.pk, answers).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.minutes, visit.note) == ("done", 75, "Samen de post geopend.")
    assert sorted(visit.help_kinds) == ["budget", "talk"]


def test_a_visit_when_nobody_was_home_needs_one_tap_and_keeps_no_minutes(ask, me):
    visit = actions.plan_visit(sitting_term(starts_on=START).pathway, on=TODAY, worker=me.contact, by=me)
    assert ask("support:note_visit", visit.pk, {"state": "missed", "duration": "75", "note": ""}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.minutes) == ("missed", None)


def test_a_visit_done_without_a_duration_comes_back_with_the_reason_and_the_text(ask, me):
    visit = actions.plan_visit(sitting_term(starts_on=START).pathway, on=TODAY, worker=me.contact, by=me)
    page = ask("support:note_visit", visit.pk, {"state": "done", "note": "Lange nota"}).content.decode()
    assert "Lange nota" in page
    visit.refresh_from_db()
    assert visit.state == "planned"
    assert "Lange nota" in ask("support:note_visit", visit.pk).content.decode()


def test_two_people_note_one_visit_and_neither_text_is_lost(ask, me):
    visit = actions.plan_visit(sitting_term(starts_on=START).pathway, on=TODAY, worker=me.contact, by=me)
    opened = visit.version
    other = member("coordinator", name="An Coordinator")
    actions.note_visit(visit, state="done", minutes=30, note="Tekst van An", by=other)
    base = '{"state": ["done"], "note": [""]}'
    answers = {"state": "done", "duration": "75", "note": "Tekst van Ruben", "_version": opened, "_base": base}
    page = ask("support:note_visit", visit.pk, answers).content.decode()
    assert "Tekst van An" in page
    assert "Tekst van Ruben" in page
    visit.refresh_from_db()
    assert visit.note == "Tekst van An"


def test_a_visit_nobody_planned_is_noted_with_its_own_day(ask):
    way = sitting_term(starts_on=START).pathway
    answers = {"on": day(TODAY), "state": "done", "duration": "other", "other_minutes": "1:20", "note": ""}
    assert ask("support:new_visit", way.pk, answers).status_code == 302
    assert Visit.objects.get(pathway=way).minutes == 80


def test_a_visit_of_tomorrow_cannot_be_noted(ask):
    way = sitting_term(starts_on=START).pathway
    answers = {"on": day(TODAY + timedelta(days=1)), "state": "done", "duration": "30"}
    assert ask("support:new_visit", way.pk, answers).status_code == 200
    assert not Visit.objects.filter(pathway=way).exists()


def test_keys_without_papers_are_refused_on_the_page_with_the_way_to_the_papers(ask):
    stay = prepared(starts_on=START)
    page = ask("support:start_stay", stay.pk, {"on": day(START)}).content.decode()
    assert reverse("documents:of_stay", args=[stay.pk]) in page
    assert not SupportTerm.objects.filter(placement=stay).exists()


def test_keys_are_handed_over_and_support_runs(ask, me):
    stay = sign_all(prepared(starts_on=START), on=START)
    assert ask("support:start_stay", stay.pk, {"on": day(START), "worker": me.contact_id}).status_code == 302
    assert SupportTerm.objects.get(placement=stay).worker == me.contact


def test_support_of_a_sitting_tenant_starts_from_the_page(ask, me):
    way = pathway("waiting", "sitting")
    answers = {"starts_on": day(TODAY), "months": "6", "worker": me.contact_id, "agreement_on": day(TODAY)}
    assert ask("support:start", way.pk, answers).status_code == 302
    assert SupportTerm.objects.get(pathway=way).track.kind == "sitting"


def test_thirteen_months_come_back_with_the_reason(ask, me):
    way = pathway("waiting", "sitting")
    answers = {"starts_on": day(TODAY), "months": "13", "worker": me.contact_id, "agreement_on": day(TODAY)}
    assert ask("support:start", way.pk, answers).status_code == 200
    assert not SupportTerm.objects.filter(pathway=way).exists()


FORMS = [
    ("extend", "term", {"last_day": day(START + timedelta(days=300))}),
    ("suspend", "term", {"from_on": day(TODAY), "until_on": "", "reason_code": "hospital"}),
    ("change_worker", "term", {"worker": "me"}),
    ("end_support", "term", {"on": day(TODAY), "how": "goals_reached", "note": ""}),
    ("move_home", "pathway", {"on": day(TODAY), "address": "Ezelstraat 1", "title": "lease"}),
    ("plan_visit", "pathway", {"on": day(TODAY + timedelta(days=3)), "starts_at": "14u", "worker": "me"}),
    ("add_threat", "pathway", {"kind": "arrears", "amount": "412,50"}),
    ("add_eviction_step", "pathway", {"kind": "hearing", "on": day(TODAY + timedelta(days=9))}),
    ("ask_for_talk", "pathway", {"question": "Hoe verder?"}),
    (
        "new_goal",
        "pathway",
        {
            "domain": "money",
            "text": "Rondkomen",
            "steps-TOTAL_FORMS": "2",
            "steps-INITIAL_FORMS": "0",
            "steps-0-text": "Post openen",
            "steps-1-text": "",
        },
    ),
]


@pytest.mark.parametrize(("name", "of", "answers"), FORMS, ids=[each[0] for each in FORMS])
def test_each_step_has_a_page_that_opens_saves_and_comes_back_to_the_person(ask, me, name, of, answers):
    term = sitting_term(starts_on=START)
    row = term.pk if of == "term" else term.pathway_id
    assert ask(f"support:{name}", row).status_code == 200
    sent = {key: str(me.contact_id) if value == "me" else value for key, value in answers.items()}
    answer = ask(f"support:{name}", row, sent)
    assert answer.status_code == 302
    assert answer.url == reverse("support:of_pathway", args=[term.pathway_id])
    assert ask("support:of_pathway", term.pathway_id).status_code == 200


@pytest.mark.parametrize(("name", "of", "answers"), FORMS, ids=[each[0] for each in FORMS])
def test_an_empty_form_is_refused_in_words_and_writes_nothing(ask, name, of, answers):
    term = sitting_term(starts_on=START)
    row = term.pk if of == "term" else term.pathway_id
    empty = {"steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0"}
    assert ask(f"support:{name}", row, empty).status_code == 200
    assert not Visit.objects.filter(pathway=term.pathway).exists()
    assert not Goal.objects.filter(pathway=term.pathway).exists()
    term.refresh_from_db()
    assert term.ended_on is None


def test_goals_and_their_steps_are_marked_on_the_page(ask, me):
    way = sitting_term(starts_on=START).pathway
    steps = [{"text": "Post openen"}]
    goal = actions.set_goal(way, domain="money", text="Rondkomen", set_on=TODAY, steps=steps, by=me)
    step = goal.steps.get()
    ask("support:mark_step", [goal.pk, step.pk], {})
    step.refresh_from_db()
    assert step.done_on == TODAY
    ask("support:reach_goal", goal.pk, {"on": day(TODAY)})
    goal.refresh_from_db()
    assert goal.reached_on == TODAY
    assert "Rondkomen" in ask("support:of_pathway", way.pk).content.decode()


def test_threats_and_steps_of_an_eviction_are_closed_with_their_outcome(ask, me):
    way = sitting_term(starts_on=START).pathway
    threat = actions.add_threat(way, kind="arrears", by=me)
    step = actions.add_eviction_step(way, kind="hearing", on=TODAY, by=me)
    ask("support:resolve_threat", threat.pk, {"on": day(TODAY)})
    ask("support:close_eviction_step", step.pk, {"outcome": "Afbetalingsplan"})
    assert Threat.objects.get(pk=threat.pk).resolved_on == TODAY
    assert EvictionStep.objects.get(pk=step.pk).outcome == "Afbetalingsplan"


def test_support_follows_the_person_through_a_move_and_its_term_stays(ask):
    term = sitting_term(starts_on=START)
    ask("support:move_home", term.pathway_id, {"on": day(TODAY), "address": "Ezelstraat 1", "title": "lease"})
    home = Occupancy.objects.get(person=term.pathway.person)
    assert (str(home.dwelling), home.from_on) == ("Ezelstraat 1", TODAY)
    after = SupportTerm.objects.get(pk=term.pk)
    assert (after.starts_on, after.agreed_last_day, after.ended_on) == (START, term.agreed_last_day, None)


def test_the_talk_that_was_asked_stands_on_the_page(ask):
    way = sitting_term(starts_on=START).pathway
    ask("support:ask_for_talk", way.pk, {"question": "Doorgaan na de opname?"})
    assert TalkRequest.objects.get(pathway=way).asked_on == TODAY
    assert "Doorgaan na de opname?" in ask("support:of_pathway", way.pk).content.decode()


@pytest.mark.parametrize("role", ["referrer", "housing_officer", "steering_member", "administrator"])
def test_support_is_for_the_team_alone(client, role):
    term = trial_term(starts_on=START)
    at = organisation("Vivendo", sector="housing") if role == "housing_officer" else None
    client.force_login(member(role, at=at).user)
    for name, row in (("of_pathway", term.pathway_id), ("visits", term.pathway_id), ("extend", term.pk)):
        assert client.get(reverse(f"support:{name}", args=[row])).status_code == 404


def test_the_list_of_visits_asks_the_same_number_of_questions_for_one_and_for_thirty(ask, me, assert_same_queries):
    way = sitting_term(starts_on=START).pathway
    actions.record_visit(way, state="done", on=TODAY, minutes=30, worker=me.contact, by=me)

    def grow():
        for back in range(1, 30):
            on = TODAY - timedelta(days=back)
            actions.record_visit(way, state="done", on=on, minutes=30, worker=me.contact, by=me)

    assert_same_queries(lambda: ask("support:visits", way.pk), grow)
