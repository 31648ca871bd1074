"""Who looked: for coordinator and data protection officer, and as a sheet for the person."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intrek.ground.documents.actions import make_paper
from intrek.ground.journal.sealing import seal
from intrek.ground.people.actions import merge_person
from intrek.windows.desk.queries.looks import readers_of
from tests.documents.made import paper_of, signable
from tests.factories import member, pathway, person, real_today, second_programme

pytestmark = pytest.mark.django_db
LOOKS = "desk:looks"


@pytest.fixture
def made():
    return pathway(of=person("Wannes", "Zwartjas"))


@pytest.fixture
def looked(made, sign_in):
    """A support worker opened the page of the person twice, and another's once."""
    ruben, client = member("support_worker", name="Ruben Desmet"), None
    client = sign_in(ruben)
    for each in (made, made, pathway()):
        client.get(reverse("people:of_pathway", args=[each.pk]))
    return ruben


def rows(client, **asked):
    return client.get(reverse(LOOKS), asked).context["rows"]


@pytest.mark.parametrize("sealed", [False, True])
def test_the_looks_at_one_person_are_found_by_number_sealed_or_not(made, looked, sign_in, sealed):
    if sealed:
        seal(at=timezone.now())
    found = rows(sign_in(member("protection_officer")), number=made.number)
    assert [(each.by, each.how_many) for each in found] == [("Ruben Desmet", 1)] * 2


def test_they_are_narrowed_by_name_day_and_refusal(made, looked, sign_in):
    client, today = sign_in(member()), real_today()
    assert len(rows(client, by="ruben")) == 3
    assert rows(client, by="hanne") == []
    assert rows(client, by="ruben", until=(today - timedelta(days=1)).isoformat()) == []
    assert len(rows(client, by="ruben", since=today.isoformat(), until=today.isoformat())) == 3
    assert rows(client, by="ruben", refused="on") == []


def test_the_data_protection_officer_reads_no_name_of_a_person(made, looked, sign_in):
    page = sign_in(member("protection_officer")).get(reverse(LOOKS), {"number": made.number}).content.decode()
    assert "Ruben Desmet" in page
    assert "Zwartjas" not in page


@pytest.mark.parametrize("role", ["support_worker", "referrer", "housing_officer", "steering_member", "administrator"])
def test_nobody_else_reads_who_looked(made, looked, sign_in, role):
    client = sign_in(member(role))
    for address in (reverse(LOOKS), reverse("desk:looks_sheet", args=[made.pk])):
        assert client.get(address).status_code == 404


def test_another_programme_is_not_told(made, looked, sign_in):
    stranger = sign_in(member(programme=second_programme()))
    assert rows(stranger) == []
    assert rows(stranger, number=made.number) == []


def test_the_sheet_sums_up_for_the_person_who_looked_since_when_and_how_often(made, looked, sign_in):
    page = sign_in(member()).get(reverse("desk:looks_sheet", args=[made.pk]))
    (reader,) = page.context["readers"]
    assert (reader.by, reader.whom_for, reader.times) == ("Ruben Desmet", "OCMW Brugge", 2)
    assert reader.first == reader.last == real_today()
    assert "Zwartjas" in page.content.decode()


def test_a_paper_that_was_read_page_by_page_was_opened_once(sign_in):
    stay = signable()
    file = make_paper(paper_of(stay, "loan_deed"), on=real_today(), by=None)
    client = sign_in(member())
    for page in (1, 2):
        assert client.get(reverse("documents:page", args=[file.pk, page])).status_code == 200
    assert [each.times for each in readers_of(stay.pathway, at=timezone.now())] == [1]
    client.get(reverse("documents:sign_here", args=[file.pk, "resident"]))
    client.get(reverse("documents:of_stay", args=[stay.pk]))
    assert [each.times for each in readers_of(stay.pathway, at=timezone.now())] == [2]


def test_the_looks_of_before_two_entries_became_one_are_still_found(made, looked):
    merge_person(made.person, into=person("Wannes", "Zwartjas"), on=real_today(), by=None)
    made.refresh_from_db()
    assert [each.times for each in readers_of(made, at=timezone.now())] == [2]


def test_the_list_costs_the_same_with_one_look_and_with_thirty(made, looked, sign_in, assert_same_queries):
    client, ruben = sign_in(member()), sign_in(looked)

    def fetch():
        return client.get(reverse(LOOKS), {"number": made.number})

    def look():
        for _ in range(30):
            ruben.get(reverse("people:of_pathway", args=[made.pk]))

    assert_same_queries(fetch, look, at_most=10)
    assert len(fetch().context["rows"]) == 30
