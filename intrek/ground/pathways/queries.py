"""Pathways as pages need them: the line, the clock, what is awaited, in words."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from intrek.ground.common.wording import day
from intrek.ground.pathways import rules
from intrek.ground.pathways.models import Awaited, Party, Pathway, Station


def with_lines(pathways: QuerySet[Pathway]) -> QuerySet[Pathway]:
    """The same pathways with all that their lines are drawn from: two queries, however many rows."""
    return pathways.select_related("person", "track", "current_track", "worker", "referred_by").prefetch_related(
        "steps"
    )


def find_number(programme_id: UUID, number: str) -> Pathway | None:
    """The pathway of this number, for who may know nothing else of it."""
    rows: QuerySet[Pathway] = Pathway.objects.filter(programme_id=programme_id, number=number.strip())
    return rows.first()


def awaited_words(pathway: Pathway) -> str:
    """What is awaited, in the reader's language."""
    if not pathway.awaits:
        return ""
    facts = {name: _shown(value) for name, value in pathway.awaits_facts.items()}
    return str(Awaited(pathway.awaits).label) % facts


def _shown(value: object) -> object:
    try:
        return day(date.fromisoformat(str(value)))
    except ValueError:
        return value


def awaited_party(pathway: Pathway) -> str:
    """From whom, in the reader's language, with the name if there is one."""
    role = str(Party(pathway.awaits_party).label) if pathway.awaits_party else ""
    return ", ".join(filter(None, [role, pathway.awaits_from]))


def facts_of(pathway: Pathway) -> rules.Facts:
    """The plain values from which the line is drawn; needs ``with_lines`` to stay free of queries."""
    return rules.Facts(
        label=pathway.person.name,
        track=pathway.track.kind,
        stage=pathway.stage,
        continued=pathway.track_id != pathway.current_track_id,
        names=dict(Station.choices),
        steps={step.station: (step.state, step.on, step.expected_on) for step in pathway.steps.all()},
        clock=pathway.clock,
        awaits=(awaited_words(pathway), awaited_party(pathway), pathway.awaits_by),
    )


def line_of(pathway: Pathway, on: date) -> rules.Line:
    """The pathway line on a day."""
    return rules.draw_line(facts_of(pathway), on)


def clock_of(pathway: Pathway, on: date) -> rules.Clock | None:
    """The clock of the running term on a day."""
    return rules.clock_of(pathway.clock, on)


def day_name(name: str) -> str:
    """How one of the pathway's dated columns is called, for instance in the list *to complete*."""
    return str(getattr(Pathway._meta.get_field(name), "verbose_name", name)) if hasattr(Pathway, name) else name
