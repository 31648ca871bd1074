"""The steps of the referral form. Eight answers are needed, everything else may stay open or unknown (P4).

The eight: who refers (known of who is signed in), the track, given name, family name, birth date or that it is not
known, whether the person is registered for social housing, the mental-health problem (of a housing partner: what support
is needed), and whether the person knows and agrees. Of the last three *I do not know* is an answer.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import (
    CheckboxesField,
    DayField,
    ImpreciseDayField,
    PhoneField,
    RegisterNumberField,
    YesNoUnknownField,
)
from intrek.ground.common.forms import IntrekForm, rows_of
from intrek.ground.common.refusals import Refusal
from intrek.ground.partners.models import Organisation, Sector
from intrek.ground.people.models import HouseholdKind, ResidenceKind
from intrek.ground.programmes.models import CodeList, Programme, TrackKind
from intrek.ground.programmes.queries import code_choices
from intrek.story.referral import rules
from intrek.story.referral.models import MentalHealth

STEP_LABELS = {
    "referrer": _("Referrer"),
    "person": _("Person"),
    "housing": _("Housing"),
    rules.HEALTH: _("Health"),
    "support": _("Support"),
    rules.CHECK: _("Check"),
}


@dataclass(frozen=True)
class Asked:
    """What the form must know to ask no more than it should: for whom it is typed, and for which track."""

    programme: Programme
    is_staff: bool
    is_housing: bool
    is_sitting: bool


CHOOSE = {"required": _("Choose an answer; “I do not know” is fine.")}


def lines(rows: int = 3) -> forms.Textarea:
    """Room for a few lines."""
    return forms.Textarea(attrs={"rows": rows})


def line(label: Any, length: int, **options: Any) -> forms.CharField:
    """One line that may stay empty."""
    return forms.CharField(label=label, max_length=length, required=False, **options)


def text(label: Any, **options: Any) -> forms.CharField:
    """A few lines that may stay empty."""
    return forms.CharField(label=label, max_length=4000, required=False, widget=lines(), **options)


def unknown_first(choices: Any) -> list[tuple[str, Any]]:
    """A list one chooses from, *unknown* at its head: what is not touched is not answered (P4)."""
    return sorted(choices.choices, key=lambda choice: choice[0] != "unknown")


class StepForm(IntrekForm):
    """One step. What is not asked of this partner or on this track is no field, so it is not read either (P7)."""

    only_staff: tuple[str, ...] = ()
    only_sitting: tuple[str, ...] = ()

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        self.asked = asked
        super().__init__(*args, **options)
        left_out = (() if asked.is_staff else self.only_staff) + (() if asked.is_sitting else self.only_sitting)
        for name in left_out:
            del self.fields[name]


class ReferrerStep(StepForm):
    """Who refers, on which track, and whether they go on (P5)."""

    only_staff = ("organisation", "referrer_name")

    organisation = forms.ModelChoiceField(
        label=_("On behalf of which organisation?"), queryset=Organisation.objects.none()
    )
    referrer_name = line(_("Who refers there?"), 120)
    track = forms.ChoiceField(
        label=_("What is asked?"),
        choices=[
            (TrackKind.TRIAL, _("A trial dwelling with support")),
            (TrackKind.SITTING, _("Support in the person’s own tenancy")),
        ],
        widget=forms.RadioSelect,
    )
    known_since = line(_("How long have you known the person?"), 80)
    commits = YesNoUnknownField(label=_("Do you go on supporting during the whole period?"))
    commits_until = line(_("Until when?"), 80)
    successor = line(_("If not: who takes over?"), 160)

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        super().__init__(*args, asked=asked, **options)
        if asked.is_staff:
            known = Organisation.objects.filter(programme=asked.programme, until_on=None).order_by("name", "pk")
            self.fields["organisation"].queryset = known  # type: ignore[attr-defined]  # a choice of rows


class PersonStep(StepForm):
    """Who the person is and how to reach them."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    birth_on = DayField(label=_("Date of birth"), birth=True, required=False)
    birth_unknown = forms.BooleanField(label=_("The date of birth is not known"), required=False)
    register_number = RegisterNumberField(label=_("National register number"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    contact_note = line(_("How is the person best reached?"), 200)
    language = line(_("Language"), 40)
    household_kind = forms.ChoiceField(label=_("Household"), choices=unknown_first(HouseholdKind), required=False)
    children = forms.IntegerField(label=_("Children living along"), min_value=0, max_value=20, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        has_day, is_unknown = bool(told.get("birth_on")) or "birth_on" in self.errors, told.get("birth_unknown")
        if not has_day and not is_unknown:
            self.add_error("birth_on", str(Refusal(rules.Reason.BIRTH_OPEN)))
        if has_day and is_unknown:
            self.add_error("birth_on", str(Refusal(rules.Reason.BIRTH_TWICE)))
        return told


class ResidenceForm(IntrekForm):
    """A period in which the person lived somewhere; a day, a month or a year is fine (P3)."""

    title = _("Periods of residence")

    since = ImpreciseDayField(label=_("From"), past=True, required=False, help_text="")
    until = ImpreciseDayField(label=_("Until (empty: now)"), past=True, required=False, help_text="")
    municipality = line(_("Municipality"), 80)
    domicile = YesNoUnknownField(label=_("Domicile at this address?"))
    kind = forms.ChoiceField(label=_("Kind of residence"), choices=unknown_first(ResidenceKind), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and since.earliest and until.latest and until.latest < since.earliest:
            self.add_error("until", _("This period ends before it starts."))
        return told


class HousingStep(StepForm):
    """Where the person lived, is registered, and for a sitting tenant: the tenancy that is threatened (P2, P3, P16)."""

    only_sitting = ("landlord", "landlord_other", "dwelling_address", "tenant_since", "threats", "threat_note")
    rows = {"residences": rows_of(ResidenceForm)}

    landlord = forms.ModelChoiceField(
        label=_("Landlord"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Another, or not known"),
    )
    landlord_other = line(_("Another landlord"), 120)
    dwelling_address = line(_("Address of the dwelling"), 160)
    tenant_since = line(_("Tenant since"), 40)
    threats = CheckboxesField(label=_("What threatens the tenancy?"), required=False)
    threat_note = text(_("In your own words"))
    registered = YesNoUnknownField(
        label=_("Registered for social housing?"),
        required=True,
        error_messages=CHOOSE,
        help_text=_("Not sure? Choose “I do not know”: the coordinator asks."),
    )
    where = line(_("Where?"), 120)
    number = line(_("Registration number"), 40)
    since_on = DayField(label=_("Registered since"), past=True, required=False)
    repeated_housing = YesNoUnknownField(label=_("Housing problems more than once?"))
    housing_note = text(_("What happened?"))

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        super().__init__(*args, asked=asked, **options)
        if asked.is_sitting:
            threats: Any = self.fields["threats"]
            threats.choices = code_choices(asked.programme, CodeList.THREAT, on=self.today)
            landlords = Organisation.objects.filter(programme=asked.programme, sector=Sector.HOUSING)
            landlord: Any = self.fields["landlord"]
            landlord.queryset = landlords.order_by("name", "pk")


class HealthStep(StepForm):
    """Health, addiction, justice: never asked of a housing partner (P1, P7)."""

    mental_health = forms.ChoiceField(
        label=_("Is there a mental-health problem?"),
        choices=[
            (MentalHealth.DIAGNOSED, _("Yes, diagnosed")),
            (MentalHealth.SUSPECTED, _("Yes, suspected")),
            (MentalHealth.NO, _("No")),
            (MentalHealth.UNKNOWN, _("I do not know")),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    mental_health_note = text(_("What should we know about it?"))
    addiction = YesNoUnknownField(label=_("Is there an addiction?"))
    addiction_note = text(_("What should we know about it?"))
    justice_note = text(_("Is there something with the courts or the police that matters for living?"))


class SupportStep(StepForm):
    """What help is needed and wanted, money, other services, and whether the person agrees."""

    support_need = text(_("What does the person need support with?"))
    accepts_support = YesNoUnknownField(label=_("Does the person accept support for the whole period?"))
    motivation = text(_("Why does the person want this?"))
    goals = text(_("What does the person want to reach?"))
    income = line(_("Income"), 160)
    debts = line(_("Debts"), 160)
    budget_management = YesNoUnknownField(label=_("Budget management?"))
    administrator = line(_("Court-appointed administrator"), 120)
    services_running = text(_("Services that help now"))
    services_waiting = text(_("Services on whose waiting list the person stands"))
    informed = YesNoUnknownField(
        label=_("Does the person know of this referral and agree?"), required=True, error_messages=CHOOSE
    )
    consent_on = DayField(label=_("Agreed on"), past=True, required=False)
    consent_for = line(_("Agreed to what?"), 400, help_text=_("Left open: being discussed for this programme."))
    remarks = text(_("Is there something else we should know, or a question?"))

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        super().__init__(*args, asked=asked, **options)
        # A housing partner tells nothing about health, so it tells what help is needed.
        self.fields["support_need"].required = asked.is_housing


STEP_FORMS: dict[str, type[StepForm]] = {
    "referrer": ReferrerStep,
    "person": PersonStep,
    "housing": HousingStep,
    rules.HEALTH: HealthStep,
    "support": SupportStep,
}
