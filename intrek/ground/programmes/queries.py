"""What holds in a programme on a day."""

from datetime import date

from django.db.models import Q

from intrek.ground.programmes.models import CodeItem, CodeList, Criterion, Programme, ProgrammeRule, Track


def rule_of(programme: Programme, on: date) -> ProgrammeRule:
    """What holds for the whole programme on a day; before the first rule, the first one (what went before Intrek)."""
    rules = sorted(programme.rules.all(), key=lambda rule: rule.from_on)
    held = [rule for rule in rules if rule.from_on <= on]
    if not rules:
        raise ProgrammeRule.DoesNotExist
    return held[-1] if held else rules[0]


def codes(programme: Programme, code_list: CodeList | str, *, on: date | None = None) -> list[CodeItem]:
    """The entries of a code list in order; with a day, only those that can still be chosen on it."""
    entries = [item for (of_list, _code), item in programme.code_items.items() if of_list == code_list]
    return [item for item in entries if on is None or item.until_on is None or item.until_on >= on]


def code_choices(programme: Programme, code_list: CodeList | str, *, on: date | None = None) -> list[tuple[str, str]]:
    """The same, as a form asks them."""
    return [(item.code, str(item)) for item in codes(programme, code_list, on=on)]


def code_label(programme: Programme, code_list: CodeList | str, code: str) -> str:
    """A code in the reader's words; a code that is no longer there, as it stands."""
    return programme.code_label(str(code_list), code)


def criteria_of(track: Track, on: date) -> list[Criterion]:
    """The conditions of a track on a day, in their order (P1–P5)."""
    held = Criterion.objects.in_force(on).filter(programme_id=track.programme_id, track=track)
    return list(held.order_by("position", "pk"))


def criteria_now_and_later(track: Track, on: date) -> list[Criterion]:
    """The conditions of a track that hold on a day or are planned after it."""
    still = Criterion.objects.filter(
        Q(until_on=None) | Q(until_on__gte=on), programme_id=track.programme_id, track=track
    )
    return list(still.order_by("position", "from_on", "pk"))


def versions_of(criterion: Criterion) -> list[Criterion]:
    """Every version of a condition, the newest first: what was asked when (P5)."""
    same = Criterion.objects.filter(programme_id=criterion.programme_id, series=criterion.series)
    return list(same.order_by("-from_on", "-pk"))


def tracks_of(programme: Programme) -> list[Track]:
    """The ways through a programme, the trial resident's first, each with its rules."""
    tracks = programme.tracks.prefetch_related("rules").order_by("pk")
    return sorted(tracks, key=lambda track: not track.is_trial)


def track_of(programme: Programme, kind: str) -> Track:
    """The programme's track of this kind."""
    return Track.objects.prefetch_related("rules").get(programme=programme, kind=kind)


def find_programme(slug: str) -> Programme | None:
    """The programme of this short name, if it is there."""
    return Programme.objects.filter(slug=slug).first()


def is_empty() -> bool:
    """Whether this installation has no programme yet."""
    return not Programme.objects.exists()
