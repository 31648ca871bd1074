"""The texts of papers: written by one, approved by another, and never a word that prints nothing."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from intrek.ground.common.refusals import Refused
from intrek.ground.documents import store
from intrek.ground.documents.actions import (
    approve_text,
    example_of,
    make_paper,
    move_article_up,
    name_text,
    start_version,
    take_out_article,
    write_article,
)
from intrek.ground.documents.placeholders import (
    CONTRARY,
    PUBLISHED,
    blocks_of,
    body_reasons,
    condition_reasons,
    names_in,
)
from intrek.ground.documents.placeholders import Reason as Wrong
from intrek.ground.documents.queries import (
    differences,
    kind_page,
    languages_of,
    model_version,
    original_of,
    version_of,
    version_on,
)
from intrek.ground.documents.rules import Reason
from intrek.ground.documents.shipped import model_texts
from tests.documents.hostile_files import pdf, photo
from tests.documents.made import paper_of, read, signable
from tests.documents.test_uploads import sent
from tests.factories import member, programme_brugge, real_today

TODAY = real_today()


def codes(refused):
    return [each.code for each in refused.value.reasons]


@pytest.mark.parametrize(("kind", "language"), sorted(model_texts()))
def test_every_model_names_only_what_is_published_and_every_article_can_be_reached(kind, language):
    for article in model_texts()[kind, language].articles:
        assert body_reasons(article.body) == []
        assert condition_reasons(article.only_if) == []


def test_every_language_of_a_model_prints_the_same_facts():
    for (kind, language), model in model_texts().items():
        dutch = {name for each in model_texts()[kind, "nl"].articles for name in names_in(each.body)}
        assert {name for each in model.articles for name in names_in(each.body)} == dutch, (kind, language)


@pytest.mark.parametrize(
    ("body", "wrong", "line"),
    [
        ("Goed.\nBeste {resident.nme},", Wrong.UNKNOWN, 2),
        ("{% load x %}", Wrong.UNKNOWN, 1),
        ("{{ resident.name }}", Wrong.BRACE, 1),
        ("Een { alleen.", Wrong.BRACE, 1),
        ("\n\nSluit }", Wrong.BRACE, 3),
        ("Zie {fee.table} hier", Wrong.TABLE_ALONE, 1),
        ("  ", Wrong.NO_BODY, None),
    ],
)
def test_what_prints_nothing_is_refused_with_its_line(body, wrong, line):
    found = body_reasons(body)
    assert wrong in [each.code for each in found]
    assert {each.params.get("line") for each in found if each.code == wrong} == {line}


@pytest.mark.parametrize("pair", CONTRARY, ids=sorted)
def test_an_article_that_no_case_reaches_is_refused(pair):
    assert [each.code for each in condition_reasons(sorted(pair))] == [Wrong.UNREACHABLE]


def test_markup_is_words():
    (block,) = blocks_of("#set page(height: 1pt) $x^2$ <b>*vet*</b> \\n @label")
    assert [run.words for run in block.lines[0]] == ["#set page(height: 1pt) $x^2$ <b>*vet*</b> \\n @label"]


def test_paragraphs_lists_and_tables_stand_apart():
    kinds = [each.kind for each in blocks_of("Een\ntwee\n- drie\n- vier\n\nvijf\n{fee.table}\nzes")]
    assert kinds == ["paragraph", "list", "paragraph", "table", "paragraph"]
    assert "fee.table" in PUBLISHED


@pytest.fixture
def an(db):
    return member("coordinator")


@pytest.fixture
def draft(an):
    return start_version(programme_brugge(), "house_rules", on=TODAY, by=an)


def test_who_wrote_on_a_text_does_not_approve_it(draft, an):
    with pytest.raises(Refused) as refused:
        approve_text(draft, from_on=TODAY - timedelta(days=1), on=TODAY, by=an)
    assert codes(refused) == [Reason.SAME_PERSON, Reason.HOLDS_EARLIER]
    ruben = member("support_worker")
    write_article(draft, draft.articles.first(), heading="Wonen", body="Rustig.", by=ruben)
    with pytest.raises(Refused):
        approve_text(draft, from_on=TODAY, on=TODAY, by=ruben)
    assert not approve_text(draft, from_on=TODAY, on=TODAY, by=member("support_worker")).is_draft


def test_a_paper_remembers_its_version_and_a_later_one_holds_from_its_day(draft, an):
    paper, ruben = paper_of(signable(), "house_rules"), member("support_worker")
    assert make_paper(paper, on=TODAY, by=an).text is None
    approve_text(draft, from_on=TODAY + timedelta(days=3), on=TODAY, by=ruben)
    assert make_paper(paper, on=TODAY, by=an).text is None
    assert make_paper(paper, on=TODAY + timedelta(days=3), by=an).text == draft
    held, _version = version_on(draft.programme, "house_rules", "nl", TODAY)
    assert held is None


def test_copies_in_other_languages_go_with_the_model_they_translate(draft):
    programme = draft.programme
    assert languages_of(programme, "house_rules", TODAY) == ["nl", "en", "fr"]
    assert languages_of(programme, "loan_deed", TODAY) == ["nl"]
    approve_text(draft, from_on=TODAY, on=TODAY, by=member("support_worker"))
    assert languages_of(programme, "house_rules", TODAY) == ["nl"]


def copied(draft, an, language="fr"):
    copy = start_version(draft.programme, draft.code, language=language, on=TODAY, by=an)
    return approve_text(copy, from_on=TODAY, on=TODAY, by=member("support_worker"))


def test_a_copy_holds_as_long_as_the_version_whose_words_it_says(draft, an):
    programme, ruben, later = draft.programme, member("support_worker"), TODAY + timedelta(days=5)
    of_model = copied(draft, an)
    assert version_on(programme, "house_rules", "fr", TODAY)[0] == of_model
    approve_text(draft, from_on=later, on=TODAY, by=ruben)
    of_own = copied(draft, an)
    assert (of_model.copy_of, of_own.copy_of) == (None, draft)
    assert version_on(programme, "house_rules", "fr", TODAY)[0] == of_model
    assert version_on(programme, "house_rules", "fr", later)[0] == of_own
    assert languages_of(programme, "house_rules", later) == ["nl", "fr"]
    newer = start_version(programme, "house_rules", on=TODAY, by=an)
    approve_text(newer, from_on=later, on=TODAY, by=ruben)
    assert version_on(programme, "house_rules", "fr", later) == (None, None)
    (state,) = (each for each in kind_page(programme, "house_rules", later).copies if each.language == "fr")
    assert (state.held, state.last, state.from_on) == (None, of_own, None)


def test_a_copy_of_a_kind_without_one_begins_as_the_text_that_binds(an):
    copy = start_version(programme_brugge(), "loan_deed", language="fr", on=TODAY, by=an)
    assert [each.body for each in copy.articles.all()] == [each.body for each in original_of(copy).articles]
    name_text(copy, title="Prêt à usage", by=an)
    approve_text(copy, from_on=TODAY, on=TODAY, by=member("support_worker"))
    made = make_paper(paper_of(signable(), "loan_deed"), language="fr", on=TODAY, by=an)
    assert made.text == copy
    assert "Prêt à usage" in read(store.fetch(made.name))
    with pytest.raises(Refused) as refused:
        name_text(copy, title="Autre", by=an)
    assert codes(refused) == [Reason.APPROVED]


def test_a_copy_prints_the_same_facts_as_the_text_that_binds(an):
    copy = start_version(programme_brugge(), "house_rules", language="fr", on=TODAY, by=an)
    write_article(copy, None, body="Du {stay.first_day} au {stay.last_day}.", by=an)
    with pytest.raises(Refused) as refused:
        approve_text(copy, from_on=TODAY, on=TODAY, by=member("support_worker"))
    (reason,) = refused.value.reasons
    assert (reason.code, "{stay.last_day}" in str(reason)) == (Reason.COPY_DIFFERS, True)


def test_the_newest_version_whose_day_has_come_holds(draft, an):
    ruben = member("support_worker")
    approve_text(draft, from_on=TODAY + timedelta(days=9), on=TODAY, by=ruben)
    newer = start_version(draft.programme, "house_rules", on=TODAY, by=an)
    approve_text(newer, from_on=TODAY, on=TODAY, by=ruben)
    assert version_on(draft.programme, "house_rules", "nl", TODAY + timedelta(days=20))[0] == newer


def test_an_approved_version_is_not_written_on(draft, an):
    approve_text(draft, from_on=TODAY, on=TODAY, by=member("support_worker"))
    first, second = draft.articles.all()[:2]
    for act in (
        lambda: write_article(draft, first, body="Anders.", by=an),
        lambda: write_article(draft, None, body="Nog.", by=an),
        lambda: take_out_article(second, by=an),
        lambda: move_article_up(second, by=an),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == [Reason.APPROVED]
    assert start_version(draft.programme, "house_rules", on=TODAY, by=an).number == 2


def test_there_is_one_draft_at_a_time(draft, an):
    with pytest.raises(Refused) as refused:
        start_version(draft.programme, "house_rules", on=TODAY, by=an)
    assert codes(refused) == [Reason.HAS_DRAFT]


def test_articles_are_moved_and_taken_out_and_the_difference_is_shown(draft, an):
    first, second = draft.articles.all()[:2]
    move_article_up(second, by=an)
    assert [each.pk for each in draft.articles.all()[:2]] == [second.pk, first.pk]
    move_article_up(second, by=an)
    assert draft.articles.first().pk == second.pk
    take_out_article(first, by=an)
    write_article(draft, second, heading="Wonen", body="Rustig wonen.", by=an)
    found = differences(model_version(model_texts()["house_rules", "nl"]), version_of(draft))
    told = {(piece.kind, piece.words.strip()) for each in found for piece in each.pieces}
    assert any(kind == "new" and "Rustig" in words for kind, words in told)
    assert any(kind == "gone" for kind, _words in told)


def test_an_example_speaks_the_language_of_its_text(draft):
    assert "bladzijde 1 van" in read(example_of(draft, on=TODAY))


@pytest.mark.django_db
def test_a_logo_stands_at_the_head_of_papers_and_is_one_picture(sign_in):
    client = sign_in(member("coordinator"))
    page = reverse("documents:logo")
    assert "Kies één afbeelding" in client.post(page, {"picture": [sent("logo.pdf", pdf())]}).content.decode()
    assert client.post(page, {"picture": [sent("logo.png", photo())]}).status_code == 302
    assert client.get(reverse("documents:logo_picture"))["Content-Type"] == "image/jpeg"
    made = make_paper(paper_of(signable(), "loan_deed"), on=real_today(), by=None)
    with pikepdf.open(BytesIO(store.fetch(made.name))) as opened:
        assert opened.pages[0].get_images()
    assert client.post(reverse("documents:drop_logo")).status_code == 302
    assert client.get(reverse("documents:logo_picture")).status_code == 404
    assert sign_in(member("support_worker")).get(page).status_code == 404


@pytest.mark.django_db
def test_a_version_the_press_cannot_set_says_why_and_can_be_mended(sign_in):
    draft = start_version(programme_brugge(), "key_receipt", on=TODAY, by=member("coordinator"))
    article = draft.articles.first()
    article.body = "中文"
    article.save()
    client = sign_in(member("coordinator"))
    page = client.get(reverse("documents:text", args=[draft.pk]))
    assert page.status_code == 200
    assert "geen letters om af te drukken" in page.content.decode()
    article.body = "{resident.shoe_size}"
    article.save()
    assert "resident.shoe_size" in client.get(reverse("documents:text", args=[draft.pk])).content.decode()
    assert client.get(reverse("documents:example_page", args=[draft.pk, 1])).status_code == 404
    article.body = "Zo staat het er."
    article.save()
    assert client.get(reverse("documents:example_page", args=[draft.pk, 1]))["Content-Type"] == "image/jpeg"
    assert client.get(reverse("documents:example_page", args=[draft.pk, 9])).status_code == 404
