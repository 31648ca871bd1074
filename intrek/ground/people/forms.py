"""What the team writes down about a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.models import Basis, Category
from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.common.fields import (
    CheckboxesField,
    DayField,
    ImpreciseDayField,
    PhoneField,
    RegisterNumberField,
    YesNoUnknownField,
)
from intrek.ground.common.forms import IntrekForm, rows_of
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.people.models import HouseholdKind, Person, ResidenceKind
from intrek.ground.people.queries import registration_of, residences_of


def line(label: Any, length: int, **options: Any) -> forms.CharField:
    """One line that may stay empty."""
    return forms.CharField(label=label, max_length=length, required=False, **options)


def unknown_first(choices: Any) -> list[tuple[str, Any]]:
    """A list one chooses from, *unknown* at its head: what is not touched is not answered (P4)."""
    return sorted(choices.choices, key=lambda choice: choice[0] != "unknown")


class PersonForm(IntrekForm):
    """Who it is and how to reach them."""

    given_name = line(_("Given name"), 80)
    family_name = line(_("Family name"), 80)
    birth_on = DayField(label=_("Date of birth"), birth=True, required=False)
    register_number = RegisterNumberField(label=_("National register number"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    contact_note = line(_("How best reached"), 200)
    language = line(_("Language"), 40)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        return told | {name: told.get(name) or "" for name in ("register_number", "phone") if name in told}


class ResidenceForm(IntrekForm):
    """A period of residence; a day, a month or a year is fine (P3)."""

    title = _("Periods of residence")

    since = ImpreciseDayField(label=_("From"), past=True, required=False, help_text="")
    until = ImpreciseDayField(label=_("Until (empty: now)"), past=True, required=False, help_text="")
    municipality = line(_("Municipality"), 80)
    address = line(_("Address"), 160)
    domicile = YesNoUnknownField(label=_("Domicile at this address?"))
    kind = forms.ChoiceField(label=_("Kind of residence"), choices=unknown_first(ResidenceKind), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and since.earliest and until.latest and until.latest < since.earliest:
            self.add_error("until", _("This period ends before it starts."))
        return told


class ResidencesForm(IntrekForm):
    """Where the person lived."""

    rows = {"residences": rows_of(ResidenceForm)}

    @classmethod
    def answers_of(cls, row: Person) -> dict[str, Any]:
        return {"residences": [_shown(each) for each in residences_of(row)]}

    def answers(self) -> dict[str, Any]:
        return {"residences": [_facts(each) for each in super().answers()["residences"]]}


def _shown(row: Any) -> dict[str, Any]:
    since = ImpreciseDay(row.from_earliest, row.from_latest)
    until = None if row.still_there else ImpreciseDay(row.until_earliest, row.until_latest)
    same = ("municipality", "address", "domicile", "kind")
    return {"since": since or None, "until": until} | {name: getattr(row, name) for name in same}


def _facts(told: dict[str, Any]) -> dict[str, Any]:
    since, until = told["since"] or ImpreciseDay(), told["until"] or ImpreciseDay()
    return {
        "municipality": told["municipality"],
        "address": told["address"],
        "since": (since.earliest, since.latest),
        "until": (until.earliest, until.latest),
        "still_there": told["until"] is None,
        "domicile": told["domicile"],
        "kind": told["kind"] or ResidenceKind.UNKNOWN,
    }


class HouseholdMemberForm(IntrekForm):
    """Somebody who lives along."""

    title = _("People who live along")

    name = forms.CharField(label=_("Name"), max_length=120)
    relation = line(_("Relation"), 60)
    birth_on = DayField(label=_("Date of birth"), birth=True, required=False, help_text="")


class NetworkForm(IntrekForm):
    """Somebody near."""

    title = _("People who are near")

    name = forms.CharField(label=_("Name"), max_length=120)
    relation = line(_("Relation"), 60)
    phone = PhoneField(label=_("Phone"), required=False, help_text="")
    note = line(_("Note"), 200)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        return told | ({"phone": told["phone"] or ""} if "phone" in told else {})


class NearForm(IntrekForm):
    """With whom the person lives and who is near."""

    rows = {"household": rows_of(HouseholdMemberForm), "network": rows_of(NetworkForm)}

    household_kind = forms.ChoiceField(label=_("Household"), choices=unknown_first(HouseholdKind))
    children = forms.IntegerField(label=_("Children living along"), min_value=0, max_value=20, required=False)

    @classmethod
    def answers_of(cls, row: Person) -> dict[str, Any]:
        near = {name: list(getattr(row, name).order_by("created_at", "pk").values()) for name in cls.rows}
        return near | {"household_kind": row.household_kind, "children": row.children}


class RegistrationForm(IntrekForm):
    """The registration for social housing (P3)."""

    registered = YesNoUnknownField(label=_("Registered for social housing?"), required=True)
    where = line(_("Where?"), 120)
    number = line(_("Registration number"), 40)
    since_on = DayField(label=_("Registered since"), past=True, required=False)

    @classmethod
    def answers_of(cls, row: Person) -> dict[str, Any]:
        known = registration_of(row)
        return {name: getattr(known, name) for name in cls.base_fields} if known else {}


class ConsentForm(IntrekForm):
    """What the person agrees to."""

    given_on = DayField(label=_("Agreed on"), past=True)
    purpose = forms.CharField(label=_("Agreed to what?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawConsentForm(IntrekForm):
    """The person takes an agreement back."""

    withdrawn_on = DayField(label=_("Taken back on"), past=True)


# Who the person is goes along with everything that is shared; it is not chosen.
CHOSEN = [(each.value, each.label) for each in Category if each != Category.IDENTITY]


class ShareForm(IntrekForm):
    """What is shared with whom, on what basis, for what, from when until when."""

    receiver = forms.ChoiceField(label=_("With whom?"))
    categories = CheckboxesField(
        label=_("What?"), choices=CHOSEN, required=False, help_text=_("The name and date of birth go along.")
    )
    purpose = forms.CharField(
        label=_("For what?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In words that the person understands."),
    )
    basis = forms.ChoiceField(
        label=_("On what basis?"), choices=Basis.choices, initial=Basis.AGREEMENT, widget=forms.RadioSelect
    )
    agreed_on = DayField(label=_("The person agreed on"), past=True, required=False)
    legal_ground = line(_("Which law?"), 300, help_text=_("Only when a law allows or asks it."))
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until and including"), required=False)

    def __init__(self, *args: Any, receivers: list[tuple[Organisation, list[Contact]]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known: dict[str, tuple[Organisation, Contact | None]] = {}
        groups = [(organisation.name, self._receivers(organisation, people)) for organisation, people in receivers]
        self.fields["receiver"].choices = [("", _("Choose")), *groups]  # type: ignore[attr-defined]

    def _receivers(self, organisation: Organisation, people: list[Contact]) -> list[tuple[str, str]]:
        self.known[str(organisation.pk)] = (organisation, None)
        self.known |= {str(each.pk): (organisation, each) for each in people}
        everyone = _("everyone of %(name)s who uses Intrek") % {"name": organisation.name}
        named = [(str(each.pk), f"{each.name}, {each.function}" if each.function else each.name) for each in people]
        return [(str(organisation.pk), everyone), *named]

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        organisation, contact = self.known[told.pop("receiver")]
        return told | {"organisation": organisation, "contact": contact}


class WithdrawShareForm(IntrekForm):
    """The person no longer wants something shared."""

    withdrawn_on = DayField(label=_("No longer shared from"), past=True, help_text=_("That day included."))
    why = line(_("Why"), 300)
