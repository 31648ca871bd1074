"""What a person answers about a list: the file, the columns, whether doubtful rows come along; and about a calendar."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.forms import IntrekForm
from intrek.windows.exchange.queries import Reading, all_fields, headings_to_point_out
from intrek.windows.exchange.rules.columns import NEEDED
from intrek.windows.exchange.rules.files import MEGABYTE, MOST_MEGABYTES, Reason

NOT_THERE = -1


class UploadForm(IntrekForm):
    """The file with the list."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_("An .xlsx, .ods, .xls or .csv file. Nothing is written before you have seen what it holds."),
        error_messages={"empty": Reason.EMPTY.label, "required": _("Choose a file.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.ods,.xls,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        """The name and the content; too large a file is not even read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_MEGABYTES * MEGABYTE:
            raise ValidationError(str(Reason.TOO_LARGE.label) % {"most": MOST_MEGABYTES}, code="too_large")
        return file


class ColumnsForm(IntrekForm):
    """Which column of the list holds what."""

    def __init__(self, *args: Any, reading: Reading, **options: Any) -> None:
        super().__init__(*args, **options)
        columns = reading.sheet.columns if reading.sheet else {}
        choices = [(NOT_THERE, _("not in the list")), *headings_to_point_out(reading.sheet)]
        for name in all_fields():
            self.fields[name.value] = forms.TypedChoiceField(
                label=capfirst(name.label),
                choices=choices,
                coerce=int,
                initial=columns.get(name, NOT_THERE),
                required=name in NEEDED,
            )

    @property
    def needed(self) -> list[forms.BoundField]:
        """The columns without which nothing can be made."""
        return [self[name.value] for name in NEEDED]

    @property
    def others(self) -> list[forms.BoundField]:
        """Every other column."""
        return [self[name.value] for name in all_fields() if name not in NEEDED]

    def clean(self) -> dict[str, Any]:
        """A needed column is there, and no column holds two things."""
        told = super().clean() or {}
        for name in NEEDED:
            if told.get(name.value) == NOT_THERE:
                self.add_error(name.value, _("Point this column out: without it no referral can be made."))
        taken: dict[int, str] = {}
        for name in all_fields():
            at = told.get(name.value, NOT_THERE)
            if at != NOT_THERE and at in taken:
                self.add_error(name.value, _("This column already holds “%(other)s”.") % {"other": taken[at]})
            taken.setdefault(at, str(name.label))
        return told


class ConfirmForm(IntrekForm):
    """Make what was shown."""

    with_doubtful = forms.BooleanField(
        label=_("Make the doubtful rows too"),
        help_text=_("Left out, they stand among the refused rows with what is doubtful about them."),
        required=False,
        initial=True,
    )


class FeedForm(IntrekForm):
    """In which calendar the link is going to stand."""

    name = forms.CharField(
        label=_("In which calendar?"),
        max_length=60,
        help_text=_("For example: Outlook at work, my phone. One link for each, so that one can end alone."),
    )
