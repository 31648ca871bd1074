from datetime import timedelta

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.journal.models import Entry
from intrek.ground.pathways.actions import open_pathway
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Stage, Step
from intrek.ground.pathways.queries import line_of, with_lines
from intrek.ground.programmes.queries import track_of
from intrek.story.aftercare.actions import (
    answer_knock,
    back_to_support,
    close,
    hold_review,
    knock,
    start_aftercare,
)
from intrek.story.aftercare.models import Aftercare, Knock, Review
from intrek.story.support.actions import end_support
from tests.evaluation.terms import START, sitting_term
from tests.factories import member

pytestmark = pytest.mark.django_db
ENDED = START + timedelta(days=50)
GOODBYE = {"ended_how": "goals_reached", "home_kept": "yes"}


@pytest.fixture
def worker():
    return member("support_worker")


@pytest.fixture
def pathway(worker):
    return over(worker)


def over(worker, how="goals_reached"):
    term = sitting_term(worker)
    end_support(term, on=ENDED, how=how, by=worker)
    return read(term.pathway)


def read(pathway):
    return with_lines(Pathway.objects.filter(pk=pathway.pk)).get()


def began(pathway, worker, **facts):
    told = {"anchor": worker.contact, "from_on": ENDED + timedelta(days=1), "by": worker}
    return start_aftercare(pathway, **{**told, **facts})


def test_the_anchor_person_and_the_talks_are_there_for_as_long_as_the_programme_says(pathway, worker):
    aftercare = began(pathway, worker, how_to_reach="0470 12 34 56")
    days = list(aftercare.reviews.order_by("due_on").values_list("due_on", flat=True))
    now = read(pathway)
    assert (now.stage, now.aftercare_on) == (Stage.AFTERCARE, aftercare.from_on)
    assert len(days) == 3
    assert (now.awaits, now.awaits_party, now.awaits_by) == (Awaited.REVIEW, Party.ANCHOR, days[0])
    assert line_of(now, worker.on).now.code == "aftercare"


def test_a_second_anchor_at_once_is_refused(pathway, worker):
    began(pathway, worker)
    with pytest.raises(Refused, match="already runs"):
        began(pathway, worker)
    assert Aftercare.objects.filter(pathway=pathway).count() == 1


def test_after_each_talk_the_next_is_awaited_and_after_the_last_the_coordinator(pathway, worker):
    aftercare = began(pathway, worker, until_on=ENDED + timedelta(days=130))
    (only,) = aftercare.reviews.order_by("due_on")
    hold_review(only, held_on=worker.on, note="Het gaat goed.", by=worker)
    now = read(pathway)
    assert (now.awaits, now.awaits_party) == (Awaited.NEXT_STEP, Party.COORDINATOR)
    with pytest.raises(Refused, match="already held"):
        hold_review(Review.objects.get(pk=only.pk), held_on=worker.on, note="Nog eens.", by=worker)


def test_a_knock_on_a_closed_pathway_is_logged_and_leaves_it_closed(pathway, worker):
    close(pathway, on=worker.on, by=worker, **GOODBYE)
    knocked = knock(read(pathway), who="Vivendo", what="Er is lawaai.", on=worker.on, by=worker)
    assert read(pathway).stage == Stage.CLOSED
    answer_knock(knocked, answer="Gebeld.", answered_on=worker.on, by=worker)
    assert Knock.objects.get(pathway=pathway).answer == "Gebeld."
    assert Entry.objects.filter(pathway_id=pathway.pk, verb__startswith="aftercare.").count() == 2


def test_back_to_support_needs_no_new_referral_and_opens_a_closed_pathway(pathway, worker):
    close(pathway, on=worker.on, by=worker, **GOODBYE)
    track = track_of(pathway.programme, "sitting")
    term = {"track": track, "months": 6, "worker": worker.contact, "agreement_on": worker.on}
    back_to_support(read(pathway), starts_on=worker.on, by=worker, **term)
    now = read(pathway)
    assert (now.stage, now.closed_on, now.first_ending) == (Stage.RUNNING, None, Ending.POSITIVE)
    assert now.awaits == Awaited.EVALUATION
    assert Pathway.objects.filter(person=now.person).count() == 1


def test_going_back_ends_the_aftercare_the_day_before(pathway, worker):
    aftercare = began(pathway, worker)
    track = track_of(pathway.programme, "sitting")
    term = {"track": track, "months": 6, "worker": worker.contact, "agreement_on": worker.on}
    back_to_support(read(pathway), starts_on=worker.on, by=worker, **term)
    assert Aftercare.objects.get(pk=aftercare.pk).ended_on == worker.on - timedelta(days=1)


def test_going_back_is_refused_while_another_pathway_of_the_person_is_open(pathway, worker):
    close(pathway, on=worker.on, by=worker, **GOODBYE)
    track = track_of(pathway.programme, "sitting")
    open_pathway(pathway.person, track, referred_by=None, on=worker.on, number_year=2026, by=None)
    term = {"track": track, "months": 6, "worker": worker.contact, "agreement_on": worker.on}
    with pytest.raises(Refused, match="another open pathway"):
        back_to_support(read(pathway), starts_on=worker.on, by=worker, **term)
    assert read(pathway).stage == Stage.CLOSED


def test_closing_keeps_both_outcomes_and_the_two_lines(pathway, worker):
    began(pathway, worker)
    told = {"what_helped": "Samen koken.", "what_otherwise": "Vroeger bellen.", "lessons_about": ["together"]}
    close(read(pathway), on=worker.on, by=worker, **GOODBYE, **told)
    now = read(pathway)
    assert (now.stage, now.ending, now.ended_how, now.home_kept) == ("closed", "positive", "goals_reached", "yes")
    assert (now.what_helped, now.what_otherwise, now.lessons_about) == tuple(told.values())
    assert (now.awaits, Step.objects.get(pathway=now, station="aftercare").state) == ("", "done")


def test_who_dropped_out_is_closed_straight_from_the_running_pathway(worker):
    pathway = over(worker, how="unreachable")
    close(pathway, ended_how="unreachable", home_kept="unknown", on=worker.on, by=worker)
    now = read(pathway)
    assert (now.ending, now.home_kept, now.first_ending) == ("negative", "unknown", "negative")
    states = {step.station: step.state for step in now.steps.all()}
    assert (states["support"], states["aftercare"]) == ("stopped", "skipped")


def test_closing_twice_is_refused(pathway, worker):
    close(pathway, on=worker.on, by=worker, **GOODBYE)
    with pytest.raises(Refused, match="already closed"):
        close(pathway, on=worker.on, by=worker, **GOODBYE)


def test_history_closes_without_days_and_stands_on_the_list_to_complete(pathway):
    close(pathway, ended_how="goals_reached", home_kept="", on=None, history=True, by=None)
    assert "closed_on" in read(pathway).to_complete
