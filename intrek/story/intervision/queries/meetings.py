"""Meetings, their agendas, and what they decided, as pages need them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import WayOut
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.pathways.models import Ending, Pathway, Stage
from intrek.ground.pathways.queries import line_of, with_lines
from intrek.ground.people.queries import search_people
from intrek.ground.programmes.models import CriterionKind, Programme
from intrek.ground.programmes.queries import rule_of
from intrek.story.eligibility.models import Assessment, Verdict
from intrek.story.intervision import rules
from intrek.story.intervision.models import ActionPoint, AgendaItem, Attendance, Decision, Meeting, MeetingKind
from intrek.story.referral.models import Referral

FOUND = 20
WEEKS_A_YEAR = 52


def meetings_of(member: Membership) -> QuerySet[Meeting]:
    """The meetings of the programme's partners with how much stands on them."""
    counted = Meeting.objects.of_partners().filter(programme_id=member.programme_id).select_related("chair")
    return counted.annotate(
        item_count=Count("items"), undecided_count=Count("items", filter=Q(items__decision=""))
    ).order_by("-on", "pk")


def meeting_on(programme: Programme, on: date, *, kind: str = MeetingKind.INTERVISION) -> Meeting | None:
    """The meeting of that day, if there is one; one that was called off is none."""
    held = Meeting.objects.filter(programme=programme, on=on, kind=kind, called_off_on=None)
    return held.order_by("created_at", "pk").first()


