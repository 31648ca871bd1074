"""An agenda: who stands on it, in what order, what is said (P17)."""

from datetime import time, timedelta

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.common.rows import Conflict
from intrek.ground.pathways.actions import close_pathway
from intrek.ground.pathways.models import Awaited, Ending, Stage, Station, Step
from intrek.ground.post.models import Kind, Message
from intrek.story.intervision import rules
from intrek.story.intervision.actions import (
    add_action_point,
    change_meeting,
    close_meeting,
    decide,
    fill_agenda,
    finish_action_point,
    move_item,
    note_attendance,
    plan_meeting,
    put_on_agenda,
    reopen_meeting,
    take_off,
    write_note,
)
from intrek.story.intervision.models import AgendaItem, Attendance, Decision, Why
from intrek.story.intervision.queries import items_of
from intrek.story.intervision.rules import Candidate, Reason
from tests.factories import contact, member, programme_brugge
from tests.intervision.cases import TODAY, again, item_of, meeting, referred

pytestmark = pytest.mark.django_db


def codes_of(refused):
    return [reason.code for reason in refused.value.reasons]


def names_on(one):
    return [item.pathway_id for item in items_of(one)]


def test_a_new_referral_on_an_agenda_awaits_the_decision_of_that_day():
    made = referred()
    item_of(made, meeting(9))
    made = again(made)
    assert (made.stage, made.awaits, made.awaits_by) == (Stage.ON_AGENDA, Awaited.DECISION, TODAY + timedelta(days=9))
    assert Step.objects.get(pathway=made, station=Station.ELIGIBILITY).state == "done"


def test_when_a_meeting_moves_its_referrals_await_the_new_day():
    made, one = referred(), meeting(9)
    item_of(made, one)
    change_meeting(one, on=TODAY + timedelta(days=16), by=member())
    made = again(made)
    assert (made.awaits_by, made.awaits_facts) == (one.on, {"on": one.on.isoformat()})


def test_nobody_stands_on_an_agenda_twice_or_on_two_at_once():
    made, one, other = referred(), meeting(2), meeting(30)
    item_of(made, one)
    with pytest.raises(Refused) as refused:
        item_of(made, one)
    assert codes_of(refused) == [Reason.ON_THIS_AGENDA]
    with pytest.raises(Refused) as refused:
        item_of(made, other)
    assert codes_of(refused) == [Reason.ON_OTHER_AGENDA]
    assert refused.value.reasons[0].way_out.url


