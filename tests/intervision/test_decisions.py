"""The decision moves the pathway and tells the referrer; it is taken once (P17, P24)."""

from datetime import timedelta

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.journal.queries import timeline
from intrek.ground.pathways.actions import close_pathway, promise
from intrek.ground.pathways.models import Awaited, Ending, Promise, Stage, Station
from intrek.ground.pathways.queries import line_of, with_lines
from intrek.ground.post.models import Kind, Message
from intrek.story.intervision.actions import decide, remember_decision
from intrek.story.intervision.models import AgendaItem, Decision, Meeting, Why
from intrek.story.intervision.rules import Reason
from tests.factories import member
from tests.intervision.cases import TODAY, again, item_of, meeting, referred

pytestmark = pytest.mark.django_db


def say(item, decision, by=None, **told):
    told = {"motive": "Besproken.", "on": TODAY} | told
    return decide(item, decision=decision, by=by or member(), **told)


def codes_of(refused):
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.parametrize(("track", "awaited"), [("trial", Awaited.DWELLING), ("sitting", Awaited.SUPPORT_PLACE)])
def test_an_accepted_referral_waits_for_what_its_track_needs(track, awaited):
    made = referred(track=track)
    say(item_of(made), Decision.ACCEPT)
    made = again(made)
    assert (made.stage, made.accepted_on, made.discussed_on) == (Stage.WAITING, TODAY, TODAY)
    assert made.awaits == awaited
    station = line_of(with_lines(type(made).objects.filter(pk=made.pk)).get(), TODAY).now
    assert station.code == ("allocation" if track == "trial" else "agreement")


def test_the_decision_itself_tells_the_referrer_and_keeps_the_promise():
    made = referred()
    kept = promise(made, Station.INTERVISION, due_on=TODAY + timedelta(days=3), on=TODAY - timedelta(days=9))
    say(item_of(made), Decision.ACCEPT, motive="Fel besproken.", motive_for_referrer="Past bij de doelgroep.")
    message = Message.objects.get(pathway_id=made.pk)
    assert (message.kind, message.to.name) == (Kind.DECISION, "Ilse Bonte")
    assert "Past bij de doelgroep." in message.text
    assert "Fel besproken" not in message.text
    kept.refresh_from_db()
    assert kept.kept_on == TODAY


def test_every_open_referral_keeps_a_day_by_which_its_referrer_hears():
    for decision, told in [
        (Decision.ACCEPT, {}),
        (Decision.ASK_MORE, {"motive_for_referrer": "Waar woonde zij in 2024?"}),
        (Decision.POSTPONE, {}),
        (Decision.OTHER, {}),
    ]:
        made = referred()
        say(item_of(made, Meeting.objects.first()), decision, **told)
        made = again(made)
        assert made.hears_by == TODAY + timedelta(days=21), decision
        assert made.awaits, decision
        assert Promise.objects.filter(pathway=made, kept_on=None, replaced_on=None).count() == 1


def test_declining_closes_the_pathway_with_its_coded_reason():
    made = referred()
    say(item_of(made), Decision.DECLINE, reason_code="not_registered", motive_for_referrer="Eerst inschrijven.")
    made = again(made)
    assert (made.stage, made.ending, made.ended_how) == (Stage.CLOSED, Ending.DECLINED, "not_registered")
    assert (made.closed_on, made.hears_by, made.awaits) == (TODAY, None, "")
    text = Message.objects.get(pathway_id=made.pk).text
    assert "ingeschreven" in text
    assert "Eerst inschrijven." in text


def test_asking_for_more_awaits_the_referrer_by_name_and_asks_in_a_message():
    made = referred()
    say(item_of(made), Decision.ASK_MORE, motive_for_referrer="Bij wie is zij in behandeling?")
    made = again(made)
    assert (made.stage, made.awaits, made.awaits_from) == (Stage.ON_AGENDA, Awaited.ANSWER, "Ilse Bonte")
    message = Message.objects.get(pathway_id=made.pk)
    assert message.kind == Kind.QUESTION
    assert "Bij wie is zij in behandeling?" in message.text


