from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.partners.models import Role
from intrek.ground.programmes.queries import codes
from intrek.story.evaluation.actions import hold_evaluation
from intrek.story.evaluation.models import Evaluation
from intrek.story.support.actions import end_support
from tests.evaluation.terms import SCORES, START, sitting_term, trial_stay
from tests.factories import member

pytestmark = pytest.mark.django_db
HELD = START + timedelta(days=60)


@pytest.fixture
def worker(client):
    found = member("support_worker", language="en")
    client.force_login(found.user)
    return found


def hold_url(term, page="hold"):
    return reverse(f"evaluation:{page}", args=[term.pk])


def answers(**facts):
    return {"held_on": f"{HELD:%d/%m/%Y}", "resident_home_care": "3", "worker_home_care": "", **facts}


def test_the_form_asks_every_life_domain_of_the_programme_twice(client, worker):
    term = sitting_term(worker)
    page = client.get(hold_url(term)).content.decode()
    for each in codes(term.programme, "life_domain"):
        assert f'name="resident_{each.code}"' in page
        assert f'name="worker_{each.code}"' in page


def test_an_evaluation_is_held_and_read_back_by_a_colleague(client, worker):
    term = sitting_term(worker)
    response = client.post(hold_url(term), answers(resident_words="Ik slaap beter."))
    assert response.status_code == 302
    client.force_login(member("coordinator", language="en").user)
    page = client.get(reverse("evaluation:of_pathway", args=[term.pathway_id])).content.decode()
    assert "Ik slaap beter." in page
    score = Evaluation.objects.get(term=term).scores.get(domain="home_care")
    assert (score.by_resident, score.by_worker) == (3, None)


def test_what_was_typed_is_kept_when_the_form_comes_back(client, worker):
    term = sitting_term(worker)
    before = START - timedelta(days=5)
    response = client.post(hold_url(term), answers(held_on=f"{before:%d/%m/%Y}", hard="De trap."))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Support starts on" in page
    assert "De trap." in client.get(hold_url(term)).content.decode()
    assert not Evaluation.objects.exists()


def test_the_final_evaluation_of_a_trial_stay_leads_to_the_tenancy(client, worker):
    term = trial_stay(worker).term
    decided = {"is_positive": "yes", "next_step": "move_on", "support_goes_on": "on"}
    response = client.post(hold_url(term, "hold_final"), answers(**decided))
    assert response.status_code == 302
    page = client.get(response.url).content.decode()
    assert reverse("tenancy:sign", args=[term.pathway_id]) in page


def test_a_closed_term_shows_the_reason_instead_of_the_form(client, worker):
    term = sitting_term(worker)
    end_support(term, on=HELD, how="goals_reached", by=worker)
    page = client.get(hold_url(term)).content.decode()
    assert "This support ended on" in page
    assert "resident_home_care" not in page


def test_two_who_correct_the_same_evaluation_are_shown_both_texts(client, worker):
    held = hold_evaluation(
        sitting_term(worker), held_on=HELD, is_final=False, is_positive=None, scores=SCORES, hard="De burne.", by=worker
    )
    url = reverse("evaluation:change", args=[held.pk])
    told = dict(client.get(url).context["work"].hidden)
    first = client.post(url, {**answers(hard="De buren."), **told})
    second = client.post(url, {**answers(hard="De straat."), **told})
    assert (first.status_code, second.status_code) == (302, 200)
    page = second.content.decode()
    assert "De buren." in page
    assert "De straat." in page
    assert Evaluation.objects.get(pk=held.pk).hard == "De buren."


@pytest.mark.parametrize("role", [Role.REFERRER, Role.HOUSING_OFFICER, Role.STEERING_MEMBER, Role.ADMINISTRATOR])
def test_evaluations_are_for_the_team_alone(client, worker, role):
    term = sitting_term(worker)
    client.force_login(member(role).user)
    for url in (hold_url(term), reverse("evaluation:of_pathway", args=[term.pathway_id])):
        assert client.get(url).status_code == 404


def test_many_evaluations_take_no_more_statements(client, worker, assert_same_queries):
    term = sitting_term(worker)
    said = {"is_final": False, "is_positive": None, "scores": SCORES, "by": worker}
    hold_evaluation(term, held_on=START, **said)
    grow = lambda: [hold_evaluation(term, held_on=START + timedelta(days=n), **said) for n in range(1, 30)]  # noqa: E731
    url = reverse("evaluation:of_pathway", args=[term.pathway_id])
    assert_same_queries(lambda: client.get(url), grow, at_most=25)