def test_a_closed_pathway_and_closed_minutes_are_both_named():
    one = meeting()
    close_meeting(one, on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        item_of(referred("closed"), one)
    assert codes_of(refused) == [Reason.MINUTES_CLOSED, Reason.PATHWAY_CLOSED]


def test_the_agenda_is_filled_once_and_leaves_out_what_cannot_stand_on_it():
    one, people = meeting(3), [referred() for _each in range(3)]
    asked = [Candidate(each, Why.NEW_REFERRAL) for each in [*people, referred("closed")]]
    assert len(fill_agenda(one, asked, by=member())) == 3
    assert fill_agenda(one, asked, by=member()) == []
    assert names_on(one) == [each.pk for each in people]


def test_who_was_postponed_twice_comes_first_next_time():
    late, new, once = referred(), referred(), referred()
    for days in (-60, -30):
        for each in [late] if days == -60 else [late, once]:
            known = plan_meeting(programme_brugge(), on=TODAY + timedelta(days=days), by=None, history=True)
            item = put_on_agenda(known, each, why=Why.POSTPONED, by=None)
            decide(item, decision=Decision.POSTPONE, motive="Geen tijd.", on=known.on, by=None)
    one = meeting(3)
    fill_agenda(one, [Candidate(each, Why.NEW_REFERRAL) for each in (new, once, late)], by=None)
    assert names_on(one) == [late.pk, new.pk, once.pk]


def test_an_item_goes_up_and_down_and_stays_at_the_ends():
    one = meeting(3)
    first, second, third = (item_of(referred(), one) for _each in range(3))
    move_item(third, up=True, by=None)
    assert names_on(one) == [first.pathway_id, third.pathway_id, second.pathway_id]
    move_item(first, up=True, by=None)
    move_item(second, up=False, by=None)
    assert names_on(one) == [first.pathway_id, third.pathway_id, second.pathway_id]


def test_taken_off_the_agenda_a_referral_awaits_a_place_on_another():
    made = referred()
    take_off(item_of(made), on=TODAY, by=None)
    made = again(made)
    assert (made.stage, made.awaits) == (Stage.NEW, Awaited.AGENDA)
    assert not AgendaItem.objects.exists()


def test_what_was_discussed_stays_in_the_minutes():
    item = item_of(referred())
    write_note(item, note="Wil graag verhuizen.", by=None)
    with pytest.raises(Refused) as refused:
        take_off(item, on=TODAY, by=None)
    assert codes_of(refused) == [Reason.DISCUSSED_ALREADY]


def test_the_second_writer_of_a_note_overwrites_nobody():
    item = item_of(referred())
    stale = AgendaItem.objects.get(pk=item.pk)
    write_note(item, note="De eerste tekst.", by=member())
    with pytest.raises(Conflict):
        write_note(stale, note="De tweede tekst.", by=member())
    item.refresh_from_db()
    assert item.note == "De eerste tekst."


def test_minutes_close_when_everybody_is_decided_and_open_again():
    one = meeting()
    item = item_of(referred(), one)
    with pytest.raises(Refused) as refused:
        close_meeting(one, on=TODAY, by=None)
    assert codes_of(refused) == [Reason.UNDECIDED]
    assert item.pathway.person.name in str(refused.value)
    decide(item, decision=Decision.POSTPONE, motive="Tijd op.", on=TODAY, by=None)
    close_meeting(one, on=TODAY, by=None)
    with pytest.raises(Refused):
        write_note(item, note="Te laat.", by=None)
    reopen_meeting(one, on=TODAY, by=None)
    assert write_note(item, note="Toch nog.", by=None).note == "Toch nog."


def test_who_was_withdrawn_meanwhile_does_not_hold_up_the_minutes():
    one = meeting()
    item = item_of(referred(), one)
    close_pathway(item.pathway, ending=Ending.WITHDRAWN, on=TODAY, by=None)
    assert close_meeting(one, on=TODAY, by=None).closed_on == TODAY


def test_minutes_are_not_closed_before_the_meeting():
    with pytest.raises(Refused) as refused:
        close_meeting(meeting(5), on=TODAY, by=None)
    assert codes_of(refused) == [Reason.MEETING_TO_COME]


def test_a_meeting_that_cannot_be_names_every_reason():
    meeting(5)
    hours = {"starts_at": time(15, 30), "ends_at": time(13, 30)}
    with pytest.raises(Refused) as refused:
        meeting(5, agenda_closes_on=TODAY + timedelta(days=6), **hours)
    assert codes_of(refused) == [Reason.SAME_DAY, Reason.ENDS_BEFORE_START, Reason.CLOSES_TOO_LATE]


def test_the_meeting_of_a_day_before_intrek_is_made_once():
    on = TODAY - timedelta(days=900)
    made = [plan_meeting(programme_brugge(), on=on, by=None, history=True) for _each in range(2)]
    assert made[0] == made[1]


def test_attendance_is_written_over_as_a_whole():
    one, ann, bob = meeting(), contact("Ann"), contact("Bob")
    note_attendance(one, {ann: True, bob: False}, by=None)
    note_attendance(one, {ann: False}, by=None)
    assert [(each.contact, each.is_present) for each in Attendance.objects.order_by("pk")] == [(ann, False)]


def test_an_action_point_tells_its_owner_and_is_ticked_once():
    item, owner = item_of(referred()), contact("Koen Tack")
    point = add_action_point(item, text="Wachttijd navragen", owner=owner, due_on=TODAY + timedelta(9), by=member())
    message = Message.objects.get()
    assert (message.kind, message.to) == (Kind.ACTION_POINT, owner)
    finish_action_point(point, on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        finish_action_point(point, on=TODAY, by=None)
    assert codes_of(refused) == [Reason.DONE_ALREADY]


def test_an_action_point_without_words_or_before_the_meeting_is_refused():
    with pytest.raises(Refused) as refused:
        add_action_point(item_of(referred()), text=" ", owner=contact(), due_on=TODAY - timedelta(1), by=None)
    assert codes_of(refused) == [Reason.NOTHING_TO_DO, Reason.DUE_BEFORE_MEETING]


def test_the_partners_advise_about_who_runs_and_decide_about_who_is_new():
    assert rules.decisions_for("new") == rules.ALL_DECISIONS
    assert {stage: rules.decisions_for(stage) for stage in ("waiting", "running")} == {
        "waiting": rules.RUNNING_DECISIONS,
        "running": rules.RUNNING_DECISIONS,
    }
