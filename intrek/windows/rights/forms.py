"""What is asked before somebody is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.forms import IntrekForm


class EraseForm(IntrekForm):
    """The number of the pathway, typed over, and why."""

    number = forms.CharField(
        label=_("Type the number of the pathway"),
        max_length=20,
        help_text=_("It cannot be undone, not even from here."),
    )
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        required=False,
        help_text=_("At whose request, or because its time is over. Do not write a name here: this stays on record."),
    )
