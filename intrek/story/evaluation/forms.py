"""The programme's own form: life domains by resident and by worker, and what was said (P14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.fields import DayField
from intrek.ground.common.forms import IntrekForm
from intrek.story.evaluation.models import Evaluation, NextStep

RESIDENT, WORKER = "resident", "worker"
SCORES = [(str(score), str(score)) for score in range(5)]
# Unknown stands last, and is what an untouched line says: it is an answer, never a nought.
UNKNOWN = [("", "?")]
TEXTS = ("going_well", "hard", "agreed", "resident_words")


@dataclass(frozen=True)
class DomainRow:
    """One life domain of the form: the two lines of scores, and what they were the last time."""

    name: str
    resident: forms.BoundField
    worker: forms.BoundField
    before: tuple[int | None, int | None] | None


def _score_field(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=SCORES + UNKNOWN,
        widget=forms.RadioSelect,
        required=False,
        coerce=int,
        empty_value=None,
        initial="",
    )


def _text(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **options)


class EvaluationForm(IntrekForm):
    """What was said at an evaluation. The life domains are the programme's own."""

    is_final = False

    held_on = DayField(label=_("Held on"), past=True)
    going_well = _text(_("What goes well?"))
    hard = _text(_("What is hard?"))
    agreed = _text(_("What did we agree?"))
    resident_words = _text(
        _("In the resident's own words"), help_text=_("What the resident wants to have written here, as they say it.")
    )

    def __init__(
        self,
        *args: Any,
        domains: Mapping[str, str],
        before: Mapping[str, tuple[int | None, int | None]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.domains, self.before = domains, before or {}
        for code, name in domains.items():
            self.fields[f"{RESIDENT}_{code}"] = _score_field(_("%(domain)s, resident") % {"domain": name})
            self.fields[f"{WORKER}_{code}"] = _score_field(_("%(domain)s, support worker") % {"domain": name})

    @classmethod
    def answers_of(cls, row: Evaluation) -> dict[str, Any]:
        found = super().answers_of(row)
        for score in row.scores.all():
            found[f"{RESIDENT}_{score.domain}"] = "" if score.by_resident is None else str(score.by_resident)
            found[f"{WORKER}_{score.domain}"] = "" if score.by_worker is None else str(score.by_worker)
        return found

    @property
    def domain_rows(self) -> list[DomainRow]:
        """The life domains in the order of the programme."""
        return [
            DomainRow(name, self[f"{RESIDENT}_{code}"], self[f"{WORKER}_{code}"], self.before.get(code))
            for code, name in self.domains.items()
        ]

    def answers(self) -> dict[str, Any]:
        told = super().answers()
        scores = {code: (told.pop(f"{RESIDENT}_{code}"), told.pop(f"{WORKER}_{code}")) for code in self.domains}
        return told | {"scores": scores}


class HoldForm(EvaluationForm):
    """An evaluation every two months (P14)."""

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"is_final": False, "is_positive": None}


def _verdict() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Is the evaluation positive?"),
        choices=[("yes", _("Yes, positive")), ("no", _("No, not positive"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )


class FinalForm(EvaluationForm):
    """The final evaluation, which decides what comes next (P15)."""

    is_final = True

    is_positive = _verdict()
    next_step = forms.ChoiceField(
        label=_("What comes next?"), choices=NextStep.choices, widget=forms.RadioSelect, required=False
    )
    extend_to = DayField(label=_("New last day"), required=False, help_text=_("Only when the term is extended."))
    support_goes_on = forms.BooleanField(
        label=_("The tenancy is on condition of support as a sitting tenant"), required=False
    )

    def __init__(self, *args: Any, is_trial: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_trial:
            del self.fields["support_goes_on"]

    @classmethod
    def answers_of(cls, row: Evaluation) -> dict[str, Any]:
        words: dict[bool | None, str] = {True: "yes", False: "no"}
        return super().answers_of(row) | {"is_positive": words.get(row.is_positive, "")}

    def answers(self) -> dict[str, Any]:
        return super().answers() | {"is_final": True}


class CorrectForm(EvaluationForm):
    """Mending a typing error in an evaluation."""


class CorrectFinalForm(FinalForm):
    """Mending a final evaluation while its term still runs; its new last day is changed in support."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["extend_to"]
        if self.initial.get("next_step") != NextStep.EXTEND:
            others = [each for each in NextStep.choices if each[0] != NextStep.EXTEND]
            self.fields["next_step"].choices = others  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        return {name: value for name, value in super().answers().items() if name != "is_final"}
