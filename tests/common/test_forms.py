"""A form takes refusals in, grows by a row, and puts typed answers back without judging them."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from intrek.ground.common.fields import DayField
from intrek.ground.common.forms import IntrekForm, add_refusals, one_row_more, rows_of
from intrek.ground.common.merging import query_of, sent_by
from intrek.ground.common.refusals import Refusal, Refused, WayOut, refuse_if

TODAY = date(2026, 11, 23)


class Reason(models.TextChoices):
    TOO_LONG = "too_long", "At most %(months)d months, so until %(last)s."
    UNKNOWN = "unknown", _("I do not know")


class StayForm(IntrekForm):
    town = forms.CharField()


class TermForm(IntrekForm):
    rows = {"stays": rows_of(StayForm)}
    starts_on = DayField(past=True)
    months = forms.IntegerField(required=False)


def answers(**changes):
    return query_of(sent_by(TermForm(initial={"starts_on": TODAY, "stays": [{"town": "Izegem"}]})) | changes)


TOO_LONG = Refusal(Reason.TOO_LONG, {"months": 12, "last": date(2027, 11, 22)}, form_field="months")


def test_every_reason_is_raised_at_once_and_none_raises_nothing():
    refuse_if([])
    with pytest.raises(Refused) as refused:
        refuse_if(each for each in (TOO_LONG, Refusal("Not 100 % sure.")))
    assert [each.code for each in refused.value.reasons] == [Reason.TOO_LONG, "Not 100 % sure."]
    with override("en"):
        assert str(refused.value) == "At most 12 months, so until 22 November 2027. Not 100 % sure."


def test_a_reason_speaks_the_language_of_who_reads_it():
    reason = Refusal(Reason.TOO_LONG, {"months": 12, "last": date(2027, 11, 22)})
    with override("nl"):
        assert "22 november 2027" in str(reason)
    with override("fr"):
        assert "22 novembre 2027" in str(reason)
    assert reason == TOO_LONG
    assert len({reason, TOO_LONG}) == 1


def test_each_reason_stands_at_its_answer_and_the_others_on_top():
    form = TermForm(answers(), today=TODAY)
    assert form.is_valid()
    hidden = Refusal("Elsewhere.", form_field="nowhere", way_out=WayOut("/x/", "Mend"))
    add_refusals(form, Refused([TOO_LONG, hidden, Refusal("On top.")]))
    assert len(form.errors["months"]) == 1
    assert form.non_field_errors() == ["Elsewhere.", "On top."]
    assert not form.is_valid()
    assert [each.way_out for each in form.refusals if each.way_out] == [WayOut("/x/", "Mend")]


def test_a_form_takes_a_refusal_as_it_takes_any_error():
    form = TermForm(answers(), today=TODAY)
    form.add_error(None, Refused([TOO_LONG]))
    assert form.errors["months"] == [str(TOO_LONG)]


def test_mistakes_in_the_form_and_in_its_rows_show_at_once():
    form = TermForm(answers(starts_on=["31/2/2026"], **{"stays-0-town": [""]}), today=TODAY)
    assert not form.is_valid()
    assert form.errors["starts_on"]
    assert form.row_sets["stays"].errors[0]["town"]
    assert form.parts == [form, form.row_sets["stays"]]


def test_what_is_put_back_is_shown_as_typed_and_judged_by_nobody():
    form = TermForm(answers(starts_on=["31/2/2026"], **{"stays-0-town": [""]}), today=TODAY, restored=True)
    assert not form.is_valid()
    assert not form.errors
    assert not any(form.row_sets["stays"].errors)
    assert 'value="31/2/2026"' in str(form["starts_on"])


def test_a_row_more_keeps_what_was_typed():
    more = one_row_more(answers(starts_on=["31/2/2026"]), "stays")
    form = TermForm(more, restored=True)
    assert len(form.row_sets["stays"].forms) == 3
    assert form["starts_on"].value() == "31/2/2026"


@pytest.mark.parametrize("count", ["", "x", "-1", "99999", "³"])
def test_a_forged_number_of_rows_breaks_nothing(count):
    more = one_row_more(answers(**{"stays-TOTAL_FORMS": [count]}), "stays")
    assert len(TermForm(more, restored=True).row_sets["stays"].forms) <= 30


def test_rows_taken_away_are_no_answers():
    form = TermForm(answers(**{"stays-0-DELETE": ["on"]}), today=TODAY)
    assert form.is_valid(), form.errors
    assert form.answers() == {"starts_on": TODAY, "months": None, "stays": []}


def test_a_day_not_yet_come_is_judged_by_the_day_of_the_request():
    assert not TermForm(answers(starts_on=["24/11/2026"]), today=TODAY).is_valid()
    assert TermForm(answers(starts_on=["24/11/2026"]), today=date(2026, 11, 24)).is_valid()
    today = TermForm(answers(starts_on=["vandaag"]), today=TODAY)
    assert today.is_valid()
    assert today.answers()["starts_on"] == TODAY


def test_a_stored_row_answers_by_its_names():
    class Row:
        starts_on, months, other = TODAY, 6, Decimal(1)

    assert TermForm.answers_of(Row()) == {"starts_on": TODAY, "months": 6}
