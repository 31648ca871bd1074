"""Signing the contract (P15)."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Contact, Organisation, Sector
from intrek.ground.partners.queries import workers_of
from intrek.story.placement.models import Placement


class SignForm(IntrekForm):
    """The contract, and whether support goes on with it."""

    landlord = forms.ModelChoiceField(label=_("Landlord"), queryset=Organisation.objects.none(), required=False)
    signed_on = DayField(label=_("Contract signed on"), required=False)
    starts_on = DayField(label=_("The tenancy runs from"), required=False)
    conditions = forms.CharField(
        label=_("Conditions in the contract"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    with_support = forms.BooleanField(label=_("Support goes on, as a sitting tenant"), required=False)
    support_months = forms.IntegerField(label=_("Months of support"), required=False, min_value=1, max_value=60)
    worker = forms.ModelChoiceField(label=_("Support worker"), queryset=Contact.objects.none(), required=False)
    agreement_on = DayField(label=_("Support agreement signed on"), required=False)

    def __init__(self, *args: Any, placement: Placement, **options: Any) -> None:
        super().__init__(*args, **options)
        # The housing partners of today, and the owner, who may be the lead itself.
        housing = Q(sector=Sector.HOUSING, successor=None) | Q(pk=placement.dwelling.owner_id)
        partners = Organisation.objects.filter(housing, programme_id=placement.programme_id)
        self.fields["landlord"].queryset = partners.order_by("name", "pk")  # type: ignore[attr-defined]
        today = self.today or placement.agreed_last_day
        if today:
            self.fields["worker"].queryset = workers_of(placement.programme, today)  # type: ignore[attr-defined]


def first_answers(placement: Placement, *, with_support: bool, months: int) -> dict[str, Any]:
    """What stands in the form before anybody types: the owner, the day after the loan, what the evaluation decided."""
    last_day = placement.ended_on or placement.agreed_last_day
    return {
        "landlord": placement.dwelling.owner_id,
        "starts_on": last_day + timedelta(days=1) if last_day else None,
        "with_support": with_support,
        "support_months": months,
        "worker": placement.pathway.worker_id,
    }
