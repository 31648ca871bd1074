"""What the pages about dwellings ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import YesNoUnknownField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.dwellings.models import DwellingKind
from intrek.ground.partners.models import Membership, Organisation, Role, Sector


class DwellingForm(IntrekForm):
    """Facts about a home. A landlord adds and changes their own only, so is not asked whose it is."""

    address = forms.CharField(label=_("Street, number, box"), max_length=160)
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=10)
    municipality = forms.CharField(label=_("Municipality"), required=False, max_length=80)
    owner = forms.ModelChoiceField(
        label=_("Landlord"), required=False, queryset=Organisation.objects.none(), empty_label=_("unknown")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DwellingKind.choices, widget=forms.RadioSelect)
    bedrooms = forms.IntegerField(label=_("Bedrooms"), required=False, min_value=0, max_value=20)
    floor = forms.IntegerField(
        label=_("Floor"), required=False, min_value=-3, max_value=60, help_text=_("0 is the ground floor.")
    )
    lift = YesNoUnknownField(label=_("Is there a lift?"))
    step_free = YesNoUnknownField(label=_("Can one enter without steps?"))
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = Organisation.objects.filter(programme_id=member.programme_id, sector=Sector.HOUSING)
        if member.role == Role.HOUSING_OFFICER:
            del self.fields["owner"]
