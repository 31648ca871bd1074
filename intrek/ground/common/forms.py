"""The form that every page of Intrek builds on: it shows again what was typed, and takes refusals in."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from intrek.ground.common.fields import DayField
from intrek.ground.common.refusals import Refusal, Refused

MOST_ROWS = 30


class Restorable:
    """A form that may show typed answers without judging them: a draft put back, a row more, a conflict to settle."""

    restored = False


class RowSet(Restorable, forms.BaseFormSet):
    """The rows of a question that is answered several times, such as residences or visits planned."""

    def __init__(self, *args: Any, restored: bool = False, today: date | None = None, **options: Any) -> None:
        options["form_kwargs"] = options.get("form_kwargs", {}) | {"restored": restored, "today": today}
        super().__init__(*args, **options)
        self.restored = restored

    def full_clean(self) -> None:
        if not self.restored:
            super().full_clean()
            return
        self._errors: list[ErrorDict] = []
        self._non_form_errors: ErrorList = self.error_class()

    def is_valid(self) -> bool:
        return not self.restored and super().is_valid()

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        # A row that was added here is compared with nothing, also when somebody else has added one since.
        if self.is_bound and i >= self.initial_form_count():
            kwargs["initial"] = {}
        return super()._construct_form(i, **kwargs)  # type: ignore[misc]  # not in the stubs

    @property
    def has_room(self) -> bool:
        """One more row may be added."""
        return self.total_form_count() < MOST_ROWS

    def answers(self) -> list[dict[str, Any]]:
        """The rows that were filled in and not taken away."""
        rows = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return [{name: value for name, value in form.cleaned_data.items() if name != "DELETE"} for form in rows]


def rows_of(form: type["IntrekForm"], *, extra: int = 1, can_delete: bool = True) -> type[RowSet]:
    """The kind of rows that such a form makes; ``extra`` empty ones stand ready."""
    made: Any = forms.formset_factory(
        form,
        formset=RowSet,
        extra=extra,
        can_delete=can_delete,
        absolute_max=MOST_ROWS,
        max_num=MOST_ROWS,
        validate_max=True,
    )
    kind: type[RowSet] = made
    return kind


class IntrekForm(Restorable, forms.Form):
    """Answers on a page. ``rows`` names the questions that are answered several times (``rows_of``).

    ``passing`` names answers that no draft keeps, such as a signature: they are given when the form is sent, or not at all.
    """

    rows: ClassVar[dict[str, type[RowSet]]] = {}
    passing: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self, data: Any = None, files: Any = None, *, restored: bool = False, today: date | None = None, **options: Any
    ) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(data, files, **options)
        self.restored, self.today = restored, today
        self.refusals: list[Refusal] = []
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.today = today
        self.row_sets = {
            name: kind(
                data, prefix=self.add_prefix(name), initial=self.initial.get(name), restored=restored, today=today
            )
            for name, kind in self.rows.items()
        }

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        """What a stored row answers to this form: its attributes of the same names. Override where they differ."""
        names = [*cls.base_fields, *cls.rows]
        return {name: getattr(row, name) for name in names if hasattr(row, name)}

    def full_clean(self) -> None:
        if not self.restored:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}

    def is_valid(self) -> bool:
        # Every part is asked, so that all that is wrong shows at once.
        parts = [super().is_valid(), *(rows.is_valid() for rows in self.row_sets.values())]
        return not self.restored and all(parts)

    def answers(self) -> dict[str, Any]:
        """Every answer by name, rows as a list: what an action takes as keywords."""
        return self.cleaned_data | {name: rows.answers() for name, rows in self.row_sets.items()}

    def add_error(self, field: str | None, error: Any) -> None:
        if isinstance(error, Refused):
            add_refusals(self, error)
        else:
            super().add_error(field, error)

    @property
    def parts(self) -> list[Any]:
        """The form and its rows, for the error summary."""
        return [self, *self.row_sets.values()]


def add_refusals(form: forms.Form, refused: Refused) -> None:
    """Put each reason at the answer it is about, the others at the head of the form; none is lost."""
    for reason in refused.reasons:
        place = reason.form_field if reason.form_field in form.fields else None
        code = str(getattr(reason.code, "value", reason.code))
        form.add_error(place, ValidationError(str(reason), code=code))
    if isinstance(form, IntrekForm):
        form.refusals += refused.reasons


def one_row_more(data: Mapping[str, Any], name: str) -> QueryDict:
    """The same answers with room for one more row of ``name``."""
    more = QueryDict(mutable=True)
    more.update(data)
    key = f"{name}-{TOTAL_FORM_COUNT}"
    count = str(more.get(key, "0"))
    more[key] = (
        str(min(int(count), MOST_ROWS - 1) + 1) if count.isascii() and count.isdigit() and len(count) < 5 else "1"
    )
    return more
