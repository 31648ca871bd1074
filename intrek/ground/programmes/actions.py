"""Programmes are made, and their rules change from a day on; what held before is never rewritten (P5)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from intrek.ground.common import wall
from intrek.ground.common.ids import new_id
from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.programmes import rules
from intrek.ground.programmes.models import (
    CodeItem,
    CodeList,
    Criterion,
    DatedRule,
    PaperRule,
    Programme,
    ProgrammeRule,
    Track,
    TrackKind,
    TrackRule,
    in_words,
)
from intrek.ground.programmes.queries import criterion_lines, find_programme, later_versions, latest
from intrek.ground.programmes.shipped import NOT_LABELS, read_definition

D = TypeVar("D", bound=DatedRule)


@transaction.atomic
def install_definition(
    slug: str, *, under: str = "", is_demo: bool = False, by: Actor | None = None, **facts: Any
) -> Programme:
    """The programme of a shipped definition; the one that is there already is left as it is.

    ``under`` gives it another short name (and ``names``, ``municipality`` another name), so that one definition serves
    more programmes than one. Refused with everything that is wrong in the definition.
    """
    known = find_programme(under or slug)
    if known:
        return known
    told = read_definition(slug)
    names = facts.get("names") or told["names"]
    programme = Programme.objects.create(
        slug=under or slug,
        name=names.get("nl") or in_words(names),
        municipality=facts.get("municipality") or told["municipality"],
        names=names,
        about=told.get("about", {}),
        lead_name=told.get("lead", ""),
        is_demo=is_demo,
    )
    wall.let_in(programme.pk)
    lay_down_rules(programme, told)
    record(programme, "programmes.made", on=None, by=by, name=programme.name)
    return programme


@transaction.atomic
def make_programme(name: str, *, municipality: str, by: Actor | None = None) -> Programme:
    """A programme that starts blank: the usual terms and code lists, no conditions yet."""
    slug = slugify(name)
    reasons = [] if slug else [Refusal(rules.Reason.NAME_MISSING, form_field="name")]
    if slug and find_programme(slug):
        reasons.append(Refusal(rules.Reason.SLUG_TAKEN, {"slug": slug}, form_field="name"))
    refuse_if(reasons)
    programme = Programme.objects.create(slug=slug, name=name.strip(), municipality=municipality.strip())
    wall.let_in(programme.pk)
    lay_down_rules(programme, read_definition(rules.BLANK))
    record(programme, "programmes.made", on=None, by=by, name=programme.name)
    return programme


def lay_down_rules(programme: Programme, told: Mapping[str, Any]) -> None:
    """Write the rules, tracks, conditions, papers and code lists of a definition, from its first day on."""
    from_on = told["from_on"]
    ProgrammeRule.objects.create(programme=programme, from_on=from_on, **told["rule"])
    for kind in TrackKind.values:
        of_track = told["tracks"][kind]
        track = Track.objects.create(programme=programme, kind=kind)
        TrackRule.objects.create(programme=programme, track=track, from_on=from_on, **of_track["rule"])
        common = {"programme": programme, "track": track, "from_on": from_on}
        Criterion.objects.bulk_create(
            Criterion(**common, series=new_id(), position=position, **criterion)
            for position, criterion in enumerate(of_track.get("criteria", []), start=1)
        )
        PaperRule.objects.bulk_create(
            PaperRule(**common, position=position, **paper)
            for position, paper in enumerate(of_track.get("papers", []), start=1)
        )
    CodeItem.objects.bulk_create(
        CodeItem(
            programme=programme,
            list=code_list,
            code=code,
            group=entry.get("group", ""),
            position=position,
            labels={language: text for language, text in entry.items() if language not in NOT_LABELS},
            also=entry.get("also", []),
        )
        for code_list, entries in told["codes"].items()
        for position, (code, entry) in enumerate(entries.items(), start=1)
    )


def _succeed(rule: D, *, from_on: date, by: Actor | None, expected_version: int | None, **values: Any) -> D:
    """End ``rule`` the day before and let a row with ``values`` follow it; one that has not begun yet is replaced."""
    if rule.from_on == from_on:
        save_version(rule, fields=values, expected_version=expected_version, by=by)
        return rule
    copied = {
        field.attname: getattr(rule, field.attname)
        for field in rule._meta.local_fields
        if field.name not in {"id", "created_at", "version", "saved_at", "saved_by"}
    }
    yesterday = {"until_on": from_on - timedelta(days=1)}
    save_version(rule, fields=yesterday, expected_version=expected_version, by=by)
    made: D = type(rule)._default_manager.create(**copied | {"from_on": from_on} | values)  # type: ignore[assignment]
    return made


def _labels_of(rule: DatedRule, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: rule._meta.get_field(name).verbose_name for name in values}  # type: ignore[union-attr]


def changed(rule: DatedRule, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs from the rule as it is: by field, the old and the new value."""
    return {name: (getattr(rule, name), value) for name, value in values.items() if getattr(rule, name) != value}


