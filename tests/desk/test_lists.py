"""The lists staff work from: the right people, in the right order, filtered, counted, as a sheet, and quick."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.pathways.actions import set_facts
from intrek.ground.pathways.models import Stage
from tests.desk.made import TODAY
from tests.factories import member, organisation, pathway, person, second_programme

pytestmark = pytest.mark.django_db

LISTS = ["desk:referrals", "desk:waiting", "desk:residents"]
STAGES = {"desk:referrals": Stage.NEW, "desk:waiting": Stage.WAITING, "desk:residents": Stage.RUNNING}


@pytest.fixture
def me():
    return member("coordinator")


@pytest.fixture
def show(sign_in, me):
    """The text of a list, asked with these filters."""
    client = sign_in(me)
    return lambda name, **asked: client.get(reverse(name), asked).content.decode()


def somebody(name, stage=Stage.NEW, track="trial", **facts):
    programme = facts.get("programme")
    return pathway(stage, track, of=person("Jan", name, programme=programme), **facts)


def test_each_list_has_its_own_people(show):
    for stage in (Stage.NEW, Stage.WAITING, Stage.ALLOCATED, Stage.RUNNING, Stage.AFTERCARE, Stage.CLOSED):
        somebody(f"Stap{stage}", stage)
    shown = {name: {stage.value for stage in Stage if f"Stap{stage}" in show(name)} for name in LISTS}
    assert shown == {
        "desk:referrals": {"new", "waiting", "allocated", "running", "aftercare", "closed"},
        "desk:waiting": {"waiting", "allocated"},
        "desk:residents": {"running", "aftercare"},
    }


def test_who_waits_longest_stands_first(show):
    for days, name in ((10, "Kortst"), (300, "Langst"), (80, "Midden")):
        set_facts(somebody(name, Stage.WAITING), accepted_on=TODAY - timedelta(days=days))
    page = show("desk:waiting")
    assert page.index("Langst") < page.index("Midden") < page.index("Kortst")


def test_a_list_is_narrowed_by_what_stands_in_the_address(show, me):
    caw, sas = organisation("CAW RegioBrugge"), organisation("'t SAS")
    somebody("Aertssen", referred_by=caw)
    somebody("Beernaert", referred_by=sas)
    somebody("Callewaert", track="sitting", referred_by=sas, worker=me.contact)
    told = {"track": "sitting", "organisation": caw.pk, "worker": me.contact.pk, "q": "beer", "stage": "waiting"}
    names = ("Aertssen", "Beernaert", "Callewaert")
    shown = {
        asked: [name for name in names if name in show("desk:referrals", **{asked: told[asked]})] for asked in told
    }
    assert shown["track"] == ["Callewaert"]
    assert shown["organisation"] == ["Aertssen"]
    assert shown["worker"] == ["Callewaert"]
    assert shown["q"] == ["Beernaert"]
    assert shown["stage"] == []


def test_a_filter_that_cannot_be_is_told_and_shows_everyone(show):
    somebody("Aertssen")
    assert "Aertssen" in show("desk:referrals", track="castle")


def test_an_empty_list_says_what_to_do(show):
    assert "Nog geen aanmelding" in show("desk:referrals")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_queries_with_one_and_with_thirty(name, sign_in, me, assert_same_queries):
    client = sign_in(me)

    def grow(count=29):
        for _number in range(count):
            somebody("Velen", STAGES[name], worker=me.contact)

    grow(1)
    assert_same_queries(lambda: client.get(reverse(name)), grow, at_most=10)


@pytest.mark.parametrize("name", LISTS)
def test_people_of_another_programme_are_on_no_list(name, show, sign_in):
    elsewhere = second_programme()
    somebody("Vreemd", STAGES[name], programme=elsewhere)
    somebody("Eigen", STAGES[name])
    page = show(name)
    assert "Eigen" in page
    assert "Vreemd" not in page
    assert "Vreemd" in sign_in(member("coordinator", programme=elsewhere)).get(reverse(name)).content.decode()


def sheet(client, name, **asked):
    answer = client.get(reverse(name), {"format": "xlsx", **asked})
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_the_sheet_has_the_rows_of_the_page_and_formulas_stay_text(sign_in, me):
    for name in ("=2+5", "Aertssen", "+cmd|x"):
        somebody(name, Stage.WAITING)
    somebody("Elders", Stage.WAITING, programme=second_programme())
    heads, *rows = sheet(sign_in(me), "desk:waiting")
    names = heads.index("Familienaam") if "Familienaam" in heads else 1
    assert sorted(row[names] for row in rows) == ["+cmd|x", "=2+5", "Aertssen"]
    assert sheet(sign_in(me), "desk:waiting", q="aert")[1][names] == "Aertssen"
    assert any(isinstance(cell, datetime) or hasattr(cell, "year") for cell in rows[0]), "Days are days in the sheet."


def test_who_may_not_export_gets_no_sheet(sign_in, monkeypatch, me):
    somebody("Aertssen")
    monkeypatch.setattr("intrek.ground.access.middleware.permissions_of", lambda _role: frozenset({"desk.lists"}))
    answer = sign_in(me).get(reverse("desk:referrals"), {"format": "xlsx"})
    assert answer["Content-Type"].startswith("text/html")


def test_search_finds_people_numbers_and_addresses(show, me):
    way = somebody("Vandewalle")
    add_dwelling(me.programme, "Lange Rei 88", owner=organisation(), on=TODAY, by=None)
    assert "Vandewalle" in show("desk:search", q="vande")
    assert "Vandewalle" in show("desk:search", q="jan VANDEWALLE")
    assert "Vandewalle" in show("desk:search", q=way.number)
    assert "Lange Rei 88" in show("desk:search", q="lange rei")
    assert "Vandewalle" not in show("desk:search", q="walle")
    for nothing in ("", "   ", "%", "'; drop"):
        assert "Vandewalle" not in show("desk:search", q=nothing)


def test_search_stays_in_the_programme_and_is_quick(sign_in, me, assert_same_queries):
    somebody("Vreemdeling", programme=second_programme())
    client = sign_in(me)
    fetch = lambda: client.get(reverse("desk:search"), {"q": "vreem"})  # noqa: E731

    def grow(count=29):
        for _number in range(count):
            address = f"Vreemdestraat {somebody('Vreemd').number}"
            add_dwelling(me.programme, address, owner=organisation(), on=TODAY, by=None)

    grow(1)
    assert_same_queries(fetch, grow, at_most=10)
    assert "Vreemdeling" not in fetch().content.decode()
