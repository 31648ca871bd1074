"""Looks that somebody goes over: files opened from another team, people one knows outside of work, many files in few minutes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from intrek.ground.access.models import BreakIn, CloseTie, Concern, Judgement
from intrek.ground.common import eyes
from intrek.ground.journal.models import Look, Outcome
from intrek.ground.journal.queries import looks_in
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import ProgrammeRule
from intrek.ground.programmes.queries import rule_of

WEEK = timedelta(days=7)
WEEKS_SHOWN = 4
# Somebody one knows comes before any number of files.
OF_A_TIE = 10_000


@dataclass(frozen=True)
class Reviewed:
    """Looks to go over: whose, what about, how much; and what was found, once somebody judged."""

    concern: Concern
    about_id: UUID
    week_on: date
    reader_id: UUID | None
    who: str
    whom_for: str
    at: datetime
    weight: int
    pathway_id: UUID | None = None
    number: str = ""
    reason: str = ""
    judged: Judgement | None = None

    @property
    def key(self) -> str:
        """What a judgement names."""
        return f"{self.concern.value}:{self.about_id}:{self.week_on}"


def monday_of(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class ToReview:
    """What there is to go over, what was judged already, and the rule by which it stands here."""

    rule: ProgrammeRule
    waiting: list[Reviewed]
    judged: list[Reviewed]


def to_review(member: Membership) -> ToReview:
    """All of it, for who goes over it: a number and a reason tell of somebody, and load no person."""
    rule, found = _found(member)
    _tell_of(found)
    return ToReview(rule, [each for each in found if not each.judged], [each for each in found if each.judged])


def one_to_judge(member: Membership, key: str) -> Reviewed | None:
    """One that waits for a judgement."""
    _rule, found = _found(member)
    about = next((each for each in found if each.key == key and not each.judged), None)
    _tell_of([about] if about else [])
    return about


def _tell_of(shown: Iterable[Reviewed]) -> None:
    for each in shown:
        if each.pathway_id:
            eyes.see(each.pathway_id)


def _found(member: Membership) -> tuple[ProgrammeRule, list[Reviewed]]:
    """Every file opened from another team until it is judged, and of each of the last weeks the first few of the rest, by weight."""
    if member.on is None:
        raise ValueError("A member looks on a day: use standing_on().")
    rule, programme_id = rule_of(member.programme, member.on), member.programme_id
    weeks = [monday_of(member.on) - number * WEEK for number in range(WEEKS_SHOWN)]
    looked = _looks_of(programme_id, weeks[-1])
    found = _broken_in(programme_id, since=weeks[-1])
    for week_on in weeks:
        looks = [each for each in looked if monday_of(timezone.make_naive(each.created_at).date()) == week_on]
        ranked = sorted([*_of_ties(programme_id, week_on, looks), *_many(week_on, looks, rule)], key=_rank)
        found += ranked[: rule.reviewed_a_week]
    return rule, _with_readers(_with_judgements(programme_id, found))


def _rank(each: Reviewed) -> tuple[int, str, str]:
    return -each.weight, each.who, str(each.about_id)


def _looks_of(programme_id: UUID, since: date) -> list[Look]:
    """The looks at one file, by who looked and when; a list of many people opens no file."""
    begin = timezone.make_aware(datetime.combine(since, time()))
    rows = looks_in(programme_id).filter(created_at__gte=begin, outcome=Outcome.SHOWN, method="GET")
    few = rows.only("id", "member_id", "by_label", "for_label", "created_at", "seen")
    return [each for each in few.order_by("member_id", "created_at", "pk") if len(each.seen) == 1]


def _broken_in(programme_id: UUID, *, since: date) -> list[Reviewed]:
    judged = Judgement.objects.filter(programme_id=programme_id, concern=Concern.BREAK_IN, judged_at__date__lt=since)
    rows = BreakIn.objects.filter(programme_id=programme_id).exclude(pk__in=judged.values("about_id"))
    return [
        Reviewed(
            Concern.BREAK_IN,
            each.pk,
            monday_of(timezone.make_naive(each.opened_at).date()),
            each.member_id,
            each.by_label,
            each.for_label,
            each.opened_at,
            0,
            each.pathway_id,
            each.number,
            each.reason,
        )
        for each in rows.order_by("-opened_at", "pk")
    ]


def _of_ties(programme_id: UUID, week_on: date, looks: Iterable[Look]) -> list[Reviewed]:
    """The looks of a week at a file that the reader said to know outside of work."""
    ties = list(CloseTie.objects.filter(programme_id=programme_id).order_by("pk"))
    ways = {each.pk: each for each in Pathway.objects.filter(pk__in=[tie.pathway_id for tie in ties]).order_by("pk")}
    by_person = {(tie.member_id, str(ways[tie.pathway_id].person_id)): tie for tie in ties if tie.pathway_id in ways}
    found: dict[UUID, Reviewed] = {}
    for look in looks:
        tie = by_person.get((look.member_id, look.seen[0]))
        if tie is None or not tie.created_at <= look.created_at <= (tie.ended_at or look.created_at):
            continue
        before = found.get(tie.pk)
        way = ways[tie.pathway_id]
        first = before or _reviewed(Concern.TIE, tie.pk, week_on, look, OF_A_TIE)
        found[tie.pk] = replace(first, weight=first.weight + 1, pathway_id=way.pk, number=str(way.number))
    return list(found.values())


def _many(week_on: date, looks: Iterable[Look], rule: ProgrammeRule) -> list[Reviewed]:
    """Who opened so many files in so few minutes; of each the fullest moment of the week."""
    span = timedelta(minutes=rule.many_minutes)
    found: dict[UUID, Reviewed] = {}
    held: list[Look] = []
    for look in looks:
        held = [
            each
            for each in [*held, look]
            if each.member_id == look.member_id and look.created_at - each.created_at <= span
        ]
        files = len({each.seen[0] for each in held})
        known = found.get(look.member_id)
        if files >= rule.many_files and (known is None or files > known.weight):
            found[look.member_id] = _reviewed(Concern.MANY, look.member_id, week_on, held[0], files)
    return list(found.values())


def _reviewed(concern: Concern, about_id: UUID, week_on: date, look: Look, weight: int) -> Reviewed:
    reader = look.member_id, look.by_label, look.for_label
    return Reviewed(concern, about_id, week_on, *reader, look.created_at, weight)


def _with_judgements(programme_id: UUID, found: list[Reviewed]) -> list[Reviewed]:
    about = Judgement.objects.filter(programme_id=programme_id, about_id__in=[each.about_id for each in found])
    made = {(each.concern, each.about_id, each.week_on): each for each in about.select_related("by__contact")}
    return [replace(each, judged=made.get((each.concern.value, each.about_id, each.week_on))) for each in found]


def _with_readers(found: list[Reviewed]) -> list[Reviewed]:
    """Whose account each look was made with: nobody judges their own."""
    held = Membership.objects.filter(pk__in=[each.reader_id for each in found])
    accounts: dict[UUID | None, UUID] = dict(held.order_by("pk").values_list("pk", "user_id"))
    return [replace(each, reader_id=accounts.get(each.reader_id)) for each in found]