def usual_series(programme: Programme, on: date) -> dict[str, int]:
    """How a year of meetings is usually planned: as many as the programme's rule says, evenly over the year."""
    rule = rule_of(programme, on)
    weeks = max(1, WEEKS_A_YEAR // rule.meetings_a_year)
    return {"count": rule.meetings_a_year, "weeks": weeks, "closes_days": rule.agenda_days}


def next_meeting(programme_id: UUID, after: date) -> Meeting | None:
    """The first meeting after a day whose minutes are open."""
    later = Meeting.objects.of_partners().filter(programme_id=programme_id, on__gt=after, closed_on=None)
    return later.order_by("on", "pk").first()


def open_meetings(programme_id: UUID, on: date) -> QuerySet[Meeting]:
    """The meetings that can still take something on their agenda, the nearest first."""
    ahead = Meeting.objects.of_partners().filter(programme_id=programme_id, closed_on=None, on__gte=on)
    return ahead.order_by("on", "pk")


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda in order, with who it is about."""
    rows = AgendaItem.objects.filter(meeting=meeting).select_related(
        "pathway__person", "pathway__track", "pathway__referred_by", "owner"
    )
    return list(rows.order_by("position", "created_at", "pk"))


def order_of(meeting: Meeting) -> list[UUID]:
    """The agenda's items by id, in order."""
    return list(
        AgendaItem.objects.filter(meeting=meeting).order_by("position", "created_at", "pk").values_list("pk", flat=True)
    )


def postponed_times(pathway_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How often each of these pathways was postponed."""
    rows = AgendaItem.objects.filter(pathway_id__in=list(pathway_ids), decision=Decision.POSTPONE)
    counted = rows.values("pathway_id").annotate(times=Count("pk")).order_by("pathway_id")
    return {row["pathway_id"]: row["times"] for row in counted}


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Who attends and who sent apologies, by organisation."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("organisation", "contact")
    return list(rows.order_by("organisation__name", "contact__name", "pk"))


def contacts_of(programme: Programme) -> list[Contact]:
    """Those who may attend or carry something: everybody of the partners who is still there."""
    people = Contact.objects.filter(programme=programme, left_on=None, organisation__until_on=None)
    return list(people.select_related("organisation").order_by("organisation__name", "name", "pk"))


def open_points(member: Membership) -> QuerySet[ActionPoint]:
    """What was agreed and is not done, the nearest day first."""
    rows = ActionPoint.objects.visible_to(member).filter(done_on=None)
    return rows.select_related("owner__organisation", "pathway__person", "item__meeting").order_by("due_on", "pk")


def items_about(pathway: Pathway) -> list[AgendaItem]:
    """Every time this pathway stood on an agenda, the latest first, with what was agreed."""
    points = ActionPoint.objects.filter(pathway=pathway).select_related("owner").order_by("due_on", "pk")
    rows = AgendaItem.objects.filter(pathway=pathway).select_related("meeting", "owner")
    found = list(rows.prefetch_related(Prefetch("action_points", queryset=points)).order_by("-meeting__on", "-pk"))
    for each in found:
        each.programme = pathway.programme  # one programme for all rows, so that its code lists are read once
    return found


def points_of(item: AgendaItem) -> list[ActionPoint]:
    """What is agreed about this pathway: in this meeting, and what is still open from earlier ones."""
    rows = ActionPoint.objects.filter(pathway_id=item.pathway_id).filter(Q(item=item) | Q(done_on=None))
    return list(rows.select_related("owner", "item__meeting").order_by("due_on", "pk"))


def points_at(meeting: Meeting) -> list[ActionPoint]:
    """What was agreed in this meeting."""
    rows = ActionPoint.objects.filter(item__meeting=meeting).select_related("owner", "pathway__person")
    return list(rows.order_by("due_on", "pk"))


def found_for(meeting: Meeting, text: str) -> list[Pathway]:
    """Open pathways by name or number, to put on the agenda by hand."""
    if not text.strip():
        return []
    people = search_people(meeting.programme, text).values("pk")
    named = Q(person__in=people) | Q(number__startswith=text.strip())
    rows = Pathway.objects.filter(named, programme_id=meeting.programme_id).exclude(stage=Stage.CLOSED)
    return list(rows.select_related("person", "track").order_by("-referred_on", "pk")[:FOUND])


def referral_of(pathway: Pathway) -> Referral | None:
    """What the partner said, with who said it."""
    rows = Referral.objects.filter(pathway=pathway).select_related("organisation", "referrer__user")
    return rows.first()


def case_facts(pathway: Pathway) -> rules.CaseFacts:
    """A pathway as the rules look at it."""
    return rules.CaseFacts(
        person=pathway.person.name,
        stage=pathway.stage,
        stage_label=Stage(pathway.stage).label,
        referred_on=pathway.referred_on,
        closed_on=pathway.closed_on,
        ending=Ending(pathway.ending).label if pathway.ending else "–",
    )


def open_elsewhere(meeting: Meeting, pathway: Pathway) -> list[tuple[date, WayOut]]:
    """The other agendas on which this pathway still awaits a decision, each with the way there."""
    rows = AgendaItem.objects.filter(pathway=pathway, decision="", meeting__closed_on=None).exclude(meeting=meeting)
    items = rows.select_related("meeting").order_by("meeting__on", "pk")
    return [(each.meeting.on, WayOut(reverse("intervision:item", args=[each.pk]), _("To that item"))) for each in items]


def is_to_decide(item: AgendaItem, on: date) -> bool:
    """Its day has come, it is not decided, and there is still something to decide."""
    is_open = item.pathway.is_open and item.meeting.closed_on is None
    return is_open and not item.decision and item.meeting.on <= on


def decision_choices(pathway: Pathway) -> list[tuple[str, Any]]:
    """What can be decided about this pathway now."""
    return [(code, capfirst(str(Decision(code).label))) for code in rules.decisions_for(pathway.stage)]


@dataclass(frozen=True)
class Condition:
    """A condition as the meeting sees it: its sentence, its verdict as the page draws it, and in words."""

    text: str
    state: str
    words: Any
    is_care: bool = False


# What a person's health or a judgement on them shows.
CARE_KINDS = {CriterionKind.MENTAL_HEALTH, CriterionKind.STATEMENT, CriterionKind.EXCLUSION}
STATES = {Verdict.MET: "done", Verdict.UNMET: "no", Verdict.UNKNOWN: "unknown"}


def conditions_of(pathway: Pathway) -> list[Condition]:
    """The current verdicts on this pathway's conditions, in their order (P4)."""
    rows = Assessment.objects.filter(pathway=pathway, is_current=True).select_related("criterion")
    return [
        Condition(
            str(each.criterion),
            STATES[Verdict(each.verdict)],
            each.note or each.get_verdict_display(),
            is_care=each.criterion.kind in CARE_KINDS,
        )
        for each in rows.order_by("criterion__position", "pk")
    ]


def _hidden(condition: Condition) -> Condition:
    return (
        replace(condition, state="hidden", words=_("hidden: housing partners in the room"))
        if condition.is_care
        else condition
    )


def housing_present(attendance: Iterable[Attendance]) -> bool:
    """Whether somebody of a housing partner is in the room: they never see care (P7)."""
    return any(each.is_present and each.organisation.is_housing for each in attendance)


def item_page(item: AgendaItem, on: date, *, shows_care: bool = False) -> dict[str, Any]:
    """All that the page of one item shows, the form left out. Care is hidden while housing partners look at the same screen."""
    pathway = with_lines(Pathway.objects.filter(pk=item.pathway_id)).get()
    items, attendance = items_of(item.meeting), attendance_of(item.meeting)
    for place, each in enumerate(items, start=1):
        each.place = place  # type: ignore[attr-defined]  # its number on the agenda, whatever part it stands in
    housing_here = housing_present(attendance)
    hides_care = housing_here and not shows_care
    conditions = conditions_of(pathway)
    return {
        "item": item,
        "meeting": item.meeting,
        "items": items,
        "number": [each.pk for each in items].index(item.pk) + 1,
        "pathway": pathway,
        "age": pathway.person.age(on),
        "line": line_of(pathway, on),
        "referral": referral_of(pathway),
        "conditions": [_hidden(each) for each in conditions] if hides_care else conditions,
        "earlier": [each for each in items_about(pathway) if each.pk != item.pk],
        "points": points_of(item),
        "attendance": attendance,
        "housing_here": housing_here,
        "hides_care": hides_care,
    }


def after(item: AgendaItem) -> str:
    """Where the meeting goes on: the next item that is not decided, else the meeting."""
    items = items_of(item.meeting)
    at = [each.pk for each in items].index(item.pk)
    left = [each for each in [*items[at + 1 :], *items[:at]] if not each.decision and each.pathway.is_open]
    return (
        reverse("intervision:item", args=[left[0].pk])
        if left
        else reverse("intervision:meeting", args=[item.meeting_id])
    )
