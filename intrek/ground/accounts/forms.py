"""What a person settles about their own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intrek.ground.accounts.models import Theme
from intrek.ground.common.forms import IntrekForm


class MeForm(IntrekForm):
    """Name, language and colours."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Colours"), choices=Theme.choices, required=False, widget=forms.RadioSelect)

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        # Who never chose reads what the pages speak now.
        return super().answers_of(row) | {"language": row.language or (get_language() or "")[:2]}
