import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from intrek.ground.pathways.actions import set_facts
from intrek.ground.programmes.queries import track_of
from intrek.windows.steering.queries import figures, rows_behind
from intrek.windows.steering.queries.counts import by_referrer, flows, grouped, outcomes, waits
from intrek.windows.steering.rules import MEASURES, TRACKS, Span
from tests import factories
from tests.steering.stories import ACCEPTED, AGENDA, CLOSED, ENDED, REFERRED, STARTED, ended, everything, over, way

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def programme():
    return factories.programme_brugge()


def test_without_a_period_everything_counts_also_what_has_no_day(programme):
    everything(dated=False)
    found = figures(programme)
    each = {"trial": 1, "sitting": 1}
    assert found["referrals"] == {"total": 22, "trial": 11, "sitting": 11}
    assert found["started"] == {"trial": 6, "sitting": 6}
    assert found["completed_positive"] == {"trial": 2, "sitting": 2}
    for code in ("new", "awaiting_intervision", "waiting", "declined", "withdrawn", "dropped_out", "in_support"):
        assert found[code] == each, code


def test_in_a_period_an_unknown_day_counts_nowhere(programme):
    everything(dated=False)
    found = figures(programme, from_on=date(2000, 1, 1), until_on=date(2026, 1, 1), today=date(2026, 6, 1))
    assert {code: counts for code, counts in found.items() if counts != 0 and any(counts.values())} == {}


def test_what_stands_today_counts_also_where_a_day_is_unknown(programme):
    everything(dated=False)
    today = date(2026, 6, 1)
    found = figures(programme, from_on=today, until_on=today, today=today)
    for code in ("new", "awaiting_intervision", "waiting", "in_support"):
        assert found[code] == {"trial": 1, "sitting": 1}, code
    assert found["referrals"]["total"] == 0


def test_the_days_of_a_period_count_both_inclusive(programme):
    way("new")
    assert figures(programme, from_on=REFERRED, until_on=REFERRED)["referrals"]["total"] == 1
    assert figures(programme, from_on=REFERRED + DAY)["referrals"]["total"] == 0
    assert figures(programme, until_on=REFERRED - DAY)["referrals"]["total"] == 0


@pytest.mark.parametrize(
    ("on", "stock"),
    [
        (REFERRED - DAY, None),
        (REFERRED, "new"),
        (AGENDA - DAY, "new"),
        (AGENDA, "awaiting_intervision"),
        (ACCEPTED - DAY, "awaiting_intervision"),
        (ACCEPTED, "waiting"),
        (STARTED - DAY, "waiting"),
        (STARTED, "in_support"),
        (ENDED - DAY, "in_support"),
        (ENDED, None),
        (CLOSED, None),
    ],
)
def test_a_stock_stands_at_the_last_day_of_the_period_and_not_at_todays_stage(programme, on, stock):
    over("positive", "ended")
    found = figures(programme, until_on=on)
    stocks = [code for code in ("new", "awaiting_intervision", "waiting", "in_support") if found[code]["trial"]]
    assert stocks == ([stock] if stock else [])


def test_who_was_declined_awaited_intervision_until_that_day(programme):
    over("declined", "on_agenda")
    assert figures(programme, until_on=CLOSED - DAY)["awaiting_intervision"]["trial"] == 1
    assert figures(programme, until_on=CLOSED)["awaiting_intervision"]["trial"] == 0
    assert figures(programme, from_on=CLOSED, until_on=CLOSED)["declined"] == {"trial": 1, "sitting": 0}


def test_a_trial_resident_who_goes_on_as_sitting_tenant_is_no_sitting_start(programme):
    gone_on = ended("positive")
    set_facts(gone_on, current_track=track_of(programme, "sitting"), continued_on=ENDED)
    found = figures(programme)
    assert found["started"] == {"trial": 1, "sitting": 0}
    assert found["continued_as_sitting_tenant"] == 1
    assert figures(programme, from_on=ENDED, until_on=ENDED)["continued_as_sitting_tenant"] == 1


