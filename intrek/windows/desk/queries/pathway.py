"""One pathway as its page shows it: where it stands, what can be done next, and the latest of every room."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.documents.models import NOT_MISSED, Paper
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.journal.queries import Line as Happened
from intrek.ground.journal.queries import timeline
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Awaited, Pathway, Stage
from intrek.ground.pathways.queries import clock_of, line_of, with_lines
from intrek.ground.pathways.rules import Clock, Line
from intrek.ground.services.models import ServiceRequest
from intrek.ground.services.queries import wait_of
from intrek.ground.services.rules import comes_too_late
from intrek.story.eligibility.models import Assessment
from intrek.story.evaluation.models import Evaluation
from intrek.story.support.models import EvictionStep, Goal, SupportTerm, Threat, Visit, VisitState

LATEST = 5
EVALUATIONS = (Awaited.EVALUATION, Awaited.FINAL_EVALUATION)


@dataclass(frozen=True)
class Step:
    """Something that can be done next on a pathway: the words on the button and the page it leads to."""

    label: Any
    url: str
    icon: str
    main: bool = False


@dataclass(frozen=True)
class Way:
    """When a step is offered: the stages, the permission, the URL name (taking the pathway's id), and a further condition."""

    label: Any
    url_name: str
    permission: str
    icon: str
    stages: tuple[str, ...]
    when: Callable[[Pathway], bool] = lambda _pathway: True


def _is_trial_now(pathway: Pathway) -> bool:
    return pathway.current_track.is_trial


def _has_term(pathway: Pathway) -> bool:
    # A term whose days history does not know has no clock, and still awaits its evaluations.
    return bool(pathway.clock) or pathway.awaits in EVALUATIONS


def _awaits(*awaited: Awaited) -> Callable[[Pathway], bool]:
    return lambda pathway: pathway.awaits in awaited


WAYS = (
    Way(_("Sign the tenancy"), "tenancy:sign", "tenancy.sign", "sign", (Stage.RUNNING,), _awaits(Awaited.TENANCY)),
    Way(_("Note a home visit"), "support:new_visit", "support.visit", "door", (Stage.RUNNING,), _has_term),
    Way(_("Evaluations"), "evaluation:of_pathway", "evaluation.read", "chart", (Stage.RUNNING,), _awaits(*EVALUATIONS)),
    Way(_("Put on the agenda"), "intervision:put_on", "intervision.plan", "people", (Stage.NEW,)),
    Way(
        _("Put on the agenda"),
        "intervision:put_on",
        "intervision.plan",
        "people",
        (Stage.ON_AGENDA,),
        _awaits(Awaited.AGENDA, Awaited.ANSWER),
    ),
    Way(
        _("See the agenda"),
        "intervision:of_pathway",
        "intervision.read",
        "people",
        (Stage.ON_AGENDA,),
        _awaits(Awaited.DECISION),
    ),
    Way(_("Choose a dwelling"), "allocation:of_pathway", "allocation.read", "home", (Stage.WAITING,), _is_trial_now),
    Way(
        _("Start support"),
        "support:start",
        "support.start",
        "arrow-right",
        (Stage.WAITING,),
        lambda it: not _is_trial_now(it),
    ),
    Way(
        _("Write down the answer"),
        "allocation:of_pathway",
        "allocation.answer",
        "home",
        (Stage.ALLOCATED,),
        _awaits(Awaited.CANDIDATE),
    ),
    Way(
        _("Go on with the stay"),
        "placement:of_pathway",
        "placement.read",
        "key",
        (Stage.ALLOCATED,),
        lambda it: it.awaits != Awaited.CANDIDATE,
    ),
    Way(
        _("Arrange aftercare"),
        "aftercare:start",
        "aftercare.change",
        "anchor",
        (Stage.RUNNING,),
        lambda it: not _has_term(it) and it.awaits != Awaited.TENANCY,
    ),
    Way(_("Aftercare"), "aftercare:of_pathway", "aftercare.read", "anchor", (Stage.AFTERCARE,)),
    Way(_("Close"), "aftercare:close", "aftercare.close", "done", (Stage.RUNNING,), lambda it: not _has_term(it)),
    Way(
        _("Back to support"),
        "aftercare:back",
        "aftercare.change",
        "undo",
        (Stage.CLOSED,),
        lambda it: bool(it.started_on),
    ),
)


def next_steps(pathway: Pathway, may: frozenset[str]) -> list[Step]:
    """What can be done next by somebody with these permissions; the first is the main one."""
    open_ways = [way for way in WAYS if pathway.stage in way.stages and way.permission in may and way.when(pathway)]
    return [
        Step(way.label, reverse(way.url_name, args=[pathway.pk]), way.icon, main=at == 0)
        for at, way in enumerate(open_ways)
    ]


@dataclass(frozen=True)
class Overview:
    """The page of one pathway."""

    pathway: Pathway
    line: Line
    clock: Clock | None
    steps: list[Step]
    home: Occupancy | None
    term: SupportTerm | None
    open_conditions: list[Assessment]
    visits: list[Visit]
    goals: list[Goal]
    papers: list[Paper]
    services: list[tuple[ServiceRequest, bool]]
    evaluations: list[Evaluation]
    threats: list[Threat]
    eviction_steps: list[EvictionStep]
    happened: list[Happened]

    @property
    def papers_missing(self) -> int:
        return sum(paper.is_missing for paper in self.papers)

    @property
    def papers_hold(self) -> bool:
        return not any(paper.untrue_on for paper in self.papers)


def find_pathway(member: Membership, pathway_id: UUID) -> Pathway:
    """The pathway with its line, if this member may see it; raises Pathway.DoesNotExist."""
    found: Pathway = with_lines(Pathway.objects.visible_to(member)).get(pk=pathway_id)
    return found


def overview(pathway: Pathway, member: Membership, on: date, may: frozenset[str]) -> Overview:
    """All that the page of one pathway shows: one query per room."""
    clock = clock_of(pathway, on)
    ends_on = clock.ends_on if clock else None
    services = pathway.service_requests.select_related("service").order_by("-asked_on", "pk")
    return Overview(
        pathway=pathway,
        line=line_of(pathway, on),
        clock=clock,
        steps=next_steps(pathway, may),
        home=_home(pathway, on),
        term=pathway.terms.filter(ended_on=None).select_related("worker").first(),
        open_conditions=list(_open_conditions(pathway)),
        visits=list(_visits_past(pathway)),
        goals=list(pathway.goals.filter(dropped_on=None).prefetch_related("steps")),
        papers=list(
            pathway.papers.exclude(group__in=NOT_MISSED).select_related("rule").order_by("rule__position", "pk")
        ),
        services=[(each, comes_too_late(wait_of(each), ends_on)) for each in services],
        evaluations=list(pathway.evaluations.order_by("-held_on", "pk")[:LATEST]),
        threats=list(pathway.threats.filter(resolved_on=None).order_by("since_on", "pk")),
        eviction_steps=list(pathway.eviction_steps.filter(closed_on=None).order_by("on", "pk")),
        happened=timeline(member.programme_id, pathway.pk, person_id=pathway.person_id, limit=LATEST),
    )


def _home(pathway: Pathway, on: date) -> Occupancy | None:
    homes = Occupancy.objects.filter(person_id=pathway.person_id).select_related("dwelling__owner")
    return homes.exclude(until_on__lt=on).order_by("-from_on", "-created_at", "pk").first()


def _visits_past(pathway: Pathway) -> Any:
    noted = pathway.visits.exclude(state=VisitState.PLANNED)
    return noted.select_related("worker").order_by("-on", "-starts_at", "pk")[:LATEST]


def _open_conditions(pathway: Pathway) -> Any:
    current = pathway.assessments.filter(is_current=True).exclude(verdict="met")
    return current.select_related("criterion").order_by("criterion__position", "pk")
