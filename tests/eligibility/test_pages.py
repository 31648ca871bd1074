"""The page of the conditions, the judgment, and how it seems while one types."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from intrek.ground.people.actions import add_residence
from intrek.ground.programmes.models import Criterion
from intrek.story.eligibility.models import Assessment
from tests.factories import member, person
from tests.referral.made import referral

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def typing(client, answers, draft=None, **options):
    url = reverse("eligibility:typing", args=[draft or uuid4(), "person"])
    return client.post(url, answers, **options).context["seeming"]


def test_the_evidence_stands_with_its_periods(sign_in, today):
    somebody = person()
    add_residence(
        somebody, municipality="Brugge", since=(today - timedelta(days=53),) * 2, still_there=True, domicile="yes"
    )
    made = referral(somebody)
    text = sign_in(member()).get(reverse("eligibility:of_pathway", args=[made.pathway_id])).content.decode()
    assert "54 dagen" in text
    assert "Brugge" in text


@pytest.mark.parametrize("role", ["referrer", "housing_officer", "steering_member"])
def test_only_the_team_reads_the_conditions(sign_in, role):
    by = member(role)
    made = referral(by=by) if role != "steering_member" else referral()
    assert sign_in(by).get(reverse("eligibility:of_pathway", args=[made.pathway_id])).status_code == 404


def test_a_judgment_is_written_with_who_and_what_it_rests_on(sign_in):
    made, by = referral(), member("support_worker")
    criterion = Criterion.objects.get(track=made.track, kind="social_housing")
    url = reverse("eligibility:judge", args=[made.pathway_id, criterion.pk])
    client = sign_in(by)
    assert client.post(url, {"verdict": "met", "note": " "}).status_code == 200
    assert client.post(url, {"verdict": "met", "note": "Brief gezien."}).status_code == 302
    judged = Assessment.objects.get(pathway=made.pathway, criterion=criterion, is_current=True)
    assert (judged.verdict, judged.judged_by, judged.note) == ("met", by.contact, "Brief gezien.")
    page = client.get(reverse("eligibility:of_pathway", args=[made.pathway_id])).content.decode()
    assert by.contact.name in page


def test_while_typing_every_condition_seems_something_and_nothing_is_refused(sign_in):
    client = sign_in(member("referrer"))
    typed = {"track": "trial", "birth_on": "31/2/19", "residences-0-since": "5/", "residences-0-municipality": "Brugge"}
    assert {each.state for each in typing(client, typed, headers=HTMX)} == {"unknown"}
    typed = {"track": "trial", "birth_on": "3/3/1990", "mental_health": "no"}
    states = {each.criterion.kind: each.state for each in typing(client, typed, headers=HTMX)}
    assert (states["min_age"], states["mental_health"]) == ("done", "no")


def test_what_was_typed_in_other_steps_counts_too(sign_in):
    client, draft = sign_in(member("referrer")), uuid4()
    client.post(reverse("referral:step", args=[draft, "referrer"]), {"track": "sitting", "_to": "next"})
    states = {each.criterion.kind: each.state for each in typing(client, {"accepts_support": "yes"}, draft)}
    assert states["accepts_support"] == "done"


def test_of_a_housing_partner_nothing_on_health_is_looked_at(sign_in):
    client = sign_in(member("housing_officer"))
    states = {
        each.criterion.kind: each.state for each in typing(client, {"track": "trial", "mental_health": "diagnosed"})
    }
    assert states["mental_health"] == "unknown"


def test_typing_writes_nothing(sign_in):
    typing(sign_in(member("referrer")), {"track": "trial", "birth_on": "3/3/1990"})
    assert not Assessment.objects.exists()


def test_the_page_takes_as_many_queries_after_many_verdicts(sign_in, assert_same_queries, today):
    made, client = referral(), sign_in(member())
    criterion = Criterion.objects.get(track=made.track, kind="social_housing")

    def grow():
        rows = [
            {"pathway": made.pathway, "criterion": criterion, "verdict": "met", "is_current": False} for _ in range(29)
        ]
        for row in rows:
            Assessment.objects.create(programme=made.programme, assessed_on=today, judged_by=member().contact, **row)

    assert_same_queries(lambda: client.get(reverse("eligibility:of_pathway", args=[made.pathway_id])), grow, at_most=15)
