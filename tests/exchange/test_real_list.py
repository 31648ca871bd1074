"""The programme's own list, read once: its rows tell the story that the deck counts, and that people would have entered by hand."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from intrek.ground.access.models import Category, Grant
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
from tests.exchange.lists import REAL_FILE
from tests.factories import programme_brugge

pytestmark = [pytest.mark.django_db, pytest.mark.together]
TODAY = date(2026, 11, 23)
# The counts of the slide deck (P18), as the issue gives them.
FIGURES = {
    "referrals": {"total": 41, "trial": 30, "sitting": 11}, "started": {"trial": 5, "sitting": 5},
    "completed_positive": {"trial": 2, "sitting": 0}, "continued_as_sitting_tenant": 2,
    "dropped_out": {"trial": 0, "sitting": 1}, "waiting": {"trial": 9, "sitting": 2},
    "awaiting_intervision": {"trial": 6, "sitting": 2}, "new": {"trial": 4, "sitting": 1},
    "declined": {"trial": 4, "sitting": 1}, "withdrawn": {"trial": 2, "sitting": 0},
}  # fmt: skip


@pytest.fixture(scope="module")
def real_list(made_once):
    with made_once():
        call_command("import_referrals", str(REAL_FILE), programme="brugge")
        yield Programme.objects.get(slug="brugge")


def figures(capsys):
    capsys.readouterr()
    call_command("figures", programme="brugge", json=True)
    return json.loads(capsys.readouterr().out)


def way_of(family_name):
    return with_lines(Pathway.objects.filter(person__family_name=family_name)).get()


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


@pytest.mark.once
def test_the_lists_of_two_programmes_do_not_meet(real_list):
    other = programme_brugge()
    assert other == real_list
    call_command("import_referrals", str(REAL_FILE), programme="midden-west")
    second = Programme.objects.get(slug="midden-west")
    assert Referral.objects.filter(programme=second).count() == 41
