"""The conditions are looked at again by themselves; people judge the rest; nothing is rewritten."""

from datetime import timedelta

import pytest

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.models import Step
from intrek.ground.people.actions import add_residence, change_person, change_registration, set_residences
from intrek.ground.programmes.models import Criterion
from intrek.story.eligibility.actions import assess, judge
from intrek.story.eligibility.models import Assessment
from intrek.story.eligibility.queries import conditions_of, current
from intrek.story.referral.actions import correct_referral, note_care
from tests.factories import member, person, real_today
from tests.referral.made import referral

pytestmark = pytest.mark.django_db


def verdicts(made):
    return {each.criterion.kind: each.verdict for each in current([made.pathway_id])[made.pathway_id]}


def criterion(made, kind):
    return Criterion.objects.get(track=made.track, kind=kind)


def test_handing_in_assesses_every_condition_of_the_track():
    made = referral()
    assert verdicts(made) == {
        "min_age": "unknown",
        "mental_health": "met",
        "repeated_housing": "met",
        "social_housing": "unknown",
        "domicile_days": "unknown",
    }


def test_the_sitting_tenant_is_asked_other_things():
    assert {"accepts_support", "statement", "exclusion"} <= set(verdicts(referral(track="sitting")))


def test_a_new_fact_about_the_person_is_heard_and_the_older_verdict_stays_in_the_history(today):
    made = referral()
    change_person(made.pathway.person, birth_on=today - timedelta(days=9999), on=today, by=member())
    assert verdicts(made)["min_age"] == "met"
    assert Assessment.objects.filter(pathway=made.pathway, criterion__kind="min_age").count() == 2


def test_residences_registration_care_and_answers_are_heard_too(today):
    made, by = referral(answers={}, care=None), member()
    lives = {"municipality": "Brugge", "since": (today - timedelta(days=99),) * 2, "still_there": True}
    set_residences(made.pathway.person, residences=[lives | {"domicile": "yes"}], on=today, by=by)
    change_registration(made.pathway.person, registered="no", on=today, by=by)
    note_care(made, mental_health="diagnosed", on=today, by=by)
    correct_referral(made, repeated_housing="no", on=today, by=by)
    found = verdicts(made)
    assert (found["domicile_days"], found["social_housing"]) == ("met", "unmet")
    assert (found["mental_health"], found["repeated_housing"]) == ("met", "unmet")


def test_nothing_new_writes_nothing(today):
    made = referral()
    before = Assessment.objects.count()
    assert assess(made.pathway, on=today) == []
    assert Assessment.objects.count() == before


def test_a_judgment_stands_until_the_facts_say_otherwise(today):
    made, by = referral(), member()
    judged = judge(made.pathway, criterion(made, "social_housing"), verdict="met", note="Brief.", on=today, by=by)
    correct_referral(made, remarks="Iets anders.", on=today, by=by)
    assert Assessment.objects.get(pk=judged.pk).is_current
    change_registration(made.pathway.person, registered="no", on=today, by=by)
    assert verdicts(made)["social_housing"] == "unmet"
    shown = next(each for each in conditions_of(made.pathway) if each.current.criterion.kind == "social_housing")
    assert judged in shown.before


def test_facts_that_keep_their_verdict_are_noted_beside_the_judgment(today):
    somebody = person()
    add_residence(somebody, municipality="Brugge", since=(today, today), still_there=True, domicile="yes")
    made, by = referral(somebody), member()
    judge(made.pathway, criterion(made, "domicile_days"), verdict="met", note="Attest.", on=today, by=by)
    lives = {"municipality": "Brugge", "since": (today - timedelta(days=20),) * 2, "still_there": True}
    set_residences(somebody, residences=[lives | {"domicile": "yes"}], on=today, by=by)
    shown = next(each for each in conditions_of(made.pathway) if each.current.criterion.kind == "domicile_days")
    assert (shown.current.verdict, shown.current.judged_by) == ("met", by.contact)
    assert shown.automatic.evidence["days_certain"] == 21


def test_a_judgment_without_a_judge_is_refused_and_nothing_is_written(today):
    made = referral()
    before = Assessment.objects.count()
    with pytest.raises(Refused) as refused:
        judge(made.pathway, criterion(made, "min_age"), verdict="met", note="", on=today, by=None)
    assert [each.code.value for each in refused.value.reasons] == ["no_judge", "no_words"]
    assert Assessment.objects.count() == before


def test_a_condition_of_the_other_track_is_not_judged(today):
    made = referral()
    other = Criterion.objects.exclude(track=made.track).filter(programme=made.programme).first()
    with pytest.raises(Refused) as refused:
        judge(made.pathway, other, verdict="met", note="Brief.", on=today, by=member())
    assert [each.code.value for each in refused.value.reasons] == ["other_track"]


def test_a_change_of_the_criteria_never_rewrites_a_past_assessment(today):
    made = referral()
    old = criterion(made, "min_age")
    Criterion.objects.filter(pk=old.pk).update(until_on=today - timedelta(days=1))
    Criterion.objects.create(
        programme=made.programme,
        track=made.track,
        series=old.series,
        kind="min_age",
        params={"years": 60},
        from_on=today,
    )
    change_person(made.pathway.person, birth_on=today - timedelta(days=9999), on=today, by=member())
    found = current([made.pathway_id])[made.pathway_id]
    assert [each.criterion for each in found if each.criterion.kind == "min_age"] == [old]
    assert verdicts(made)["min_age"] == "met"


def test_the_station_is_passed_once_every_condition_has_an_answer(today):
    made, by = referral(), member()
    for each in current([made.pathway_id])[made.pathway_id]:
        if each.verdict == "unknown":
            assert not Step.objects.filter(pathway=made.pathway, station="eligibility").exists()
            judge(made.pathway, each.criterion, verdict="met", note="Nagevraagd.", on=today, by=by)
    assert Step.objects.get(pathway=made.pathway, station="eligibility").state == "done"


def test_the_verdicts_of_many_pathways_take_one_query(assert_queries_at_most):
    made = [referral(on=real_today()) for _each in range(5)]
    with assert_queries_at_most(1):
        assert len(current([each.pathway_id for each in made])) == 5
