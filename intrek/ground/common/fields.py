"""Form fields that read what people write and show again exactly what was typed."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import phonenumbers
import stdnum.exceptions
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from stdnum.be import bis, nn

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.dates import ImpreciseDay, NotADay, Precision, parse_day
from intrek.ground.common.refusals import Refused
from intrek.ground.common.typed_numbers import NotANumber, money_text, parse_minutes, parse_money, parse_time


class TypedField(forms.CharField):
    """A line of text that stands for a value: ``read`` makes the value, ``write`` the text of a stored value."""

    attrs: dict[str, str] = {"autocomplete": "off"}
    example: Any = ""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", self.example)
        options.setdefault("max_length", 80)
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return super().widget_attrs(widget) | self.attrs

    def read(self, text: str) -> Any:
        """The value that the text stands for; ValidationError in words when it stands for none."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """A stored value as a person would type it."""
        return str(value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.read(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.write(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != self.clean(self.prepare_value(initial)))
        except ValidationError:
            return True


class DayField(TypedField):
    """A day, as people write it. ``birth=True``: in the past, with its year in four figures; ``past=True``: not after today."""

    example = _("For example 3/3/2027 or 3 March 2027.")

    def __init__(self, *, past: bool = False, birth: bool = False, **options: Any) -> None:
        self.past, self.birth = past or birth, birth
        self.today: date | None = None
        if birth:
            options.setdefault("help_text", _("For example 3/3/1984."))
        super().__init__(**options)

    @property
    def on(self) -> date:
        """Today, as the form was told; a form that was told nothing asks the clock."""
        return self.today or timezone.localdate()

    def read(self, text: str) -> date:
        try:
            day = parse_day(text, today=self.on, short_years=not self.birth)
        except NotADay as fault:
            raise ValidationError(str(fault), code=fault.fault.value) from fault
        if self.past and day > self.on:
            raise ValidationError(_("%(typed)s lies in the future."), code="future", params={"typed": text})
        return day

    def write(self, value: date) -> str:
        return f"{value.day}/{value.month}/{value.year}"


class ImpreciseDayField(DayField):
    """A day, a month or a year, or *unknown*: an ImpreciseDay. ``past=True`` refuses what lies wholly after today."""

    example = _("A day, a month or just a year: 3/3/2024, March 2024, 2024. “Unknown” is fine too.")

    def read(self, text: str) -> ImpreciseDay:  # type: ignore[override]  # an imprecise day is no date, and must not pass for one
        try:
            day = ImpreciseDay.parse(text, today=self.on)
        except NotADay as fault:
            raise ValidationError(str(fault), code=fault.fault.value) from fault
        if self.past and day.earliest and day.earliest > self.on:
            raise ValidationError(_("%(typed)s lies in the future."), code="future", params={"typed": text})
        return day

    def write(self, value: Any) -> str:
        if isinstance(value, date):
            return super().write(value)
        if value.precision == Precision.DAY:
            return super().write(value.earliest)
        if value.precision == Precision.BETWEEN and value.earliest and value.latest:
            return f"{super().write(value.earliest)} – {super().write(value.latest)}"
        return str(value)


class RegisterNumberField(TypedField):
    """A Belgian national register number or bis number, kept as eleven figures."""

    example = _("Eleven figures, for example 85.07.30-033.28.")
    attrs = {"autocomplete": "off", "inputmode": "text", "spellcheck": "false"}

    def read(self, text: str) -> str:
        number = nn.compact(text)
        if not (number.isascii() and number.isdigit() and len(number) == 11):
            raise ValidationError(
                _("A national register number has 11 figures; “%(typed)s” has %(figures)d."),
                code="length",
                params={"typed": text, "figures": sum(each.isdigit() for each in text)},
            )
        if nn.is_valid(number) or bis.is_valid(number):
            return number
        raise ValidationError(self._fault(number), code="checksum")

    def _fault(self, number: str) -> Any:
        try:
            nn.validate(number)
        except stdnum.exceptions.InvalidChecksum:
            return _("The last two figures do not fit the rest. Is a figure mistyped?")
        except stdnum.exceptions.ValidationError:
            pass
        return _("The first six figures are not a day of birth.")

    def prepare_value(self, value: Any) -> Any:
        return nn.format(value) if isinstance(value, str) and len(value) == 11 and value.isdigit() else value


class PhoneField(TypedField):
    """A telephone number, Belgian unless it says otherwise; kept as ``+32…``."""

    example = _("For example 0470 12 34 56.")
    attrs = {"autocomplete": "off", "inputmode": "tel"}

    def read(self, text: str) -> str:
        try:
            number = phonenumbers.parse(text, "BE")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise ValidationError(
                _("“%(typed)s” is not a telephone number. Is a figure missing?"), code="phone", params={"typed": text}
            )
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def prepare_value(self, value: Any) -> Any:
        return phone_text(value) if isinstance(value, str) and value.startswith("+") else value


def phone_text(number: str) -> str:
    """A kept number as people read it: ``0470 12 34 56``, or with its country when that is another."""
    try:
        parsed = phonenumbers.parse(number, "BE")
    except phonenumbers.NumberParseException:
        return number
    belgian = parsed.country_code == 32
    form = phonenumbers.PhoneNumberFormat.NATIONAL if belgian else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


class MoneyField(TypedField):
    """An amount in euro and cents: ``412,50``, ``€ 412.50``, ``1.234,50``."""

    example = _("In euro, for example 412,50.")
    attrs = {"autocomplete": "off", "inputmode": "decimal"}

    def __init__(self, *, most: Decimal = Decimal(9_999_999), **options: Any) -> None:
        self.most = most
        super().__init__(**options)

    def read(self, text: str) -> Decimal:
        amount: Decimal = _read(parse_money, text)
        if amount > self.most:
            raise ValidationError(
                _("%(typed)s is too high: at most € %(most)s."),
                code="most",
                params={"typed": text, "most": money_text(self.most, get_language() or "nl")},
            )
        return amount

    def write(self, value: Any) -> str:
        return money_text(Decimal(value), get_language() or "nl")


class MinutesField(TypedField):
    """How long something took, in minutes: ``45``, ``1u30``, ``1:30``, ``1,5 uur``."""

    example = _("For example 45 minutes or 1:30.")

    def read(self, text: str) -> int:
        minutes: int = _read(parse_minutes, text)
        return minutes

    def write(self, value: Any) -> str:
        return f"{value // 60}:{value % 60:02}" if value >= 60 else str(value)


class TimeOfDayField(TypedField):
    """An hour of the day: ``14:30``, ``14.30``, ``14u30``, ``14u``."""

    example = _("For example 14:30.")

    def read(self, text: str) -> Any:
        return _read(parse_time, text)

    def write(self, value: Any) -> str:
        return f"{value:%H:%M}"


def _read(parse: Any, text: str) -> Any:
    try:
        return parse(text)
    except NotANumber as fault:
        raise ValidationError(str(fault), code=fault.fault.value) from fault


class YesNoUnknownField(forms.ChoiceField):
    """Yes, no, or *I do not know*. What is left open is unknown, never no (P4)."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        options.setdefault("choices", YesNoUnknown.choices)
        options.setdefault("required", False)
        if not options["required"]:
            options.setdefault("initial", YesNoUnknown.UNKNOWN)
        super().__init__(**options)

    def clean(self, value: Any) -> YesNoUnknown:
        return YesNoUnknown(super().clean(value) or YesNoUnknown.UNKNOWN)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or YesNoUnknown.UNKNOWN) != (data or YesNoUnknown.UNKNOWN))


