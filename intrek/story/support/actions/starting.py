"""Support starts: with the keys of a trial stay, or in somebody's own home (P11–P13, P15, P16)."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from intrek.ground.common.dates import months_later
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.documents.actions import prepare_papers, sign_paper
from intrek.ground.documents.models import Paper
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.pathways import rules as pathway_rules
from intrek.ground.pathways.actions import (
    assign_worker,
    expect,
    move,
    note_unknown,
    reach,
)
from intrek.ground.pathways.models import (
    Pathway,
    Stage,
    Station,
    Step,
)
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import Track
from intrek.story.placement.actions import hand_over_keys
from intrek.story.placement.models import Placement
from intrek.story.placement.queries import key_reasons_of
from intrek.story.placement.rules import moved_last_day
from intrek.story.support import rules
from intrek.story.support.actions.clock import refresh_clock
from intrek.story.support.actions.home import open_home
from intrek.story.support.actions.marks import stations_of, tell
from intrek.story.support.models import SupportTerm
from intrek.story.support.queries import (
    length_of,
    open_term,
)

AGREEMENT = "support_agreement"


@transaction.atomic
def start_stay(
    placement: Placement,
    *,
    on: date | None,
    worker: Contact | None,
    agreement_on: date | None = None,
    history: bool = False,
    by: Membership | None,
) -> SupportTerm:
    """The keys are handed over and support begins with them, as long as the stay (P11–P13)."""
    pathway, track = placement.pathway, placement.pathway.track
    _sign_agreement(placement.pk, agreement_on, by)
    if not history:
        refuse_if(_stay_reasons(placement, on, worker, agreement_on))
    hand_over_keys(placement, on=on, history=history, by=by)
    agreed = agreement_on or _agreement_signed_on(placement.pk)
    term = _made(
        pathway, track, placement=placement, worker=worker, agreement_on=agreed, starts_on=on,
        agreed_last_day=placement.agreed_last_day,
    )  # fmt: skip
    _begin(term, history=history, by=by)
    return term


def _stay_reasons(
    placement: Placement, on: date | None, worker: Contact | None, agreement_on: date | None
) -> list[Refusal]:
    has_paper = Paper.objects.filter(stay_id=placement.pk, rule__code=AGREEMENT).exists()
    last_day = placement.agreed_last_day
    if on and placement.starts_on and last_day:
        last_day = moved_last_day(placement.starts_on, last_day, on)
    # The missing agreement is already told as a missing paper.
    agreed = agreement_on or (date.min if has_paper else None)
    reasons = _start_reasons(placement.pathway, placement.pathway.track, on, last_day, worker, agreement_on=agreed)
    return [*reasons, *(key_reasons_of(placement, on=on) if on else [])]


def _start_reasons(
    pathway: Pathway,
    track: Track,
    starts_on: date | None,
    last_day: date | None,
    worker: Contact | None,
    *,
    agreement_on: date | None,
    needs_keys: bool = False,
) -> list[Refusal]:
    running = open_term(pathway)
    stage = Stage(pathway.stage)
    came_back = stage != Stage.CLOSED or bool(pathway.started_on or pathway.first_ending)
    return rules.start_reasons(
        stage="" if came_back and stage == Stage.CLOSED else stage,
        stage_label=stage.label,
        may_start=Stage.RUNNING in pathway_rules.TRANSITIONS[stage],
        closed_on=pathway.closed_on,
        running_since=running.starts_on if running else None,
        runs=running is not None,
        needs_keys=needs_keys,
        has_worker=worker is not None,
        agreement_on=agreement_on,
        term=length_of(track.rule(starts_on or date.max)),
        starts_on=starts_on,
        last_day=last_day,
    )


@transaction.atomic
def start_support(
    pathway: Pathway,
    *,
    track: Track,
    starts_on: date | None,
    months: int | None = None,
    last_day: date | None = None,
    worker: Contact | None,
    agreement_on: date | None = None,
    history: bool = False,
    by: Membership | None,
) -> SupportTerm:
    """Support starts that is not tied to a dwelling: a sitting tenant's, also after a trial stay and from aftercare (P15, P16, P23)."""
    if last_day is None and starts_on and months:
        last_day = months_later(starts_on, months)
    if not history:
        needs_keys = track.rule(starts_on or date.max).tied_to_dwelling
        refuse_if(
            _start_reasons(
                pathway, track, starts_on, last_day, worker, agreement_on=agreement_on, needs_keys=needs_keys
            )
        )
    term = _made(
        pathway, track, worker=worker, agreement_on=agreement_on, starts_on=starts_on, agreed_last_day=last_day
    )
    if starts_on:
        prepare_papers(pathway, term.pk, track, on=starts_on, by=by)
    _sign_agreement(term.pk, agreement_on, by)
    open_home(pathway, from_on=starts_on, history=history, by=by)
    if not pathway.track.is_trial:
        reach(pathway, Station.AGREEMENT, on=agreement_on or starts_on)
    _begin(term, history=history, by=by)
    return term


