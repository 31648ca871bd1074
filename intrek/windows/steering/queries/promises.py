"""Whether referrers heard by the day they were promised, and how soon they first heard (P24)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from intrek.ground.common.sql import DaysBetween
from intrek.ground.partners.models import Membership
from intrek.ground.partners.queries import names_of
from intrek.ground.pathways.models import Promise, Station
from intrek.ground.programmes.models import Programme
from intrek.windows.steering.queries.counts import Counter, share_of
from intrek.windows.steering.queries.pages import is_masked
from intrek.windows.steering.rules import Span, shown_count

IN_TIME, PUT_OFF, LATE, SILENT = "in_time", "put_off", "late", "silent"
VERDICTS = (IN_TIME, PUT_OFF, LATE, SILENT)


def _verdict(on: date) -> Case:
    """What became of a promise: kept by its day, put off before its day with a reason, kept after it, or silence until now."""
    return Case(
        When(Q(kept_on__lte=F("due_on")), then=Value(IN_TIME)),
        When(Q(replaced_on__lte=F("due_on")), then=Value(PUT_OFF)),
        When(Q(kept_on__isnull=False) | Q(replaced_on__isnull=False), then=Value(LATE)),
        When(due_on__lt=on, then=Value(SILENT)),
        default=Value(""),
        output_field=CharField(),
    )


@dataclass
class Kept:
    """The promises of one step or one partner, and how many days their answers took."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(VERDICTS, 0))
    days: Counter = field(default_factory=list)

    @property
    def due(self) -> int:
        """All that came due or were kept before."""
        return sum(self.counts.values())

    @property
    def median(self) -> int | None:
        """The days within which half were answered; None when nothing was."""
        return share_of(sorted(self.days), 0.5) if self.days else None


def promises_of(programme: Programme, span: Span) -> QuerySet[Promise]:
    """The promises that came due in a period; without a period, all that ever did."""
    return Promise.objects.filter(programme=programme).filter(span.holds("due_on")).order_by()


Row = tuple[str, UUID | None, str, int | None, int]


def kept_by(programme: Programme, span: Span, on: date) -> list[Row]:
    """Step, partner, what became of it, days from promise to answer, how many: one statement for all promises."""
    rows = promises_of(programme, span).annotate(
        verdict=_verdict(on), days=DaysBetween(F("kept_on"), F("made_on")), partner=F("pathway__referred_by_id")
    )
    counted: Any = rows.values_list("about", "partner", "verdict", "days").annotate(count=Count("*"))
    return [row for row in counted if row[2]]


def first_answers(programme: Programme, span: Span) -> list[tuple[UUID | None, int, int]]:
    """Partner, days from the referral to the first answer, how many."""
    before = Promise.objects.filter(pathway=OuterRef("pathway"), kept_on__lt=OuterRef("kept_on"))
    first = promises_of(programme, span).filter(~Exists(before), kept_on__isnull=False)
    known = first.filter(pathway__referred_on__isnull=False)
    days = known.annotate(days=DaysBetween(F("kept_on"), F("pathway__referred_on")))
    counted: Any = days.values_list("pathway__referred_by_id", "days").annotate(count=Count("pathway", distinct=True))
    return list(counted)


def grouped_by(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, Kept]:
    """The same rows together by step or by partner."""
    found: dict[Any, Kept] = defaultdict(Kept)
    for row in rows:
        _about, _partner, verdict, days, count = row
        kept = found[key(row)]
        kept.counts[verdict] += count
        if days is not None:
            kept.days.append((max(days, 0), count))
    return dict(found)


@dataclass(frozen=True)
class Line:
    """One step or one partner as the page shows it."""

    label: str
    cells: Sequence[str]
    due: int


def _line(label: str, kept: Kept, first: Counter, *, masked: bool = False) -> Line:
    counts = [shown_count(count, masked=masked) for count in (kept.due, *(kept.counts[each] for each in VERDICTS))]
    median = share_of(sorted(first), 0.5) if first else kept.median
    few = masked and kept.due <= 4
    return Line(label, [*counts, "–" if median is None or few else str(median)], kept.due)


def page_of(member: Membership, span: Span, on: date) -> dict[str, Any]:
    """Promises by step and by partner: three statements, however many promises there are."""
    rows = kept_by(member.programme, span, on)
    masked = is_masked(member)
    first: dict[UUID | None, Counter] = defaultdict(list)
    for partner, days, count in first_answers(member.programme, span):
        first[partner].append((max(days, 0), count))
    everything = grouped_by(rows, lambda row: "").get("", Kept())
    steps = grouped_by(rows, lambda row: row[0])
    partners = grouped_by(rows, lambda row: row[1])
    names = names_of(member.programme)
    told = [
        _line(names.get(key, _("referrer unknown")), kept, first[key], masked=masked) for key, kept in partners.items()
    ]
    all_first = [each for counted in first.values() for each in counted]
    return {
        "everything": everything,
        "first_median": share_of(sorted(all_first), 0.5) if all_first else None,
        "steps": [_line(str(each.label), steps[each.value], []) for each in Station if each.value in steps],
        "partners": sorted(told, key=lambda line: (-line.due, line.label)),
        "masked": masked,
    }
