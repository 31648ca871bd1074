"""A dwelling at entry and at leaving: room by room, with its photos, and the two laid beside each other (P13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.documents.models import Upload
from intrek.ground.documents.queries import uploads_of
from intrek.story.placement import rules
from intrek.story.placement.models import Condition, ConditionItem, Placement


@dataclass(frozen=True)
class Looked:
    """A thing as it was found, with its photos; ``before`` is the same at entry, when this is at leaving."""

    item: ConditionItem
    photos: Sequence[Upload]
    before: "Looked | None" = None

    @property
    def differs(self) -> bool:
        """Whether it is worse than it was."""
        return bool(self.before) and rules.differs(self.before.item.state, self.item.state)  # type: ignore[union-attr]


@dataclass(frozen=True)
class Room:
    """One room with what is in it."""

    name: str
    looked: list[Looked]


@dataclass(frozen=True)
class ConditionPage:
    """A dwelling as it was looked over at one moment."""

    condition: Condition
    rooms: list[Room]

    @property
    def looked(self) -> list[Looked]:
        """Everything, room by room."""
        return [each for room in self.rooms for each in room.looked]

    @property
    def open_items(self) -> list[ConditionItem]:
        """What was not looked at yet."""
        return [each.item for each in self.looked if not each.item.state]

    @property
    def photos(self) -> list[tuple[ConditionItem, Upload]]:
        """Every photo with what it is of."""
        return [(each.item, photo) for each in self.looked for photo in each.photos]

    @property
    def differences(self) -> list[Looked]:
        """What is worse than it was at entry."""
        return [each for each in self.looked if each.differs]

    @property
    def borne(self) -> Decimal:
        """What the resident bears in all."""
        own = (each.item.amount for each in self.differences if each.item.bears == rules.RESIDENT)
        return sum((amount for amount in own if amount is not None), Decimal(0))

    @property
    def is_settled(self) -> bool:
        """Everything was looked at, and of every difference it is known who bears it."""
        return not self.open_items and all(each.item.bears for each in self.differences)


def conditions_of(placement: Placement) -> dict[str, ConditionPage]:
    """What was found at entry and at leaving, by moment: three queries, however much stands in the rooms."""
    found = {each.moment: each for each in placement.conditions.all()}
    items = list(items_of(placement)) if found else []
    photos = uploads_of(placement.programme_id, [each.pk for each in items])
    looked = {each.pk: Looked(each, photos.get(each.pk, ())) for each in items}
    return {moment: _page(condition, looked) for moment, condition in found.items()}


def items_of(placement: Placement) -> QuerySet[ConditionItem]:
    """Everything that was looked at in a stay, room by room."""
    return ConditionItem.objects.filter(condition__placement=placement).order_by("room", "position", "pk")


def _page(condition: Condition, looked: dict[UUID, Looked]) -> ConditionPage:
    own = [each for each in looked.values() if each.item.condition_id == condition.pk]
    beside = [
        Looked(each.item, each.photos, looked.get(each.item.was_id) if each.item.was_id else None) for each in own
    ]
    rooms = groupby(beside, key=lambda each: each.item.room)
    return ConditionPage(condition, [Room(name, list(found)) for name, found in rooms])


def last_look_before(placement: Placement) -> list[ConditionItem]:
    """What was found in this dwelling the last time, in the stay before this one: its rooms and things."""
    before = Condition.objects.filter(placement__dwelling_id=placement.dwelling_id).exclude(placement=placement)
    last = before.order_by("-looked_on", "-created_at", "pk").first()
    return list(last.items.all()) if last else []


def next_to_look_at(item: ConditionItem) -> ConditionItem | None:
    """The next thing of the same list that was not looked at yet."""
    waiting = ConditionItem.objects.filter(condition_id=item.condition_id, state="").exclude(pk=item.pk)
    rooms: list[ConditionItem] = list(waiting.order_by("room", "position", "pk"))
    here = [each for each in rooms if (each.room, each.position) > (item.room, item.position)]
    return next(iter(here or rooms), None)
