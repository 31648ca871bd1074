"""Pathways as the figures see them: nothing but their columns."""

from datetime import date

from intrek.ground.pathways.actions import close_pathway, move, open_pathway, set_facts
from intrek.ground.pathways.models import Stage
from intrek.ground.programmes.queries import track_of
from tests import factories

REFERRED, AGENDA, ACCEPTED = date(2025, 1, 10), date(2025, 2, 1), date(2025, 3, 1)
STARTED, ENDED, CLOSED = date(2025, 4, 1), date(2025, 10, 1), date(2025, 12, 1)
WAY = {
    Stage.ON_AGENDA: {"agenda_on": AGENDA},
    Stage.WAITING: {"accepted_on": ACCEPTED, "discussed_on": ACCEPTED},
    Stage.RUNNING: {"started_on": STARTED},
}


def way(until="new", track="trial", *, dated=True, referred_by=None, programme=None):
    """A pathway brought to a stage, with or without the days."""
    programme = programme or factories.programme_brugge()
    on = REFERRED if dated else None
    made = open_pathway(
        factories.person(programme=programme),
        track_of(programme, track),
        referred_by=referred_by or factories.organisation(programme=programme),
        on=on,
        number_year=2025,
        by=None,
    )
    for stage, days in WAY.items():
        if made.stage == until:
            break
        move(made, stage, **(days if dated else {}))
    return made


def ended(ending="positive", track="trial", *, dated=True, **facts):
    """A pathway whose first support ended."""
    made = way("running", track, dated=dated, **facts)
    return set_facts(made, first_ending=ending, first_ended_on=ENDED if dated else None)


def over(ending, until="on_agenda", track="trial", *, how="other", kept="", dated=True, **facts):
    """A closed pathway."""
    made = ended(ending, track, dated=dated, **facts) if until == "ended" else way(until, track, dated=dated, **facts)
    on = CLOSED if dated else None
    return close_pathway(made, ending=ending, on=on, by=None, ended_how=how, home_kept=kept)


def everything(*, dated=True):
    """One of each, on both tracks."""
    for track in ("trial", "sitting"):
        for stage in ("new", "on_agenda", "waiting", "running"):
            way(stage, track, dated=dated)
        for ending in ("positive", "negative", "neutral", "programme"):
            ended(ending, track, dated=dated)
        over("declined", track=track, dated=dated)
        over("withdrawn", track=track, dated=dated)
        over("positive", "ended", track, how="goals_reached", kept="yes", dated=dated)
