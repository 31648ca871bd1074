"""Each condition against plain facts: met, unmet or unknown, never a silent no."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.programmes.models import CriterionKind
from intrek.story.eligibility import rules
from intrek.story.eligibility.rules import Found, Next, Standing
from intrek.story.referral.rules import Told, ToldResidence

ON = date(2026, 11, 23)
DAYS = {"days": 90, "years": 3, "municipality": "Brugge"}


def judged(kind, told=None, params=None):
    return rules.verdicts([SimpleNamespace(kind=kind, params=params or {})], told or Told(), ON)[0]


def lived(since, until=None, *, municipality="Brugge", domicile="yes"):
    """`since` and `until` as days or imprecise days; no `until`: still there."""
    since, until = (ImpreciseDay.exact(each) if isinstance(each, date) else each for each in (since, until))
    return ToldResidence(municipality, domicile, since, until or ImpreciseDay(), still_there=until is None)


def domicile(*residences):
    return judged("domicile_days", Told(residences=residences), DAYS)


def ago(days):
    return ON - timedelta(days=days)


def test_every_kind_of_condition_has_its_judge():
    assert set(rules.JUDGES) == set(CriterionKind.values)


@pytest.mark.parametrize(
    ("born", "verdict"), [(date(2008, 11, 23), "met"), (date(2008, 11, 24), "unmet"), (None, "unknown")]
)
def test_one_is_eighteen_on_ones_birthday(born, verdict):
    assert judged("min_age", Told(birth_on=born), {"years": 18}).verdict == verdict


@pytest.mark.parametrize(
    ("answer", "verdict"), [("diagnosed", "met"), ("suspected", "met"), ("no", "unmet"), ("unknown", "unknown")]
)
def test_a_suspected_mental_health_problem_is_enough(answer, verdict):
    assert judged("mental_health", Told(mental_health=answer)).verdict == verdict


@pytest.mark.parametrize("kind", ["repeated_housing", "social_housing", "accepts_support"])
@pytest.mark.parametrize(("answer", "verdict"), [("yes", "met"), ("no", "unmet"), ("unknown", "unknown")])
def test_unknown_is_never_silently_no(kind, answer, verdict):
    told = Told(repeated_housing=answer, registered=answer, accepts_support=answer)
    assert judged(kind, told).verdict == verdict


@pytest.mark.parametrize("kind", ["statement", "exclusion"])
def test_what_a_person_judges_stays_unknown_by_itself(kind):
    assert judged(kind, Told(mental_health="diagnosed")).verdict == "unknown"


@pytest.mark.parametrize(("days", "verdict"), [(89, "met"), (88, "unmet")])
def test_ninety_days_count_the_day_of_referral_too(days, verdict):
    found = domicile(lived(ago(days)))
    assert (found.verdict, found.evidence["days_certain"]) == (verdict, days + 1)


def test_the_window_is_the_three_years_that_end_on_the_day_of_referral():
    assert domicile(lived(ago(30))).evidence["window"] == ["2023-11-24", "2026-11-23"]
    before = domicile(lived(date(2010, 1, 1), date(2023, 11, 23)))
    assert (before.verdict, before.evidence["days_certain"]) == ("unmet", 0)
    assert domicile(lived(date(2010, 1, 1), date(2023, 11, 24))).evidence["days_certain"] == 1


def test_days_that_overlap_are_counted_once():
    found = domicile(lived(ago(60), ago(11)), lived(ago(40)))
    assert found.evidence["days_certain"] == 61


def test_a_year_alone_leaves_it_open():
    found = domicile(lived(ImpreciseDay.of_year(2026)))
    assert (found.verdict, found.evidence["days_certain"]) == ("unknown", 0)
    assert found.evidence["days_possible"] >= 90
    assert found.evidence["periods"][0][3] is False


def test_an_imprecise_day_does_not_matter_when_the_certain_days_are_enough():
    assert domicile(lived(ImpreciseDay.of_year(2024))).verdict == "met"


def test_too_few_even_at_best_is_unmet():
    assert domicile(lived(ImpreciseDay.of_month(2026, 10))).verdict == "unmet"


@pytest.mark.parametrize("answer", [{"domicile": "unknown"}, {"municipality": ""}])
def test_a_residence_without_a_word_on_domicile_or_place_is_possible_not_certain(answer):
    found = domicile(lived(ago(400), **answer))
    assert (found.verdict, found.evidence["days_certain"]) == ("unknown", 0)


def test_an_end_that_nobody_knows_counts_no_certain_day():
    assert domicile(lived(ago(400), ImpreciseDay())).verdict == "unknown"


@pytest.mark.parametrize("answer", [{"domicile": "no"}, {"municipality": "Izegem"}])
def test_elsewhere_or_without_domicile_does_not_count_and_is_shown(answer):
    found = domicile(lived(ago(400), **answer))
    assert (found.verdict, len(found.evidence["not_counted"])) == ("unmet", 1)


def test_the_municipality_is_recognised_however_it_is_written():
    assert domicile(lived(ago(400), municipality=" BRÚGGE ")).verdict == "met"


def test_nothing_told_is_unknown_and_what_is_not_told_is_counted():
    assert domicile().verdict == "unknown"
    assert domicile(lived(ago(53))).evidence["days_untold"] == 1096 - 54


JUDGED = Standing("met", is_judged=True, automatic=("unmet", {"answer": "no"}))


@pytest.mark.parametrize(
    ("standing", "found", "becomes"),
    [
        (None, ("unknown", {}), Next.CURRENT),
        (Standing("unmet", False, ("unmet", {})), ("unmet", {}), Next.NOTHING),
        (Standing("unmet", False, ("unmet", {})), ("unmet", {"days": 1}), Next.CURRENT),
        (JUDGED, ("unmet", {"answer": "no"}), Next.NOTHING),
        (JUDGED, ("unmet", {"answer": "unknown"}), Next.BESIDE),
        (JUDGED, ("unknown", {"answer": "unknown"}), Next.CURRENT),
    ],
)
def test_a_judgment_holds_until_the_facts_give_another_verdict(standing, found, becomes):
    assert rules.what_becomes(Found(None, *found), standing) == becomes


def test_a_judgment_needs_a_judge_a_verdict_and_words_and_says_so_all_at_once():
    reasons = rules.judge_reasons(has_judge=False, verdict="", note=" ", is_asked=False)
    assert [each.code.value for each in reasons] == ["no_judge", "other_track", "no_verdict", "no_words"]
    assert rules.judge_reasons(has_judge=True, verdict="met", note="Brief gezien.", is_asked=True) == []


def test_the_evidence_reads_as_sentences():
    found = domicile(lived(ago(53)), lived(date(2023, 1, 1), ago(54), municipality="Izegem"))
    words = rules.evidence_words("domicile_days", found.verdict, found.evidence)
    assert words[0].startswith("54 ")
    assert len(words) == 1
    assert "90" in words[0]
