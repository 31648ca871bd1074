"""What is filled in about partners, their people, and who may sign in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField, PhoneField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.partners.models import Contact, Membership, Organisation, ProtocolKind, Role, Sector
from intrek.ground.partners.rules import ROLES_OF_SECTOR
from intrek.ground.programmes.queries import definition_names
from intrek.ground.programmes.rules import BLANK

EMPTY = ("", "—")


class OrganisationForm(IntrekForm):
    """How to reach a partner, and whether its staff are bound by secrecy."""

    phone = PhoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    bound_by_secrecy = forms.BooleanField(
        label=_("Its staff are bound by professional secrecy"),
        required=False,
        help_text=_("Shared secrecy asks for it; a landlord's staff usually are not."),
    )

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"phone": self.cleaned_data["phone"] or ""}


class NewOrganisationForm(OrganisationForm):
    """A partner that joins."""

    name = forms.CharField(label=_("Name"), max_length=120)
    sector = forms.ChoiceField(label=_("Side"), choices=Sector.choices, widget=forms.RadioSelect)
    field_order = ("name", "sector")


class RenameForm(IntrekForm):
    """Another name, from a day on."""

    name = forms.CharField(
        label=_("New name"), max_length=120, help_text=_("It is still found on every name it had before.")
    )
    from_on = DayField(label=_("From"))


class MergeForm(IntrekForm):
    """The partner goes on as another."""

    into = forms.ChoiceField(label=_("Goes on as"))
    on = DayField(label=_("From"), help_text=_("The day before is its last; what it did stays its own."))

    def __init__(self, *args: Any, others: list[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = {str(each.pk): each for each in others}
        self.fields["into"].choices = [EMPTY, *((key, each.name) for key, each in self.others.items())]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"into": self.others[self.cleaned_data["into"]]}


class ContactForm(IntrekForm):
    """Somebody who works for a partner."""

    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    bound_by_secrecy = forms.BooleanField(
        label=_("This function is bound by professional secrecy"),
        required=False,
        help_text=_("Only then may health, addiction, justice and support be shared with this person."),
    )

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"phone": self.cleaned_data["phone"] or ""}


class ChangeContactForm(ContactForm):
    """Also the day somebody left."""

    left_on = DayField(
        label=_("Last day there"), required=False, help_text=_("Who left can no longer sign in for this partner.")
    )


class RoleForm(IntrekForm):
    """A role for somebody, and the address by which they sign in."""

    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("They get a mail with a link to choose a password and sign in.")
    )
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until and including"), required=False)

    def __init__(self, *args: Any, contact: Contact, **options: Any) -> None:
        super().__init__(*args, **options)
        held = ROLES_OF_SECTOR[contact.organisation.sector]
        self.fields["role"].choices = [(role, Role(role).label.capitalize()) for role in held]  # type: ignore[attr-defined]
        if contact.user_id:
            del self.fields["email"]

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"role": Role(self.cleaned_data["role"])}


class ProtocolForm(IntrekForm):
    """The agreement on data with a partner, or why none is needed."""

    kind = forms.ChoiceField(label=_("Protocol"), choices=ProtocolKind.choices, widget=forms.RadioSelect)
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until and including"), required=False)
    reason = forms.CharField(
        label=_("Why is none needed?"),
        max_length=300,
        required=False,
        help_text=_("Only when no protocol is needed: then also who judged it."),
    )
    judged_by = forms.CharField(
        label=_("Who judged that?"),
        max_length=120,
        required=False,
        help_text=_("For example the data protection officer."),
    )


class LastDayForm(IntrekForm):
    """The last day of a role or of a protocol."""

    last_day = DayField(label=_("Last day"), help_text=_("That day included."))


class ResetForm(IntrekForm):
    """Letting somebody in again who lost the second step."""

    called = forms.CharField(
        label=_("I called them back on this number"),
        max_length=40,
        help_text=_("A number you had before, not one that they just gave you."),
    )
    is_sure = forms.BooleanField(label=_("I know the voice, or I asked something that only they know"))

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return {"called": told["called"]}


class StandInForm(IntrekForm):
    """Who of another team stands in, and for how long."""

    colleague = forms.ChoiceField(label=_("Who stands in?"))
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until and including"))

    def __init__(self, *args: Any, colleagues: list[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.colleagues = {str(each.pk): each for each in colleagues}
        choices = [(key, f"{each.contact.name}, {each.programme}") for key, each in self.colleagues.items()]
        self.fields["colleague"].choices = [("", _("Choose")), *choices]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        return told | {"colleague": self.colleagues[told["colleague"]]}


class BeginForm(IntrekForm):
    """The first programme, and its first coordinator."""

    start = forms.ChoiceField(label=_("Start from"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the programme"), max_length=120, required=False)
    municipality = forms.CharField(label=_("Municipality"), max_length=80, required=False)
    lead = forms.CharField(
        label=_("Organisation that leads it"),
        max_length=120,
        required=False,
        help_text=_("For example OCMW Brugge. A programme that ships knows its own."),
    )
    coordinator = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("At least ten characters; a sentence is easier to keep than a word."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        blank = (BLANK, _("An empty programme, to fill in yourself"))
        self.fields["start"].choices = [*definition_names(), blank]  # type: ignore[attr-defined]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("start") == BLANK:
            for name in ("name", "municipality"):
                if not told.get(name):
                    self.add_error(name, _("An empty programme needs this."))
        return told
