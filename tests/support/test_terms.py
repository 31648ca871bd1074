"""Support as the programme runs it: it starts with the keys or in somebody's own home, rests, goes on, ends."""

from datetime import date

import pytest

from intrek.ground.access.models import Grant, Ground
from intrek.ground.common.refusals import Refused
from intrek.ground.documents.models import Paper
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.journal.models import Entry
from intrek.ground.pathways.models import Stage, Station, Step
from intrek.story.placement.models import Placement
from intrek.story.support import actions
from intrek.story.support.models import SupportTerm
from tests.factories import pathway, track_of
from tests.support.made import FIRST, prepared, sign_all, sitting_term, trial_term, worker

pytestmark = pytest.mark.django_db


def codes_of(refused):
    return [getattr(each.code, "value", each.code) for each in refused.value.reasons]


def test_the_keys_start_the_stay_its_support_and_the_clock():
    term = trial_term()
    way = term.pathway
    way.refresh_from_db()
    assert (way.stage, way.started_on, way.worker.name) == (Stage.RUNNING, FIRST, "Hanne Declercq")
    assert way.clock["ends_on"] == "2027-03-01"
    assert (way.awaits, way.awaits_by, way.awaits_facts) == ("evaluation", date(2026, 5, 1), {"number": "1"})
    stay = Occupancy.objects.get(person=way.person)
    assert (stay.title, stay.from_on, stay.until_on) == ("loan", FIRST, None)
    assert term.placement.agreed_last_day == term.agreed_last_day == date(2027, 3, 1)
    assert term.next_evaluation_on == date(2026, 5, 1)


def test_no_keys_without_papers_and_every_missing_paper_is_named_with_a_way_out():
    placement = prepared()
    with pytest.raises(Refused) as refused:
        actions.start_stay(placement, on=FIRST, worker=None, agreement_on=None, by=None)
    assert codes_of(refused) == ["no_worker", *["paper_missing"] * 6]
    ways = {each.way_out.url for each in refused.value.reasons if each.code.value == "paper_missing"}
    assert ways == {f"/documents/of/{placement.pk}/"}
    assert not SupportTerm.objects.filter(pathway=placement.pathway).exists()
    assert Placement.objects.get(pk=placement.pk).keys_on is None


def test_a_paper_signed_after_the_keys_does_not_count():
    placement = sign_all(prepared(), on=date(2026, 3, 5))
    with pytest.raises(Refused) as refused:
        actions.start_stay(placement, on=FIRST, worker=worker(), by=None)
    assert set(codes_of(refused)) == {"paper_too_late"}


def test_the_day_of_the_agreement_signs_the_paper():
    placement = sign_all(prepared())
    Paper.objects.filter(stay_id=placement.pk, rule__code="support_agreement").update(signed_on=None)
    term = actions.start_stay(placement, on=FIRST, worker=worker(), agreement_on=date(2026, 3, 1), by=None)
    assert Paper.objects.get(stay_id=placement.pk, rule__code="support_agreement").signed_on == term.agreement_on


def test_keys_on_another_day_keep_the_months_of_the_stay():
    placement = sign_all(prepared(months=6))
    term = actions.start_stay(placement, on=date(2026, 3, 12), worker=worker(), by=None)
    assert (term.starts_on, term.agreed_last_day) == (date(2026, 3, 12), date(2026, 9, 11))
    placement.refresh_from_db()
    assert placement.agreed_last_day == term.agreed_last_day


def test_support_of_the_trial_track_cannot_start_without_a_stay():
    way = pathway("waiting")
    with pytest.raises(Refused) as refused:
        actions.start_support(
            way, track=way.track, starts_on=FIRST, months=6, worker=worker(), agreement_on=FIRST, by=None
        )
    assert codes_of(refused) == ["starts_with_keys"]


def test_a_sitting_tenant_of_a_new_referral_is_refused_with_every_reason():
    way = pathway("new", "sitting")
    with pytest.raises(Refused) as refused:
        actions.start_support(way, track=way.track, starts_on=FIRST, months=13, worker=None, by=None)
    assert codes_of(refused) == ["not_accepted", "no_worker", "no_agreement", "too_long"]


