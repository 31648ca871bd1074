"""Label, hint and errors belong to their answer, also for who cannot see."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from intrek.ground.common.drawn_fields import problems_of
from intrek.ground.common.refusals import Refusal, WayOut


class Answers(forms.Form):
    name = forms.CharField(label="Name", help_text="In full.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    known = forms.ChoiceField(label="Known?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="Agrees")


def rendered(source, **context):
    with translation.override("en"):
        return " ".join(Template(CottonCompiler().process(source)).render(Context(context)).split())


def test_hint_and_error_are_read_out_with_the_answer():
    html = rendered('<c-field :field="form.name" />', form=Answers({}))
    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert 'id="id_name_hint"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_an_answer_without_hint_or_error_refers_to_nothing():
    html = rendered('<c-field :field="form.note" />', form=Answers())
    assert "aria-describedby" not in html
    assert "(may stay empty)" in html


def test_a_choice_is_one_question_with_its_answers():
    html = rendered('<c-field :field="form.known" tiles />', form=Answers({}))
    assert "<fieldset" in html
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="id_known_error"' in html


@pytest.mark.parametrize(("name", "place"), [("name", "#id_name"), ("known", "#id_known_0"), ("agrees", "#id_agrees")])
def test_what_is_to_mend_leads_to_the_answer(name, place):
    assert place in [problem.href for problem in problems_of([Answers({})], [])]
    assert f'id="{place[1:]}"' in rendered(f'<c-field :field="form.{name}" />', form=Answers({}))


def test_what_is_wrong_with_the_whole_form_comes_first():
    form = Answers({})
    form.add_error(None, ["First.", "Second."])
    assert [problem.text for problem in problems_of([form], [])][:2] == ["First.", "Second."]


def test_what_is_typed_is_never_markup():
    html = rendered('<c-field :field="form.name" />', form=Answers({"name": "<b>x</b>"}))
    assert "<b>x</b>" not in html


def test_a_refusal_names_every_reason_with_its_way_out():
    reasons = [Refusal("Not held.", way_out=WayOut("/plan/", "Plan it")), Refusal("Not <confirmed>.")]
    html = rendered('<c-refusal title="It cannot start" :reasons="reasons" />', reasons=reasons)
    assert "It cannot start: 2 reasons" in html
    assert 'href="/plan/"' in html
    assert "Not &lt;confirmed&gt;." in html


def test_without_reasons_there_is_no_refusal():
    assert rendered('<c-refusal :reasons="reasons" />', reasons=[]) == ""
