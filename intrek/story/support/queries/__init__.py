"""Terms, visits, goals and homes, as actions and pages need them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intrek.ground.common.wording import day
from intrek.ground.documents.queries import papers_of
from intrek.ground.dwellings.models import Occupancy
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeItem, CodeList, TrackRule
from intrek.story.support import rules
from intrek.story.support.models import (
    EvictionStep,
    Goal,
    SupportTerm,
    Suspension,
    TalkRequest,
    Threat,
    Visit,
    VisitState,
)


def open_term(pathway: Pathway) -> SupportTerm | None:
    """The term that runs on this pathway."""
    term: SupportTerm | None = (
        SupportTerm.objects.open()
        .filter(pathway=pathway)
        .select_related("track", "worker", "placement__dwelling", "pathway__person")
        .first()
    )
    return term


def terms_of(pathway: Pathway) -> QuerySet[SupportTerm]:
    """All terms of a pathway, the running or latest first."""
    rows: QuerySet[SupportTerm] = SupportTerm.objects.filter(pathway=pathway)
    return rows.select_related("track", "worker", "placement__dwelling").order_by("-created_at", "-pk")


def rule_of(term: SupportTerm) -> TrackRule:
    """The track's rule under which this term began."""
    return term.track.rule(term.starts_on or date.max)


def length_of(rule: TrackRule) -> rules.Term:
    """How long a term under this rule may be."""
    return rules.Term(rule.min_months, rule.max_months)


def rest_of(rule: TrackRule) -> rules.Rest:
    """What a suspension does under this rule."""
    return rules.Rest(extends_term=rule.suspension_extends_term, counts=rule.suspension_counts)


def pauses_of(term: SupportTerm) -> list[rules.Pause]:
    """The suspensions of a term as pairs of first and last day, in order."""
    return [(each.from_on, each.until_on) for each in term.suspensions.order_by("from_on", "pk")]


def evaluation_days(term: SupportTerm) -> list[date]:
    """The days by which the regular evaluations of this term are due (P14); none while its days are not known."""
    if term.starts_on is None or term.agreed_last_day is None:
        return []
    return rules.evaluation_days(term.starts_on, term.agreed_last_day, rule_of(term).evaluation_months, pauses_of(term))


def latest_day(term: SupportTerm) -> date | None:
    """The last day this term may be extended to."""
    if term.starts_on is None:
        return None
    rule = rule_of(term)
    return rules.latest_day(term.starts_on, length_of(rule), pauses_of(term), rest_of(rule))


def home_of(pathway: Pathway) -> Occupancy | None:
    """Where the person lives now, as far as known."""
    return (
        Occupancy.objects.filter(person_id=pathway.person_id, until_on=None)
        .select_related("dwelling__owner", "person")
        .first()
    )


def is_code(pathway: Pathway, code_list: CodeList, code: str) -> bool:
    """Whether the programme's list has this code."""
    return CodeItem.objects.filter(programme_id=pathway.programme_id, list=code_list, code=code).exists()


def label_of(pathway: Pathway, code_list: CodeList, code: str) -> str:
    """A code of the programme's list in words; a code it does not know stays as it is."""
    item = CodeItem.objects.filter(programme_id=pathway.programme_id, list=code_list, code=code).first()
    return str(item) if item else code


def unknown_help(pathway: Pathway, kinds: list[str]) -> list[str]:
    """Those of these kinds of help that the programme's list does not have."""
    known = CodeItem.objects.filter(programme_id=pathway.programme_id, list=CodeList.HELP, code__in=kinds).values_list(
        "code", flat=True
    )
    return sorted(set(kinds) - set(known))


def last_visit_on(pathway: Pathway) -> date | None:
    """The day of the last visit that was done."""
    done = Visit.objects.filter(pathway=pathway, state=VisitState.DONE)
    found: date | None = done.order_by("-on").values_list("on", flat=True).first()
    return found


@dataclass(frozen=True)
class Rhythm:
    """How often the track asks for a visit, and when the last one was (P11)."""

    every_days: int
    last_on: date | None
    next_visit: Visit | None


@dataclass(frozen=True)
class SupportPage:
    """All that the page about somebody's support shows."""

    term: SupportTerm | None
    earlier: list[SupportTerm]
    suspensions: list[Suspension]
    latest_day: date | None
    rhythm: Rhythm | None
    visits: list[Visit]
    goals: list[Goal]
    threats: list[Threat]
    eviction_steps: list[EvictionStep]
    talks: list[TalkRequest]
    home: Occupancy | None
    papers_missing: int

    @property
    def open_suspension(self) -> Suspension | None:
        """The suspension whose last day nobody knows yet."""
        return next((each for each in self.suspensions if each.until_on is None), None)

    @property
    def may_be_longer(self) -> bool:
        """Whether the term is shorter than the longest one."""
        agreed = self.term.agreed_last_day if self.term else None
        return bool(agreed and self.latest_day and agreed < self.latest_day)


def support_page(pathway: Pathway) -> SupportPage:
    """Terms, visits, goals, threats and home of one pathway."""
    terms = list(terms_of(pathway))
    term = next((each for each in terms if not each.is_ended), None)
    visits = list(visits_of(pathway)[:6])
    return SupportPage(
        term=term,
        earlier=[each for each in terms if each != term],
        suspensions=list(term.suspensions.order_by("-from_on", "-pk")) if term else [],
        latest_day=latest_day(term) if term else None,
        rhythm=Rhythm(rule_of(term).visit_days, last_visit_on(pathway), next_visit(pathway)) if term else None,
        visits=visits,
        goals=goals_of(pathway),
        threats=list(pathway.threats.order_by("resolved_on", "since_on", "pk")),
        eviction_steps=list(pathway.eviction_steps.order_by("on", "pk")),
        talks=list(pathway.talk_requests.filter(handled_on=None).select_related("asked_by").order_by("asked_on", "pk")),
        home=home_of(pathway),
        papers_missing=sum(paper.is_missing for paper in papers_of(term.pk)) if term else 0,
    )


def visits_of(pathway: Pathway) -> QuerySet[Visit]:
    """The visits of a pathway, the latest day first."""
    rows: QuerySet[Visit] = Visit.objects.filter(pathway=pathway)
    return rows.select_related("worker").order_by("-on", "-starts_at", "-pk")


def next_visit(pathway: Pathway) -> Visit | None:
    """The first visit that is planned and not noted."""
    found: Visit | None = (
        Visit.objects.filter(pathway=pathway, state=VisitState.PLANNED).order_by("on", "starts_at", "pk").first()
    )
    return found


def goals_of(pathway: Pathway) -> list[Goal]:
    """The goals of a pathway with their steps, what is still open first."""
    goals = Goal.objects.filter(pathway=pathway).prefetch_related("steps").order_by("set_on", "pk")
    return sorted(goals, key=lambda goal: bool(goal.reached_on or goal.dropped_on))


def term_facts(term: SupportTerm) -> list[tuple[str, str]]:
    """What one needs to know before a term is extended: its days, and how far it may go (P12)."""
    latest = latest_day(term)
    told = [(_("First day"), term.starts_on), (_("Agreed last day"), term.agreed_last_day)]
    told.append((_("May last until"), latest))
    return [(label, day(on) or _("day unknown")) for label, on in told]


def suspension_words(term: SupportTerm) -> str:
    """What a suspension does on the track of this term, in words."""
    rule = rule_of(term)
    words = _("Evaluations move with it.")
    if rule.suspension_extends_term:
        return _("The last day moves by as many days.") + " " + words
    return _("The last day stays as agreed.") + " " + words
