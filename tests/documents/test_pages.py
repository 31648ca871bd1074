"""Pages of papers and their texts: made, downloaded, written and approved by hand."""

import pytest
from django.urls import reverse

from intrek.ground.documents.models import PaperFile, Text
from tests.documents.made import paper_of, signable
from tests.factories import member, real_today
from tests.support.made import dwelling, prepared

pytestmark = pytest.mark.django_db

TODAY = real_today()


def day(on):
    return f"{on.day}/{on.month}/{on.year}"


@pytest.fixture
def stay():
    return signable()


@pytest.fixture
def ask(client):
    people = {}

    def go(name, row, answers=None, *, role="coordinator"):
        people[role] = people.get(role) or member(role)
        client.force_login(people[role].user)
        url = reverse(f"documents:{name}", args=[row] if row else [])
        return client.get(url) if answers is None else client.post(url, answers)

    return go


def test_all_papers_are_made_at_once_and_those_that_cannot_say_why(stay, ask):
    assert ask("make_all", stay.pk, {}).status_code == 302
    assert PaperFile.objects.filter(paper__stay_id=stay.pk).count() == 7
    # The dwelling was not looked over yet.
    assert reverse("placement:condition", args=[stay.pk, "entry"]) in ask("of_stay", stay.pk).content.decode()
    bare = prepared(home=dwelling("Elders 1"))
    ask("make_all", bare.pk, {})
    assert "geboortedatum van de bewoner" in ask("of_stay", bare.pk).content.decode()


def test_what_a_paper_prints_is_shown_before_it_is_made(stay, ask):
    paper = paper_of(stay, "no_domicile")
    assert "Langestraat 5, 8000 Brugge" in ask("make", paper.pk).content.decode()
    assert ask("make", paper.pk, {"language": "nl"}).status_code == 302
    bare = paper_of(prepared(home=dwelling("Elders 1")), "no_domicile")
    shown = ask("make", bare.pk).content.decode()
    assert reverse("placement:domicile", args=[bare.stay_id]) in shown
    assert ask("make", bare.pk, {"language": "nl"}).status_code == 200
    assert not PaperFile.objects.filter(paper=bare).exists()


def test_a_file_leaves_as_a_download_in_which_nothing_can_run(stay, ask):
    ask("make", paper_of(stay, "loan_deed").pk, {"language": "nl"})
    answer = ask("file", PaperFile.objects.get().pk)
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "Dhondt" not in answer["Content-Disposition"]


def test_a_signed_paper_that_is_no_longer_true_says_what_changed(stay, ask):
    paper = paper_of(stay, "key_receipt")
    ask("make", paper.pk, {"language": "nl"})
    ask("sign", paper.pk, {"signed_on": day(TODAY)})
    stay.pathway.person.family_name = "Dhondt-Maes"
    stay.pathway.person.save()
    assert "was “Linda Dhondt”, is “Linda Dhondt-Maes”" in ask("of_stay", stay.pk).content.decode()


def test_a_text_is_written_by_one_and_approved_by_another(ask):
    assert "Akte van bruikleen" in ask("texts", None).content.decode()
    ask("start", "loan_deed", {})
    draft = Text.objects.get(code="loan_deed")
    article = draft.articles.first()
    told = {"heading": "Wie", "body": "Wij en {resident.nam}.", "only_if": ["household"]}
    assert "regel 1 is geen invulveld" in ask("write_article", article.pk, told).content.decode()
    assert ask("write_article", article.pk, told | {"body": "Wij en {resident.name}."}).status_code == 302
    assert ask("add_article", draft.pk, {"heading": "Slot", "body": "Klaar."}).status_code == 302
    assert "Klaar." in ask("text", draft.pk).content.decode()
    assert ask("example", draft.pk).content.startswith(b"%PDF")
    assert ask("text", draft.pk, {"from_on": day(TODAY)}, role="support_worker").status_code == 302
    assert "versie 1 geldt sinds" in ask("kind", "loan_deed").content.decode().lower()
    assert ask("kind", "no_such_paper").status_code == 404


def test_a_worker_reads_texts_and_does_not_write_them(ask):
    assert ask("texts", None, role="support_worker").status_code == 200
    assert ask("start", "loan_deed", {}, role="support_worker").status_code == 404


def test_the_page_of_a_stay_asks_the_same_of_one_file_and_of_many(stay, ask, client, assert_same_queries):
    def grow():
        for paper in list(stay.pathway.papers.order_by("pk")) * 2:
            ask("make", paper.pk, {"language": "nl"})

    ask("make", paper_of(stay, "loan_deed").pk, {"language": "nl"})
    assert_same_queries(lambda: client.get(reverse("documents:of_stay", args=[stay.pk])), grow, at_most=28)
