"""With whose eyes the team looks."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Membership
from intrek.ground.programmes.models import Programme


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


class OutsideForm(IntrekForm):
    """Which file of another team somebody needs, and why."""

    programme = forms.ChoiceField(label=_("Programme"))
    number = forms.CharField(label=_("Number of the pathway"), max_length=20)
    reason = forms.CharField(
        label=_("Why do you need this file now?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Who asked you, what is going on, why it cannot wait."),
    )

    def __init__(self, *args: Any, programmes: list[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programme"].choices = [(str(each.pk), str(each)) for each in programmes]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return told | {"programme": UUID(told["programme"])}
