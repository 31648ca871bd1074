"""The programme's own list becomes rows in the rooms, which tell the same story as one entered by hand."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from intrek.ground.common.refusals import Refused
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.pathways.queries import with_lines
from intrek.ground.people.models import Person
from intrek.ground.programmes.models import Programme
from intrek.windows.exchange import actions
from intrek.windows.exchange.models import Batch, RefusedRow
from tests.exchange.lists import REAL_FILE, csv_list, row, xlsx_list
from tests.factories import programme_brugge

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def way_of(family_name):
    return with_lines(Pathway.objects.filter(person__family_name=family_name)).get()


def imported(*rows, programme=None, with_doubtful=True, name="lijst.xlsx"):
    content = xlsx_list(*rows) if name.endswith("xlsx") else csv_list(*rows)
    batch = actions.upload_list(programme or programme_brugge(), file_name=name, content=content, today=TODAY)
    return actions.make_rows(batch, today=TODAY, with_doubtful=with_doubtful, by=None)


@pytest.mark.once
def test_a_dry_run_says_the_same_and_writes_nothing(db, capsys):
    call_command("import_referrals", str(REAL_FILE), programme="brugge", dry_run=True)
    assert "41 made, 0 known already, 0 refused." in capsys.readouterr().out
    assert not Programme.objects.filter(slug="brugge").exists()


@pytest.mark.parametrize(("name", "slug"), [("nergens.xlsx", "brugge"), (__file__, "brugge"), (str(REAL_FILE), "gent")])
def test_what_cannot_be_read_fails_in_words_and_leaves_nothing(db, name, slug):
    with pytest.raises(CommandError) as fault:
        call_command("import_referrals", name, programme=slug)
    assert str(fault.value)
    assert not Programme.objects.filter(slug=slug).exists()


def test_a_refused_row_is_kept_with_its_reasons_and_the_others_are_made():
    batch = imported(row(), row(Naam="", Voornaam=""), row(Voornaam="Piet", Aanmeldende_dienst="Nergens"))
    assert (batch.made, batch.known, batch.refused) == (1, 0, 2)
    kept = RefusedRow.objects.filter(batch=batch)
    assert [each.line for each in kept] == [3, 4]
    assert all(each.reasons and each.cells for each in kept)


def test_a_bad_row_takes_nothing_with_it(monkeypatch):
    def fail(*_args, **_facts):
        raise Refused([])

    monkeypatch.setattr("intrek.windows.exchange.actions.story.ask_service", fail)
    batch = imported(row(Diensten_aangevraagd="poetshulp"), row(Voornaam="Piet", Aanmelder="Mia Nieuw"))
    assert (batch.made, batch.refused) == (1, 1)
    assert [each.given_name for each in Person.objects.filter(programme=batch.programme)] == ["Piet"]


def test_doubtful_rows_can_be_left_out_and_are_not_lost():
    batch = imported(row(Datum_aanmelding=""), row(Voornaam="Piet"), with_doubtful=False)
    assert (batch.made, batch.refused) == (1, 1)
    assert RefusedRow.objects.get(batch=batch).line == 2


def test_the_file_itself_is_not_kept_once_it_is_imported():
    batch = imported(row())
    assert bytes(Batch.objects.get(pk=batch.pk).content) == b""


def test_a_long_list_goes_on_where_it_stopped():
    rows = [row(Voornaam=f"Jan{number}") for number in range(5)]
    batch = actions.upload_list(programme_brugge(), file_name="x.xlsx", content=xlsx_list(*rows), today=TODAY)
    actions.make_rows(batch, today=TODAY, most_rows=2, by=None)
    assert (batch.made, batch.finished_at) == (2, None)
    again = Batch.objects.get(pk=batch.pk)
    actions.make_rows(again, today=TODAY, by=None)
    assert (again.made, again.known, again.refused, bool(again.finished_at)) == (5, 0, 0, True)


def test_a_list_with_every_day_unknown_is_made_and_to_be_completed():
    states = ("nieuw", "intervisie", "wachtlijst", "lopend", "afgerond", "afgehaakt", "geweigerd", "ingetrokken")
    rows = [
        row(Stand_van_zaken=state, Luik=track, Voornaam=f"{state} {track}", Datum_aanmelding="", Geboortedatum="",
            Woning=f"Kolvestraat {number}{track[0]}" if number % 2 else "", Begeleider="Hanne Declercq", Resultaat="positief")
        for number, state in enumerate(states)
        for track in ("proefwoner", "zittende huurder")
    ]  # fmt: skip
    batch = imported(*rows)
    assert (batch.made, batch.refused) == (16, 0), list(RefusedRow.objects.values_list("reasons"))
    ways = Pathway.objects.filter(programme=batch.programme)
    assert all(each.is_incomplete and "referred_on" in each.to_complete for each in ways)
    assert all(each.awaits and each.awaits_party for each in ways if each.is_open)


def test_a_planned_intervision_puts_the_referral_on_its_agenda():
    imported(row(Stand_van_zaken="intervisie", Besproken_op_intervisie="2/12/2026"))
    pathway = way_of("Proefmans")
    assert (pathway.stage, pathway.awaits, pathway.awaits_by) == (Stage.ON_AGENDA, "decision", date(2026, 12, 2))
    assert pathway.agenda_items.count() == 1


def test_two_running_stays_in_one_dwelling_are_refused_in_words():
    told = {"Stand_van_zaken": "lopend", "Woning": "Kolvestraat 14", "Start_begeleiding": "1/3/2026"}
    batch = imported(row(**told), row(Voornaam="Piet", **told))
    assert (batch.made, batch.refused) == (1, 1)
    assert RefusedRow.objects.get(batch=batch).reasons != [""]
