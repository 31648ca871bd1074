from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.partners.models import Role
from intrek.ground.pathways.models import Pathway
from intrek.story.evaluation.actions import hold_evaluation
from intrek.story.tenancy.models import Tenancy
from tests.evaluation.terms import SCORES, START, trial_stay
from tests.factories import member

pytestmark = pytest.mark.django_db
FIRST = START + timedelta(days=95)


@pytest.fixture
def worker(client):
    found = member("support_worker", language="en")
    client.force_login(found.user)
    return found


def sign_url(placement):
    return reverse("tenancy:sign", args=[placement.pathway_id])


def evaluated(worker):
    placement = trial_stay(worker)
    said = {"is_final": True, "is_positive": True, "next_step": "move_on", "scores": SCORES, "support_goes_on": True}
    hold_evaluation(placement.term, held_on=START + timedelta(days=80), by=worker, **said)
    return placement


def test_before_the_final_evaluation_the_page_says_why_not_and_the_way_out(client, worker):
    placement = trial_stay(worker)
    page = client.get(sign_url(placement)).content.decode()
    assert "The final evaluation has not been held." in page
    assert reverse("evaluation:hold_final", args=[placement.term.pk]) in page


def test_the_contract_is_signed_and_read_back_by_a_colleague(client, worker):
    placement = evaluated(worker)
    landlord = placement.dwelling.owner_id
    answers = {"landlord": landlord, "starts_on": f"{FIRST:%d/%m/%Y}", "with_support": "on", "support_months": "6"}
    answers |= {"worker": worker.contact_id, "agreement_on": f"{FIRST:%d/%m/%Y}", "conditions": "Een hond mag."}
    response = client.post(sign_url(placement), answers)
    assert response.status_code == 302
    client.force_login(member("coordinator", language="en").user)
    page = client.get(reverse("tenancy:of_pathway", args=[placement.pathway_id])).content.decode()
    assert "Een hond mag." in page
    assert Pathway.objects.get(pk=placement.pathway_id).current_track.kind == "sitting"


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(client, worker):
    placement = evaluated(worker)
    answers = {"starts_on": f"{START:%d/%m/%Y}", "with_support": "on", "support_months": "13", "conditions": "Hond."}
    response = client.post(sign_url(placement), answers)
    page = response.content.decode()
    assert response.status_code == 200
    for field in ("landlord", "starts_on", "worker", "agreement_on"):
        assert response.context["form"].errors[field], field
    assert "Hond." in page
    assert not Tenancy.objects.exists()


def test_a_signed_contract_shows_itself_and_no_form(client, worker):
    placement = evaluated(worker)
    answers = {"landlord": placement.dwelling.owner_id, "starts_on": f"{FIRST:%d/%m/%Y}", "with_support": "on"}
    answers |= {"support_months": "6", "worker": worker.contact_id, "agreement_on": f"{FIRST:%d/%m/%Y}"}
    client.post(sign_url(placement), answers)
    assert 'name="landlord"' not in client.get(sign_url(placement)).content.decode()


@pytest.mark.parametrize("role", [Role.REFERRER, Role.HOUSING_OFFICER, Role.STEERING_MEMBER, Role.ADMINISTRATOR])
def test_the_contract_is_for_the_team_alone(client, worker, role):
    placement = trial_stay(worker)
    client.force_login(member(role).user)
    assert client.get(sign_url(placement)).status_code == 404
