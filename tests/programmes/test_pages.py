"""What the programme asks stands on a page (P4), and changes from a day on, never backwards (P5)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.common.wording import day
from intrek.ground.programmes import queries
from intrek.ground.programmes.forms import ProgrammeRuleForm, ScreenRuleForm
from intrek.ground.programmes.models import Criterion, ProgrammeRule
from intrek.ground.programmes.queries import criteria_of, rule_of, track_of
from tests import factories

pytestmark = pytest.mark.django_db
EVERY_ROLE = [
    "coordinator",
    "support_worker",
    "referrer",
    "housing_officer",
    "steering_member",
    "protection_officer",
    "administrator",
]


def typed(on):
    return f"{on.day}/{on.month}/{on.year}"


@pytest.fixture
def coordinator():
    return factories.member("coordinator")


@pytest.fixture
def trial(coordinator):
    return track_of(coordinator.programme, "trial")


@pytest.fixture
def client(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_everyone_reads_for_whom_the_programme_is(role, sign_in):
    page = sign_in(factories.member(role)).get(reverse("programmes:for_whom")).content.decode()
    assert "90" in page
    assert "Brugge" in page


def test_for_whom_is_drawn_from_the_programme_one_is_in(sign_in):
    factories.programme_brugge()
    other = factories.member("coordinator", programme=factories.second_programme())
    page = sign_in(other).get(reverse("programmes:for_whom")).content.decode()
    assert "Roeselare" in page
    assert "Brugge" not in page


@pytest.mark.parametrize("role", ["support_worker", "referrer", "housing_officer", "steering_member"])
def test_only_who_runs_the_programme_sees_its_settings(role, sign_in):
    client = sign_in(factories.member(role))
    names = ["programmes:settings", "programmes:change_rule", "programmes:codes"]
    assert {client.get(reverse(name)).status_code for name in names} == {404}
    assert client.get(reverse("programmes:criteria", args=["trial"])).status_code == 404


def test_an_administrator_sets_quotas_but_not_who_the_programme_is_for(sign_in):
    client = sign_in(factories.member("administrator"))
    assert client.get(reverse("programmes:settings")).status_code == 200
    assert client.get(reverse("programmes:criteria", args=["trial"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("settings", []),
        ("change_rule", []),
        ("change_track", ["trial"]),
        ("criteria", ["sitting"]),
        ("add_criterion", ["trial", "min_age"]),
        ("add_criterion", ["trial", "statement"]),
        ("codes", []),
        ("code_list", ["ending"]),
        ("add_code", ["ending"]),
        ("preview", ["min_age"]),
    ],
)
def test_every_page_of_the_settings_opens(name, args, client):
    assert client.get(reverse(f"programmes:{name}", args=args)).status_code == 200


@pytest.mark.parametrize(
    ("name", "args"), [("code_list", ["nothing"]), ("add_criterion", ["trial", "nothing"]), ("criteria", ["third"])]
)
def test_what_is_not_there_is_not_found(name, args, client):
    assert client.get(reverse(f"programmes:{name}", args=args)).status_code == 404


def answers_of(rule):
    """The numbers of a rule, as its form sends them."""
    return {name: getattr(rule, name) for name in ProgrammeRuleForm.base_fields if name != "from_on"}


def test_a_new_quota_holds_from_its_day_and_the_old_one_before(client, coordinator, today):
    rule = rule_of(coordinator.programme, today)
    answers = answers_of(rule)
    later = today + timedelta(days=30)
    answers |= {"dwellings_a_year": 7, "from_on": typed(later)}
    assert client.post(reverse("programmes:change_rule"), answers).status_code == 302
    assert rule_of(coordinator.programme, later).dwellings_a_year == 7
    assert rule_of(coordinator.programme, later - timedelta(days=1)).dwellings_a_year == 5
    page = client.get(reverse("programmes:settings")).content.decode()
    assert day(later) in page


def test_how_long_a_screen_of_one_role_may_be_left_alone_is_set_from_a_day_on(client, coordinator, today):
    rule = rule_of(coordinator.programme, today)
    answers = {name: getattr(rule, name) for name in ScreenRuleForm.base_fields if name != "from_on"}
    later = today + timedelta(days=3)
    answers |= {"idle_referrer": 5, "from_on": typed(later)}
    assert client.post(reverse("programmes:change_screens"), answers).status_code == 302
    after = rule_of(coordinator.programme, later)
    assert (after.idle_referrer, after.idle_coordinator, after.dwellings_a_year) == (5, 30, rule.dwellings_a_year)
    assert rule_of(coordinator.programme, today).idle_referrer == 30


def test_a_quota_of_yesterday_is_refused_in_words(client, coordinator, today):
    rule = rule_of(coordinator.programme, today)
    answers = answers_of(rule)
    answers |= {"dwellings_a_year": 7, "from_on": typed(today - timedelta(days=1))}
    page = client.post(reverse("programmes:change_rule"), answers)
    assert page.status_code == 200
    assert day(today) in page.content.decode()
    assert ProgrammeRule.objects.filter(programme=coordinator.programme).count() == 1


def test_a_term_whose_least_is_more_than_its_most_is_refused(client, coordinator, trial, today):
    answers = {"min_months": 13, "max_months": 12, "evaluation_months": 0, "visit_days": 7, "stay_title": "loan"}
    page = client.post(reverse("programmes:change_track", args=["trial"]), answers | {"from_on": typed(today)})
    assert page.status_code == 200
    assert page.content.decode().count("error-summary") >= 1
    assert track_of(coordinator.programme, "trial").rule(today).min_months == 6


def test_a_condition_added_for_next_month_is_not_asked_today(client, trial, today):
    later = today + timedelta(days=30)
    url = reverse("programmes:add_criterion", args=["trial", "statement"])
    client.post(url, {"text_nl": "Heeft een huisdier.", "from_on": typed(later)})
    assert "Heeft een huisdier." not in [str(each) for each in criteria_of(trial, today)]
    assert "Heeft een huisdier." in [str(each) for each in criteria_of(trial, later)]
    page = client.get(reverse("programmes:for_whom")).content.decode()
    assert "Heeft een huisdier." not in page


def test_a_statement_without_a_sentence_is_refused(client, trial, today):
    url = reverse("programmes:add_criterion", args=["trial", "statement"])
    assert client.post(url, {"text_nl": " ", "from_on": typed(today)}).status_code == 200
    assert len(criteria_of(trial, today)) == 5


def test_a_changed_condition_keeps_what_was_asked_before(client, trial, today):
    domicile = criteria_of(trial, today)[-1]
    url = reverse("programmes:change_criterion", args=[domicile.pk])
    answers = {"days": 180, "years": 3, "municipality": "Brugge", "from_on": typed(today)}
    assert client.post(url, answers).status_code == 302
    assert criteria_of(trial, today)[-1].params["days"] == 180
    assert criteria_of(trial, today - timedelta(days=1))[-1].params["days"] == 90
    domicile.refresh_from_db()
    assert domicile.params["days"] == 90
    assert "90" in client.get(url).content.decode()


def test_a_planned_change_can_be_taken_back(client, trial, today):
    domicile = criteria_of(trial, today)[-1]
    later = today + timedelta(days=10)
    answers = {"days": 30, "years": 3, "municipality": "Brugge", "from_on": typed(later)}
    client.post(reverse("programmes:change_criterion", args=[domicile.pk]), answers)
    planned = criteria_of(trial, later)[-1]
    client.post(reverse("programmes:take_back_criterion", args=[planned.pk]))
    assert criteria_of(trial, later)[-1] == domicile


def test_a_condition_in_force_cannot_be_taken_back(client, trial, today):
    first = criteria_of(trial, today)[0]
    client.post(reverse("programmes:take_back_criterion", args=[first.pk]))
    assert first in criteria_of(trial, today)


def test_a_condition_ends_with_its_last_day(client, trial, today):
    first = criteria_of(trial, today)[0]
    client.post(reverse("programmes:end_criterion", args=[first.pk]), {"last_day": typed(today)})
    assert first in criteria_of(trial, today)
    assert first not in criteria_of(trial, today + timedelta(days=1))
    page = client.post(
        reverse("programmes:change_criterion", args=[first.pk]),
        {"years": 21, "from_on": typed(today + timedelta(days=3))},
    )
    assert page.status_code == 200


def test_conditions_are_asked_in_the_order_one_chooses(client, trial, today):
    first, second, *_others = criteria_of(trial, today)
    client.post(reverse("programmes:move_criterion", args=[second.pk]), {"up": "1"})
    assert criteria_of(trial, today)[:2] == [second, first]
    client.post(reverse("programmes:move_criterion", args=[second.pk]), {"up": "1"})
    assert criteria_of(trial, today)[:2] == [second, first]


def test_a_condition_of_another_programme_is_not_found(client, today):
    foreign = criteria_of(track_of(factories.second_programme(), "trial"), today)[0]
    for name in ("change_criterion", "end_criterion"):
        assert client.get(reverse(f"programmes:{name}", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("programmes:move_criterion", args=[foreign.pk])).status_code == 404


def test_the_sentence_is_shown_while_it_is_written(client):
    page = client.get(reverse("programmes:preview", args=["min_age"]), {"years": "21"}).content.decode()
    assert "21" in page
    page = client.get(reverse("programmes:preview", args=["statement"]), {"text_nl": "<b>Ja</b>"}).content.decode()
    assert "&lt;b&gt;Ja" in page


def test_a_code_list_grows_and_an_entry_retires(client, coordinator, today):
    url = reverse("programmes:add_code", args=["ending"])
    assert client.post(url, {"label_nl": "Naar het buitenland", "label_en": "Went abroad"}).status_code == 200
    client.post(url, {"label_nl": "Naar het buitenland", "label_en": "Went abroad", "group": "neutral"})
    item = coordinator.programme.codes.get(list="ending", code="went_abroad")
    client.post(reverse("programmes:retire_code", args=[item.pk]))
    programme = factories.programme_brugge()
    assert "went_abroad" not in [each.code for each in queries.codes(programme, "ending", on=today)]
    assert programme.code_label("ending", "went_abroad") == "Naar het buitenland"
    client.post(reverse("programmes:restore_code", args=[item.pk]))
    assert "went_abroad" in [each.code for each in queries.codes(factories.programme_brugge(), "ending", on=today)]


def test_an_entry_is_not_written_twice(client, coordinator):
    url = reverse("programmes:add_code", args=["decline"])
    assert client.post(url, {"label_nl": "ANDERE REDEN"}).status_code == 200
    assert coordinator.programme.codes.filter(list="decline").count() == 6


def test_an_entry_is_written_otherwise(client, coordinator):
    item = coordinator.programme.codes.get(list="decline", code="other")
    url = reverse("programmes:change_code", args=[item.pk])
    assert client.post(url, {"label_nl": "Iets anders"}).status_code == 302
    item.refresh_from_db()
    assert (item.code, str(item)) == ("other", "Iets anders")


def test_of_two_coordinators_the_second_sees_what_the_first_saved(client, coordinator, sign_in, today):
    item = coordinator.programme.codes.get(list="decline", code="other")
    url = reverse("programmes:change_code", args=[item.pk])
    seen = client.get(url).context["work"]
    other = sign_in(factories.member("coordinator"))
    other.post(url, {"label_nl": "Van de ander"})
    page = client.post(url, {"label_nl": "Van mij", **dict(seen.hidden)})
    assert "Van de ander" in page.content.decode()
    item.refresh_from_db()
    assert str(item) == "Van de ander"


def test_for_whom_takes_no_query_more_for_more_conditions(client, trial, today, assert_same_queries):
    def grow():
        first = criteria_of(trial, today)[0]
        for number in range(25):
            first.pk = first.series = None
            Criterion.objects.create(
                programme_id=trial.programme_id,
                track=trial,
                series=trial.pk,
                kind="statement",
                texts={"nl": f"Voorwaarde {number}"},
                from_on=today,
            )

    assert_same_queries(lambda: client.get(reverse("programmes:for_whom")), grow, at_most=10)
