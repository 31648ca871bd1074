"""What the pages about dwellings and candidates ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import code_choices


class OfferChangeForm(IntrekForm):
    """When the dwelling is free, and what is still missing."""

    available_from = DayField(label=_("Free from"), required=False, help_text=_("Empty: free now."))
    available_until = DayField(label=_("Free until"), required=False, help_text=_("Empty: no end."))
    missing = forms.CharField(
        label=_("What is still missing"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For instance repairs, or a meter to be opened."),
    )


class OfferForm(OfferChangeForm):
    """A dwelling is offered to the programme."""

    offered_on = DayField(label=_("Offered on"), past=True)
    over_quota_motive = forms.CharField(
        label=_("Motive for one more than the year's number"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only needed when the year's number is reached."),
    )
    field_order = ("offered_on", "available_from", "available_until", "missing", "over_quota_motive")


class WithdrawForm(IntrekForm):
    """The landlord takes the dwelling back."""

    on = DayField(label=_("Withdrawn on"), past=True)
    why = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ChooseForm(IntrekForm):
    """People choose, and say why."""

    motive = forms.CharField(
        label=_("Why this person, and not one of the others?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stays in the programme. Whoever asks later reads it here."),
    )
    on = DayField(label=_("Chosen on"), past=True)
    answer_by = DayField(label=_("The candidate answers by"), required=False)


class AcceptForm(IntrekForm):
    """The candidate takes the dwelling."""

    on = DayField(label=_("Accepted on"), past=True)


class DeclineForm(IntrekForm):
    """The candidate does not take the dwelling."""

    code = forms.ChoiceField(label=_("Why does the candidate decline?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("In own words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = DayField(label=_("Declined on"), past=True)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self.fields["code"]
        code.choices = code_choices(programme, CodeList.CANDIDATE_REFUSAL, on=self.today)


class ReleaseForm(IntrekForm):
    """The candidate loses the dwelling before the keys."""

    on = DayField(label=_("Since"), past=True)
