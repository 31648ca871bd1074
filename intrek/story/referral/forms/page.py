"""The forms of the referral page: taking back, correcting at intake, saying who it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import CheckboxesField, DayField, FilesField, YesNoUnknownField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.documents.actions import take_in
from intrek.ground.partners.models import Organisation, Sector
from intrek.ground.programmes.models import CodeList
from intrek.ground.programmes.queries import code_choices
from intrek.story.referral.forms.steps import line, text
from intrek.story.referral.models import MentalHealth, Referral, WithdrawnBy


class WithdrawForm(IntrekForm):
    """Who takes the referral back, and why."""

    withdrawn_by = forms.ChoiceField(
        label=_("Who takes it back?"),
        choices=WithdrawnBy.choices,
        widget=forms.RadioSelect,
        initial=WithdrawnBy.REFERRER,
    )
    on = DayField(label=_("On"), past=True)
    why = forms.CharField(label=_("Why?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class SayForm(IntrekForm):
    """What one side says to the other."""

    text = forms.CharField(label=_("What you want to say"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    added = FilesField(
        take_in=take_in,
        label=_("Files"),
        help_text=_("Photos, scans or a PDF: at most six, of 20 MB each. Choose them again if the page comes back."),
    )


class AskForm(SayForm):
    """What the programme asks the referrer, and by when."""

    answer_by = DayField(
        label=_("Answer by"), required=False, help_text=_("Leave empty when it can wait for the next contact.")
    )


class PauseForm(IntrekForm):
    """Until when no mail about one pathway comes."""

    until_on = DayField(
        label=_("No mails until and including"), required=False, help_text=_("Leave empty to get them again.")
    )


class CareForm(IntrekForm):
    """Health, addiction and justice, as the worker learns them at intake (P7)."""

    mental_health = forms.ChoiceField(
        label=_("Mental-health problem"), choices=MentalHealth.choices, widget=forms.RadioSelect
    )
    mental_health_note = text(_("Mental health, in own words"))
    addiction = YesNoUnknownField(label=_("Addiction"))
    addiction_note = text(_("Addiction, in own words"))
    justice_note = text(_("Justice"))


class CorrectForm(IntrekForm):
    """The answers of the referral as they turn out at intake; what was said stays as it was said."""

    only_sitting = ("landlord", "landlord_other", "dwelling_address", "tenant_since", "threats", "threat_note")

    known_since = line(_("How long known"), 80)
    commits = YesNoUnknownField(label=_("The referrer goes on supporting"))
    commits_until = line(_("Until when"), 80)
    successor = line(_("Who takes over"), 160)
    landlord = forms.ModelChoiceField(
        label=_("Landlord"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Another, or not known"),
    )
    landlord_other = line(_("Another landlord"), 120)
    dwelling_address = line(_("Address of the dwelling"), 160)
    tenant_since = line(_("Tenant since"), 40)
    threats = CheckboxesField(label=_("What threatens the tenancy"), required=False)
    threat_note = text(_("What threatens it, in own words"))
    repeated_housing = YesNoUnknownField(label=_("Housing problems more than once"))
    housing_note = text(_("Housing history"))
    accepts_support = YesNoUnknownField(label=_("Accepts support for the whole period"))
    support_need = text(_("Support need"))
    motivation = text(_("Motivation"))
    goals = text(_("Goals"))
    income = line(_("Income"), 160)
    debts = line(_("Debts"), 160)
    budget_management = YesNoUnknownField(label=_("Budget management"))
    administrator = line(_("Court-appointed administrator"), 120)
    services_running = text(_("Services that help now"))
    services_waiting = text(_("Services on a waiting list"))
    informed = YesNoUnknownField(label=_("The person knows of the referral and agrees"))
    remarks = text(_("Remarks"))

    def __init__(self, *args: Any, referral: Referral, **options: Any) -> None:
        super().__init__(*args, **options)
        if referral.track.is_trial:
            for name in self.only_sitting:
                del self.fields[name]
            return
        threats: Any = self.fields["threats"]
        threats.choices = code_choices(referral.programme, CodeList.THREAT)
        landlord: Any = self.fields["landlord"]
        of_housing = Organisation.objects.filter(programme_id=referral.programme_id, sector=Sector.HOUSING)
        landlord.queryset = of_housing.order_by("name", "pk")

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        return super().answers_of(row) | {"landlord": row.landlord_id}


class SamePersonForm(IntrekForm):
    """Whether somebody already known is the person of this referral; ``likely`` are (id, words)."""

    NOBODY = "nobody"

    person = forms.ChoiceField(label=_("Is it the same person?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, likely: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["person"]
        field.choices = [*likely, (self.NOBODY, _("No, this is somebody new"))]
