"""Two people wrote on the same row: what only one of them changed goes together by itself, the rest is for the person to choose.

Answers travel as a browser sends them (name → texts), and are compared by what they mean: ``3/3/2027`` is ``3 maart 2027``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext

from intrek.ground.common.forms import IntrekForm, RowSet

MINE, THEIRS, BOTH = "mine", "theirs", "both"
CHOICE = "_choice-"

Sent = dict[str, list[str]]


@dataclass(frozen=True)
class Clash:
    """One question that both answered differently; ``chosen`` is empty until the person decides."""

    name: str
    label: str
    mine: str
    theirs: str
    may_be_both: bool
    chosen: str = ""

    @property
    def html_name(self) -> str:
        """The name under which the choice is sent."""
        return CHOICE + self.name


@dataclass
class Merge:
    """My answers with theirs beside them: what went together, and what still clashes."""

    answers: Sent
    clashes: list[Clash] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Every clash has been decided by a person."""
        return all(each.chosen for each in self.clashes)


def query_of(sent: Mapping[str, Any]) -> QueryDict:
    """Answers as a form takes them."""
    query = QueryDict(mutable=True)
    for name, texts in sent.items():
        query.setlist(name, list(texts))
    return query


def sent_by(form: IntrekForm) -> Sent:
    """What a browser would send back if nobody touched this form."""
    found: Sent = {}
    for bound in form:
        found |= _sent_by_field(bound)
    for rows in form.row_sets.values():
        for each in [rows.management_form, *rows.forms]:
            for bound in each:
                found |= _sent_by_field(bound)
    return found


def _sent_by_field(bound: forms.BoundField) -> Sent:
    value = bound.value()
    return _sent_by_widget(bound.field.widget.get_context(bound.html_name, value, {})["widget"])


def _sent_by_widget(widget: dict[str, Any]) -> Sent:
    name = widget["name"]
    if "subwidgets" in widget:
        return {key: texts for each in widget["subwidgets"] for key, texts in _sent_by_widget(each).items()}
    if "optgroups" in widget:
        chosen = [str(each["value"]) for _name, group, _at in widget["optgroups"] for each in group if each["selected"]]
        return {name: chosen} if chosen else {}
    if widget.get("type") == "checkbox":
        return {name: ["on"]} if widget["attrs"].get("checked") else {}
    if widget.get("type") == "file":
        return {}
    return {name: ["" if widget["value"] is None else str(widget["value"])]}


def merged(
    make: Callable[[QueryDict], IntrekForm], *, base: Sent, mine: Sent, theirs: Sent, choices: dict[str, str]
) -> Merge:
    """Put two sets of answers together that both started from ``base``. ``make`` binds a form without initial answers."""
    was, ours, other = (make(query_of(each)) for each in (base, mine, theirs))
    result = Merge(dict(mine))
    for name, label in _parts(ours):
        before, here, there = (_meaning(form, name) for form in (was, ours, other))
        if there in (before, here):
            continue
        if here == before:
            result.taken.append(label)
            _take(result.answers, ours, other, name)
            continue
        clash = _clash(ours, other, name, label, choices.get(name, ""))
        result.clashes.append(clash)
        if clash.chosen == THEIRS:
            _take(result.answers, ours, other, name)
        elif clash.chosen == BOTH:
            result.answers[ours.add_prefix(name)] = [f"{clash.mine}\n\n{clash.theirs}"]
    return result


def _parts(form: IntrekForm) -> list[tuple[str, str]]:
    fields = [(name, str(form[name].label)) for name, each in form.fields.items() if not each.disabled]
    return fields + [(name, str(getattr(rows.form, "title", name))) for name, rows in form.row_sets.items()]


def _clash(ours: IntrekForm, other: IntrekForm, name: str, label: str, choice: str) -> Clash:
    both = name in ours.fields and isinstance(ours.fields[name].widget, forms.Textarea)
    allowed = {MINE, THEIRS} | ({BOTH} if both else set())
    return Clash(name, label, _words(ours, name), _words(other, name), both, choice if choice in allowed else "")


def _take(answers: Sent, ours: IntrekForm, other: IntrekForm, name: str) -> None:
    for key in _sent_by_part(ours, name):
        answers.pop(key, None)
    answers.update(_sent_by_part(other, name))


def _sent_by_part(form: IntrekForm, name: str) -> Sent:
    if name in form.fields:
        return _sent_by_field(form[name])
    rows = form.row_sets[name]
    return {
        key: texts
        for each in [rows.management_form, *rows.forms]
        for bound in each
        for key, texts in _sent_by_field(bound).items()
    }


def _meaning(form: IntrekForm, name: str) -> Any:
    return _rows_meaning(form.row_sets[name]) if name in form.row_sets else _field_meaning(form[name])


def _field_meaning(bound: forms.BoundField) -> Any:
    data = bound.data
    try:
        value = bound.field.clean(data)
    except ValidationError:
        return ("as typed", str(data))
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return value if value not in ([], None) else ""


def _rows_meaning(rows: RowSet) -> list[list[Any]]:
    return [[_field_meaning(bound) for bound in row] for row in _kept_rows(rows)]


def _kept_rows(rows: RowSet) -> list[list[forms.BoundField]]:
    """The rows that were filled in and not taken away."""
    kept = [form for form in rows.forms if form.has_changed() and not (rows.can_delete and form["DELETE"].data)]
    return [[bound for bound in form if bound.name != "DELETE"] for form in kept]


def _words(form: IntrekForm, name: str) -> str:
    if name not in form.row_sets:
        return _field_words(form[name])
    rows = _kept_rows(form.row_sets[name])
    return "\n".join(
        " · ".join(filter(None, (_field_words(each) for each in row if not each.is_hidden))) for row in rows
    )


def _field_words(bound: forms.BoundField) -> str:
    texts = [each for values in _sent_by_field(bound).values() for each in values]
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return gettext("Yes") if texts else gettext("No")
    if isinstance(bound.field, forms.ChoiceField | forms.ModelChoiceField):
        labels = {str(key): str(label) for key, label in _flat(bound.field.choices)}
        texts = [labels.get(each, each) for each in texts if each]
    return ", ".join(texts)


def _flat(choices: Any) -> Any:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