def _in_words(rule: DatedRule, values: Mapping[str, Any]) -> str:
    labels = _labels_of(rule, values)
    return ", ".join(f"{labels[name]}: {old} → {new}" for name, (old, new) in changed(rule, values).items())


@transaction.atomic
def change_programme_rule(
    programme: Programme,
    *,
    from_on: date,
    on: date,
    expected_version: int | None = None,
    by: Actor | None,
    **values: Any,
) -> ProgrammeRule:
    """From this day the programme has another quota or another day to be heard by (P8, P24). ``on``: the day it is decided."""
    held = latest(programme.rules)
    may_be_none = {"dwellings_a_year", "fee_due_days", "arrears_amount", "cost_cover", "fee_payee", "fee_iban"}
    labels = {name: label for name, label in _labels_of(held, values).items() if name not in may_be_none}
    refuse_if(rules.change_reasons(held.from_on, from_on, on=on) + rules.positive_reasons(values, labels))
    if not changed(held, values):
        return held
    what = _in_words(held, values)
    made = _succeed(held, from_on=from_on, by=by, expected_version=expected_version, **values)
    record(made, "programmes.rule_changed", on=from_on, by=by, what=what)
    return made


@transaction.atomic
def change_track_rule(
    track: Track, *, from_on: date, on: date, expected_version: int | None = None, by: Actor | None, **values: Any
) -> TrackRule:
    """From this day the track has another term or rhythm (P12, P14); terms that run keep what they were agreed for."""
    held = latest(track.rules)
    told = {"min_months": held.min_months, "max_months": held.max_months} | values
    refuse_if(
        rules.change_reasons(held.from_on, from_on, on=on)
        + rules.term_reasons(told["min_months"], told["max_months"])
        + rules.positive_reasons(values, _labels_of(held, values))
    )
    if not changed(held, values):
        return held
    what = _in_words(held, values)
    made = _succeed(held, from_on=from_on, by=by, expected_version=expected_version, **values)
    record(made, "programmes.track_rule_changed", on=from_on, by=by, track=track, what=what)
    return made


@transaction.atomic
def add_criterion(
    track: Track,
    *,
    kind: str,
    params: Mapping[str, Any],
    texts: Mapping[str, str],
    from_on: date,
    on: date,
    by: Actor | None,
) -> Criterion:
    """From this day the track asks something more (P5)."""
    refuse_if(rules.change_reasons(None, from_on, on=on) + rules.criterion_reasons(kind, params, texts))
    last = Criterion.objects.filter(programme_id=track.programme_id, track=track).aggregate(last=Max("position"))
    criterion = Criterion.objects.create(
        programme_id=track.programme_id,
        track=track,
        series=new_id(),
        kind=kind,
        params=dict(params),
        texts=_written(texts),
        position=(last["last"] or 0) + 1,
        from_on=from_on,
    )
    record(criterion, "programmes.criterion_added", on=from_on, by=by, track=track, text=criterion)
    return criterion


@transaction.atomic
def change_criterion(
    criterion: Criterion,
    *,
    params: Mapping[str, Any],
    texts: Mapping[str, str],
    from_on: date,
    on: date,
    expected_version: int | None = None,
    by: Actor | None,
) -> Criterion:
    """From this day the condition reads otherwise; who was judged before stays judged by what was asked then (P5)."""
    newest = later_versions(criterion).last() or criterion
    ended = newest.until_on is not None and newest.until_on < from_on
    refuse_if(
        ([Refusal(rules.Reason.ENDED, {"on": newest.until_on}, form_field="from_on")] if ended else [])
        + rules.change_reasons(newest.from_on, from_on, on=on)
        + rules.criterion_reasons(criterion.kind, params, texts)
    )
    values = {"params": dict(params), "texts": _written(texts)}
    if not changed(newest, values):
        return newest
    made = _succeed(newest, from_on=from_on, by=by, expected_version=expected_version, **values)
    record(made, "programmes.criterion_changed", on=from_on, by=by, track=made.track, text=made)
    return made


