"""My day: what this member must do, why, by when. One query per kind of thing, however much there is in the archive."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intrek.ground.common import eyes
from intrek.ground.common.wording import day, money
from intrek.ground.documents.models import Paper
from intrek.ground.partners.models import Membership, Role
from intrek.ground.pathways.models import Awaited, Party, Pathway, Stage
from intrek.ground.pathways.queries import awaited_words
from intrek.ground.programmes.models import PaperGroup, ProgrammeRule
from intrek.ground.programmes.queries import rule_of
from intrek.ground.services.models import ServiceRequest, waits
from intrek.ground.services.queries import wait_of
from intrek.ground.services.rules import comes_too_late, to_be_checked
from intrek.story.placement.queries import standings
from intrek.story.support.models import SupportTerm, Visit
from intrek.windows.desk.queries.asked import AHEAD, MOST, asked
from intrek.windows.desk.queries.todos import pathway_url, todo
from intrek.windows.desk.queries.unknown import unknown_name
from intrek.windows.desk.queries.week import Week, planned_visits, week_of
from intrek.windows.desk.rules import Group, Todo, grouped

# What the coordinator alone can move on: it stands here also while no day was set.
NEVER_LATER = (Awaited.AGENDA, Awaited.NEXT_STEP)

Source = Callable[[Membership, date, ProgrammeRule], Iterable[Todo]]


@dataclass(frozen=True)
class Day:
    """What a member finds in the morning."""

    groups: list[Group]
    week: Week

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def late(self) -> int:
        return sum(group.count for group in self.groups if group.is_late)


def day_of(member: Membership, on: date) -> Day:
    """The things to do and the visits of a member on a day. More is read than is shown: on record is who stands on the page."""
    with eyes.closed():
        planned = planned_visits(member, on)
        made = Day(grouped(todos_of(member, on, rule_of(member.programme, on), planned), on), week_of(planned, on))
    shown = {each.todo.person_id for group in made.groups for each in group.todos if each.todo.person_id}
    for person_id in shown | _visited(made.week):
        eyes.see(person_id)
    return made


def _visited(week: Week) -> set[UUID]:
    return {visit.pathway.person_id for visit in week.today}


def todos_of(member: Membership, on: date, rule: ProgrammeRule, planned: Sequence[Visit]) -> list[Todo]:
    """Everything this member must do in the days around ``on``; ``planned`` are their visits of ``planned_visits``."""
    sources = [*EVERYONE, *(COORDINATION if member.role == Role.COORDINATOR else ())]
    return [*unnoted(planned, on), *(todo for source in sources for todo in source(member, on, rule))]


def unnoted(visits: Iterable[Visit], on: date) -> Iterator[Todo]:
    """Visits planned before today that nobody noted; today's and tomorrow's stand beside, by hour."""
    for visit in [each for each in visits if each.on < on][:MOST]:
        why = _("Planned on %(day)s, not yet noted or called off.") % {"day": day(visit.on)}
        url = reverse("support:note_visit", args=[visit.pk])
        yield todo(
            "door",
            visit.pathway,
            what=_("note the home visit"),
            why=why,
            by=visit.on,
            url=url,
            action=_("Note the visit"),
        )


def terms(member: Membership, on: date, rule: ProgrammeRule) -> Iterator[Todo]:
    """Evaluations due (P14) and terms that are ending (P12)."""
    soon = on + timedelta(weeks=rule.ending_soon_weeks)
    due = Q(next_evaluation_on__lte=on + AHEAD) | Q(agreed_last_day__lte=soon)
    open_terms = SupportTerm.objects.visible_to(member).filter(due, worker_id=member.contact_id, ended_on=None)
    for term in open_terms.select_related("pathway__person").order_by("agreed_last_day", "pk")[:MOST]:
        if term.next_evaluation_on and term.next_evaluation_on <= on + AHEAD:
            number = term.evaluations_held + 1
            why = _("Every term has its evaluations with the resident; this one is due on %(day)s.") % {
                "day": day(term.next_evaluation_on)
            }
            what = _("evaluation %(number)d") % {"number": number}
            url = reverse("evaluation:hold", args=[term.pk])
            yield todo(
                "chart",
                term.pathway,
                what=what,
                why=why,
                by=term.next_evaluation_on,
                url=url,
                action=_("Hold the evaluation"),
            )
        if term.agreed_last_day and term.agreed_last_day <= soon:
            yield _ending(term)


def _ending(term: SupportTerm) -> Todo:
    why = _("The agreed last day is %(day)s: final evaluation, extension or end.") % {"day": day(term.agreed_last_day)}
    url = reverse("evaluation:of_pathway", args=[term.pathway_id])
    return todo(
        "clock",
        term.pathway,
        what=_("support is ending"),
        why=why,
        by=term.agreed_last_day,
        url=url,
        action=_("Prepare the end"),
    )


def services(member: Membership, on: date, rule: ProgrammeRule) -> Iterator[Todo]:
    """Services that will come too late, and waits nobody checked for weeks (P21)."""
    waiting = ServiceRequest.objects.visible_to(member).filter(waits())
    mine = waiting.filter(pathway__worker_id=member.contact_id, pathway__stage__in=[Stage.RUNNING, Stage.ALLOCATED])
    rows = mine.select_related("pathway__person", "service").order_by("expected_on", "pk")
    for request in rows[:MOST]:
        wait, clock = wait_of(request), request.pathway.clock
        ends_on = date.fromisoformat(clock["ends_on"]) if clock else None
        url = reverse("services:of_pathway", args=[request.pathway_id])
        names = {"service": request.service.name, "expected": day(request.expected_on), "ends": day(ends_on)}
        if comes_too_late(wait, ends_on):
            why = _("%(service)s is expected on %(expected)s, after support ends on %(ends)s.") % names
            what = _("%(service)s comes too late") % names
            yield todo("hourglass", request.pathway, what=what, why=why, by=on, url=url, action=_("Check the service"))
        elif to_be_checked(wait, rule.service_check_weeks, on):
            why = _("Nobody asked after the waiting list for some time.")
            what = _("ask after %(service)s") % names
            yield todo("hourglass", request.pathway, what=what, why=why, by=on, url=url, action=_("Check the service"))


def papers(member: Membership, on: date, _rule: ProgrammeRule) -> Iterator[Todo]:
    """Papers that must be signed before the keys; after them, papers that are no longer true (P13)."""
    before = Q(group=PaperGroup.BEFORE_KEYS, signed_on=None, not_needed_why="", pathway__stage=Stage.ALLOCATED)
    after = Q(untrue_on__isnull=False, pathway__stage=Stage.RUNNING)
    found = Paper.objects.visible_to(member).filter(before | after)
    mine = found if member.role == Role.COORDINATOR else found.filter(pathway__worker_id=member.contact_id)
    by_stay: dict[tuple[Pathway, UUID], list[Paper]] = {}
    for paper in mine.select_related("pathway__person").order_by("pathway_id", "stay_id", "pk")[: MOST * 10]:
        by_stay.setdefault((paper.pathway, paper.stay_id), []).append(paper)
    for (pathway, stay_id), these in by_stay.items():
        yield _papers(pathway, stay_id, these, on)


def _papers(pathway: Pathway, stay_id: UUID, these: list[Paper], on: date) -> Todo:
    count, url = len(these), reverse("documents:of_stay", args=[stay_id])
    told: dict[str, Any] = {"url": url, "action": _("See the papers")}
    if pathway.stage == Stage.ALLOCATED:
        what = ngettext("%(count)d paper before the keys", "%(count)d papers before the keys", count) % {"count": count}
        why = _("No keys before these papers are signed.")
        return todo("paper", pathway, what=what, why=why, by=pathway.awaits_by or on, **told)
    what = ngettext("%(count)d paper is no longer true", "%(count)d papers are no longer true", count) % {
        "count": count
    }
    why = _("The keys stay where they are. Have it signed anew, or set it right.")
    return todo("paper", pathway, what=what, why=why, by=min(each.untrue_on or on for each in these), **told)


def fees(member: Membership, on: date, rule: ProgrammeRule) -> Iterator[Todo]:
    """Usage fees that are open for so long, or so high, that the programme wants it talked about."""
    for each in standings(member, rule, on):
        pathway = each.placement.pathway
        if not each.is_arrears or (member.role != Role.COORDINATOR and pathway.worker_id != member.contact_id):
            continue
        what = _("%(amount)s usage fee is open") % {"amount": money(each.open_amount)}
        why = (
            _("Due since %(day)s.") % {"day": day(each.since)}
            if each.since
            else _("More than the programme lets stand.")
        )
        url = reverse("placement:payments", args=[each.placement.pk])
        yield todo("euro", pathway, what=what, why=why, by=each.since or on, url=url, action=_("See what is open"))


def awaited(member: Membership, on: date, _rule: ProgrammeRule) -> Iterator[Todo]:
    """What the pathways a support worker carries await from them (P24)."""
    if member.role == Role.COORDINATOR:
        return
    due = Pathway.objects.visible_to(member).filter(awaits_by__lte=on + AHEAD, worker_id=member.contact_id)
    # Evaluations, aftercare talks and papers stand here already, from their own rows.
    told = due.filter(awaits_party__in=[Party.WORKER, Party.ANCHOR]).exclude(
        awaits__in=[Awaited.EVALUATION, Awaited.FINAL_EVALUATION, Awaited.REVIEW, Awaited.PAPERS]
    )
    for pathway in told.select_related("person").order_by("awaits_by", "pk")[:MOST]:
        yield _awaited(pathway, on)


def _awaited(pathway: Pathway, on: date) -> Todo:
    why = _("This is awaited from you.")
    return todo(
        "arrow-right",
        pathway,
        what=awaited_words(pathway),
        why=why,
        by=pathway.awaits_by or on,
        url=pathway_url(pathway),
        action=_("See the pathway"),
    )


def to_complete(member: Membership, _on: date, _rule: ProgrammeRule) -> Iterator[Todo]:
    """Pathways with a day that is not known: nothing is invented, somebody may know."""
    incomplete = Pathway.objects.visible_to(member).filter(is_incomplete=True)
    mine = incomplete if member.role == Role.COORDINATOR else incomplete.filter(worker_id=member.contact_id)
    for pathway in mine.select_related("person").order_by("-referred_on", "pk")[:MOST]:
        names = ", ".join(unknown_name(name) for name in pathway.to_complete)
        why = _("Not known: %(what)s.") % {"what": names}
        url = reverse("desk:complete", args=[pathway.pk])
        yield todo(
            "calendar", pathway, what=_("a day is missing"), why=why, by=None, url=url, action=_("Fill in the day")
        )


def coordination(member: Membership, on: date, _rule: ProgrammeRule) -> Iterator[Todo]:
    """Referrers who were promised to hear by a day, referrals on no agenda yet, and what else is awaited from the coordinator (P24)."""
    soon = on + AHEAD
    # Papers stand on the list themselves.
    from_me = Q(awaits_party=Party.COORDINATOR) & (Q(awaits_by__lte=soon) | Q(awaits__in=NEVER_LATER))
    from_me &= ~Q(awaits=Awaited.PAPERS)
    due = Pathway.objects.visible_to(member).exclude(awaits="").filter(from_me | Q(hears_by__lte=soon))
    first = (F("hears_by").asc(nulls_last=True), F("awaits_by").asc(nulls_last=True), "pk")
    for pathway in due.select_related("person", "referred_by").order_by(*first)[: MOST * 3]:
        if pathway.hears_by and pathway.hears_by <= soon:
            yield _promised(pathway)
        if pathway.awaits_party == Party.COORDINATOR:
            yield from _from_coordinator(pathway, on)


def _promised(pathway: Pathway) -> Todo:
    why = _("%(organisation)s would hear by %(day)s.") % {
        "organisation": pathway.referred_by or _("The referrer"),
        "day": day(pathway.hears_by),
    }
    url = reverse("desk:answer", args=[pathway.pk])
    return todo(
        "mail",
        pathway,
        what=_("answer to the referrer"),
        why=why,
        by=pathway.hears_by,
        url=url,
        action=_("Send a message"),
    )


def _from_coordinator(pathway: Pathway, on: date) -> Iterator[Todo]:
    if pathway.awaits == Awaited.AGENDA:
        yield _put_on(pathway, on)
    elif pathway.awaits == Awaited.PAPERS:
        return  # the papers themselves stand on the list
    elif pathway.awaits in NEVER_LATER or (pathway.awaits_by and pathway.awaits_by <= on + AHEAD):
        yield _awaited(pathway, on)


def _put_on(pathway: Pathway, on: date) -> Todo:
    why = _("Referred on %(day)s by %(organisation)s.") % {
        "day": day(pathway.referred_on) or "–",
        "organisation": pathway.referred_by or "–",
    }
    url = reverse("intervision:put_on", args=[pathway.pk])
    return todo(
        "people",
        pathway,
        what=_("put on an agenda"),
        why=why,
        by=pathway.awaits_by or on,
        url=url,
        action=_("Put on the agenda"),
    )


EVERYONE: tuple[Source, ...] = (terms, services, papers, fees, asked, awaited, to_complete)
COORDINATION: tuple[Source, ...] = (coordination,)