def _made(pathway: Pathway, track: Track, **facts: Any) -> SupportTerm:
    try:
        with transaction.atomic():
            return SupportTerm.objects.create(programme_id=pathway.programme_id, pathway=pathway, track=track, **facts)
    except IntegrityError as clash:
        running = open_term(pathway)
        since = running.starts_on if running else None
        raise Refused([Refusal(rules.Reason.RUNS_ALREADY, {"starts_on": since or "–"})]) from clash


def _sign_agreement(stay_id: Any, agreement_on: date | None, by: Membership | None) -> None:
    paper = Paper.objects.filter(stay_id=stay_id, rule__code=AGREEMENT, signed_on=None).first()
    if paper and agreement_on:
        sign_paper(paper, signed_on=agreement_on, by=by)


def _agreement_signed_on(stay_id: Any) -> date | None:
    signed = Paper.objects.filter(stay_id=stay_id, rule__code=AGREEMENT)
    day: date | None = signed.values_list("signed_on", flat=True).first()
    return day


def _begin(term: SupportTerm, *, history: bool, by: Membership | None) -> None:
    pathway, track = term.pathway, term.track
    is_first = pathway.started_on is None and not pathway.first_ending
    milestones: dict[str, Any] = {"current_track": track}
    if is_first:
        milestones["started_on"] = term.starts_on
    if pathway.track.is_trial and not track.is_trial and pathway.continued_on is None:
        milestones["continued_on"] = term.starts_on
    if pathway.stage == Stage.CLOSED:
        milestones |= {"closed_on": None, "ending": "", "ended_how": "", "home_kept": ""}
    move(pathway, Stage.RUNNING, **milestones)
    if term.worker and pathway.worker_id != term.worker_id:
        assign_worker(pathway, term.worker, on=term.starts_on, by=by)  # type: ignore[arg-type]
    _note_unknown_days(term)
    _open_stations(term)
    refresh_clock(term, on=term.starts_on)
    worker = term.worker.name if term.worker else "–"
    record(
        term, "support.started", on=term.starts_on, by=by, track=str(track), worker=worker,
        last_day=term.agreed_last_day,
    )  # fmt: skip
    if is_first and not history:
        tell(pathway, Kind.STARTED, by)


def _note_unknown_days(term: SupportTerm) -> None:
    # A trial resident who goes on as sitting tenant starts once more; the first start stays as it is (P15).
    started = "started_on" if term.track_id == term.pathway.track_id else "continued_on"
    days = {started: term.starts_on, "agreed_last_day": term.agreed_last_day}
    missing = [name for name, day in days.items() if day is None]
    if missing:
        note_unknown(term.pathway, *missing)


def _open_stations(term: SupportTerm) -> None:
    stations = stations_of(term.pathway, term.track)
    Step.objects.filter(pathway=term.pathway, station__in=stations).update(state="", on=None)
    expect(term.pathway, stations[1], on=term.agreed_last_day)
