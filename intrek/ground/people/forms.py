"""What the team writes down about a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.common.fields import (
    DayField,
    ImpreciseDayField,
    PhoneField,
    RegisterNumberField,
    YesNoUnknownField,
)
from intrek.ground.common.forms import IntrekForm, rows_of
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