@transaction.atomic
def end_criterion(
    criterion: Criterion, *, last_day: date, on: date, expected_version: int | None = None, by: Actor | None
) -> Criterion | None:
    """The condition is asked up to and including this day; one that was only planned is taken back whole, and gives nothing."""
    if criterion.from_on > on:
        _take_back(criterion, by=by)
        return None
    # The day before a change takes effect is its last: so yesterday is refused, and today still holds.
    refuse_if([] if last_day >= on else [Refusal(rules.Reason.IN_THE_PAST, {"on": on}, form_field="last_day")])
    save_version(criterion, fields={"until_on": last_day}, expected_version=expected_version, by=by)
    later_versions(criterion).delete()
    record(criterion, "programmes.criterion_ended", on=last_day, by=by, track=criterion.track, text=criterion)
    return criterion


def _take_back(criterion: Criterion, *, by: Actor | None) -> None:
    before = Criterion.objects.filter(
        programme_id=criterion.programme_id,
        series=criterion.series,
        until_on=criterion.from_on - timedelta(days=1),
    )
    before.update(until_on=criterion.until_on)
    text, track = str(criterion), criterion.track
    record(criterion, "programmes.criterion_withdrawn", on=None, by=by, track=track, text=text)
    criterion.delete()


@transaction.atomic
def move_criterion(criterion: Criterion, *, step: int, on: date) -> None:
    """Ask the condition one place earlier (``step`` -1) or later (1); every version of a condition moves along."""
    order = [line.held.series for line in criterion_lines(criterion.track, on)]
    if criterion.series not in order:
        return
    here = order.index(criterion.series)
    order.insert(min(max(here + step, 0), len(order) - 1), order.pop(here))
    for position, series in enumerate(order, start=1):
        same = Criterion.objects.filter(programme_id=criterion.programme_id, series=series)
        same.exclude(position=position).update(position=position)


def _written(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


@transaction.atomic
def add_code(
    programme: Programme,
    code_list: CodeList | str,
    *,
    labels: Mapping[str, str],
    group: str = "",
    on: date,
    by: Actor | None,
) -> CodeItem:
    """A code list gets an entry more."""
    items = list(programme.codes.filter(list=code_list))
    is_ending = code_list == CodeList.ENDING
    refuse_if(rules.code_reasons(labels, _labels_known(items), needs_group=is_ending, group=group))
    item = CodeItem.objects.create(
        programme=programme,
        list=code_list,
        code=_free_code(labels, {each.code for each in items}),
        group=group if is_ending else "",
        position=max((each.position for each in items), default=0) + 1,
        labels=_written(labels),
    )
    _forget_codes(programme)
    record(item, "programmes.code_added", on=on, by=by, label=item)
    return item


@transaction.atomic
def relabel_code(
    item: CodeItem, *, labels: Mapping[str, str], on: date, expected_version: int | None = None, by: Actor | None
) -> CodeItem:
    """The entry is written otherwise; what was coded with it stays coded."""
    others = CodeItem.objects.filter(programme_id=item.programme_id, list=item.list).exclude(pk=item.pk)
    refuse_if(rules.code_reasons(labels, _labels_known(list(others))))
    old = str(item)
    save_version(item, fields={"labels": _written(labels)}, expected_version=expected_version, by=by)
    record(item, "programmes.code_relabelled", on=on, by=by, old=old, label=item)
    return item


@transaction.atomic
def retire_code(item: CodeItem, *, last_day: date, by: Actor | None) -> CodeItem:
    """After this day the entry can no longer be chosen; where it was chosen it still reads as it did."""
    save_version(item, fields={"until_on": last_day}, by=by)
    record(item, "programmes.code_retired", on=last_day, by=by, label=item)
    return item


@transaction.atomic
def restore_code(item: CodeItem, *, on: date, by: Actor | None) -> CodeItem:
    """The entry can be chosen again."""
    save_version(item, fields={"until_on": None}, by=by)
    record(item, "programmes.code_restored", on=on, by=by, label=item)
    return item


def _labels_known(items: list[CodeItem]) -> dict[str, str]:
    return {label.strip().casefold(): label for item in items for label in item.labels.values()}


def _free_code(labels: Mapping[str, str], taken: set[str]) -> str:
    words = labels.get("en") or labels.get("nl") or next(text for text in labels.values() if text.strip())
    stem = slugify(words)[:36].replace("-", "_") or "code"
    numbered = (f"{stem}_{number}" for number in range(2, 1000))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)


def _forget_codes(programme: Programme) -> None:
    programme.__dict__.pop("code_items", None)
