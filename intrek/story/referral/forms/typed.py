"""All steps together: what is still needed, what was answered, and what the action takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import BoundField
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.utils.translation import gettext

from intrek.ground.common.choices import YesNoUnknown
from intrek.ground.common.dates import ImpreciseDay
from intrek.ground.common.drawn_fields import problems_of
from intrek.ground.common.merging import Sent, query_of
from intrek.story.referral import rules
from intrek.story.referral.forms.steps import STEP_FORMS, STEP_LABELS, Asked, StepForm

PERSON = ("given_name", "family_name", "birth_on", "register_number", "phone", "email", "contact_note", "language")
REGISTRATION = ("registered", "where", "number", "since_on")
NO_ROWS = {f"residences-{TOTAL_FORM_COUNT}": ["0"], f"residences-{INITIAL_FORM_COUNT}": ["0"]}
NOT_OF_REFERRAL = {"organisation", "referrer_name", "track", "consent_on", "consent_for", "residences", *REGISTRATION}


@dataclass(frozen=True)
class Problem:
    """Something to mend, and the step in which."""

    step: str
    label: Any
    text: str


class Typed:
    """A whole referral as typed so far, step by step."""

    def __init__(self, typed: Mapping[str, Sent], asked: Asked, today: date) -> None:
        self.asked, self.today = asked, today
        steps = [step for step in rules.steps_of(is_housing=asked.is_housing) if step != rules.CHECK]
        self.forms: dict[str, StepForm] = {step: self._form(step, typed.get(step, {})) for step in steps}

    def _form(self, step: str, typed: Sent) -> StepForm:
        rows = NO_ROWS if step == "housing" else {}
        return STEP_FORMS[step](query_of(rows | typed), asked=self.asked, today=self.today)

    @property
    def problems(self) -> list[Problem]:
        """All that stands in the way of handing in, in the order of the steps."""
        return [
            Problem(step, STEP_LABELS[step], problem.text)
            for step, form in self.forms.items()
            if not form.is_valid()
            for problem in problems_of([], form.parts)
        ]

    def steps_in_order(self) -> set[str]:
        """The steps with nothing left to mend."""
        return {step for step, form in self.forms.items() if form.is_valid()}

    def read_back(self) -> list[tuple[str, Any, list[tuple[str, str]]]]:
        """Every answer in words, by step: (step, label, [(question, answer)])."""
        return [(step, STEP_LABELS[step], _answers_of(form)) for step, form in self.forms.items()]

    # ---- for the action; only when there are no problems ----

    @property
    def told(self) -> dict[str, Any]:
        """All answers by name."""
        return {name: value for form in self.forms.values() for name, value in form.answers().items()}

    def person(self) -> dict[str, Any]:
        """Who it is about."""
        told = self.forms["person"].answers()
        facts = {name: told[name] or "" for name in PERSON if name != "birth_on"}
        household = told["household_kind"] or "unknown"
        return facts | {
            "birth_on": told["birth_on"],
            "household_kind": household,
            "children": told["children"],
        }

    def residences(self) -> list[dict[str, Any]]:
        """Where they lived; an empty end means that they still live there, *unknown* that nobody knows (P3)."""
        return [residence_facts(each) for each in self.forms["housing"].answers()["residences"]]

    def registration(self) -> dict[str, Any]:
        """What is known of the registration for social housing."""
        told = self.forms["housing"].answers()
        return {name: told[name] for name in REGISTRATION}

    def consent(self) -> dict[str, Any] | None:
        """What they agreed to; nothing when they did not, or when it is not known."""
        told = self.forms["support"].answers()
        if told["informed"] != YesNoUnknown.YES:
            return None
        purpose = told["consent_for"] or gettext("Being discussed for this programme.")
        return {"given_on": told["consent_on"], "purpose": purpose}

    def answers(self) -> dict[str, Any]:
        """The columns of the referral itself."""
        steps = [form.answers() for step, form in self.forms.items() if step not in {"person", rules.HEALTH}]
        return {name: value for told in steps for name, value in told.items() if name not in NOT_OF_REFERRAL}

    def care(self) -> dict[str, Any] | None:
        """Health, addiction and justice; a housing partner is not asked (P7)."""
        return self.forms[rules.HEALTH].answers() if rules.HEALTH in self.forms else None


def residence_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the form as the action takes it."""
    since, until = row["since"] or ImpreciseDay(), row["until"] or ImpreciseDay()
    return {
        "municipality": row["municipality"],
        "since": (since.earliest, since.latest),
        "until": (until.earliest, until.latest),
        "still_there": row["until"] is None,
        "domicile": row["domicile"],
        "kind": row["kind"] or "unknown",
    }


def _answers_of(form: StepForm) -> list[tuple[str, str]]:
    own = [(str(bound.label), answer_words(bound)) for bound in form]
    title = gettext("Lived")
    rows = [
        (title, _period_words(row))
        for kind in form.row_sets.values()
        for row in kind.forms
        if row.has_changed() and not row["DELETE"].data
    ]
    return [(label, words) for label, words in rows + own if words]


def _period_words(row: Any) -> str:
    since, until = answer_words(row["since"]) or gettext("unknown"), answer_words(row["until"]) or gettext("now")
    domicile = answer_words(row["domicile"])
    told = [f"{since} – {until}", answer_words(row["municipality"]), answer_words(row["kind"])]
    return ", ".join(filter(None, [*told, domicile and gettext("domicile: %(answer)s") % {"answer": domicile.lower()}]))


def answer_words(bound: BoundField) -> str:
    """What was typed or chosen, in words; empty when nothing was."""
    value: Any = bound.value()
    choices = {str(key): str(label) for key, label in getattr(bound.field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(choices.get(str(each), str(each)) for each in value)
    if isinstance(value, bool):
        return gettext("Yes") if value else ""
    return choices.get(str(value), str(value)) if value not in (None, "") else ""
