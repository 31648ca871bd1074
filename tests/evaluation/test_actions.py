from datetime import timedelta

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.common.rows import Conflict
from intrek.ground.pathways.models import Awaited, Party, Step
from intrek.story.evaluation.actions import change_evaluation, hold_evaluation
from intrek.story.evaluation.models import Evaluation
from intrek.story.support.actions import end_support, suspend
from intrek.story.support.models import SupportTerm
from tests.evaluation.terms import SCORES, START, sitting_term, trial_stay
from tests.factories import member

pytestmark = pytest.mark.django_db
HELD = START + timedelta(days=60)
PLAIN = {"is_final": False, "is_positive": None, "scores": SCORES}
MOVES_ON = {"is_final": True, "is_positive": True, "scores": SCORES, "next_step": "move_on"}


@pytest.fixture
def worker():
    return member("support_worker")


def test_the_next_evaluation_is_due_two_months_after_the_one_that_was_held(worker):
    term = sitting_term(worker)
    due_first = term.next_evaluation_on
    held = hold_evaluation(term, held_on=HELD, by=worker, going_well="De keuken.", **PLAIN)
    again = SupportTerm.objects.get(pk=term.pk)
    assert (held.sequence, held.due_on, again.evaluations_held) == (1, due_first, 1)
    assert again.next_evaluation_on > due_first
    assert (again.pathway.awaits, again.pathway.awaits_facts["number"]) == (Awaited.EVALUATION, "2")


def test_the_clock_of_the_pathway_shows_the_day_on_which_it_was_held(worker):
    term = sitting_term(worker)
    hold_evaluation(term, held_on=HELD, by=worker, **PLAIN)
    clock = SupportTerm.objects.get(pk=term.pk).pathway.clock
    assert HELD.isoformat() in [each["held_on"] for each in clock["evaluations"]]


def test_scores_are_kept_by_resident_and_by_worker_and_unknown_stays_unknown(worker):
    held = hold_evaluation(sitting_term(worker), held_on=HELD, by=worker, **PLAIN)
    kept = {score.domain: (score.by_resident, score.by_worker) for score in held.scores.order_by("domain")}
    assert kept == SCORES


def test_an_evaluation_of_a_closed_term_is_refused_and_nothing_is_written(worker):
    term = sitting_term(worker)
    end_support(term, on=HELD, how="goals_reached", by=worker)
    with pytest.raises(Refused, match="ended on"):
        hold_evaluation(term, held_on=HELD, by=worker, **PLAIN)
    assert not Evaluation.objects.filter(term=term).exists()


def test_sending_the_form_twice_keeps_one_evaluation(worker):
    term = sitting_term(worker)
    hold_evaluation(term, held_on=HELD, by=worker, **PLAIN)
    with pytest.raises(Refused):
        hold_evaluation(term, held_on=HELD, by=worker, **PLAIN)
    assert Evaluation.objects.filter(term=term).count() == 1


def test_a_positive_final_evaluation_of_a_trial_stay_awaits_the_tenancy_from_the_landlord(worker):
    term = trial_stay(worker).term
    hold_evaluation(term, held_on=HELD, by=worker, **MOVES_ON)
    pathway = SupportTerm.objects.get(pk=term.pk).pathway
    assert (pathway.awaits, pathway.awaits_party, pathway.awaits_from) == (Awaited.TENANCY, Party.LANDLORD, "Vivendo")
    assert Step.objects.get(pathway=pathway, station="final_evaluation").on == HELD


@pytest.mark.parametrize("facts", [{"is_positive": False}, {"next_step": "stop"}])
def test_otherwise_the_coordinator_says_what_comes_next(worker, facts):
    term = trial_stay(worker).term
    hold_evaluation(term, held_on=HELD, by=worker, **{**MOVES_ON, **facts})
    pathway = SupportTerm.objects.get(pk=term.pk).pathway
    assert (pathway.awaits, pathway.awaits_party) == (Awaited.NEXT_STEP, Party.COORDINATOR)


