"""Whether a condition holds, from plain facts: one function per kind of condition, none per value (P1–P5)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.dates import Period, days_covered, window_back
from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal
from intrek.ground.common.wording import day, days_words, years_words
from intrek.story.referral.rules import Told, ToldResidence

MET, UNMET, UNKNOWN = "met", "unmet", "unknown"
BY_ANSWER = {"yes": MET, "no": UNMET}
BY_MENTAL_HEALTH = {"diagnosed": MET, "suspected": MET, "no": UNMET}


class Reason(TextChoices):
    """Why a judgment is refused."""

    NO_JUDGE = "no_judge", _("A judgment needs somebody who judges.")
    NO_WORDS = "no_words", _("Say in a few words what the judgment rests on.")
    NO_VERDICT = "no_verdict", _("Choose whether the condition is met.")
    OTHER_TRACK = "other_track", _("This condition is not asked of this person.")


class Condition(Protocol):
    """A condition in one version: its kind and the parameters of that kind."""

    kind: Any
    params: Any


@dataclass(frozen=True)
class Found:
    """What the facts say about one condition, and on what evidence."""

    criterion: Any
    verdict: str
    evidence: dict[str, Any] = field(default_factory=dict)


Judged = tuple[str, dict[str, Any]]


def _min_age(params: Mapping[str, Any], told: Told, on: date) -> Judged:
    born = told.birth_on
    if born is None:
        return UNKNOWN, {"age": None, "birth_on": None}
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return MET if age >= params["years"] else UNMET, {"age": age, "birth_on": born.isoformat()}


def _mental_health(_params: Mapping[str, Any], told: Told, _on: date) -> Judged:
    return BY_MENTAL_HEALTH.get(told.mental_health, UNKNOWN), {"answer": told.mental_health}


def _answered(name: str) -> Callable[[Mapping[str, Any], Told, date], Judged]:
    def judged(_params: Mapping[str, Any], told: Told, _on: date) -> Judged:
        answer = getattr(told, name)
        return BY_ANSWER.get(answer, UNKNOWN), {"answer": answer}

    return judged


def _by_a_person(_params: Mapping[str, Any], _told: Told, _on: date) -> Judged:
    return UNKNOWN, {}


def certain_period(residence: ToldResidence, on: date) -> Period | None:
    """The days on which somebody lived there without doubt, up to day ``on``: from the latest first day to the earliest last day."""
    first = residence.since.latest
    last = on if residence.still_there else residence.until.earliest
    return Period(first, last) if first and last and first <= last else None


def possible_period(residence: ToldResidence, on: date, since: date) -> Period | None:
    """The days on which somebody may have lived there; a day that is not known may be any day of the window."""
    first = residence.since.earliest or since
    last = on if residence.still_there else residence.until.latest or on
    return Period(first, last) if first <= last else None


@dataclass(frozen=True)
class _Part:
    """The part of a residence that lies in the window."""

    residence: ToldResidence
    possible: Period
    certain: Period | None
    counts: bool

    @property
    def is_precise(self) -> bool:
        return self.possible == self.certain


def _part(residence: ToldResidence, municipality: str, window: Period) -> _Part | None:
    on = window.ends_on or window.starts_on
    possible = possible_period(residence, on, window.starts_on)
    shown = possible.cut_to(window) if possible else None
    if shown is None:
        return None
    place = folded(residence.municipality)
    counts = residence.domicile != "no" and place in {folded(municipality), ""}
    sure = certain_period(residence, on) if residence.domicile == "yes" and place else None
    return _Part(residence, shown, sure.cut_to(window) if sure and counts else None, counts)


def _domicile_days(params: Mapping[str, Any], told: Told, on: date) -> Judged:
    """Days of domicile in the window that ends on the day of referral, that day included; overlaps count once (P3)."""
    window, needed = window_back(on, params["years"]), params["days"]
    parts = [part for each in told.residences if (part := _part(each, params["municipality"], window)) is not None]
    counted = [part for part in parts if part.counts]
    certain = days_covered([part.certain for part in counted if part.certain], window)
    possible = days_covered([part.possible for part in counted], window)
    evidence = {
        "days_certain": certain,
        "days_possible": possible,
        "days_untold": window.days - days_covered([part.possible for part in parts], window),
        "needed": needed,
        "municipality": params["municipality"],
        "window": _span(window),
        "periods": _rows(counted),
        "not_counted": _rows(part for part in parts if not part.counts),
    }
    if certain >= needed:
        return MET, evidence
    return UNKNOWN if possible >= needed or not told.residences else UNMET, evidence


def _span(period: Period) -> list[str]:
    return [period.starts_on.isoformat(), (period.ends_on or period.starts_on).isoformat()]


def _rows(parts: Iterable[_Part]) -> list[list[Any]]:
    rows = [[*_span(part.possible), part.residence.municipality, part.is_precise] for part in parts]
    return sorted(rows, key=lambda row: (row[0], row[1], row[2]))


# From a kind of condition to what judges it; a programme's own conditions are rows, not code (P5).
JUDGES: dict[str, Callable[[Mapping[str, Any], Told, date], Judged]] = {
    "min_age": _min_age,
    "mental_health": _mental_health,
    "repeated_housing": _answered("repeated_housing"),
    "social_housing": _answered("registered"),
    "domicile_days": _domicile_days,
    "accepts_support": _answered("accepts_support"),
    "statement": _by_a_person,
    "exclusion": _by_a_person,
}


def verdicts(criteria: Iterable[Condition], facts: Told, on: date) -> list[Found]:
    """What the facts say about each condition on the day of referral; unknown is never silently no (P4)."""
    return [Found(each, *JUDGES[str(each.kind)](each.params, facts, on)) for each in criteria]


@dataclass(frozen=True)
class Standing:
    """What is on record about one condition: the current verdict, whether a person gave it, and what the facts said last."""

    verdict: str
    is_judged: bool
    automatic: tuple[str, dict[str, Any]] | None


class Next(TextChoices):
    """What becomes of a new finding."""

    NOTHING = "nothing", _("as before")
    BESIDE = "beside", _("noted beside the judgment")
    CURRENT = "current", _("holds from now on")


def what_becomes(found: Found, standing: Standing | None) -> Next:
    """A judgment by a person holds until the facts give another verdict than they gave before; then it is asked again."""
    if standing is None:
        return Next.CURRENT
    if standing.automatic == (found.verdict, found.evidence):
        return Next.NOTHING
    was = standing.automatic[0] if standing.automatic else None
    return Next.BESIDE if standing.is_judged and was in {None, found.verdict} else Next.CURRENT


def judge_reasons(*, has_judge: bool, verdict: str, note: str, is_asked: bool) -> list[Refusal]:
    """Why a judgment may not be written down."""
    reasons = [] if has_judge else [Refusal(Reason.NO_JUDGE)]
    if not is_asked:
        reasons.append(Refusal(Reason.OTHER_TRACK))
    if verdict not in {MET, UNMET, UNKNOWN}:
        reasons.append(Refusal(Reason.NO_VERDICT, form_field="verdict"))
    if not note.strip():
        reasons.append(Refusal(Reason.NO_WORDS, form_field="note"))
    return reasons


# ---- in words ----

VERDICT_WORDS = {MET: _("met"), UNMET: _("not met"), UNKNOWN: _("unknown")}
# A ground for exclusion that holds is no good news: it is met when it does not apply.
EXCLUSION_WORDS = {MET: _("does not apply"), UNMET: _("applies"), UNKNOWN: _("unknown")}
TYPING_WORDS = {MET: _("seems met"), UNMET: _("does not seem met"), UNKNOWN: _("unknown")}
ANSWER_WORDS: dict[str, Any] = {
    "yes": _("the answer was: yes"),
    "no": _("the answer was: no"),
    "unknown": _("not answered yet, or not known"),
    "diagnosed": _("diagnosed"),
    "suspected": _("suspected"),
}


def verdict_words(kind: str, verdict: str) -> str:
    """A verdict as it is said of this kind of condition."""
    return str((EXCLUSION_WORDS if kind == "exclusion" else VERDICT_WORDS)[verdict])


def evidence_words(kind: str, verdict: str, evidence: Mapping[str, Any], *, is_typing: bool = False) -> list[str]:
    """What a verdict rests on, in sentences; while typing the first word is how it seems."""
    if kind == "domicile_days":
        words = _domicile_words(evidence)
    elif kind == "min_age":
        age = evidence.get("age")
        told = _("%(years)s on the day of referral") % {"years": years_words(age)} if age is not None else ""
        words = [str(told or _("the date of birth is not known"))]
    elif "answer" in evidence:
        words = [str(ANSWER_WORDS[evidence["answer"]])]
    else:
        words = [str(_("this is judged by somebody of the team"))]
    if not is_typing:
        return [_sentence(each) for each in words]
    return [_sentence(f"{TYPING_WORDS[verdict]}: {words[0]}"), *(_sentence(each) for each in words[1:])]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _domicile_words(evidence: Mapping[str, Any]) -> list[str]:
    first, last = (day(date.fromisoformat(each)) for each in evidence["window"])
    certain, possible = evidence["days_certain"], evidence["days_possible"]
    told = {
        "certain": days_words(certain),
        "possible": days_words(possible),
        "needed": days_words(evidence["needed"]),
        "municipality": evidence["municipality"],
        "first": first,
        "last": last,
    }
    if not evidence["periods"] and not evidence["not_counted"]:
        return [str(_("nothing is told about where the person lived from %(first)s to %(last)s")) % told]
    counted = (
        _("%(certain)s counted in %(municipality)s from %(first)s to %(last)s; %(needed)s are asked")
        if certain == possible
        else _(
            "%(certain)s are certain in %(municipality)s from %(first)s to %(last)s, %(possible)s are possible; %(needed)s are asked"
        )
    )
    words = [str(counted) % told]
    if evidence["days_untold"]:
        words.append(str(_("nothing is told about %(days)s")) % {"days": days_words(evidence["days_untold"])})
    return words
