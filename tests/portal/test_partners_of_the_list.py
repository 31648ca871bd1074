"""What partners see of the programme's own list, as it is read in: their own and nothing else (P7)."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from intrek.ground.people.models import Person
from tests.factories import member, organisation, programme_brugge
from tests.portal.test_portal import DWELLINGS, sheet, shown, vivendo

pytestmark = [pytest.mark.django_db, pytest.mark.together]
REAL_FILE = Path(__file__).parents[1] / "exchange" / "aanmeldingen-brugge.xlsx"
HEALTH = (
    "borderline", "NAH", "depressie", "psychose", "bipolair", "angststoornis", "persoonlijkheid", "alcohol", "drugs",
    "psychische problematiek", "poetshulp", "familiehulp", "budgetbeheer", "Mobiel Team (",
)  # fmt: skip


@pytest.fixture(scope="module")
def real_list(made_once):
    with made_once():
        call_command("import_referrals", str(REAL_FILE), programme="brugge")
        yield programme_brugge()


def test_a_referrer_sees_the_referrals_of_the_own_organisation_and_of_no_other(real_list, sign_in):
    client = sign_in(member("referrer", organisation("CAW RegioBrugge")))
    pages = shown(client) + shown(client, show="closed")
    mine = Person.objects.filter(pathways__referred_by__name="CAW RegioBrugge")
    others = Person.objects.filter(programme=real_list).exclude(pk__in=mine)
    assert mine.count() == 5
    assert [each.name for each in mine if each.name not in pages] == []
    assert [each.name for each in others if each.name in pages] == []
    assert [row[1] for row in sheet(client) if row[1] in {each.name for each in others}] == []


def test_a_housing_officer_reads_no_care_not_even_of_their_own_referrals(real_list, sign_in):
    client = sign_in(member("housing_officer", vivendo()))
    pages = [shown(client), shown(client, show="closed"), shown(client, DWELLINGS)]
    pages += [str(sheet(client)), str(sheet(client, show="closed")), str(sheet(client, DWELLINGS))]
    assert "Danny Huyghe" in pages[0]
    assert "Olivier Vermeersch" in pages[1]
    body = [page.partition("<main")[2].partition('id="whom"')[0] or page for page in pages]
    assert [word for word in HEALTH for page in body if word in page] == []


def test_a_landlord_knows_who_lives_in_their_dwellings_and_nothing_of_others(real_list, sign_in):
    client = sign_in(member("housing_officer", vivendo()))
    page = shown(client, DWELLINGS)
    assert all(address in page for address in ("Kolvestraat 14 bus 2", "Veltemweg 102 bus 4", "Ganzenstraat 70"))
    assert all(name in page for name in ("Johan Aerts", "Dirk Everaert", "Danny Huyghe", "Hanne Declercq"))
    assert "Peterseliestraat" not in page
    assert "Martine Baeten" not in page
    rows = {row[0]: row for row in sheet(client, DWELLINGS)}
    assert rows["Veltemweg 102 bus 4"][4] == date(2027, 3, 31)
