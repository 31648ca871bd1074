"""What a coordinator fills in to change what the programme asks and does."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.exceptions import ValidationError as StdnumError

from intrek.ground.common.fields import DayField, MoneyField
from intrek.ground.common.forms import IntrekForm
from intrek.ground.programmes import rules
from intrek.ground.programmes.models import CodeList, EndingGroup, ProgrammeRule, TrackRule

LANGUAGE_NAMES = {"nl": _("In Dutch"), "fr": _("In French"), "en": _("In English")}
FROM_HELP = _("It holds from this day on; what held before stays as it was.")


def number(model: type[models.Model], name: str, *, most: int, least: int = 0) -> forms.IntegerField:
    """The field of a number of a rule, under its own name."""
    label: Any = getattr(model._meta.get_field(name), "verbose_name", name)
    return forms.IntegerField(label=capfirst(label), min_value=least, max_value=most)


def money(model: type[models.Model], name: str, *, required: bool = True) -> MoneyField:
    """The field of an amount of a rule, under its own name."""
    label: Any = getattr(model._meta.get_field(name), "verbose_name", name)
    return MoneyField(label=capfirst(label), required=required)


def yes_no(name: str) -> forms.BooleanField:
    """The field of a yes or no of a track."""
    label: Any = getattr(TrackRule._meta.get_field(name), "verbose_name", name)
    return forms.BooleanField(label=capfirst(label), required=False)


class ChangeForm(IntrekForm):
    """A change takes effect from a day; the day is asked anew each time."""

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        told = super().answers_of(row)
        return {name: value for name, value in told.items() if name != "from_on"}


class ProgrammeRuleForm(ChangeForm):
    """Quota and days to be heard by (P8, P21, P23, P24)."""

    dwellings_a_year = number(ProgrammeRule, "dwellings_a_year", most=500)
    hear_days = number(ProgrammeRule, "hear_days", most=180)
    news_days = number(ProgrammeRule, "news_days", least=1, most=365)
    answer_days = number(ProgrammeRule, "answer_days", least=1, most=90)
    signal_days = number(ProgrammeRule, "signal_days", least=1, most=90)
    meetings_a_year = number(ProgrammeRule, "meetings_a_year", least=1, most=52)
    agenda_days = number(ProgrammeRule, "agenda_days", most=60)
    service_check_weeks = number(ProgrammeRule, "service_check_weeks", most=52)
    ending_soon_weeks = number(ProgrammeRule, "ending_soon_weeks", most=52)
    aftercare_months = number(ProgrammeRule, "aftercare_months", most=60)
    aftercare_review_months = number(ProgrammeRule, "aftercare_review_months", most=60)
    reference_contact_months = number(ProgrammeRule, "reference_contact_months", most=12)
    keep_years = number(ProgrammeRule, "keep_years", most=50)
    feed_days = number(ProgrammeRule, "feed_days", least=1, most=1000)
    many_files = number(ProgrammeRule, "many_files", least=2, most=200)
    many_minutes = number(ProgrammeRule, "many_minutes", least=1, most=120)
    reviewed_a_week = number(ProgrammeRule, "reviewed_a_week", least=1, most=10)
    fee_due_days = number(ProgrammeRule, "fee_due_days", most=90)
    arrears_amount = money(ProgrammeRule, "arrears_amount")
    arrears_weeks = number(ProgrammeRule, "arrears_weeks", least=1, most=52)
    cost_cover = money(ProgrammeRule, "cost_cover", required=False)
    fee_payee = forms.CharField(label=_("Name of the account for usage fees"), max_length=70, required=False)
    fee_iban = forms.CharField(label=_("Account number for usage fees"), max_length=42, required=False)
    from_on = DayField(label=_("From"), help_text=FROM_HELP)

    def clean_fee_iban(self) -> str:
        """An account number with the right check digits, or none."""
        typed = str(self.cleaned_data["fee_iban"])
        try:
            return iban.format(iban.validate(typed)) if typed.strip() else ""
        except StdnumError as wrong:
            raise forms.ValidationError(
                _("%(typed)s is no account number: a digit is wrong or missing."), code="iban", params={"typed": typed}
            ) from wrong


class ScreenRuleForm(ChangeForm):
    """How long each role may leave a screen alone before it locks."""

    idle_coordinator = number(ProgrammeRule, "idle_coordinator", least=1, most=480)
    idle_support_worker = number(ProgrammeRule, "idle_support_worker", least=1, most=480)
    idle_minutes_with_passkey = number(ProgrammeRule, "idle_minutes_with_passkey", least=1, most=480)
    idle_referrer = number(ProgrammeRule, "idle_referrer", least=1, most=480)
    idle_housing_officer = number(ProgrammeRule, "idle_housing_officer", least=1, most=480)
    idle_steering_member = number(ProgrammeRule, "idle_steering_member", least=1, most=480)
    idle_protection_officer = number(ProgrammeRule, "idle_protection_officer", least=1, most=480)
    idle_administrator = number(ProgrammeRule, "idle_administrator", least=1, most=480)
    from_on = DayField(label=_("From"), help_text=FROM_HELP)


class TrackRuleForm(ChangeForm):
    """Term, rhythm and title of a track (P9–P12, P14, P16)."""

    min_months = number(TrackRule, "min_months", most=60)
    max_months = number(TrackRule, "max_months", most=60)
    evaluation_months = number(TrackRule, "evaluation_months", most=24)
    visit_days = number(TrackRule, "visit_days", most=180)
    stay_title = forms.ChoiceField(
        label=capfirst(TrackRule._meta.get_field("stay_title").verbose_name),
        choices=TrackRule._meta.get_field("stay_title").choices or (),
    )
    tied_to_dwelling = yes_no("tied_to_dwelling")
    no_domicile = yes_no("no_domicile")
    suspension_extends_term = yes_no("suspension_extends_term")
    suspension_counts = yes_no("suspension_counts")
    fee_runs_in_suspension = yes_no("fee_runs_in_suspension")
    from_on = DayField(label=_("From"), help_text=FROM_HELP)


class CriterionForm(IntrekForm):
    """A condition of one kind: its parameters, the sentence people read, and from when."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **options)
        for name, limits in rules.LIMITS.get(kind, {}).items():
            self.fields[name] = (
                forms.IntegerField(label=capfirst(rules.PARAM_LABELS[name]))
                if limits
                else forms.CharField(label=capfirst(rules.PARAM_LABELS[name]), max_length=80)
            )
        own = kind in rules.NEED_TEXT
        for language, label in LANGUAGE_NAMES.items():
            widget = forms.Textarea(attrs={"rows": 2})
            needed = own and language == "nl"
            self.fields[f"text_{language}"] = forms.CharField(
                label=label, required=needed, max_length=400, widget=widget
            )
        if not own:
            self.fields["text_nl"].help_text = _("Leave the texts empty to keep the usual sentence.")
        day = DayField(label=_("From"), help_text=FROM_HELP)
        day.today = self.today
        self.fields["from_on"] = day

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        return {**row.params, **{f"text_{language}": text for language, text in row.texts.items()}}

    def answers(self) -> dict[str, Any]:
        told = self.cleaned_data
        params = {name: told[name] for name in rules.LIMITS.get(self.kind, {})}
        texts = {language: told.get(f"text_{language}", "") for language in LANGUAGE_NAMES}
        return {"params": params, "texts": texts, "from_on": told["from_on"]}


class EndForm(IntrekForm):
    """The last day on which something holds."""

    last_day = DayField(label=_("Last day"), help_text=_("That day included."))


class CodeForm(IntrekForm):
    """An entry of a code list, in three languages."""

    label_nl = forms.CharField(label=LANGUAGE_NAMES["nl"], max_length=120)
    label_fr = forms.CharField(label=LANGUAGE_NAMES["fr"], max_length=120, required=False)
    label_en = forms.CharField(label=LANGUAGE_NAMES["en"], max_length=120, required=False)
    group = forms.ChoiceField(
        label=_("How this ending counts"), choices=[("", "—"), *EndingGroup.choices], required=False
    )

    def __init__(self, *args: Any, code_list: str, is_new: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_group = is_new and code_list == CodeList.ENDING
        if not self.asks_group:
            del self.fields["group"]

    @classmethod
    def answers_of(cls, row: Any) -> dict[str, Any]:
        return {f"label_{language}": text for language, text in row.labels.items()}

    def answers(self) -> dict[str, Any]:
        told = self.cleaned_data
        labels = {language: told.get(f"label_{language}", "") for language in LANGUAGE_NAMES}
        return {"labels": labels} | ({"group": told["group"]} if self.asks_group else {})
