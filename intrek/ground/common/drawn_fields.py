"""How a form's field is drawn: which shape, and how label, hint and errors are tied to it for who cannot see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, Select, Textarea
from django.forms.widgets import ChoiceWidget, MultiWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext

WIDTHS = {"": "", "full": "", "s": " input--s", "m": " input--m"}


@dataclass(frozen=True)
class Problem:
    """Something to mend, and the place of the answer it is about (empty: about the whole form)."""

    text: str
    href: str


class DrawnField:
    """One field with its label, hint, errors and widget, tied together by ids."""

    def __init__(self, field: BoundField, options: dict[str, Any]) -> None:
        self.field = field
        self.options = options
        self.widget = field.field.widget

    @property
    def shape(self) -> str:
        """``choices``: radios or checkboxes; ``check``: one box; ``group``: several boxes under one legend; ``input``."""
        if isinstance(self.widget, ChoiceWidget) and not isinstance(self.widget, Select):
            return "choices"
        if isinstance(self.widget, CheckboxInput):
            return "check"
        return "group" if isinstance(self.widget, MultiWidget) or self.widget.use_fieldset else "input"

    @property
    def label(self) -> str:
        """What is asked."""
        return str(self.options.get("label") or self.field.label)

    @property
    def hint(self) -> str:
        """What helps to answer."""
        return str(self.options.get("hint") or self.field.help_text)

    @property
    def note(self) -> str:
        """The soft words after the label; an answer that may stay empty says so."""
        given = self.options.get("optional")
        if given:
            return "" if given == "none" else str(given)
        may_be_empty = not self.field.field.required and self.shape in {"input", "group"}
        return gettext("(may stay empty)") if may_be_empty else ""

    @property
    def errors(self) -> list[str]:
        """All that is wrong with the answer."""
        return [str(error) for error in self.field.errors]

    @property
    def hint_id(self) -> str:
        """Where the hint stands."""
        return f"{self.field.auto_id}_hint"

    @property
    def error_id(self) -> str:
        """Where the errors stand."""
        return f"{self.field.auto_id}_error"

    @property
    def described_by(self) -> str:
        """The ids of what belongs to this answer."""
        ids = [self.hint_id] if self.hint else []
        return " ".join([*ids, self.error_id] if self.errors else ids)

    @property
    def is_two(self) -> bool:
        """Tiles in two columns rather than three."""
        return bool(self.options.get("two"))

    def drawn(self) -> SafeString:
        """The widget itself."""
        return self.field.as_widget(attrs=self._attrs())

    def choices(self) -> list[Any]:
        """The radios or boxes, one by one."""
        return list(self.field.subwidgets)

    def _attrs(self) -> dict[str, Any]:
        attrs: dict[str, Any] = {}
        css = self._css()
        if css:
            attrs["class"] = f"{css} {self.widget.attrs.get('class', '')}".strip()
        if self.described_by and self.shape != "choices":
            attrs["aria-describedby"] = self.described_by
        if self.errors:
            attrs["aria-invalid"] = "true"
        if "placeholder" in self.widget.attrs:
            attrs["placeholder"] = False  # a question inside its box is gone once one types
        return attrs

    def _css(self) -> str:
        width = WIDTHS.get(str(self.options.get("width") or ""), "")
        if self.shape == "check":
            return ""
        if isinstance(self.widget, Textarea):
            return "textarea"
        if isinstance(self.widget, Select):
            return f"select{width}"
        if isinstance(self.widget, FileInput):
            return "input input--file"
        return f"input{width}"


def problems_of(forms: Iterable[Any], more: Iterable[Any]) -> list[Problem]:
    """All that is wrong, in the order of the page; formsets are taken apart."""
    found: list[Problem] = []
    for form in [*forms, *more]:
        if isinstance(form, BaseForm):
            found += _problems_of_form(form)
        else:
            found += [Problem(str(error), "") for error in form.non_form_errors()]
            for each in form.forms:
                found += _problems_of_form(each)
    return found


def _problems_of_form(form: BaseForm) -> list[Problem]:
    whole = [Problem(str(error), "") for error in form.errors.get(NON_FIELD_ERRORS, [])]
    fields = [
        Problem(_told(str(field.label), str(error)), f"#{place_of(field)}") for field in form for error in field.errors
    ]
    return whole + fields


def _told(label: str, error: str) -> str:
    if label.endswith(("?", ".", ":")):
        return f"{label} {error}"
    return gettext("%(field)s: %(value)s") % {"field": label, "value": error}


def place_of(field: BoundField) -> str:
    """The id of the first box of a field: where a link to it must land."""
    widget = field.field.widget
    several = isinstance(widget, CheckboxSelectMultiple | MultiWidget) or (
        isinstance(widget, ChoiceWidget) and not isinstance(widget, Select)
    )
    return f"{field.auto_id}_0" if several else field.auto_id
