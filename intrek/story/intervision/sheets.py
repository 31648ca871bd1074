"""The minutes of a meeting as a sheet of paper: all of them, or as one partner reads them (P17, P24)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from intrek.ground.common.wording import day
from intrek.ground.documents.queries import Table, paragraph, table
from intrek.story.intervision.models import AgendaItem, Attendance
from intrek.story.intervision.queries import Minutes

Parts = list[tuple[str, list[dict[str, Any]]]]


def minutes_sheet(minutes: Minutes, attendance: Sequence[Attendance]) -> tuple[str, Parts]:
    """What was decided of each item, with what was agreed; who was there stands in the whole of it alone."""
    title = _("Minutes of %(day)s") % {"day": day(minutes.meeting.on)}
    whose = _("For %(organisation)s: its own referrals, and what its people will do.")
    about = [paragraph(whose % {"organisation": minutes.organisation})] if minutes.organisation else []
    present = _("Present"), [paragraph(", ".join(_present(attendance)))]
    parts: Parts = [("", about)] if about else [present] if attendance else []
    parts += [(_heading(each), _told(each, is_partners=minutes.organisation is not None)) for each in minutes.items]
    return title, parts or [("", [paragraph(_("Nothing was decided yet"))])]


def _present(attendance: Sequence[Attendance]) -> Iterator[str]:
    for each in attendance:
        away = "" if each.is_present else f" ({_('apologies')})"
        who = f"{each.contact.name} ({each.organisation})" if each.contact else str(each.organisation)
        yield f"{who}{away}"


def _heading(item: AgendaItem) -> str:
    return f"{item.pathway.person.name}, {item.pathway.number}"


def _told(item: AgendaItem, *, is_partners: bool) -> list[dict[str, Any]]:
    decision = ": ".join(filter(None, (item.get_decision_display(), item.reason_words if item.reason_code else "")))
    if is_partners:
        told = [(_("Decision"), decision), (_("Motive"), item.motive_for_referrer)]
    else:
        told = [
            (_("Why on the agenda"), " ".join(filter(None, (item.get_why_display(), item.question)))),
            (_("Discussion"), item.note),
            (_("Decision"), decision),
            (_("Motive"), item.motive),
            (_("The referrer read"), item.motive_for_referrer),
            (_("Follows it up"), item.owner.name if item.owner else ""),
        ]
    points = [f"{each.text} ({each.owner.name}, {day(each.due_on)})" for each in item.action_points.all()]
    rows = [[label, words] for label, words in [*told, *((_("Agreed"), each) for each in points)] if words]
    return [table(Table([_("What"), _("What the minutes say")], rows))] if rows else [paragraph("–")]
