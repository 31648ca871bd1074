"""Preparing a stay, its fee, domicile, furniture, and what deviates (P9, P10, P12, P20)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import months_in
from intrek.ground.common.fields import DayField, FilesField, MoneyField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.documents.actions import take_in
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.partners.queries import workers_of
from intrek.story.placement.models import Bears, Placement, State
from intrek.story.placement.queries import Fee
from intrek.story.placement.rules import FEE_PARTS


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **options)


class TeamForm(IntrekForm):
    """A form that asks for somebody of the programme's team."""

    asks: tuple[str, ...] = ()

    def __init__(self, *args: Any, member: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.today or member.on
        for name in self.asks if day else ():
            self.fields[name].queryset = workers_of(member.programme, day)  # type: ignore[attr-defined, arg-type]


class DaysForm(IntrekForm):
    """From when, and how long."""

    starts_on = DayField(label=_("First day"))
    months = forms.IntegerField(
        label=_("Months"), min_value=1, max_value=99, help_text=_("Calendar months; the last day is included.")
    )


class WorkerForm(TeamForm):
    """Who will support the resident, before the keys are given: the papers name them."""

    asks = ("worker",)

    worker = forms.ModelChoiceField(label=_("Support worker"), queryset=Contact.objects.none())


class CallOffForm(IntrekForm):
    """Why a prepared stay does not go through."""

    why = _text(_("Why does the stay not go through?"))


class FeeForm(IntrekForm):
    """The usage fee a month, part by part (P9)."""

    from_on = DayField(label=_("From"))
    stay = MoneyField(label=_("Stay"), required=False)
    common_parts = MoneyField(label=_("Common parts"), required=False)
    furniture = MoneyField(label=_("Furniture"), required=False)
    water = MoneyField(label=_("Water"), required=False)
    gas = MoneyField(label=_("Gas"), required=False)
    electricity = MoneyField(label=_("Electricity"), required=False)
    other = MoneyField(label=_("Other"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class PaymentForm(IntrekForm):
    """Money that came in."""

    amount = MoneyField(label=_("Amount"))
    paid_on = DayField(label=_("Paid on"), past=True)
    why = forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Only when it is more than what is open."),
    )


class CorrectForm(IntrekForm):
    """Why a month is reckoned anew, or a payment taken back."""

    why = forms.CharField(label=_("Why is it corrected?"), max_length=200)


class NoDomicileForm(TeamForm):
    """No domicile at the dwelling: why, and where then (P10)."""

    asks = ("reviewer",)

    reason = _text(_("Why is there no domicile at the dwelling?"))
    real_address = forms.CharField(label=_("Where the person is registered"), max_length=200)
    is_reference_address = forms.BooleanField(label=_("A reference address at the welfare centre"), required=False)
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until and including"), required=False)
    reviewer = forms.ModelChoiceField(label=_("Who reviews it"), queryset=Contact.objects.none())
    review_on = DayField(label=_("Reviewed on"), required=False)


class ContactForm(IntrekForm):
    """The person was in touch for the reference address."""

    on = DayField(label=_("Contact on"), past=True)


class DeviationForm(TeamForm):
    """In what one stay deviates from the rule (P20)."""

    asks = ("approved_by",)

    what = _text(_("In what does this stay deviate?"))
    reason = _text(_("Why?"))
    approved_by = forms.ModelChoiceField(label=_("Approved by"), queryset=Contact.objects.none())
    review_on = DayField(label=_("Reviewed on"))


class LearnedForm(IntrekForm):
    """What a deviation taught."""

    learned = _text(_("What did we learn?"))


class ThingForm(IntrekForm):
    """One more thing that the dwelling needs (P9)."""

    what = forms.CharField(label=_("What else does the dwelling need?"), max_length=120)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class StartConditionForm(IntrekForm):
    """A dwelling is going to be looked over."""

    on = DayField(label=_("Looked over on"), past=True)


class ItemForm(IntrekForm):
    """One more thing in a room."""

    room = forms.CharField(label=_("Room"), max_length=60)
    what = forms.CharField(label=_("What"), max_length=120)


class LookForm(IntrekForm):
    """In what state one thing is."""

    room = forms.CharField(label=_("Room"), max_length=60)
    state = forms.ChoiceField(label=_("State"), choices=State.choices, widget=forms.RadioSelect)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)
    photos = FilesField(
        take_in=take_in,
        label=_("Photos"),
        help_text=_("At most six at once. They are printed on the condition report."),
    )


class BearForm(IntrekForm):
    """Who bears what differs at leaving."""

    bears = forms.ChoiceField(label=_("Who bears it?"), choices=Bears.choices, widget=forms.RadioSelect)
    amount = MoneyField(label=_("Amount"), required=False)


class KeysBackForm(IntrekForm):
    """The keys are back."""

    on = DayField(label=_("Keys returned on"), past=True)


def days_of(placement: Placement) -> dict[str, Any]:
    """The days of a prepared stay as its form asks them."""
    first, last = placement.starts_on, placement.agreed_last_day
    return {"starts_on": first, "months": months_in(first, last) if first and last else None}


def first_fee(placement: Placement, fees: Sequence[Fee], today: date) -> dict[str, Any]:
    """The first fee begins with the stay; a later one today, with the amounts of the one before."""
    if not fees:
        return {"from_on": placement.starts_on or today}
    amounts = {name: getattr(fees[0].fee, name) for name in FEE_PARTS}
    return {"from_on": today} | {name: amount or None for name, amount in amounts.items()}
