"""Choosing mails, announcing, pausing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Membership, Organisation, Sector
from intrek.ground.post import rules
from intrek.ground.post.models import Kind


def about(kind: str) -> str:
    """A kind of message as the page of choices names it: its subject line without a number."""
    return str(Kind(kind).label) % {"number": "…"}


class ChoicesForm(IntrekForm):
    """When one wants a mail, for each kind of message that one can get."""

    def __init__(self, *args: Any, is_partner: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in rules.kinds_for(is_partner=is_partner):
            if kind not in rules.NEVER_OFF:
                self.fields[kind] = forms.ChoiceField(label=about(kind), choices=rules.When.choices)


class AnnounceForm(IntrekForm):
    """What is announced, and for whom."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("What you announce"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    sector = forms.ChoiceField(
        label=_("For which partners"),
        choices=[("", _("all partners")), *((each.value, each.label) for each in Sector if each != Sector.LEAD)],
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=_("Only for one organisation"), queryset=Organisation.objects.none(), required=False, empty_label="–"
    )

    def __init__(self, *args: Any, member: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        of_programme = Organisation.objects.filter(programme_id=member.programme_id, until_on=None)
        field.queryset = of_programme.exclude(sector=Sector.LEAD).order_by("name", "pk")
