"""With whose eyes the team looks."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Membership


class EyesForm(IntrekForm):
    """A partner, or one of its people."""

    who = forms.ChoiceField(label=_("With whose eyes?"))

    def __init__(self, *args: Any, eyes: dict[str, Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.eyes = eyes
        by_name = sorted(eyes.items(), key=lambda item: (item[1].organisation.name, self._words(item[1])))
        groups = groupby(by_name, key=lambda item: item[1].organisation.name)
        choices = [(name, [(key, self._words(each)) for key, each in items]) for name, items in groups]
        self.fields["who"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]

    @staticmethod
    def _words(member: Membership) -> str:
        if member.contact_id:
            return f"{member.contact.name}, {member.get_role_display()}"
        return str(_("anybody of %(name)s")) % {"name": member.organisation.name}

    def chosen(self) -> Membership | None:
        """Whose eyes were chosen."""
        return self.eyes[self.cleaned_data["who"]] if self.is_valid() else None
