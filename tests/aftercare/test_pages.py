from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.partners.models import Role
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.queries import track_of
from intrek.story.aftercare.actions import knock
from intrek.story.aftercare.models import Knock
from intrek.story.support.actions import end_support
from tests.evaluation.terms import START, sitting_term
from tests.factories import member

pytestmark = pytest.mark.django_db
ENDED = START + timedelta(days=50)


@pytest.fixture
def worker(client):
    found = member("support_worker", language="en")
    client.force_login(found.user)
    return found


@pytest.fixture
def pathway(worker):
    term = sitting_term(worker)
    end_support(term, on=ENDED, how="goals_reached", by=worker)
    return Pathway.objects.get(pk=term.pathway_id)


def url(page, pathway):
    return reverse(f"aftercare:{page}", args=[pathway.pk])


def written(day):
    return f"{day:%d/%m/%Y}"


def test_the_whole_of_aftercare_goes_through_pages(client, worker, pathway):
    start = {"anchor": worker.contact_id, "from_on": written(ENDED), "for_landlord": "on"}
    assert client.post(url("start", pathway), start).status_code == 302
    told = {"on": written(worker.on), "who": "Vivendo", "what": "Lawaai in de gang."}
    assert client.post(url("knock", pathway), told).status_code == 302
    answer = reverse("aftercare:answer", args=[Knock.objects.get(pathway=pathway).pk])
    assert client.post(answer, {"answered_on": written(worker.on), "answer": "Gebeld."}).status_code == 302
    goodbye = {"on": written(worker.on), "ended_how": "goals_reached", "home_kept": "yes", "what_helped": "Koken."}
    assert client.post(url("close", pathway), {**goodbye, "lessons_about": ["talk"]}).status_code == 302
    client.force_login(member("coordinator", language="en").user)
    page = client.get(url("of_pathway", pathway)).content.decode()
    for words in ("Lawaai in de gang.", "Gebeld.", "Koken.", "Goals reached, home kept"):
        assert words in page


def test_a_talk_is_noted_on_its_own_page(client, worker, pathway):
    client.post(url("start", pathway), {"anchor": worker.contact_id, "from_on": written(ENDED), "for_resident": "on"})
    due = pathway.reviews.order_by("due_on").first()
    told = {"held_on": written(worker.on), "note": "Het gaat goed."}
    assert client.post(reverse("aftercare:hold_review", args=[due.pk]), told).status_code == 302
    assert "Het gaat goed." in client.get(url("of_pathway", pathway)).content.decode()


def test_back_to_support_is_one_page(client, worker, pathway):
    track = track_of(pathway.programme, "sitting")
    told = {"track": track.pk, "starts_on": written(worker.on), "months": "6", "worker": worker.contact_id}
    response = client.post(url("back", pathway), {**told, "agreement_on": written(worker.on)})
    assert response.status_code == 302
    assert Pathway.objects.get(pk=pathway.pk).stage == "running"


def test_while_support_runs_the_pages_say_why_not(client, worker):
    running = sitting_term(worker).pathway
    for page in ("of_pathway", "start", "back", "close"):
        text = client.get(url(page, running)).content.decode()
        assert "Support still runs" in text, page


def test_a_goodbye_without_its_outcomes_comes_back_with_both_reasons(client, worker, pathway):
    response = client.post(url("close", pathway), {"on": written(worker.on), "what_helped": "Koken."})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"ended_how", "home_kept"}
    assert "Koken." in client.get(url("close", pathway)).content.decode()


@pytest.mark.parametrize("role", [Role.REFERRER, Role.HOUSING_OFFICER, Role.STEERING_MEMBER, Role.ADMINISTRATOR])
def test_aftercare_is_for_the_team_alone(client, pathway, role):
    client.force_login(member(role).user)
    for page in ("of_pathway", "start", "knock", "back", "close"):
        assert client.get(url(page, pathway)).status_code == 404, page


def test_many_knocks_take_no_more_statements(client, worker, pathway, assert_same_queries):
    told = {"who": "Vivendo", "what": "Lawaai.", "on": worker.on, "by": worker}
    knock(pathway, **told)
    grow = lambda: [knock(pathway, **told) for _each in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(url("of_pathway", pathway)), grow, at_most=25)
