"""Asking help from outside, following the wait, and the list of services (P21)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField, PhoneField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Membership
from intrek.ground.services.models import OutsideService


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)


class AskForm(IntrekForm):
    """A service is asked; whose name is not in the list yet can be typed."""

    service = forms.ModelChoiceField(
        label=_("Service"), queryset=OutsideService.objects.none(), required=False, empty_label=_("Choose a service")
    )
    new_service = forms.CharField(label=_("Or a service that is not in the list"), max_length=120, required=False)
    asked_on = DayField(label=_("Asked on"), past=True)
    is_on_waiting_list = forms.BooleanField(label=_("There is a waiting list"), required=False)
    place = forms.CharField(label=_("Place on the list"), max_length=60, required=False)
    expected_on = DayField(label=_("Expected on"), required=False)
    bridging = _text(_("What bridges the wait?"), help_text=_("Who helps until the service starts."))
    note = _text(_("Note"))

    def __init__(self, *args: Any, member: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        services = OutsideService.objects.filter(programme_id=member.programme_id).order_by("name", "pk")
        self.fields["service"].queryset = services  # type: ignore[attr-defined]


class RequestForm(IntrekForm):
    """What is known of the wait now."""

    is_on_waiting_list = forms.BooleanField(label=_("There is a waiting list"), required=False)
    place = forms.CharField(label=_("Place on the list"), max_length=60, required=False)
    expected_on = DayField(label=_("Expected on"), required=False)
    last_checked_on = DayField(label=_("Last checked on"), past=True, required=False)
    started_on = DayField(label=_("Started on"), past=True, required=False)
    refused_on = DayField(label=_("Refused on"), past=True, required=False)
    refused_why = forms.CharField(label=_("Why refused"), max_length=200, required=False)
    ended_on = DayField(label=_("Ended on"), past=True, required=False)
    bridging = _text(_("What bridges the wait?"), help_text=_("Who helps until the service starts."))
    note = _text(_("Note"))


class ServiceForm(IntrekForm):
    """One service of the list."""

    name = forms.CharField(label=_("Name"), max_length=120)
    what = forms.CharField(label=_("What it does"), max_length=200, required=False)
    how_to_ask = _text(_("How to ask for it"))
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)

    def clean_phone(self) -> str:
        """No number is an empty text, as the list keeps it."""
        return self.cleaned_data["phone"] or ""
