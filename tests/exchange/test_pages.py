"""A coordinator uploads a list, sees what it says, and confirms; nothing is written before."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from intrek.story.referral.models import Referral
from intrek.windows.exchange import actions
from intrek.windows.exchange.models import Batch
from tests.exchange.lists import REAL_FILE, csv_list, row, xlsx_list
from tests.factories import member, organisation, programme_brugge, second_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(sign_in):
    organisation("CAW RegioBrugge")
    return sign_in(member("coordinator"))


def sent(client, content, name="lijst.csv"):
    answer = client.post(reverse("exchange:import"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("created_at")


def page(client, name, batch, status=200, **query):
    answer = client.get(reverse(f"exchange:{name}", args=[batch.pk]), query)
    assert answer.status_code == status
    return answer.content.decode()


def confirmed(client, batch, **answers):
    return client.post(reverse("exchange:confirm", args=[batch.pk]), answers, follow=True).content.decode()


@pytest.mark.once
def test_nothing_is_written_before_it_is_confirmed(coordinator):
    batch = sent(coordinator, REAL_FILE.read_bytes(), "aanmeldingen.xlsx")
    assert "Johan Aerts" in page(coordinator, "preview", batch)
    assert not Referral.objects.filter(programme=batch.programme).exists()
    confirmed(coordinator, batch, with_doubtful="on")
    assert Referral.objects.filter(programme=batch.programme).count() == 41


def test_the_preview_says_row_by_row_what_is_doubtful_and_what_is_refused_and_why(coordinator):
    rows = [row(), row(Voornaam="Piet", Datum_aanmelding=""), row(Voornaam="Mia", Aanmeldende_dienst="De Onbekende")]
    batch = sent(coordinator, csv_list(*rows))
    everything = page(coordinator, "preview", batch)
    assert all(name in everything for name in ("Jan Proefmans", "Piet Proefmans", "Mia Proefmans", "De Onbekende"))
    refused = page(coordinator, "preview", batch, show="refused")
    assert "Mia Proefmans" in refused
    assert "Piet Proefmans" not in refused


def test_a_refused_row_is_given_back_with_its_reason_and_formulas_stay_text(coordinator):
    batch = sent(coordinator, csv_list(row(Naam='=HYPERLINK("http://x")', Luik="z"), row()))
    assert "HYPERLINK" in confirmed(coordinator, batch)
    answer = coordinator.get(reverse("exchange:refused", args=[batch.pk]))
    [headings, refused] = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    told = dict(zip(headings, refused, strict=True))
    assert told["Naam"] == '=HYPERLINK("http://x")'
    assert refused[-2] == 2
    assert "z" in refused[-1]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04rubbish", b"Dear colleagues"])
def test_a_file_that_is_no_spreadsheet_is_refused_on_the_page(coordinator, content):
    answer = coordinator.post(reverse("exchange:import"), {"file": SimpleUploadedFile("lijst.xlsx", content)})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not Batch.objects.filter(programme=programme_brugge()).exists()


def test_columns_that_nobody_knows_are_pointed_out_by_hand(coordinator):
    rows = [["Wie", "Wat", "Waar"], ["Aerts", "proefwoner", "CAW RegioBrugge"]]
    batch = sent(coordinator, csv_list(*rows[1:], headings=rows[0]))
    assert page(coordinator, "preview", batch, 302) == ""
    assert "Wie (A)" in page(coordinator, "columns", batch)
    blank = dict.fromkeys(page_fields(coordinator, batch), "-1")
    address = reverse("exchange:columns", args=[batch.pk])
    doubled = coordinator.post(address, blank | {"family_name": "0", "track": "0", "organisation": "2"})
    assert doubled.context["form"].errors["track"]
    coordinator.post(address, blank | {"family_name": "0", "track": "1", "organisation": "2"})
    confirmed(coordinator, batch, with_doubtful="on")
    assert Referral.objects.filter(programme=batch.programme).count() == 1


def page_fields(client, batch):
    return client.get(reverse("exchange:columns", args=[batch.pk])).context["form"].fields


def test_confirming_twice_makes_it_once(coordinator):
    batch = sent(coordinator, xlsx_list(row()), "lijst.xlsx")
    confirmed(coordinator, batch)
    confirmed(coordinator, batch)
    assert Referral.objects.filter(programme=batch.programme).count() == 1
    assert Batch.objects.get(pk=batch.pk).made == 1


def test_a_long_list_is_made_in_parts_until_it_is_finished(coordinator, monkeypatch):
    monkeypatch.setitem(actions.make_rows.__kwdefaults__, "most_rows", 2)
    batch = sent(coordinator, csv_list(*(row(Voornaam=f"Jan{number}") for number in range(3))))
    first = confirmed(coordinator, batch, with_doubtful="on")
    assert "hx-post" in first
    assert "hx-trigger" not in confirmed(coordinator, batch)
    assert Batch.objects.get(pk=batch.pk).made == 3


def test_a_list_that_was_not_confirmed_can_be_thrown_away_and_a_finished_one_cannot(coordinator):
    first, second = sent(coordinator, csv_list(row())), sent(coordinator, csv_list(row(Naam="Ander")))
    confirmed(coordinator, second)
    answers = [coordinator.post(reverse("exchange:discard", args=[each.pk])).status_code for each in (first, second)]
    assert answers == [302, 404]
    assert list(Batch.objects.values_list("pk", flat=True)) == [second.pk]


@pytest.mark.parametrize("role", ["support_worker", "referrer", "housing_officer", "steering_member", "administrator"])
def test_only_the_coordinator_imports(sign_in, role):
    assert sign_in(member(role)).get(reverse("exchange:import")).status_code == 404


def test_the_lists_of_another_programme_are_not_there(coordinator, sign_in):
    batch = sent(coordinator, csv_list(row()))
    other = sign_in(member("coordinator", programme=second_programme()))
    for name in ("preview", "columns", "result", "refused"):
        page(other, name, batch, 404)
    assert other.post(reverse("exchange:confirm", args=[batch.pk])).status_code == 404


def test_the_preview_takes_the_same_queries_with_1_and_with_30_rows(coordinator, assert_same_queries):
    shown = {"batch": sent(coordinator, csv_list(row()))}

    def grow():
        shown["batch"] = sent(coordinator, csv_list(*(row(Voornaam=f"Jan{number}") for number in range(30))))

    assert_same_queries(
        lambda: coordinator.get(reverse("exchange:preview", args=[shown["batch"].pk])), grow, at_most=15
    )


def test_the_lists_of_before_take_the_same_queries_however_many(coordinator, assert_same_queries):
    def grow():
        for number in range(29):
            sent(coordinator, csv_list(row(Voornaam=f"Jan{number}")))

    sent(coordinator, csv_list(row()))
    assert_same_queries(lambda: coordinator.get(reverse("exchange:import")), grow, at_most=10)