def test_going_on_counts_also_when_nobody_knows_since_when(programme):
    set_facts(ended("positive"), current_track=track_of(programme, "sitting"))
    assert figures(programme)["continued_as_sitting_tenant"] == 1


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("span", [Span(), Span(REFERRED, ENDED), Span(None, ACCEPTED), Span(STARTED, None)])
def test_every_figure_is_the_number_of_rows_behind_it(programme, dated, span):
    everything(dated=dated)
    set_facts(ended("positive", dated=dated), current_track=track_of(programme, "sitting"))
    found = figures(programme, from_on=span.from_on, until_on=span.until_on)
    for code in set(MEASURES) - {"continued_as_sitting_tenant"}:
        counted = {kind: rows_behind(programme, code, span, kind=kind).count() for kind in TRACKS}
        assert {kind: found[code][kind] for kind in TRACKS} == counted, code
    assert found["continued_as_sitting_tenant"] == rows_behind(programme, "continued_as_sitting_tenant", span).count()


def test_another_programme_is_never_counted(programme):
    way("new", programme=factories.second_programme())
    assert figures(programme)["referrals"]["total"] == 0
    assert not rows_behind(programme, "referrals", Span()).exists()


def test_each_partner_has_its_own_row_and_the_rows_behind_it(programme):
    caw, sas = factories.organisation("CAW"), factories.organisation("'t SAS")
    for _each in range(3):
        way("new", referred_by=caw)
    way("running", "sitting", referred_by=sas)
    rows = by_referrer(programme, grouped(programme, Span()))
    assert [(row.name, row.counts["trial"]["referrals"]) for row in rows] == [("CAW", 3), ("'t SAS", 0)]
    assert rows_behind(programme, "started", Span(), referrer=rows[1].key).count() == 1


def test_how_support_ended_stands_beside_whether_the_home_was_kept(programme):
    over("positive", "ended", how="goals_reached", kept="yes")
    over("negative", "ended", how="unreachable", kept="")
    told = {each.code: each.kept for each in outcomes(programme, grouped(programme, Span()))}
    assert told["goals_reached"] == {"yes": 1, "no": 0, "unknown": 0}
    assert told["unreachable"] == {"yes": 0, "no": 0, "unknown": 1}


def test_each_outcome_is_the_number_of_rows_behind_it(programme):
    over("positive", "ended", how="goals_reached", kept="yes")
    over("negative", "ended", how="unreachable", kept="")
    over("negative", "ended", how="", kept="unknown")
    for each in outcomes(programme, grouped(programme, Span())):
        behind = {kept: {"how": each.code or "none", "kept": kept} for kept in each.kept}
        counted = {kept: rows_behind(programme, "closed", Span(), **facts).count() for kept, facts in behind.items()}
        assert counted == each.kept, each.code


def test_waiting_is_counted_in_days_between_two_known_days(programme):
    way("running")
    way("running", dated=False)
    found = {each.step: (each.kind, each.count, each.median) for each in waits(programme, Span())}
    days = ((ACCEPTED - REFERRED).days, (STARTED - ACCEPTED).days)
    assert found == {"decision": ("trial", 1, days[0]), "start": ("trial", 1, days[1])}


def test_inflow_flow_through_and_outflow_stand_in_the_month_of_their_day(programme):
    over("positive", "ended")
    assert flows(programme, Span()) == {
        "2025-01": {"inflow": 1, "through": 0, "outflow": 0},
        "2025-04": {"inflow": 0, "through": 1, "outflow": 0},
        "2025-12": {"inflow": 0, "through": 0, "outflow": 1},
    }


def test_the_figures_take_one_statement_and_the_tracks(programme, assert_queries_at_most):
    everything()
    with assert_queries_at_most(2):
        figures(programme)


def printed(*arguments):
    out = StringIO()
    call_command("figures", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_figures(programme):
    way("waiting")
    found = json.loads(printed("--programme", "brugge", "--json"))
    assert found["waiting"] == {"trial": 1, "sitting": 0}
    assert list(found["referrals"]) == ["total", "trial", "sitting"]
    late = json.loads(printed("--programme", "brugge", "--until", "2024-12-31", "--json"))
    assert late["referrals"]["total"] == 0


@pytest.mark.parametrize("arguments", [("--from", "gisteren?"), ("--from", "2026-02-01", "--until", "2026-01-01")])
def test_the_command_says_what_is_wrong_with_a_day(programme, arguments):
    with pytest.raises(CommandError):
        printed("--programme", "brugge", *arguments)


def test_the_command_knows_no_other_programme():
    with pytest.raises(CommandError):
        printed("--programme", "nergens")
