"""What somebody asks of a member about a pathway: small things of many rooms, read in one statement however many rooms there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.common.wording import day
from intrek.ground.partners.models import Membership, Role
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import ProgrammeRule
from intrek.story.aftercare.models import Aftercare, Knock, Review
from intrek.story.intervision.models import ActionPoint
from intrek.story.referral.queries import open_questions
from intrek.story.support.models import EvictionKind, EvictionStep, Signal, TalkRequest
from intrek.windows.desk.queries.todos import todo
from intrek.windows.desk.rules import Todo

# What lies further ahead than this is not work of these days.
AHEAD = timedelta(days=14)
# A day holds no more work of one kind than this; the lists show the rest.
MOST = 50


class Row(NamedTuple):
    """One thing that is asked, whichever room it comes from; ``text`` and ``who`` are what people wrote."""

    kind: str
    row: UUID
    pathway_id: UUID | None
    other: UUID
    by: date | None
    who: str
    text: str


def _rows(
    kind: str, found: QuerySet[Any], *, by: Any, who: Any = "", text: Any = "", other: str = "pk"
) -> QuerySet[Any]:
    """The same columns of every room, so that one statement reads them all."""

    def words(source: str) -> Any:
        return Cast(F(source), TextField()) if source else Value("", TextField())

    return (
        found.order_by()
        .annotate(
            todo_kind=Value(kind, TextField()),
            todo_by=by if isinstance(by, Value) else F(by),
            todo_who=words(who),
            todo_text=words(text),
            todo_other=Cast(F(other), UUIDField()),
        )
        .values_list("todo_kind", "pk", "pathway_id", "todo_other", "todo_by", "todo_who", "todo_text")
    )


# ---- which rows are whose ----


def evictions(member: Membership, on: date) -> QuerySet[Any]:
    """Steps of an eviction that are near or went by without an outcome (P16)."""
    steps = EvictionStep.objects.visible_to(member).filter(closed_on=None, on__lte=on + AHEAD)
    mine = steps.filter(pathway__worker_id=member.contact_id)
    return _rows("eviction", mine, by="on", who="kind", text="note")


def action_points(member: Membership, on: date) -> QuerySet[Any]:
    """What this member said they would do after a meeting (P17)."""
    points = ActionPoint.objects.visible_to(member).filter(done_on=None, due_on__lte=on + AHEAD)
    mine = points.filter(owner_id=member.contact_id).annotate(met_on=F("item__meeting__on"))
    return _rows("point", mine, by="due_on", who="met_on", text="text", other="item_id")


def reviews(member: Membership, on: date) -> QuerySet[Any]:
    """Aftercare talks due (P23)."""
    due = Review.objects.visible_to(member).filter(held_on=None, due_on__lte=on + AHEAD, aftercare__ended_on=None)
    return _rows("review", due.filter(aftercare__anchor_id=member.contact_id), by="due_on")


def knocks(member: Membership, on: date) -> QuerySet[Any]:
    """Somebody knocked after support had ended (P23)."""
    open_knocks = Knock.objects.visible_to(member).filter(answered_on=None)
    anchored = Aftercare.objects.filter(pathway=OuterRef("pathway"), anchor_id=member.contact_id, ended_on=None)
    to_me = Q(pathway__worker_id=member.contact_id) | Exists(anchored)
    mine = open_knocks if member.role == Role.COORDINATOR else open_knocks.filter(to_me)
    return _rows("knock", mine, by="on", who="by")


def questions(member: Membership, on: date) -> QuerySet[Any]:
    """What referrers asked: for who coordinates all of them, for a worker those about their own pathways (P24)."""
    asked_here = open_questions(member.programme_id, to_programme=True).visible_to(member)
    mine = asked_here if member.role == Role.COORDINATOR else asked_here.filter(pathway__worker_id=member.contact_id)
    return _rows("question", mine, by="answer_by", who="by_label", text="text")


def talk_requests(member: Membership, on: date) -> QuerySet[Any]:
    """Support workers who ask to talk about a running pathway at the next intervision; for who makes the agenda."""
    requests = TalkRequest.objects.visible_to(member).filter(handled_on=None)
    mine = requests if member.role == Role.COORDINATOR else requests.none()
    return _rows("talk", mine, by=Value(on, DateField()), who="asked_by__name", text="question")


def signals(member: Membership, on: date) -> QuerySet[Any]:
    """What landlords told or answered, and the programme has the word (P16)."""
    waiting = Signal.objects.visible_to(member).filter(awaits="programme").open()
    mine = waiting if member.role == Role.COORDINATOR else waiting.filter(pathway__worker_id=member.contact_id)
    return _rows("signal", mine, by="answer_by", who="tenant", text="what", other="dwelling_id")


# ---- what there is to do about each ----


def _eviction(row: Row, pathway: Pathway, on: date) -> Todo:
    what = _("eviction: %(step)s") % {"step": str(EvictionKind(row.who).label)}
    why = row.text or _("A step of an eviction on %(day)s.") % {"day": day(row.by)}
    went_by = row.by is not None and row.by < on
    name, key = ("support:close_eviction_step", row.row) if went_by else ("support:of_pathway", row.pathway_id)
    action = _("Write the outcome") if went_by else _("See the steps")
    return todo("alert", pathway, what=what, why=why, by=row.by, url=reverse(name, args=[key]), action=action)


def _point(row: Row, pathway: Pathway, on: date) -> Todo:
    why = _("Action point of the intervision of %(day)s.") % {"day": day(date.fromisoformat(row.who[:10]))}
    url = reverse("intervision:item", args=[row.other])
    return todo("people", pathway, what=row.text, why=why, by=row.by, url=url, action=_("See the action point"))


def _review(row: Row, pathway: Pathway, on: date) -> Todo:
    why = _("How does it go, with the resident and with the landlord?")
    url = reverse("aftercare:hold_review", args=[row.row])
    return todo("phone", pathway, what=_("aftercare talk"), why=why, by=row.by, url=url, action=_("Note the talk"))


def _knock(row: Row, pathway: Pathway, on: date) -> Todo:
    why = _("%(who)s knocked on %(day)s.") % {"who": row.who, "day": day(row.by)}
    url = reverse("aftercare:answer", args=[row.row])
    return todo("door", pathway, what=_("answer a knock"), why=why, by=on, url=url, action=_("Answer"))


def _question(row: Row, pathway: Pathway, on: date) -> Todo:
    why = _("%(who)s asks: %(question)s") % {"who": row.who, "question": row.text[:160]}
    url = reverse("referral:answer", args=[row.row])
    what = _("answer a question")
    return todo("question", pathway, what=what, why=why, by=row.by or on, url=url, action=_("Answer"))


def _talk(row: Row, pathway: Pathway, on: date) -> Todo:
    why = _("%(who)s asks: %(question)s") % {"who": row.who, "question": row.text}
    url = reverse("intervision:put_on", args=[row.pathway_id])
    what = _("put on an agenda")
    return todo("people", pathway, what=what, why=why, by=on, url=url, action=_("Put on the agenda"))


def _signal(row: Row, pathway: Pathway | None, on: date) -> Todo:
    why = _("The landlord tells: %(what)s") % {"what": row.text[:160]}
    url = reverse("support:signal", args=[row.row])
    what, action = _("answer a signal"), _("Answer")
    if pathway:
        return todo("alert", pathway, what=what, why=why, by=row.by, url=url, action=action)
    # Nobody of the programme lives there, so far.
    return Todo("alert", None, row.who or _("a tenant"), url, what, why, row.by, url, action)


@dataclass(frozen=True)
class Asked:
    """A kind of thing that is asked: where its rows come from, and what there is to do about one."""

    rows: Callable[[Membership, date], QuerySet[Any]]
    todo: Callable[[Row, Any, date], Todo]


KINDS = {
    "eviction": Asked(evictions, _eviction),
    "point": Asked(action_points, _point),
    "review": Asked(reviews, _review),
    "knock": Asked(knocks, _knock),
    "question": Asked(questions, _question),
    "talk": Asked(talk_requests, _talk),
    "signal": Asked(signals, _signal),
}
# What can be about somebody whom the programme does not know yet.
WITHOUT_PATHWAY = {"signal"}


def asked(member: Membership, on: date, _rule: ProgrammeRule) -> Iterator[Todo]:
    """All that is asked of this member: one statement for the rows, one for whom they are about."""
    first, *others = (kind.rows(member, on) for kind in KINDS.values())
    union = first.union(*others, all=True).order_by("todo_by", "pk")
    rows = [Row(*each) for each in union[: MOST * len(KINDS)]]
    about = Pathway.objects.visible_to(member).filter(pk__in={row.pathway_id for row in rows if row.pathway_id})
    pathways: dict[Any, Pathway] = (
        {each.pk: each for each in about.select_related("person").order_by("pk")} if rows else {}
    )
    for row in rows:
        if row.pathway_id in pathways or (row.kind in WITHOUT_PATHWAY and row.pathway_id is None):
            yield KINDS[row.kind].todo(row, pathways.get(row.pathway_id), on)
