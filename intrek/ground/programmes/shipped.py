"""The programmes that come with the installation, as files: what a definition may say, and reading one."""

import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.programmes import rules
from intrek.ground.programmes.models import (
    CodeList,
    CriterionKind,
    EndingGroup,
    PaperGroup,
    ProgrammeRule,
    StayTitle,
    TrackKind,
    TrackRule,
)

FOLDER = Path(__file__).resolve().parent / "definitions"
LANGUAGES = ("nl", "fr", "en")
TOP = {"extends", "municipality", "lead", "from_on", "names", "about", "rule", "tracks", "codes"}
NOT_LABELS = {"group", "also"}
OF_A_TRACK = {"rule", "criteria", "papers"}
NOT_FILLED_IN = {"id", "created_at", "version", "saved_at", "saved_by", "from_on", "until_on", "programme", "track"}


def _fields(model: type[ProgrammeRule | TrackRule]) -> set[str]:
    return {field.name for field in model._meta.local_fields} - NOT_FILLED_IN


PROGRAMME_RULE_FIELDS = _fields(ProgrammeRule)
TRACK_RULE_FIELDS = _fields(TrackRule)


def definition_slugs() -> list[str]:
    """The programmes that can be made, by short name."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != rules.BLANK)


def read_definition(slug: str) -> dict[str, Any]:
    """A definition, whole: what it leaves out comes from the one it extends. Refused with everything that is wrong in it."""
    if slug not in {*definition_slugs(), rules.BLANK}:
        refuse_if([Refusal(rules.Reason.NO_DEFINITION, {"slug": slug, "known": ", ".join(definition_slugs())})])
    return deepcopy(_read(slug))


@cache
def _read(slug: str) -> dict[str, Any]:
    own = tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))
    base = _read(own["extends"]) if "extends" in own else {}
    told = merged(base, own)
    refuse_if(list(definition_reasons(slug, told)))
    return told


def merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables are joined; anything else is replaced; ``false`` takes an entry away."""
    joined = deepcopy(base)
    for name, value in own.items():
        if isinstance(value, dict) and isinstance(joined.get(name), dict):
            joined[name] = merged(joined[name], value)
        elif value is False and isinstance(joined.get(name), dict):
            del joined[name]
        else:
            joined[name] = deepcopy(value)
    return joined


def definition_reasons(slug: str, told: dict[str, Any]) -> Iterator[Refusal]:
    """Everything that is wrong in a definition: what is missing, unknown, or makes no sense."""
    yield from _strangers(slug, told, TOP)
    if not isinstance(told.get("from_on"), date):
        yield _fault(f"{slug}.from_on", "a day is missing, such as 2020-01-01")
    if slug != rules.BLANK:
        yield from _words(f"{slug}.names", told.get("names"))
        yield from [] if told.get("municipality") else [_fault(f"{slug}.municipality", "is missing")]
    yield from _keys(f"{slug}.rule", told.get("rule", {}), PROGRAMME_RULE_FIELDS)
    for kind in TrackKind.values:
        yield from _track_reasons(f"{slug}.tracks.{kind}", told.get("tracks", {}).get(kind))
    yield from _strangers(f"{slug}.tracks", told.get("tracks", {}), set(TrackKind.values))
    yield from _strangers(f"{slug}.codes", told.get("codes", {}), set(CodeList.values))
    for code_list in CodeList.values:
        for code, entry in told.get("codes", {}).get(code_list, {}).items():
            yield from _code_reasons(f"{slug}.codes.{code_list}.{code}", code_list, entry)


def _track_reasons(place: str, track: Any) -> Iterator[Refusal]:
    if not isinstance(track, dict):
        yield _fault(place, "is missing")
        return
    yield from _strangers(place, track, OF_A_TRACK)
    rule = track.get("rule", {})
    yield from _keys(f"{place}.rule", rule, TRACK_RULE_FIELDS)
    yield from _placed(place, rules.term_reasons(rule.get("min_months", 0), rule.get("max_months", 0)))
    if rule.get("stay_title") not in StayTitle.values:
        yield _fault(f"{place}.rule.stay_title", f"is none of {', '.join(StayTitle.values)}")
    for number, criterion in enumerate(track.get("criteria", []), start=1):
        yield from _criterion_reasons(f"{place}.criteria {number}", criterion)
    for paper in track.get("papers", []):
        yield from _words(f"{place}.papers.{paper.get('code', '?')}", paper.get("labels"))
        if paper.get("group") not in PaperGroup.values:
            yield _fault(f"{place}.papers.{paper.get('code', '?')}", f"group is none of {', '.join(PaperGroup.values)}")


def _criterion_reasons(place: str, criterion: dict[str, Any]) -> Iterator[Refusal]:
    yield from _strangers(place, criterion, {"kind", "params", "texts"})
    kind, params, texts = criterion.get("kind"), criterion.get("params", {}), criterion.get("texts", {})
    if kind not in CriterionKind.values:
        yield _fault(place, f"kind {kind} is none of {', '.join(CriterionKind.values)}")
        return
    yield from _placed(place, rules.criterion_reasons(kind, params, texts))
    yield from _strangers(f"{place}.params", params, set(rules.LIMITS.get(kind, {})))
    if texts:
        yield from _words(f"{place}.texts", texts)


def _code_reasons(place: str, code_list: str, entry: Any) -> Iterator[Refusal]:
    if not isinstance(entry, dict):
        yield _fault(place, "must be a table of labels")
        return
    yield from _words(place, {name: text for name, text in entry.items() if name not in NOT_LABELS})
    if code_list == CodeList.ENDING and entry.get("group") not in EndingGroup.values:
        yield _fault(place, f"group is none of {', '.join(EndingGroup.values)}")


def _words(place: str, texts: Any) -> Iterator[Refusal]:
    missing = [language for language in LANGUAGES if not (texts or {}).get(language)]
    if missing:
        yield _fault(place, f"has no text in {', '.join(missing)}")
    yield from _strangers(place, texts or {}, set(LANGUAGES))


def _keys(place: str, told: dict[str, Any], wanted: set[str]) -> Iterator[Refusal]:
    missing = sorted(wanted - set(told))
    if missing:
        yield _fault(place, f"{', '.join(missing)} missing")
    yield from _strangers(place, told, wanted)


def _strangers(place: str, told: dict[str, Any], known: set[str]) -> Iterator[Refusal]:
    strange = sorted(set(told) - known)
    if strange:
        yield _fault(place, f"{', '.join(strange)} not known")


def _placed(place: str, reasons: list[Refusal]) -> Iterator[Refusal]:
    return (_fault(place, str(reason)) for reason in reasons)


def _fault(place: str, what: str) -> Refusal:
    return Refusal(rules.Reason.BAD_DEFINITION, {"place": place, "what": what})
