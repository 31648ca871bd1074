"""The programme's own list becomes rows in the rooms, which tell the same story as one entered by hand."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from intrek.ground.access.models import Category, Grant
from intrek.ground.common.refusals import Refused
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.journal.queries import timeline
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.models import Pathway, Stage
from intrek.ground.pathways.queries import line_of, with_lines
from intrek.ground.people.models import Person, Residence
from intrek.ground.programmes.models import Programme
from intrek.ground.services.models import ServiceRequest
from intrek.story.eligibility.models import Assessment
from intrek.story.referral.models import Referral
from intrek.windows.exchange import actions
from intrek.windows.exchange.models import Batch, RefusedRow
from tests.exchange.lists import REAL_FILE, csv_list, row, xlsx_list
from tests.factories import programme_brugge, real_today

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
# The counts of the slide deck (P18), as the issue gives them.
FIGURES = {
    "referrals": {"total": 41, "trial": 30, "sitting": 11}, "started": {"trial": 5, "sitting": 5},
    "completed_positive": {"trial": 2, "sitting": 0}, "continued_as_sitting_tenant": 2,
    "dropped_out": {"trial": 0, "sitting": 1}, "waiting": {"trial": 9, "sitting": 2},
    "awaiting_intervision": {"trial": 6, "sitting": 2}, "new": {"trial": 4, "sitting": 1},
    "declined": {"trial": 4, "sitting": 1}, "withdrawn": {"trial": 2, "sitting": 0},
}  # fmt: skip


@pytest.fixture
def real_list(db):
    call_command("import_referrals", str(REAL_FILE), programme="brugge")
    return Programme.objects.get(slug="brugge")


def figures(capsys):
    capsys.readouterr()
    call_command("figures", programme="brugge", json=True)
    return json.loads(capsys.readouterr().out)


def way_of(family_name):
    return with_lines(Pathway.objects.filter(person__family_name=family_name)).get()


def imported(*rows, programme=None, with_doubtful=True, name="lijst.xlsx"):
    content = xlsx_list(*rows) if name.endswith("xlsx") else csv_list(*rows)
    batch = actions.upload_list(programme or programme_brugge(), file_name=name, content=content, today=TODAY)
    return actions.make_rows(batch, today=TODAY, with_doubtful=with_doubtful, by=None)


def test_the_real_list_gives_the_figures_of_the_deck(real_list, capsys):
    found = figures(capsys)
    assert {name: found[name] for name in FIGURES} == FIGURES


def test_a_second_import_adds_nothing(real_list, capsys):
    counted = (Person, Referral, Pathway, Organisation, Contact, ServiceRequest, Occupancy, Residence, Assessment)
    before = [model.objects.filter(programme=real_list).count() for model in counted]
    call_command("import_referrals", str(REAL_FILE), programme="brugge")
    assert "0 made, 41 known already, 0 refused." in capsys.readouterr().out
    assert [model.objects.filter(programme=real_list).count() for model in counted] == before
    assert {name: figures(capsys)[name] for name in FIGURES} == FIGURES


def test_the_partners_of_the_second_sheet_are_there_and_the_lead_is_not_doubled(real_list):
    sectors = list(Organisation.objects.filter(programme=real_list).values_list("sector", flat=True))
    assert (len(sectors), sectors.count("housing"), sectors.count("lead")) == (15, 4, 1)


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


def test_every_open_pathway_awaits_something_from_somebody(real_list):
    open_ones = with_lines(Pathway.objects.open().filter(programme=real_list))
    lines = [line_of(each, TODAY) for each in open_ones]
    assert len(lines) == 33
    assert [line.label for line in lines if line.awaits.missing or not line.awaits.what] == []


def test_a_trial_resident_who_got_a_tenancy_tells_the_whole_story(real_list):
    pathway = way_of("Aerts")
    stations = {each.code: each.state for each in line_of(pathway, TODAY).stations}
    done = {"referral", "eligibility", "intervision", "allocation", "keys", "trial_stay", "final_evaluation", "tenancy"}
    assert {code for code, state in stations.items() if state == "done"} == done
    assert stations["support"] == "now"
    assert (pathway.started_on, pathway.first_ended_on) == (date(2025, 11, 3), date(2026, 5, 14))
    assert (pathway.stage, pathway.current_track.kind, pathway.first_ending) == (Stage.RUNNING, "sitting", "positive")
    told = [each.verb for each in timeline(real_list.pk, pathway.pk, person_id=pathway.person_id)]
    assert {"intervision.decided", "placement.keys_handed_over", "tenancy.signed", "services.asked"} <= set(told)


def test_no_day_is_invented(real_list):
    pathway = way_of("Aerts")
    assert {"chosen_on", "tenancy_on", "continued_on", "agreed_last_day"} <= set(pathway.to_complete)
    lease = Occupancy.objects.get(person=pathway.person, title="lease")
    assert (lease.from_on, lease.until_on) == (None, None)
    assert way_of("Fonteyne").closed_on is None
    assert ServiceRequest.objects.filter(programme=real_list).exclude(asked_on=None).count() == 0


def test_who_dropped_out_kept_the_home(real_list):
    pathway = way_of("Ketels")
    assert (pathway.stage, pathway.ending, pathway.home_kept) == (Stage.CLOSED, "negative", "yes")
    assert pathway.closed_on == date(2026, 7, 20)


def test_a_decline_keeps_its_reason_as_a_code(real_list):
    declined = Pathway.objects.filter(programme=real_list, ending="declined").order_by("person__family_name")
    assert dict(declined.values_list("person__family_name", "ended_how")) == {
        "Blomme": "not_registered", "Coucke": "no_mental_health", "Demeulenaere": "better_fit",
        "Vermeersch": "eviction_ordered", "Zwaenepoel": "domicile_short",
    }  # fmt: skip


def test_a_sitting_tenant_lives_in_their_own_home_since_an_unknown_day(real_list):
    home = Occupancy.objects.select_related("dwelling__owner").get(pathway=way_of("Huyghe"))
    assert (home.title, home.from_on, str(home.dwelling.owner)) == ("lease", None, "Vivendo")


def test_health_that_a_landlord_wrote_down_stays_and_is_hidden_from_that_landlord(real_list):
    referral = Referral.objects.select_related("care").get(pathway=way_of("Huyghe"))
    assert referral.care.mental_health_note == "bipolair"
    [grant] = Grant.objects.filter(pathway_id=referral.pathway_id, ground="own_referral")
    assert not {Category.HEALTH, Category.ADDICTION, Category.JUSTICE} & set(grant.categories)


def test_domicile_too_short_is_counted_from_the_list(real_list):
    rows = Assessment.objects.filter(pathway=way_of("Zwaenepoel"), is_current=True, criterion__kind="domicile_days")
    [found] = rows
    assert (found.verdict, found.evidence["days_certain"]) == ("unmet", 47)


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


def test_the_lists_of_two_programmes_do_not_meet(real_list):
    other = programme_brugge()
    assert other == real_list
    call_command("import_referrals", str(REAL_FILE), programme="midden-west")
    second = Programme.objects.get(slug="midden-west")
    assert Referral.objects.filter(programme=second).count() == 41
    assert real_today()
