"""What a day's work looks like: things to do, each with its reason, its day and one button."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.wording import short_day, short_weekday, until_words

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Todo:
    """One thing to do. ``by`` null: no day, it blocks nothing and stands under *to complete*.

    ``person_id`` null: it is about somebody whom the programme does not know yet.
    """

    icon: str
    person_id: UUID | None
    who: str
    who_url: str
    what: str
    why: str
    by: date | None
    url: str
    action: Any

    @property
    def order(self) -> tuple[date, str]:
        """Oldest day first, then by name."""
        return (self.by or date.max, self.who)


@dataclass(frozen=True)
class ShownTodo:
    """A thing to do as the page shows it on one day."""

    todo: Todo
    day: str
    day_note: str


class GroupName(TextChoices):
    """Under which heading a thing to do stands."""

    LATE = "late", _("Late")
    TODAY = "today", _("Today")
    WEEK = "week", _("This week")
    LATER = "later", _("Later")
    COMPLETE = "complete", _("To complete")


@dataclass(frozen=True)
class Group:
    """The things to do under one heading."""

    name: GroupName
    todos: tuple[ShownTodo, ...]

    @property
    def is_late(self) -> bool:
        return self.name == GroupName.LATE

    @property
    def count(self) -> int:
        return len(self.todos)


def group_of(by: date | None, on: date) -> GroupName:
    """Under which heading a day falls, seen from day ``on``."""
    if by is None:
        return GroupName.COMPLETE
    if by < on:
        return GroupName.LATE
    if by == on:
        return GroupName.TODAY
    return GroupName.WEEK if by < on + WEEK else GroupName.LATER


def _shown(todo: Todo, on: date) -> ShownTodo:
    if todo.by is None:
        return ShownTodo(todo, str(_("no day")), str(_("blocks nothing")))
    day_name = f"{short_weekday(todo.by)} {short_day(todo.by, year=False)}"
    return ShownTodo(todo, day_name, until_words(todo.by, on) if todo.by != on else str(_("today")))


def grouped(todos: Iterable[Todo], on: date) -> list[Group]:
    """The things to do under their headings, late first; headings without any are left out."""
    found: dict[GroupName, list[ShownTodo]] = {name: [] for name in GroupName}
    for todo in sorted(todos, key=lambda each: each.order):
        found[group_of(todo.by, on)].append(_shown(todo, on))
    return [Group(name, tuple(shown)) for name, shown in found.items() if shown]
