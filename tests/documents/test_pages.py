"""Pages of papers and their texts: made, downloaded, written and approved by hand."""

import pytest
from django.urls import reverse

from intrek.ground.common import wording
from intrek.ground.documents.models import Paper, PaperFile, Text
from tests.documents.made import paper_of, read, signable
from tests.factories import member, pathway, person, real_today, second_programme
from tests.support.made import dwelling, prepared, sitting_term

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
        url = reverse(f"documents:{name}", args=row if isinstance(row, tuple) else [row] if row else [])
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
    ask("start", ("loan_deed", "nl"), {})
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
    assert ask("start", ("loan_deed", "nl"), {}, role="support_worker").status_code == 404


def test_a_copy_is_written_beside_the_text_that_binds(ask):
    assert ask("start", ("house_rules", "de"), {}).status_code == 404
    ask("start", ("house_rules", "fr"), {})
    draft = Text.objects.get(code="house_rules", language="fr")
    page = ask("text", draft.pk).content.decode()
    assert all(each in page for each in ("de Nederlandse tekst bindt", "Voor welke woning", "Pour quel logement"))
    article = draft.articles.last()
    assert "Wat de tekst zegt die bindt" in ask("write_article", article.pk).content.decode()
    assert ask("name", draft.pk, {"title": "Règles de la maison"}).status_code == 302
    assert ask("text", draft.pk, {"from_on": day(TODAY)}, role="support_worker").status_code == 302
    assert "Règles de la maison" in ask("text", draft.pk).content.decode()
    assert "versie 1, goedgekeurd door" in ask("kind", "house_rules").content.decode()
    assert "Wat verschilt van het model" in page
    ask("start", ("loan_deed", "fr"), {})
    of_none = ask("text", Text.objects.get(code="loan_deed", language="fr").pk).content.decode()
    assert "Wat verschilt" not in of_none


def test_a_version_is_shown_with_the_facts_of_a_real_person(stay, ask, client):
    ask("start", ("loan_deed", "nl"), {})
    draft, paper = Text.objects.get(code="loan_deed"), paper_of(stay, "loan_deed")
    assert "Linda Dhondt" not in ask("text", draft.pk).content.decode()
    assert "Linda Dhondt" in ask("cases", draft.pk).content.decode()
    made_up = ask("example_page", (draft.pk, 1)).content
    assert ask("choose_case", (draft.pk, paper.pk), {}).status_code == 302
    assert "Linda Dhondt" in ask("text", draft.pk).content.decode()
    assert ask("example_page", (draft.pk, 1)).content != made_up
    assert "Linda" not in read(ask("example", draft.pk).content)
    stay.dwelling.owner = None
    stay.dwelling.save()
    assert reverse("dwellings:change", args=[stay.dwelling.pk]) in ask("text", draft.pk).content.decode()
    ask("drop_case", draft.pk, {})
    assert ask("example_page", (draft.pk, 1)).content == made_up


def test_a_version_is_not_shown_with_the_facts_of_who_one_may_not_see(stay, ask, client):
    ask("start", ("loan_deed", "nl"), {})
    draft, paper = Text.objects.get(code="loan_deed"), paper_of(stay, "loan_deed")
    assert ask("choose_case", (draft.pk, paper_of(stay, "consent").pk), {}).status_code == 404
    ask("choose_case", (draft.pk, paper.pk), {})
    elsewhere = pathway("allocated", of=person("Marc", "Elders", programme=second_programme()))
    Paper.objects.filter(pk=paper.pk).update(programme=elsewhere.programme, pathway=elsewhere)
    for page in ("text", "cases"):
        shown = ask(page, draft.pk).content.decode()
        assert "Elders" not in shown
        assert "Dhondt" not in shown
    assert ask("choose_case", (draft.pk, paper.pk), {}).status_code == 404


def test_the_page_of_cases_asks_the_same_of_one_and_of_thirty(stay, ask, client, assert_same_queries):
    ask("start", ("loan_deed", "nl"), {})
    draft = Text.objects.get(code="loan_deed")
    grow = lambda: [prepared(home=dwelling(f"Kortestraat {at}")) for at in range(29)]  # noqa: E731
    assert_same_queries(lambda: client.get(reverse("documents:cases", args=[draft.pk])), grow, at_most=20)


def test_every_paper_of_a_person_stands_on_one_page(stay, ask, client):
    ask("make_all", stay.pk, {})
    ask("sign", paper_of(stay, "consent").pk, {"signed_on": day(TODAY)})
    term = sitting_term()
    other = signable(person("Marc", "Anders"), home=dwelling("Kortestraat 9"))
    page = ask("of_pathway", stay.pathway_id)
    of_rows = {row.paper.stay_id for row in page.context["rows"]}
    assert of_rows == {stay.pk}
    deed = paper_of(stay, "loan_deed").files.get()
    words = page.content.decode()
    assert reverse("documents:file", args=[deed.pk]) in words
    assert f"getekend op {wording.day(TODAY)}" in words
    assert (
        reverse("documents:of_pathway", args=[term.pathway_id]) in ask("of_pathway", term.pathway_id).content.decode()
    )
    assert reverse("documents:of_stay", args=[other.pk]) not in words
    assert ask("of_pathway", stay.pathway_id, role="referrer").status_code == 404


def test_the_page_of_every_paper_asks_the_same_of_one_and_of_many(stay, ask, client, assert_same_queries):
    def grow():
        for paper in list(stay.pathway.papers.order_by("pk")) * 3:
            ask("make", paper.pk, {"language": "nl"})

    ask("make", paper_of(stay, "loan_deed").pk, {"language": "nl"})
    assert_same_queries(lambda: client.get(reverse("documents:of_pathway", args=[stay.pathway_id])), grow, at_most=20)


def test_the_page_of_a_stay_asks_the_same_of_one_file_and_of_many(stay, ask, client, assert_same_queries):
    def grow():
        for paper in list(stay.pathway.papers.order_by("pk")) * 2:
            ask("make", paper.pk, {"language": "nl"})

    ask("make", paper_of(stay, "loan_deed").pk, {"language": "nl"})
    assert_same_queries(lambda: client.get(reverse("documents:of_stay", args=[stay.pk])), grow, at_most=28)
