"""What somebody will do after the meeting, by a day."""

from datetime import date

from django.db import transaction

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.story.intervision import rules
from intrek.story.intervision.models import ActionPoint, AgendaItem


@transaction.atomic
def add_action_point(item: AgendaItem, *, text: str, owner: Contact, due_on: date, by: Actor | None) -> ActionPoint:
    """Somebody will do something by a day; they find it in their inbox."""
    refuse_if(rules.point_reasons(text=text, due_on=due_on, meeting_on=item.meeting.on))
    point = ActionPoint.objects.create(
        programme_id=item.programme_id,
        item=item,
        pathway_id=item.pathway_id,
        text=text.strip(),
        owner=owner,
        due_on=due_on,
    )
    send(owner, Kind.ACTION_POINT, pathway=item.pathway, text=point.text, by=by)
    record(point, "intervision.point_added", on=item.meeting.on, by=by, text=point.text, owner=owner, due_on=due_on)
    return point


@transaction.atomic
def finish_action_point(point: ActionPoint, *, on: date, by: Actor | None) -> ActionPoint:
    """It was done."""
    done = [Refusal(rules.Reason.DONE_ALREADY, {"on": point.done_on})] if point.done_on else []
    refuse_if(done)
    point.done_on = on
    point.save(update_fields=["done_on"])
    record(point, "intervision.point_done", on=on, by=by, text=point.text)
    return point


@transaction.atomic
def reopen_action_point(point: ActionPoint, *, on: date, by: Actor | None) -> ActionPoint:
    """It was ticked by mistake."""
    if point.done_on is None:
        return point
    point.done_on = None
    point.save(update_fields=["done_on"])
    record(point, "intervision.point_reopened", on=on, by=by, text=point.text)
    return point
