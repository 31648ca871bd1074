"""Terms, visits, goals and homes, as actions and pages need them."""

from datetime import date

from django.db.models import QuerySet

from intrek.ground.dwellings.models import Occupancy
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeItem, CodeList, TrackRule
from intrek.story.support import rules
from intrek.story.support.models import SupportTerm, Visit, VisitState


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
