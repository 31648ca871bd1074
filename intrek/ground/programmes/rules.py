"""What a programme's rules may say, and the sentence a condition is read as (P1–P5, P8, P12)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal

# The definition that a programme of one's own starts from.
BLANK = "blank"
# What a kind of condition asks to be filled in, with the least and the most; a text has none.
LIMITS: dict[str, dict[str, tuple[int, int] | None]] = {
    "min_age": {"years": (1, 120)},
    "domicile_days": {"days": (1, 7305), "years": (1, 20), "municipality": None},
}
# Kinds that say nothing by themselves: a person judges the sentence that the programme wrote.
NEED_TEXT = ("statement", "exclusion")

SENTENCES: dict[str, Any] = {
    "min_age": _("Is at least %(years)s years old."),
    "mental_health": _("Has a mental-health problem, diagnosed or suspected, with or without addiction."),
    "repeated_housing": _("Has had housing problems more than once."),
    "social_housing": _("Is registered for social housing."),
    "domicile_days": _("Had domicile in %(municipality)s for at least %(days)s days in the last %(years)s years."),
    "accepts_support": _("Accepts support for the whole period."),
    "statement": _("A condition that a person judges."),
    "exclusion": _("A ground for exclusion that a person judges."),
}


class Reason(TextChoices):
    """Why a programme's rule is refused."""

    IN_THE_PAST = "in_the_past", _("A change starts today, %(on)s, or later: what held before stays as it was.")
    BEFORE_VERSION = "before_version", _("The latest version starts on %(from_on)s: choose a later day.")
    ENDED = "ended", _("This condition ended on %(on)s. Add it as a new one.")
    PARAM_MISSING = "param_missing", _("Fill in “%(param)s”.")
    PARAM_OUT_OF_RANGE = "param_out_of_range", _("“%(param)s” must lie between %(least)s and %(most)s.")
    TEXT_MISSING = "text_missing", _("Write the sentence that a person judges.")
    TERM_UPSIDE_DOWN = "term_upside_down", _("The shortest term is longer than the longest.")
    NOT_POSITIVE = "not_positive", _("“%(name)s” must be at least 1.")
    LABEL_MISSING = "label_missing", _("Write at least one label.")
    CODE_TAKEN = "code_taken", _("This list already has “%(label)s”.")
    GROUP_MISSING = "group_missing", _("Say how this ending counts.")
    NAME_MISSING = "name_missing", _("A programme needs a name.")
    SLUG_TAKEN = "slug_taken", _("There is already a programme called %(slug)s.")
    NO_DEFINITION = "no_definition", _("There is no definition called %(slug)s. There is: %(known)s.")
    BAD_DEFINITION = "bad_definition", _("%(place)s: %(what)s")


# The names of what is filled in, as pages and refusals show them.
PARAM_LABELS: dict[str, Any] = {
    "years": _("years"),
    "days": _("days of domicile"),
    "municipality": _("municipality"),
}


def sentence(kind: str, params: Mapping[str, Any]) -> str:
    """The sentence that a kind of condition is read as, with its parameters filled in."""
    known = {"years": "…", "days": "…", "municipality": "…"} | dict(params)
    return str(SENTENCES[kind]) % known


def criterion_reasons(kind: str, params: Mapping[str, Any], texts: Mapping[str, str]) -> list[Refusal]:
    """Why these parameters and this text make no condition."""
    reasons = []
    for name, limits in LIMITS.get(kind, {}).items():
        value = params.get(name)
        label = PARAM_LABELS[name]
        if value in (None, ""):
            reasons.append(Refusal(Reason.PARAM_MISSING, {"param": label}, form_field=name))
        elif limits and not (isinstance(value, int) and limits[0] <= value <= limits[1]):
            told = {"param": label, "least": limits[0], "most": limits[1]}
            reasons.append(Refusal(Reason.PARAM_OUT_OF_RANGE, told, form_field=name))
    if kind in NEED_TEXT and not any(text.strip() for text in texts.values()):
        reasons.append(Refusal(Reason.TEXT_MISSING, form_field="text_nl"))
    return reasons


def change_reasons(held_from: date | None, from_on: date, *, on: date) -> list[Refusal]:
    """Why a rule that has held since ``held_from`` may not change from ``from_on``: the past is never rewritten (P5)."""
    if from_on < on:
        return [Refusal(Reason.IN_THE_PAST, {"on": on}, form_field="from_on")]
    planned = held_from is not None and held_from > on
    if held_from is not None and (from_on < held_from or (from_on == held_from and not planned)):
        return [Refusal(Reason.BEFORE_VERSION, {"from_on": held_from}, form_field="from_on")]
    return []


def term_reasons(min_months: int, max_months: int) -> list[Refusal]:
    """Why these two make no term (P12)."""
    return [Refusal(Reason.TERM_UPSIDE_DOWN, form_field="max_months")] if min_months > max_months else []


def positive_reasons(values: Mapping[str, Any], labels: Mapping[str, Any]) -> list[Refusal]:
    """Rhythms and terms of nothing would never end: each is at least one."""
    return [
        Refusal(Reason.NOT_POSITIVE, {"name": labels[name]}, form_field=name)
        for name, value in values.items()
        if name in labels and not isinstance(value, bool) and isinstance(value, int) and value < 1
    ]


def code_reasons(
    labels: Mapping[str, str], known: Mapping[str, str], *, needs_group: bool = False, group: str = ""
) -> list[Refusal]:
    """Why an entry may not join a code list; ``known`` are the folded labels the list has, with the label as written."""
    reasons = []
    if not any(text.strip() for text in labels.values()):
        reasons.append(Refusal(Reason.LABEL_MISSING, form_field="label_nl"))
    taken = [label for label in labels.values() if label and label.strip().casefold() in known]
    reasons += [Refusal(Reason.CODE_TAKEN, {"label": label}, form_field="label_nl") for label in dict.fromkeys(taken)]
    if needs_group and not group:
        reasons.append(Refusal(Reason.GROUP_MISSING, form_field="group"))
    return reasons
