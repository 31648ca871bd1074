"""Papers: laid ready, signed together, set aside (P13, P20)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intrek.ground.documents.actions import lay_paper
from intrek.ground.documents.models import Paper
from intrek.ground.documents.queries import groups_of, missing_papers
from tests.factories import member, real_today
from tests.support.made import dwelling, prepared

pytestmark = pytest.mark.django_db

TODAY = real_today()


def day(on):
    return f"{on.day}/{on.month}/{on.year}"


@pytest.fixture
def stay():
    return prepared()


@pytest.fixture
def ask(client):
    client.force_login(member("support_worker").user)

    def go(name, row, answers=None):
        url = reverse(f"documents:{name}", args=[row])
        return client.get(url) if answers is None else client.post(url, answers)

    return go


def test_papers_stand_in_the_groups_of_the_programme(stay):
    groups = groups_of(Paper.objects.filter(stay_id=stay.pk).select_related("rule")).groups
    found = [(group.code, len(group.papers)) for group in groups]
    assert found == [("before_keys", 6), ("at_handover", 2), ("leaving", 1)]


def test_several_papers_are_signed_at_once(stay, ask):
    chosen = [str(each.pk) for each in missing_papers(stay.pk)[:4]]
    assert ask("of_stay", stay.pk, {"papers": chosen, "signed_on": day(TODAY)}).status_code == 302
    assert len(missing_papers(stay.pk)) == 2


def test_papers_of_another_stay_are_not_signed_along(stay, ask):
    other = prepared(home=dwelling("Elders 1"))
    foreign = str(missing_papers(other.pk)[0].pk)
    assert ask("of_stay", stay.pk, {"papers": [foreign], "signed_on": day(TODAY)}).status_code == 200
    assert len(missing_papers(other.pk)) == 6


def test_a_paper_is_not_signed_tomorrow(stay, ask):
    paper = missing_papers(stay.pk)[0]
    assert ask("sign", paper.pk, {"signed_on": day(TODAY + timedelta(days=1))}).status_code == 200
    assert len(missing_papers(stay.pk)) == 6


def test_a_paper_is_set_aside_only_with_a_reason(stay, ask):
    paper = missing_papers(stay.pk)[0]
    assert ask("set_aside", paper.pk, {"why": " "}).status_code == 200
    assert ask("set_aside", paper.pk, {"why": "Staat al in de akte."}).status_code == 302
    assert len(missing_papers(stay.pk)) == 5
    assert "Staat al in de akte." in ask("of_stay", stay.pk).content.decode()


def test_papers_are_for_the_team_alone(stay, client):
    client.force_login(member("housing_officer").user)
    assert client.get(reverse("documents:of_stay", args=[stay.pk])).status_code == 404


def test_what_comes_along_the_way_or_at_leaving_is_not_missed_before(stay):
    before = {each.rule.code for each in stay.pathway.papers.select_related("rule") if each.is_missing}
    assert "leaving_report" not in before
    assert {"loan_deed", "key_receipt"} <= before
    lay_paper(stay.pathway, stay.pk, "reference_note", on=TODAY, by=None)
    assert {each.rule.code for each in stay.pathway.papers.select_related("rule") if each.is_missing} == before
