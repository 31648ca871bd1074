"""A paper is made from its text and the facts of the stay, and what changes after it was signed shows (P9, P13)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from intrek.ground.common.refusals import Refused
from intrek.ground.common.wording import written
from intrek.ground.documents import store
from intrek.ground.documents.actions import make_paper, sign_paper
from intrek.ground.documents.models import PaperFile
from intrek.ground.documents.queries import made_of, proof_of
from intrek.ground.documents.rules import Reason
from intrek.story.placement.queries import key_reasons_of
from intrek.story.placement.rules import Reason as KeyReason
from tests.documents.made import FIRST, paper_of, read, signable
from tests.factories import member, person, real_today
from tests.support.made import prepared, sitting_term

pytestmark = pytest.mark.django_db

TODAY = real_today()


def day(on):
    """As a Dutch paper writes it."""
    return written(on, "d MMMM y", "nl")


@pytest.fixture
def by():
    return member("support_worker")


@pytest.fixture
def stay(by):
    return signable()


def codes(refused):
    return [each.code for each in refused.value.reasons]


def test_the_deed_prints_who_where_and_until_when(stay, by):
    made = make_paper(paper_of(stay, "loan_deed"), on=TODAY, by=by)
    words = read(store.fetch(made.name))
    for told in ("Akte van bruikleen", stay.pathway.person.name, "Kolvestraat 14 bus 2", "Vivendo", day(FIRST)):
        assert told in words
    assert "Wie meeverhuist" not in words
    assert "Model, na te zien door uw jurist." in words


def test_the_fee_statement_adds_up_part_by_part(stay, by):
    words = read(store.fetch(make_paper(paper_of(stay, "fee_statement"), on=TODAY, by=by).name))
    assert all(each in words for each in ("€ 240,00", "€ 25,50", "€ 265,50"))


def test_whatever_is_not_known_is_named_with_the_page_to_fill_it_in(by):
    bare = prepared()
    with pytest.raises(Refused) as refused:
        make_paper(paper_of(bare, "no_domicile"), on=TODAY, by=by)
    assert set(codes(refused)) == {Reason.FACT_MISSING}
    assert len(refused.value.reasons) == 4
    assert {each.way_out.url for each in refused.value.reasons} == {f"/placement/{bare.pk}/domicile/"}
    assert not PaperFile.objects.filter(paper__stay_id=bare.pk).exists()
    assert proof_of(paper_of(bare, "no_domicile"), TODAY).reasons == refused.value.reasons


@pytest.mark.parametrize("name", ["محمد علي", 'Jan #1 $x \\frac{a} "q" @ref <b>*_`', "Łukasz Şahin-Ğül", "W" * 80])
def test_every_name_is_printed_as_it_is_written(by, name):
    stay = signable(of=person(name, "Peeters"))
    words = read(store.fetch(make_paper(paper_of(stay, "key_receipt"), on=TODAY, by=by).name))
    letters = "".join(words.replace("\u200b", "").split())
    wanted = "".join(name.split())
    assert wanted in letters or set(wanted) <= set(letters)


def test_letters_that_the_press_does_not_have_are_named(by):
    with pytest.raises(Refused) as refused:
        make_paper(paper_of(signable(of=person("中", "Li")), "key_receipt"), on=TODAY, by=by)
    assert codes(refused) == [Reason.NO_LETTERS]
    assert "中" in str(refused.value)


def test_a_sitting_tenants_agreement_speaks_of_the_own_home(by):
    term = sitting_term()
    term.pathway.person.birth_on = date(1980, 1, 1)
    term.pathway.person.save()
    paper = paper_of(term, "support_agreement")
    assert "reis" not in str(paper)
    with pytest.raises(Refused) as refused:
        make_paper(paper, on=TODAY, by=by)
    assert [str(each.params["fact"]) for each in refused.value.reasons] == ["what threatens the tenancy"]


def test_an_information_copy_says_that_the_dutch_text_binds(stay, by):
    words = read(store.fetch(make_paper(paper_of(stay, "house_rules"), language="fr", on=TODAY, by=by).name))
    assert "Règlement d'ordre intérieur" in words.replace("’", "'")
    assert "le texte néerlandais" in words.lower()
    assert "Handtekeningen" not in words


def test_a_fact_that_changes_makes_the_signed_paper_void_until_it_is_signed_again(stay, by):
    paper = paper_of(stay, "loan_deed")
    make_paper(paper, on=TODAY, by=by)
    sign_paper(paper, signed_on=TODAY, today=TODAY, by=by)
    assert not made_of([paper], stay.pk, TODAY)[paper.pk].is_void
    stay.agreed_last_day += timedelta(days=31)
    stay.save()
    changes = made_of([paper], stay.pk, TODAY)[paper.pk].changes
    assert [(each.label, each.now) for each in changes] == [("Last day of the stay", day(stay.agreed_last_day))]
    assert KeyReason.PAPER_VOID in [each.code for each in key_reasons_of(stay, on=TODAY)]
    make_paper(paper, on=TODAY, by=by)
    sign_paper(paper, signed_on=TODAY, today=TODAY, by=by)
    assert KeyReason.PAPER_VOID not in [each.code for each in key_reasons_of(stay, on=TODAY)]


def test_a_paper_that_was_never_made_here_is_not_void(stay, by):
    paper = sign_paper(paper_of(stay, "loan_deed"), signed_on=TODAY, today=TODAY, by=by)
    assert made_of([paper], stay.pk, TODAY) == {}


def test_a_paper_is_not_signed_before_it_was_made(stay, by):
    paper = paper_of(stay, "loan_deed")
    make_paper(paper, on=TODAY, by=by)
    with pytest.raises(Refused) as refused:
        sign_paper(paper, signed_on=TODAY - timedelta(days=1), today=TODAY, by=by)
    assert codes(refused) == [Reason.SIGNED_BEFORE_MADE]


def test_signed_is_the_paper_that_was_made_by_then(stay, by):
    paper, day_before = paper_of(stay, "loan_deed"), TODAY - timedelta(days=1)
    first, second = make_paper(paper, on=day_before, by=by), make_paper(paper, on=TODAY, by=by)
    sign_paper(paper, signed_on=day_before, today=TODAY, by=by)
    assert made_of([paper], stay.pk, TODAY)[paper.pk].signed == first
    sign_paper(paper, signed_on=TODAY, today=TODAY, by=by)
    assert made_of([paper], stay.pk, TODAY)[paper.pk].signed == second


def test_what_changes_after_a_stay_ended_no_longer_touches_its_papers(stay, by):
    paper = paper_of(stay, "loan_deed")
    make_paper(paper, on=TODAY, by=by)
    sign_paper(paper, signed_on=TODAY, today=TODAY, by=by)
    stay.agreed_last_day, stay.ended_on = TODAY + timedelta(days=900), TODAY
    stay.save()
    assert not made_of([paper], stay.pk, TODAY)[paper.pk].is_void


def test_of_two_who_make_it_at_once_one_hears_so(stay, by, monkeypatch):
    def taken(*_args, **_options):
        raise IntegrityError

    monkeypatch.setattr(PaperFile, "save", taken)
    with pytest.raises(Refused) as refused:
        make_paper(paper_of(stay, "loan_deed"), on=TODAY, by=by)
    assert codes(refused) == [Reason.MADE_MEANWHILE]


def test_nothing_of_a_file_stays_when_its_row_cannot_be_written(stay, by, monkeypatch):
    def fails(*_args, **_options):
        raise OSError("full")

    monkeypatch.setattr(PaperFile, "save", fails)
    kept = []
    monkeypatch.setattr(store, "keep", lambda content, keep=store.keep: kept.append(keep(content)) or kept[-1])
    with pytest.raises(OSError, match="full"):
        make_paper(paper_of(stay, "loan_deed"), on=TODAY, by=by)
    with pytest.raises(FileNotFoundError):
        store.fetch(kept[0])