def test_what_is_postponed_is_heard_of_after_the_next_meeting():
    made = referred()
    item = item_of(made)
    following = meeting(28, agenda_closes_on=TODAY + timedelta(days=23))
    say(item, Decision.POSTPONE)
    made = again(made)
    assert (made.stage, made.awaits, made.awaits_by) == (Stage.ON_AGENDA, Awaited.AGENDA, following.agenda_closes_on)
    assert made.hears_by == following.on + timedelta(days=2)
    assert Message.objects.get(pathway_id=made.pk).kind == Kind.LATER_DAY


def test_an_item_is_decided_once():
    item = item_of(referred())
    stale = AgendaItem.objects.get(pk=item.pk)
    say(item, Decision.ACCEPT)
    with pytest.raises(Refused) as refused:
        say(stale, Decision.DECLINE, reason_code="other")
    assert Reason.DECIDED_ALREADY in codes_of(refused)
    assert again(item.pathway).stage == Stage.WAITING
    assert Message.objects.count() == 1


def test_a_withdrawn_referral_is_not_decided_and_every_reason_is_named():
    made = referred()
    item = item_of(made)
    close_pathway(made, ending=Ending.WITHDRAWN, on=TODAY, by=None)
    with pytest.raises(Refused) as refused:
        say(item, Decision.DECLINE, motive="", on=TODAY - timedelta(days=1))
    assert set(codes_of(refused)) == {
        Reason.PATHWAY_CLOSED,
        Reason.NO_MOTIVE,
        Reason.NO_REASON,
        Reason.BEFORE_MEETING,
    }
    assert not Message.objects.exists()


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.DECLINE, Decision.ASK_MORE])
def test_who_is_already_supported_is_not_accepted_or_declined(decision):
    made = referred("running")
    item = item_of(made, why=Why.ASKED)
    with pytest.raises(Refused) as refused:
        say(item, decision, reason_code="other", motive_for_referrer="?")
    assert codes_of(refused) == [Reason.NOTHING_TO_DECIDE]


def test_advice_about_a_running_pathway_moves_nothing_and_tells_the_referrer_only_what_is_written_for_them():
    made = referred("running")
    before = again(made)
    say(item_of(made, why=Why.TERM_ENDING), Decision.OTHER, motive="Verlengen.")
    after = again(made)
    assert (after.stage, after.awaits, after.discussed_on) == (before.stage, before.awaits, before.discussed_on)
    assert not Message.objects.exists()
    say(
        item_of(made, meeting(14), why=Why.ASKED),
        Decision.OTHER,
        motive_for_referrer="Ga door.",
        on=TODAY + timedelta(14),
    )
    assert "Ga door." in Message.objects.get().text
    assert again(made).hears_by is None


def test_an_unknown_reason_is_refused():
    with pytest.raises(Refused) as refused:
        say(item_of(referred()), Decision.DECLINE, reason_code="because")
    assert codes_of(refused) == [Reason.UNKNOWN_REASON]


def test_without_anybody_to_tell_the_promise_stays_on_the_list():
    made = referred(referrer=False)
    open_promise = promise(made, Station.INTERVISION, due_on=TODAY, on=TODAY)
    say(item_of(made), Decision.POSTPONE)
    open_promise.refresh_from_db()
    assert open_promise.kept_on is None
    assert again(made).hears_by is not None


def test_a_decision_from_before_intrek_is_dated_in_the_minutes_of_its_day_and_tells_nobody():
    first, second = referred(), referred()
    on = TODAY - timedelta(days=700)
    remember_decision(first, decision=Decision.ACCEPT, on=on, by=None)
    remember_decision(second, decision=Decision.DECLINE, reason_code="domicile_short", on=on, by=None)
    assert Meeting.objects.get().on == on
    assert again(first).accepted_on == on
    assert (again(second).ending, again(second).ended_how) == (Ending.DECLINED, "domicile_short")
    assert not Message.objects.exists()
    assert not Promise.objects.exists()


def test_a_decision_on_an_unknown_day_leaves_the_day_to_complete():
    made = remember = referred()
    assert remember_decision(remember, decision=Decision.ACCEPT, on=None, by=None) is None
    made = again(made)
    assert (made.stage, made.accepted_on) == (Stage.WAITING, None)
    assert made.to_complete == ["accepted_on", "discussed_on"]


def test_the_timeline_tells_what_was_decided():
    made = referred()
    say(item_of(made), Decision.ACCEPT)
    assert {"intervision.put_on", "intervision.decided"} <= {
        line.verb for line in timeline(made.programme_id, made.pk, person_id=made.person_id)
    }