def test_a_term_of_five_months_is_too_short():
    with pytest.raises(Refused) as refused:
        sitting_term(months=5)
    assert codes_of(refused) == ["too_short"]


def test_the_landlord_sees_tenancy_facts_as_long_as_the_stay_lasts():
    term = trial_term()
    grant = Grant.objects.get(pathway_id=term.pathway_id, ground=Ground.OWN_DWELLING)
    assert (grant.organisation.name, grant.categories, grant.until_on) == ("Vivendo", ["tenancy"], None)
    actions.end_stay(term.placement, on=date(2026, 8, 1), how="house_rules", by=None)
    grant.refresh_from_db()
    assert grant.until_on == date(2026, 8, 1)


def test_on_the_trial_track_support_ends_with_the_stay_and_not_before():
    term = trial_term()
    with pytest.raises(Refused) as refused:
        actions.end_support(term, on=date(2026, 8, 1), how="goals_reached", by=None)
    assert codes_of(refused) == ["tied_to_stay"]
    actions.end_stay(term.placement, on=date(2026, 8, 1), how="tenancy_signed", by=None)
    term = SupportTerm.objects.get(pk=term.pk)
    assert (term.ended_on, term.ended_how, term.next_evaluation_on) == (date(2026, 8, 1), "tenancy_signed", None)
    way = term.pathway
    assert (way.first_ended_on, way.first_ending, way.clock) == (date(2026, 8, 1), "positive", {})
    assert (way.awaits, way.awaits_party) == ("next_step", "coordinator")
    assert Occupancy.objects.get(person=way.person).until_on == date(2026, 8, 1)


def test_a_stay_that_fails_stops_the_line_at_the_trial_stay():
    term = trial_term()
    actions.end_stay(term.placement, on=date(2026, 8, 1), how="nuisance", by=None)
    step = Step.objects.get(pathway=term.pathway, station=Station.TRIAL_STAY)
    assert (step.state, step.on) == ("stopped", date(2026, 8, 1))
    term.placement.allocation.refresh_from_db()
    assert term.placement.allocation.released_on == date(2026, 8, 1)


def test_an_end_before_the_start_without_a_reason_is_refused_for_both():
    term = sitting_term()
    with pytest.raises(Refused) as refused:
        actions.end_support(term, on=date(2026, 3, 1), how="felt like it", by=None)
    assert codes_of(refused) == ["end_before_start", "no_ending"]


def test_what_ended_cannot_end_again():
    term = sitting_term()
    actions.end_support(term, on=date(2026, 8, 1), how="goals_reached", by=None)
    with pytest.raises(Refused) as refused:
        actions.end_support(term, on=date(2026, 8, 2), how="goals_reached", by=None)
    assert codes_of(refused) == ["ended_already"]


def test_a_trial_resident_goes_on_as_sitting_tenant_on_the_same_pathway():
    term = trial_term()
    way = term.pathway
    actions.end_stay(term.placement, on=date(2026, 9, 1), how="tenancy_signed", by=None)
    way.refresh_from_db()
    sitting = track_of(way.programme, "sitting")
    actions.start_support(
        way,
        track=sitting,
        starts_on=date(2026, 9, 2),
        months=6,
        worker=worker(),
        agreement_on=date(2026, 9, 2),
        by=None,
    )
    way.refresh_from_db()
    assert (way.track.kind, way.current_track, way.continued_on) == ("trial", sitting, date(2026, 9, 2))
    assert (way.started_on, way.first_ending) == (FIRST, "positive")
    assert way.awaits == "evaluation"


def test_only_one_support_term_runs_at_a_time():
    term = sitting_term()
    with pytest.raises(Refused) as refused:
        sitting_term(of=term.pathway)
    assert codes_of(refused) == ["runs_already"]


def test_support_is_extended_within_a_year_and_the_stay_with_it():
    term = trial_term(months=6)
    actions.extend_term(term, last_day=date(2027, 3, 1), by=None)
    term.placement.refresh_from_db()
    assert term.placement.agreed_last_day == date(2027, 3, 1)
    with pytest.raises(Refused) as refused:
        actions.extend_term(term, last_day=date(2027, 3, 2), by=None)
    assert codes_of(refused) == ["too_long"]


