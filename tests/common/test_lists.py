"""A list page in one call: what the address asks, and nothing else."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from python_calamine import CalamineWorkbook

from intrek.ground.accounts.models import User
from intrek.ground.common import lists
from intrek.ground.common.lists import ListFilters, list_page
from intrek.ground.common.sheets import Column

pytestmark = pytest.mark.django_db
ORDERS = {"name": ["name"], "newest": ["-created_at"]}


class PeopleFilters(ListFilters):
    language = forms.ChoiceField(choices=[("nl", "Nederlands"), ("fr", "Français")])
    text = forms.CharField()

    def narrow(self, rows, answers):
        text = answers.pop("text", "")
        return super().narrow(rows.filter(name__icontains=text), answers)


@pytest.fixture
def ask(rf, monkeypatch):
    """What the template is given for an address."""
    monkeypatch.setattr(lists, "render", lambda request, template, context: SimpleNamespace(**context))
    for number in range(32):
        language = "fr" if number % 2 else "nl"
        User.objects.create_user(f"{number}@example.org", name=f"Person {number:02}", language=language)

    def get(address, may=lambda permission: True):
        request = rf.get(address)
        request.user, request.today, request.may = AnonymousUser(), None, may
        columns = [Column("Name", lambda each: each.name)]
        rows = User.objects.filter(is_active=True)
        return list_page(
            request, rows, "x.html", title="People", columns=columns, filters=PeopleFilters, orders=ORDERS, page_of="x"
        )

    return get


def test_a_list_shows_thirty_rows_in_its_first_order(ask):
    page = ask("/")
    assert [each.name for each in page.listing.rows][::29] == ["Person 00", "Person 29"]
    assert page.listing.has_next
    assert page.page_of == "x"


def test_a_list_is_narrowed_and_says_by_what(ask):
    page = ask("/?language=fr&text=1&order=newest")
    assert {each.language for each in page.listing.rows} == {"fr"}
    assert page.listing.rows[0].name == "Person 31"
    assert [each.label for each in page.chips] == ["Français", "Text: 1"]


def test_a_filter_that_cannot_be_read_narrows_nothing(ask):
    page = ask("/?language=xx")
    assert page.listing.count == 32
    assert page.form.errors["language"]


def test_nobody_sorts_by_a_field_that_the_page_does_not_offer(ask):
    assert ask("/?order=password").listing.rows[0].name == "Person 00"


def test_the_spreadsheet_holds_all_rows_in_the_same_order(ask):
    sheet = CalamineWorkbook.from_filelike(BytesIO(ask("/?format=xlsx&language=nl").content)).get_sheet_by_index(0)
    names = [row[0] for row in sheet.to_python()]
    assert names == ["Name", *(f"Person {number:02}" for number in range(0, 32, 2))]


def test_who_may_not_export_gets_the_page(ask):
    assert ask("/?format=xlsx", may=lambda permission: False).listing.count == 32
