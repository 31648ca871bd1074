"""A dwelling is looked over together, room by room, and what differs at leaving is settled (P13)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.documents.actions import Cleaned, attach, detach
from intrek.ground.documents.models import Upload
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Membership
from intrek.story.placement import rules
from intrek.story.placement.models import Condition, ConditionItem, Moment, Placement, State
from intrek.story.placement.queries import last_look_before


@transaction.atomic
def start_condition(placement: Placement, moment: str, *, room: str, on: date, by: Actor | None) -> Condition:
    """Begin to look a dwelling over. At leaving the list is that of entry; at entry that of the stay before, else the furniture.

    ``room`` is where furniture stands of which nobody said in which room.
    """
    entry = Condition.objects.filter(placement=placement, moment=Moment.ENTRY).first()
    is_leaving = moment == Moment.LEAVING
    is_started = Condition.objects.filter(placement=placement, moment=moment).exists()
    refuse_if(rules.start_condition_reasons(is_started=is_started, is_leaving=is_leaving, has_entry=entry is not None))
    condition = _begun(placement, moment, on)
    before = list(entry.items.all()) if entry and is_leaving else last_look_before(placement)
    things = [(each.room, each.what, each if is_leaving else None) for each in before]
    things = things or [(room, each.what, None) for each in placement.dwelling.furnishings.all()]
    ConditionItem.objects.bulk_create(
        ConditionItem(programme_id=condition.programme_id, condition=condition, room=r, what=w, was=was, position=at)
        for at, (r, w, was) in enumerate(things, start=1)
    )
    record(placement, "placement.condition_started", on=on, by=by, dwelling=placement.dwelling)
    return condition


def _begun(placement: Placement, moment: str, on: date) -> Condition:
    told = {"programme_id": placement.programme_id, "placement": placement, "moment": moment, "looked_on": on}
    try:
        with transaction.atomic():
            return Condition.objects.create(**told)
    except IntegrityError as clash:
        raise Refused([Refusal(rules.ConditionReason.STARTED)]) from clash


@transaction.atomic
def add_item(condition: Condition, *, room: str, what: str, by: Actor | None) -> ConditionItem:
    """One more thing in a room."""
    known = {(folded(each.room), folded(each.what)) for each in condition.items.all()}
    refuse_if(rules.item_reasons(room, what, known))
    last = condition.items.aggregate(last=Max("position"))["last"] or 0
    told = {"programme_id": condition.programme_id, "condition": condition, "position": last + 1}
    return ConditionItem.objects.create(room=room.strip(), what=what.strip(), **told)


@transaction.atomic
def look_at(
    item: ConditionItem,
    *,
    room: str = "",
    state: str,
    remark: str = "",
    photos: Sequence[Cleaned] = (),
    expected_version: int | None = None,
    by: Membership | None,
) -> ConditionItem:
    """In what state a thing is, with a remark and photos."""
    fields = {"room": room.strip() or item.room, "state": state, "remark": remark.strip()}
    save_version(item, fields=fields, expected_version=expected_version, by=by)
    attach(photos, item.condition.placement.pathway, item.pk, by=by)
    return item


@transaction.atomic
def rest_is_good(condition: Condition, *, by: Actor | None) -> int:
    """Everything that was not looked at yet is in good state; how many things."""
    return condition.items.filter(state="").order_by().update(state=State.GOOD)


@transaction.atomic
def take_out_item(item: ConditionItem, *, by: Actor | None) -> None:
    """A thing does not belong on the list; its photos go with it."""
    for each in Upload.objects.filter(programme_id=item.programme_id, of_id=item.pk).order_by("pk"):
        detach(each)
    item.delete()


@transaction.atomic
def bear_difference(
    item: ConditionItem,
    *,
    bears: str,
    amount: Decimal | None = None,
    expected_version: int | None = None,
    by: Membership | None,
) -> ConditionItem:
    """Who bears what differs at leaving, and how much."""
    before = item.was.state if item.was else ""
    refuse_if(rules.bear_reasons(item.what, before, item.state, bears, amount))
    save_version(item, fields={"bears": bears, "amount": amount}, expected_version=expected_version, by=by)
    return item
