"""My day says what this member must do, why, by when, with one button; and nothing of anybody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.pathways.actions import await_, note_unknown, promise
from intrek.ground.pathways.models import Awaited, Party, Stage, Station
from intrek.story.aftercare.models import Knock, Review
from intrek.story.intervision.actions import plan_meeting, put_on_agenda, take_off
from intrek.story.support.models import EvictionStep, TalkRequest
from intrek.windows.desk.queries.day import day_of
from intrek.windows.desk.rules import GroupName
from tests.desk import made
from tests.desk.made import LAST_DAY, START, TODAY, TOMORROW, WEEK, YESTERDAY, on, running
from tests.factories import member, pathway, person, second_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def me():
    return member("support_worker", name="Ruben Desmet")


@pytest.fixture
def coordinator():
    return member("coordinator", name="An Verhaeghe")


def todos(somebody):
    """What stands on the desk of a member: (group, todo)."""
    return [(group.name, shown.todo) for group in day_of(somebody, TODAY).groups for shown in group.todos]


def only_todo(somebody):
    """The one thing this member must do."""
    found = todos(somebody)
    assert len(found) == 1, [todo.what for _group, todo in found]
    return found[0]


def page_of(sign_in, somebody):
    return sign_in(somebody).get(reverse("desk:day")).content.decode()


def test_a_quiet_day_has_nothing_to_do(me, coordinator):
    made.term(me, running(me))
    assert todos(me) == todos(coordinator) == []


def test_a_visit_that_nobody_noted_is_late(me):
    visit = made.visit(me, running(me))
    group, todo = only_todo(me)
    assert (group, todo.by, todo.url) == (GroupName.LATE, YESTERDAY, reverse("support:note_visit", args=[visit.pk]))
    assert "Planned on" in todo.why


def test_an_evaluation_and_the_end_of_the_term_are_two_things(me):
    term = made.term(me, running(me), next_evaluation_on=TOMORROW, agreed_last_day=TODAY + timedelta(days=10))
    (_week, evaluation), (later, ending) = todos(me)
    assert (evaluation.by, evaluation.url) == (TOMORROW, reverse("evaluation:hold", args=[term.pk]))
    assert (later, ending.by) == (GroupName.LATER, term.agreed_last_day)


def test_a_service_that_comes_after_support_ends_is_told_today(me):
    made.service(running(me), expected_on=LAST_DAY + WEEK, last_checked_on=TODAY)
    group, todo = only_todo(me)
    assert group == GroupName.TODAY
    assert "comes too late" in todo.what


def test_a_waiting_list_that_nobody_asked_after_is_told(me):
    made.service(running(me), expected_on=None, last_checked_on=START)
    assert "ask after Poetshulp" in only_todo(me)[1].what


def test_papers_before_the_keys_are_one_thing_to_do(me, coordinator):
    way = running(me, track="trial", stage=Stage.ALLOCATED)
    for code in ("loan_deed", "house_rules"):
        made.paper(way, code)
    _group, todo = only_todo(me)
    assert (todo.what, todo.url) == ("2 papers before the keys", reverse("documents:of_stay", args=[way.pk]))
    assert [each.what for _group, each in todos(coordinator)] == [todo.what]


@pytest.mark.parametrize(("day", "action"), [(TOMORROW, "See the steps"), (YESTERDAY, "Write the outcome")])
def test_a_step_of_an_eviction_stands_on_its_day_until_its_outcome_is_written(me, day, action):
    on(EvictionStep, running(me), kind="hearing", on=day)
    _group, todo = only_todo(me)
    assert (todo.by, todo.action) == (day, action)


def test_an_action_point_of_a_meeting_is_on_the_desk_of_its_owner(me):
    made.action_point(me, running(me))
    _group, todo = only_todo(me)
    assert (todo.what, todo.by) == ("Bel de huisarts", TOMORROW)


def test_an_aftercare_talk_is_the_anchors_and_a_knock_is_answered_the_same_day(me):
    way = running(member("support_worker"))
    review = on(Review, way, aftercare=made.aftercare(me, way), due_on=TOMORROW)
    knock = on(Knock, way, on=YESTERDAY, by="Vivendo", what="Post")
    (today, answer), (_week, talk) = todos(me)
    assert (today, answer.url) == (GroupName.TODAY, reverse("aftercare:answer", args=[knock.pk]))
    assert (talk.by, talk.url) == (TOMORROW, reverse("aftercare:hold_review", args=[review.pk]))


def test_what_a_pathway_awaits_from_its_worker_is_theirs(me, coordinator):
    await_(running(me), Awaited.OTHER, party=Party.WORKER, by_day=TOMORROW, text="een afspraak")
    assert only_todo(me)[1].what == "een afspraak"
    assert todos(coordinator) == []


def test_a_day_nobody_knows_stands_apart_and_blocks_nothing(me):
    note_unknown(running(me), "accepted_on")
    group, todo = only_todo(me)
    assert (group, todo.by) == (GroupName.COMPLETE, None)


def test_silence_past_the_promised_day_is_on_the_coordinators_list(me, coordinator):
    way = running(me)
    promise(way, Station.SUPPORT, due_on=YESTERDAY, on=START)
    group, todo = only_todo(coordinator)
    assert (group, todo.url) == (GroupName.LATE, reverse("desk:answer", args=[way.pk]))
    assert todos(me) == []


def test_a_new_referral_is_put_on_an_agenda_and_told_once(coordinator):
    way = await_(pathway(), Awaited.AGENDA, party=Party.COORDINATOR, by_day=TOMORROW)
    _group, todo = only_todo(coordinator)
    assert todo.url == reverse("intervision:put_on", args=[way.pk])


def test_what_comes_after_support_is_on_the_list_without_a_day(coordinator):
    await_(pathway(Stage.RUNNING), Awaited.NEXT_STEP, party=Party.COORDINATOR, by_day=None)
    group, todo = only_todo(coordinator)
    assert (group, todo.what) == (GroupName.TODAY, "what comes after support")


def test_a_question_to_the_partners_is_answered_by_the_agenda(me, coordinator):
    way = running(me)
    on(TalkRequest, way, question="Verlengen?", asked_on=YESTERDAY, asked_by=me.contact)
    assert "Verlengen?" in only_todo(coordinator)[1].why
    meeting = plan_meeting(me.programme, on=TOMORROW, by=coordinator)
    item = put_on_agenda(meeting, way, why="asked", by=coordinator)
    assert todos(coordinator) == []
    take_off(item, on=TODAY, by=coordinator)
    assert len(todos(coordinator)) == 1


def test_a_worker_does_not_see_the_work_of_another(me, sign_in):
    other = member("support_worker")
    made.everything(other, 1)
    made.visit(me, running(me, "Bart"))
    assert only_todo(me)[1].who.startswith("Bart")
    assert "Linda" not in page_of(sign_in, me)


def test_nothing_of_another_programme_is_on_the_desk(coordinator, sign_in):
    made.everything(member("coordinator", programme=second_programme()), 1)
    assert todos(coordinator) == []
    assert "Linda" not in page_of(sign_in, coordinator)


def test_todays_visits_stand_by_the_hour(me, sign_in):
    for hour, name in ((14, "Middag"), (9, "Ochtend"), (None, "Wanneer")):
        way = running(me, of=person(name, programme=me.programme))
        made.visit(me, way, TODAY, starts_at=f"{hour:02d}:00" if hour else None)
    page = page_of(sign_in, me)
    assert page.index("Ochtend") < page.index("Middag") < page.index("Wanneer")
    assert "09.00" in page or "9.00" in page
    assert todos(me) == []


@pytest.mark.parametrize("role", ["coordinator", "support_worker"])
def test_a_full_day_takes_no_more_queries_than_a_quiet_one(role, sign_in, assert_same_queries):
    somebody = member(role)
    made.everything(somebody, 1)
    client = sign_in(somebody)
    fetch = lambda: client.get(reverse("desk:day"))  # noqa: E731
    assert_same_queries(fetch, grow=lambda: made.everything(somebody, 29), at_most=15)