def test_a_final_evaluation_extends_the_term_within_the_maximum(worker):
    term = sitting_term(worker)
    later = term.agreed_last_day + timedelta(days=60)
    decided = {**MOVES_ON, "next_step": "extend", "extend_to": later}
    hold_evaluation(term, held_on=HELD, by=worker, **decided)
    again = SupportTerm.objects.get(pk=term.pk)
    assert (again.agreed_last_day, again.pathway.awaits) == (later, Awaited.EVALUATION)
    assert not Step.objects.filter(pathway=again.pathway, station="final_evaluation", state="done").exists()


def test_an_extension_over_the_maximum_is_refused_with_the_other_reasons(worker):
    term = sitting_term(worker)
    decided = {**MOVES_ON, "next_step": "extend", "extend_to": START + timedelta(days=800), "is_positive": None}
    with pytest.raises(Refused) as refused:
        hold_evaluation(term, held_on=HELD, by=worker, **decided)
    assert [each.code for each in refused.value.reasons] == ["no_verdict", "too_long"]
    assert [each.form_field for each in refused.value.reasons] == ["is_positive", "extend_to"]


def test_history_is_never_refused_and_an_unknown_day_stays_unknown(worker):
    term = sitting_term(worker)
    held = hold_evaluation(term, held_on=None, by=None, history=True, **{**MOVES_ON, "scores": {}})
    assert held.held_on is None
    assert "evaluation_on" in held.pathway.to_complete


def test_a_typing_error_is_mended_and_a_second_writer_is_not_overwritten(worker):
    held = hold_evaluation(sitting_term(worker), held_on=HELD, by=worker, hard="De burne.", **PLAIN)
    stale = Evaluation.objects.get(pk=held.pk)
    told = {"held_on": HELD, "scores": {"money": (4, 4)}, "on": worker.on, "by": worker}
    changed = change_evaluation(held, hard="De buren.", expected_version=1, **told)
    assert (changed.hard, list(changed.scores.values_list("by_resident", flat=True))) == ("De buren.", [4])
    with pytest.raises(Conflict):
        change_evaluation(stale, hard="De straat.", expected_version=1, **told)


def test_a_verdict_corrected_while_the_term_runs_changes_what_is_awaited(worker):
    term = trial_stay(worker).term
    held = hold_evaluation(term, held_on=HELD, by=worker, **MOVES_ON)
    decided = {"is_positive": False, "next_step": "move_on", "support_goes_on": False}
    change_evaluation(held, held_on=HELD, scores=SCORES, on=worker.on, by=worker, **decided)
    assert SupportTerm.objects.get(pk=term.pk).pathway.awaits == Awaited.NEXT_STEP


def test_an_evaluation_after_the_final_one_still_awaits_what_the_final_one_decided(worker):
    term = trial_stay(worker).term
    hold_evaluation(term, held_on=HELD, by=worker, **MOVES_ON)
    hold_evaluation(term, held_on=HELD + timedelta(days=20), by=worker, **PLAIN)
    assert SupportTerm.objects.get(pk=term.pk).pathway.awaits == Awaited.TENANCY


def test_a_later_final_evaluation_that_continues_takes_the_decision_back(worker):
    term = trial_stay(worker).term
    hold_evaluation(term, held_on=HELD, by=worker, **MOVES_ON)
    hold_evaluation(term, held_on=HELD + timedelta(days=20), by=worker, **{**MOVES_ON, "next_step": "continue"})
    again = SupportTerm.objects.get(pk=term.pk)
    assert again.pathway.awaits in {Awaited.EVALUATION, Awaited.FINAL_EVALUATION}
    assert again.next_evaluation_on
    assert Step.objects.get(pathway=again.pathway, station="final_evaluation").state == ""


def test_an_admission_after_the_final_evaluation_changes_nothing_of_what_is_awaited(worker):
    term = trial_stay(worker).term
    hold_evaluation(term, held_on=HELD, by=worker, **MOVES_ON)
    term = SupportTerm.objects.get(pk=term.pk)
    suspend(term, from_on=HELD, until_on=HELD + timedelta(days=5), reason_code="hospital", by=worker)
    assert SupportTerm.objects.get(pk=term.pk).pathway.awaits == Awaited.TENANCY
