"""A person judges a condition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.forms import IntrekForm
from intrek.story.eligibility.models import Verdict
from intrek.story.eligibility.rules import verdict_words


class JudgeForm(IntrekForm):
    """The verdict and what it rests on."""

    verdict = forms.ChoiceField(label=_("Judgment"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What does it rest on?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: the letter of the housing company, seen on 3 March."),
    )

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["verdict"]
        field.choices = [(each.value, verdict_words(kind, each)) for each in Verdict]
