"""Two people save the same row: nothing is overwritten, both texts are kept, the person chooses."""

import json
from functools import partial

import pytest

from intrek.ground.accounts.actions import change_account
from intrek.ground.accounts.models import Draft, User

pytestmark = pytest.mark.django_db
ME = "/me/"


@pytest.fixture
def sofie():
    return User.objects.create_user("sofie@example.org", "x", name="Sofie", language="en", theme="")


@pytest.fixture
def other_saves(sofie):
    """Somebody else saves the same row, whatever its version is by then."""
    colleague = User.objects.create_user("els@example.org", "x", name="Els Vermeersch")

    def save(**fields):
        row = User.objects.get(pk=sofie.pk)
        now = {"name": row.name, "language": row.language, "theme": row.theme}
        change_account(row, **now | fields, by=colleague)

    return save


@pytest.fixture
def opened(client, sofie):
    """Open the page; gives a function that sends it with changes."""
    client.force_login(sofie)

    def send(page, **changes):
        work = page.context["work"]
        shown = {name: texts[-1] for name, texts in work.typed.items()} if work.typed else {}
        form = {name: page.context["form"][name].value() or "" for name in ("name", "language", "theme")}
        return client.post(ME, shown | form | dict(work.hidden) | changes)

    page = client.get(ME)
    return page, partial(send)


def test_both_texts_stand_on_the_page_and_nothing_is_overwritten(opened, other_saves, sofie):
    page, send = opened
    other_saves(name="Sofie M.")
    back = send(page, name="Sofie Maes")
    shown = back.content.decode()
    assert [(each.name, each.mine, each.theirs) for each in back.context["work"].clashes] == [
        ("name", "Sofie Maes", "Sofie M.")
    ]
    assert "Els Vermeersch saved this at" in shown
    assert "Sofie Maes" in shown
    sofie.refresh_from_db()
    assert sofie.name == "Sofie M."


def test_the_conflict_survives_a_reload_and_signing_out(client, opened, other_saves, sofie):
    page, send = opened
    other_saves(name="Sofie M.")
    send(page, name="Sofie Maes")
    client.logout()
    client.force_login(sofie)
    again = client.get(ME)
    assert [(each.mine, each.theirs) for each in again.context["work"].clashes] == [("Sofie Maes", "Sofie M.")]
    assert send(again, **{"_choice-name": "mine"}).status_code == 302
    sofie.refresh_from_db()
    assert (sofie.name, sofie.version) == ("Sofie Maes", 3)
    assert not Draft.objects.filter(user=sofie).exists()


@pytest.mark.parametrize(("choice", "name"), [("mine", "Sofie Maes"), ("theirs", "Sofie M.")])
def test_the_person_chooses_per_question(opened, other_saves, sofie, choice, name):
    page, send = opened
    other_saves(name="Sofie M.", language="fr")
    back = send(page, name="Sofie Maes", theme="dark")
    assert send(back, **{"_choice-name": choice}).status_code == 302
    sofie.refresh_from_db()
    assert (sofie.name, sofie.language, sofie.theme) == (name, "fr", "dark")


def test_what_only_one_of_the_two_changed_goes_together_by_itself(opened, other_saves, sofie):
    page, send = opened
    other_saves(language="fr")
    assert send(page, name="Sofie Maes").status_code == 302
    sofie.refresh_from_db()
    assert (sofie.name, sofie.language, sofie.version) == ("Sofie Maes", "fr", 3)


def test_the_same_change_by_both_is_no_conflict(opened, other_saves, sofie):
    page, send = opened
    other_saves(name="Sofie Maes")
    assert send(page, name=" Sofie Maes ").status_code == 302
    sofie.refresh_from_db()
    assert sofie.name == "Sofie Maes"


@pytest.mark.parametrize("choice", ["", "both", "neither"])
def test_without_a_valid_choice_nothing_is_saved_and_the_page_asks_again(opened, other_saves, sofie, choice):
    page, send = opened
    other_saves(name="Sofie M.")
    back = send(page, name="Sofie Maes")
    again = send(back, **{"_choice-name": choice})
    assert "Choose which answer stays." in again.content.decode()
    sofie.refresh_from_db()
    assert sofie.name == "Sofie M."


def test_a_third_saving_while_one_chooses_is_not_overwritten_either(opened, other_saves, sofie):
    page, send = opened
    other_saves(name="Sofie M.")
    back = send(page, name="Sofie Maes")
    other_saves(name="Sofie Maes-Dewulf")
    again = send(back, **{"_choice-name": "mine"})
    assert [(each.mine, each.theirs) for each in again.context["work"].clashes] == [("Sofie Maes", "Sofie Maes-Dewulf")]
    assert not again.context["work"].clashes[0].chosen
    sofie.refresh_from_db()
    assert sofie.name == "Sofie Maes-Dewulf"


def test_who_chose_the_others_text_gets_the_others_newer_text(opened, other_saves, sofie):
    page, send = opened
    other_saves(name="Sofie M.")
    back = send(page, name="Sofie Maes", theme="dark")
    other_saves(name="Sofie Maes-Dewulf")
    assert send(back, **{"_choice-name": "theirs"}).status_code == 302
    sofie.refresh_from_db()
    assert (sofie.name, sofie.theme) == ("Sofie Maes-Dewulf", "dark")


def test_two_savings_at_the_same_instant_end_in_a_conflict_and_not_in_a_loss(opened, other_saves, sofie, monkeypatch):
    page, send = opened
    raced = []

    def change(row, **answers):
        if not raced:
            raced.append(other_saves(name="First"))
        return change_account(row, **answers)

    monkeypatch.setattr("intrek.ground.accounts.views.change_account", change)
    back = send(page, name="Second")
    assert [(each.mine, each.theirs) for each in back.context["work"].clashes] == [("Second", "First")]
    sofie.refresh_from_db()
    assert sofie.name == "First"


def test_a_forged_base_overwrites_nothing_unseen(opened, other_saves, sofie):
    page, send = opened
    other_saves(name="Sofie M.")
    for base in ("", "null", json.dumps({"name": "x"}), json.dumps({"name": ["Sofie"]})):
        back = send(page, name="Sofie Maes", _base=base, _version="1")
        assert [each.name for each in back.context["work"].clashes] == ["name"]
    assert User.objects.get(pk=sofie.pk).name == "Sofie M."
