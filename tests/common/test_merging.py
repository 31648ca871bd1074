"""Answers of two people put together, compared by what they mean."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from intrek.ground.common.fields import CheckboxesField, DayField, ImpreciseDayField, YesNoUnknownField
from intrek.ground.common.forms import IntrekForm, rows_of
from intrek.ground.common.merging import merged, query_of, sent_by


class StayForm(IntrekForm):
    title = "Stays"
    town = forms.CharField(required=False)
    since = ImpreciseDayField(required=False)
    domicile = YesNoUnknownField()


class VisitForm(IntrekForm):
    rows = {"stays": rows_of(StayForm)}
    held_on = DayField(label="Day", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    helped = CheckboxesField(label="Help", choices=[("talk", "Talk"), ("go", "Going along")], required=False)
    done = forms.BooleanField(label="Done", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("home", "At home"), ("phone", "By phone")])


STORED = {
    "held_on": date(2027, 3, 3),
    "note": "One\nTwo",
    "helped": ["go"],
    "done": True,
    "kind": "home",
    "stays": [{"town": "Izegem"}],
}


def sent(**changes):
    return sent_by(VisitForm(initial=STORED)) | changes


def merge(mine, theirs, **choices):
    return merged(VisitForm, base=sent(), mine=mine, theirs=theirs, choices=choices)


def names(merge):
    return [each.name for each in merge.clashes]


def test_an_untouched_form_sends_back_what_was_stored():
    form = VisitForm(query_of(sent()))
    assert form.is_valid(), form.errors
    answers = form.answers()
    assert answers["held_on"] == date(2027, 3, 3)
    assert (answers["helped"], answers["done"], answers["kind"]) == (["go"], True, "home")
    assert [row["town"] for row in answers["stays"]] == ["Izegem"]


@pytest.mark.parametrize(
    "same",
    [
        {"held_on": ["3 maart 2027"]},
        {"note": ["One\r\nTwo"]},
        {"note": [" One\nTwo "]},
        {"stays-0-town": [" Izegem "]},
    ],
)
def test_the_same_meaning_in_other_letters_is_no_change(same):
    theirs = sent(note=["Theirs"], held_on=["4/3/2027"], **{"stays-0-town": ["Brugge"]})
    assert names(merge(sent() | same, theirs)) == []


def test_only_what_both_changed_clashes_and_the_rest_comes_in():
    result = merge(sent(note=["Mine"], kind=["phone"]), sent(note=["Theirs"], held_on=["4/3/2027"]))
    assert names(result) == ["note"]
    assert result.taken == ["Day"]
    assert result.answers["held_on"] == ["4/3/2027"]
    assert result.answers["kind"] == ["phone"]


def test_both_texts_can_stay_but_not_both_days():
    mine, theirs = sent(note=["Mine"], held_on=["5/3/2027"]), sent(note=["Theirs"], held_on=["4/3/2027"])
    result = merge(mine, theirs, note="both", held_on="both")
    assert result.answers["note"] == ["Mine\n\nTheirs"]
    assert result.answers["held_on"] == ["5/3/2027"]
    assert not result.is_settled


def test_a_box_taken_away_by_the_other_goes_away():
    theirs = sent()
    del theirs["done"], theirs["helped"]
    result = merge(sent(note=["Mine"]), theirs)
    assert result.taken == ["Help", "Done"]
    assert "done" not in result.answers
    assert "helped" not in result.answers


def test_choices_are_shown_in_words():
    result = merge(sent(helped=["talk"], kind=["phone"]), sent(helped=["talk", "go"], kind=["phone"]))
    assert [(each.mine, each.theirs) for each in result.clashes] == [("Talk", "Talk, Going along")]


def test_a_day_that_cannot_be_read_is_still_mine():
    result = merge(sent(held_on=["31/2/2027"]), sent(held_on=["4/3/2027"]))
    assert [(each.mine, each.theirs) for each in result.clashes] == [("31/2/2027", "4/3/2027")]


def test_rows_clash_as_a_whole_and_are_shown_line_by_line():
    mine, theirs = sent(**{"stays-0-town": ["Brugge"]}), sent(**{"stays-0-town": ["Gent"]})
    with override("en"):
        result = merge(mine, theirs, stays="theirs")
    assert [(each.label, each.mine, each.theirs) for each in result.clashes] == [
        ("Stays", "Brugge · I do not know", "Gent · I do not know")
    ]
    form = VisitForm(query_of(result.answers))
    assert form.is_valid()
    assert form.answers()["stays"][0]["town"] == "Gent"


def test_a_row_added_by_the_other_comes_in_when_i_touched_none():
    theirs = sent(**{"stays-TOTAL_FORMS": ["3"], "stays-1-town": ["Gent"], "stays-2-town": [""]})
    result = merge(sent(note=["Mine"]), theirs)
    assert result.taken == ["Stays"]
    form = VisitForm(query_of(result.answers), initial=STORED)
    assert form.is_valid(), form.errors
    assert [row["town"] for row in form.answers()["stays"]] == ["Izegem", "Gent"]


def test_an_empty_row_more_is_no_change():
    more = sent(**{"stays-TOTAL_FORMS": ["4"]})
    assert names(merge(more, sent(**{"stays-0-town": ["Gent"]}))) == []
