"""What stands in a member's calendar: their visits, their meetings, their days to keep. Pathways go by number; no person is named."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from intrek.ground.common.calendars import Entry
from intrek.ground.common.rows import Row
from intrek.ground.partners.models import Membership, Role
from intrek.ground.pathways.models import Pathway
from intrek.story.intervision.models import ActionPoint
from intrek.story.intervision.queries import invitations_of
from intrek.story.support.models import SupportTerm, Visit, VisitState
from intrek.windows.exchange.models import Feed
from intrek.windows.exchange.rules.feeds import AHEAD, BEHIND, digest_of

# No calendar holds more of one kind than this.
MOST = 500
USUAL_VISIT = timedelta(hours=1)

Source = Callable[[Membership, tuple[date, date]], Iterator[Entry]]


def feeds_of(member: Membership) -> list[Feed]:
    """The member's own links, those that work first, the latest first."""
    rows = Feed.objects.filter(programme_id=member.programme_id, membership=member)
    return list(rows.order_by("-created_at", "-pk"))


def feed_of(programme_id: UUID, secret: str, on: date) -> Feed | None:
    """The link with this secret, if it works today and its member still holds the role."""
    rows = Feed.objects.filter(programme_id=programme_id, digest=digest_of(secret))
    feed = rows.select_related(
        "membership__user", "membership__programme", "membership__organisation", "membership__contact__user"
    ).first()
    if feed is None or not feed.works_on(on) or not _holds(feed.membership, on):
        return None
    feed.membership.standing_on(on)
    return feed


def _holds(member: Membership, on: date) -> bool:
    user = member.user
    is_locked = user.locked_from is not None and user.locked_from.date() <= on
    return member.holds_on(on) and user.is_active and not is_locked


def title_of(member: Membership) -> str:
    """What the calendar is called in the list of calendars."""
    return f"Intrek – {member.programme}"


def entries_for(member: Membership, on: date) -> list[Entry]:
    """Everything around ``on`` that this member has to be at or to keep; what they may see is asked now, not when the link was made."""
    span = (on - BEHIND, on + AHEAD)
    return [entry for source in _sources(member) for entry in source(member, span)]


def _sources(member: Membership) -> list[Source]:
    of_team = [visits, evaluations, last_days, action_points] if member.is_staff_of_programme else []
    promised = [promises] if member.role in {Role.COORDINATOR, Role.REFERRER} else []
    return [meetings, *of_team, *promised]


def _entry(kind: str, row: Row, *, summary: str, starts_at: date, path: str, **more: Any) -> Entry:
    host = settings.ADDRESS.rpartition("/")[2].partition(":")[0]
    uid = f"{kind}-{row.pk}@{host}"
    told: dict[str, Any] = {"stamped_at": row.saved_at, "sequence": row.version - 1, "url": settings.ADDRESS + path}
    return Entry(uid=uid, summary=summary, starts_at=starts_at, **told | more)


def meetings(member: Membership, span: tuple[date, date]) -> Iterator[Entry]:
    """The meetings to which the member is invited, also those that were called off."""
    rows = invitations_of(member).filter(meeting__on__range=span).order_by("meeting__on", "pk")
    for each in rows[:MOST]:
        meeting = each.meeting
        yield _entry(
            "meeting",
            meeting,
            summary=str(meeting.get_kind_display()),
            starts_at=meeting.planned_start or meeting.on,
            ends_at=meeting.planned_end if meeting.planned_start else None,
            place=meeting.place,
            is_cancelled=meeting.called_off_on is not None,
            path=reverse("intervision:invitation", args=[each.pk]),
        )


def visits(member: Membership, span: tuple[date, date]) -> Iterator[Entry]:
    """Home visits that the member planned. Where is not told: it is where somebody lives."""
    mine = Visit.objects.visible_to(member).filter(
        worker_id=member.contact_id, state=VisitState.PLANNED, on__range=span
    )
    for each in mine.select_related("pathway").order_by("on", "pk")[:MOST]:
        starts_at = make_aware(datetime.combine(each.on, each.starts_at)) if each.starts_at else None
        length = timedelta(minutes=each.minutes) if each.minutes else USUAL_VISIT
        yield _entry(
            "visit",
            each,
            summary=_("Home visit %(number)s") % {"number": each.pathway.number},
            starts_at=starts_at or each.on,
            ends_at=starts_at + length if starts_at else None,
            path=reverse("support:of_pathway", args=[each.pathway_id]),
        )


def _terms(member: Membership, field: str, span: tuple[date, date]) -> Any:
    mine = SupportTerm.objects.visible_to(member).filter(worker_id=member.contact_id, ended_on=None)
    return mine.filter(**{f"{field}__range": span}).select_related("pathway").order_by(field, "pk")[:MOST]


def evaluations(member: Membership, span: tuple[date, date]) -> Iterator[Entry]:
    """The days by which the next evaluation is held (P14)."""
    for term in _terms(member, "next_evaluation_on", span):
        summary = _("Evaluation due %(number)s") % {"number": term.pathway.number}
        path = reverse("evaluation:of_pathway", args=[term.pathway_id])
        yield _entry("evaluation", term, summary=summary, starts_at=term.next_evaluation_on, path=path)


def last_days(member: Membership, span: tuple[date, date]) -> Iterator[Entry]:
    """The last days of terms (P12)."""
    for term in _terms(member, "agreed_last_day", span):
        summary = _("Last day of the term %(number)s") % {"number": term.pathway.number}
        path = reverse("evaluation:of_pathway", args=[term.pathway_id])
        yield _entry("last-day", term, summary=summary, starts_at=term.agreed_last_day, path=path)


def action_points(member: Membership, span: tuple[date, date]) -> Iterator[Entry]:
    """What the member said they would do after a meeting, by the day."""
    mine = ActionPoint.objects.visible_to(member).filter(owner_id=member.contact_id, done_on=None, due_on__range=span)
    for each in mine.select_related("pathway").order_by("due_on", "pk")[:MOST]:
        summary = _("Action point %(number)s") % {"number": each.pathway.number}
        path = reverse("intervision:item", args=[each.item_id])
        yield _entry("point", each, summary=summary, starts_at=each.due_on, path=path)


def promises(member: Membership, span: tuple[date, date]) -> Iterator[Entry]:
    """By when a referrer hears: a promise to keep for who coordinates, to count on for who referred (P24)."""
    rows = Pathway.objects.visible_to(member).filter(hears_by__range=span)
    words = (
        _("Referrer hears by today: %(number)s")
        if member.is_staff_of_programme
        else _("You hear by today about %(number)s")
    )
    for each in rows.order_by("hears_by", "pk")[:MOST]:
        path = reverse("referral:of_pathway", args=[each.pk])
        yield _entry("promise", each, summary=words % {"number": each.number}, starts_at=each.hears_by, path=path)