def test_an_extension_that_ends_sooner_is_none():
    with pytest.raises(Refused) as refused:
        actions.extend_term(trial_term(months=12), last_day=date(2027, 2, 1), by=None)
    assert codes_of(refused) == ["not_longer"]


def test_a_suspension_moves_last_day_evaluations_and_clock():
    term = trial_term(months=6)
    actions.suspend(term, from_on=date(2026, 4, 1), until_on=date(2026, 4, 10), reason_code="hospital", by=None)
    assert (term.agreed_last_day, term.next_evaluation_on) == (date(2026, 9, 11), date(2026, 5, 11))
    clock = term.pathway.clock
    assert clock["pauses"] == [["2026-04-01", "2026-04-10"]]
    assert clock["evaluations"][0] == {"due_on": "2026-05-11", "held_on": None}


def test_an_open_suspension_leaves_the_next_evaluation_without_a_day_until_it_ends():
    term = trial_term(months=6)
    rest = actions.suspend(term, from_on=date(2026, 4, 1), until_on=None, reason_code="hospital", by=None)
    assert (term.next_evaluation_on, term.pathway.awaits, term.pathway.awaits_by) == (None, "evaluation", None)
    actions.end_suspension(rest, until_on=date(2026, 4, 30), by=None)
    term = SupportTerm.objects.get(pk=term.pk)
    assert (term.agreed_last_day, term.next_evaluation_on) == (date(2026, 10, 1), date(2026, 5, 31))


def test_days_of_rest_do_not_count_toward_the_longest_term():
    term = trial_term(months=6)
    actions.suspend(term, from_on=date(2026, 4, 1), until_on=date(2026, 4, 10), reason_code="hospital", by=None)
    actions.extend_term(term, last_day=date(2027, 3, 11), by=None)
    assert term.agreed_last_day == date(2027, 3, 11)


def test_when_the_last_regular_evaluation_is_past_the_final_one_is_awaited():
    term = trial_term(months=6)
    term.evaluations_held = 2
    actions.refresh_clock(term, on=date(2026, 7, 3), held=[date(2026, 4, 29), date(2026, 7, 2)])
    way = term.pathway
    assert (way.awaits, way.awaits_by) == ("final_evaluation", date(2026, 9, 1))
    assert term.next_evaluation_on == date(2026, 9, 1)
    assert [each["held_on"] for each in way.clock["evaluations"]] == ["2026-04-29", "2026-07-02", None]


def test_what_was_held_survives_a_later_suspension():
    term = trial_term(months=6)
    term.evaluations_held = 1
    actions.refresh_clock(term, on=date(2026, 5, 2), held=[date(2026, 4, 29)])
    actions.suspend(term, from_on=date(2026, 6, 1), until_on=date(2026, 6, 5), reason_code="hospital", by=None)
    assert term.pathway.clock["evaluations"][0] == {"due_on": "2026-04-29", "held_on": "2026-04-29"}


def test_history_may_not_know_its_days_and_invents_none():
    way = pathway("waiting", "sitting", on=date(2025, 12, 1))
    term = actions.start_support(way, track=way.track, starts_on=None, worker=None, history=True, by=None)
    actions.end_support(term, on=None, how="unreachable", history=True, by=None)
    way.refresh_from_db()
    assert way.to_complete == ["agreed_last_day", "ended_on", "started_on"]
    assert (way.started_on, way.first_ended_on, way.first_ending) == (None, None, "negative")
    assert not SupportTerm.objects.open().filter(pathway=way).exists()


def test_each_step_is_told_on_the_timeline():
    term = trial_term()
    actions.end_stay(term.placement, on=date(2026, 8, 1), how="goals_reached", by=None)
    verbs = set(Entry.objects.filter(pathway_id=term.pathway_id).values_list("verb", flat=True))
    assert {"placement.prepared", "placement.keys_handed_over", "support.started", "support.ended"} <= verbs