class CheckboxesField(forms.MultipleChoiceField):
    """Several answers at once; what comes out stands in the order of the choices, each once."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [code for code in self._codes() if code in chosen]

    def _codes(self) -> Iterable[str]:
        for code, label in self.choices:  # type: ignore[misc, union-attr]
            yield from (str(inner) for inner, _name in label) if isinstance(label, list | tuple) else (str(code),)


class RowField(forms.ModelChoiceField):
    """One row of a list, in words of its own."""

    def __init__(self, *args: Any, words: Callable[[Any], str] = str, **options: Any) -> None:
        self.words = words
        super().__init__(*args, **options)

    def label_from_instance(self, row: Any) -> str:
        """The row as people choose it."""
        return self.words(row)


class FilesInput(forms.ClearableFileInput):
    """Several files at once; on a phone also straight from the camera."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Files that somebody adds, none or several.

    ``take_in`` makes of what was sent what is kept, or raises Refused with every reason; it is called while the form is read, before an
    action holds the database for itself.
    """

    widget = FilesInput

    def __init__(self, *, take_in: Callable[[list[Any]], list[Any]], **options: Any) -> None:
        self.take_in = take_in
        options.setdefault("required", False)
        options.setdefault("widget", FilesInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = [each for each in data or [] if each]
        if self.required and not chosen:
            raise ValidationError(self.error_messages["required"], code="required")
        try:
            return self.take_in(chosen)
        except Refused as refused:
            raise ValidationError([str(each) for each in refused.reasons]) from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)
