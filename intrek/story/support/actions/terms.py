"""Support is extended, rests, changes hands, and ends (P11, P12, P16)."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, WayOut, refuse_if
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.pathways.actions import assign_worker, await_, expect, note_unknown, reach, set_facts, stop_clock
from intrek.ground.pathways.models import Awaited, Ending, Party, StepState
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import CodeList
from intrek.story.placement.actions import end_placement, extend_stay
from intrek.story.placement.models import Placement
from intrek.story.placement.queries import ending_of
from intrek.story.support import rules
from intrek.story.support.actions.clock import refresh_clock
from intrek.story.support.actions.marks import stations_of, tell
from intrek.story.support.models import SupportTerm, Suspension
from intrek.story.support.queries import is_code, label_of, length_of, pauses_of, rest_of, rule_of


@transaction.atomic
def extend_term(term: SupportTerm, *, last_day: date, on: date | None = None, by: Membership | None) -> SupportTerm:
    """Support goes on longer, within the longest term; on the trial track the stay with it (P11, P12)."""
    rule = rule_of(term)
    rested = 0 if rule.suspension_counts else rules.rested_days(pauses_of(term))
    refuse_if(
        rules.extend_reasons(
            ended=term.is_ended,
            ended_on=term.ended_on,
            agreed=term.agreed_last_day,
            starts_on=term.starts_on,
            last_day=last_day,
            term=length_of(rule),
            rested=rested,
        )
    )
    _move_last_day(term, last_day, on=on, by=by)
    record(term, "support.extended", on=on, by=by, last_day=last_day)
    return term


def _move_last_day(term: SupportTerm, last_day: date, *, on: date | None, by: Membership | None) -> None:
    term.agreed_last_day = last_day
    term.save(update_fields=["agreed_last_day"])
    if term.placement and not term.placement.is_ended:
        extend_stay(term.placement, ends_on=last_day, on=on, by=by)
    expect(term.pathway, stations_of(term.pathway, term.track)[1], on=last_day)
    refresh_clock(term, on=on)


@transaction.atomic
def suspend(
    term: SupportTerm, *, from_on: date, until_on: date | None, reason_code: str, note: str = "", by: Membership | None
) -> Suspension:
    """Support rests, such as during an admission; the last day and the evaluations move as the track's rule says."""
    refuse_if(
        rules.suspend_reasons(
            starts_on=term.starts_on,
            last_day=term.agreed_last_day,
            ended_on=term.ended_on,
            others=pauses_of(term),
            from_on=from_on,
            until_on=until_on,
            is_known_code=is_code(term.pathway, CodeList.SUSPENSION, reason_code),
        )
    )
    suspension = Suspension.objects.create(
        programme_id=term.programme_id,
        term=term,
        from_on=from_on,
        until_on=until_on,
        reason_code=reason_code,
        note=note,
    )
    why = label_of(term.pathway, CodeList.SUSPENSION, reason_code)
    record(term, "support.suspended", on=from_on, by=by, from_on=from_on, why=why)
    _rest(term, days=(until_on - from_on).days + 1 if until_on else 0, on=from_on, by=by)
    return suspension


def _rest(term: SupportTerm, *, days: int, on: date, by: Membership | None) -> None:
    if term.starts_on is None or term.agreed_last_day is None:
        return
    rule = rule_of(term)
    last_day = rules.last_day_after(
        term.agreed_last_day, term.starts_on, length_of(rule), pauses_of(term), rest_of(rule), days=days
    )
    _move_last_day(term, last_day, on=on, by=by)


@transaction.atomic
def end_suspension(suspension: Suspension, *, until_on: date, by: Membership | None) -> Suspension:
    """The last day of a suspension is known: support goes on the day after, and its last day moves by that much."""
    term = suspension.term
    others = [pause for pause in pauses_of(term) if pause[0] != suspension.from_on]
    known = 0 if suspension.until_on is None else (suspension.until_on - suspension.from_on).days + 1
    refuse_if(
        rules.suspend_reasons(
            starts_on=term.starts_on,
            last_day=None,
            ended_on=term.ended_on,
            others=others,
            from_on=suspension.from_on,
            until_on=until_on,
            is_known_code=True,
        )
    )
    suspension.until_on = until_on
    suspension.save(update_fields=["until_on"])
    _rest(term, days=max((until_on - suspension.from_on).days + 1 - known, 0), on=until_on + timedelta(days=1), by=by)
    record(term, "support.suspension_ended", on=until_on, by=by, until_on=until_on, last_day=term.agreed_last_day)
    return suspension


@transaction.atomic
def change_worker(term: SupportTerm, *, worker: Contact, on: date, by: Membership | None) -> SupportTerm:
    """Another support worker carries the term on."""
    term.worker = worker
    term.save(update_fields=["worker"])
    assign_worker(term.pathway, worker, on=on, by=by)
    refresh_clock(term, on=on)
    return term


@transaction.atomic
def end_support(
    term: SupportTerm, *, on: date | None, how: str, note: str = "", history: bool = False, by: Membership | None
) -> SupportTerm:
    """Support ends, for a reason of the programme's list; what comes after is awaited from the coordinator (P6, P16).

    Refused where support is tied to a stay that still runs: then the stay is ended (P11).
    """
    stay = term.placement
    tied = stay is not None and not stay.is_ended and rule_of(term).tied_to_dwelling
    reasons = _end_reasons(term, on, how) if not history else []
    if tied and not history and stay:
        way_out = WayOut(reverse("support:end_stay", args=[stay.pk]), _("End the stay"))
        reasons.append(Refusal(rules.Reason.TIED_TO_STAY, way_out=way_out))
    refuse_if(reasons)
    return _end(term, on=on, how=how, note=note, history=history, by=by)


def _end_reasons(term: SupportTerm, on: date | None, how: str) -> list[Refusal]:
    return rules.end_reasons(
        starts_on=term.starts_on,
        ended=term.is_ended,
        ended_on=term.ended_on,
        on=on,
        how=how,
        is_known_code=ending_of(term.pathway, how) is not None,
    )


@transaction.atomic
def end_stay(
    placement: Placement, *, on: date | None, how: str, note: str = "", history: bool = False, by: Membership | None
) -> Placement:
    """The stay ends and, as the track ties them, its support with it (P11); both with the same reason."""
    term = SupportTerm.objects.open().filter(placement=placement).select_related("track", "pathway__track").first()
    end_placement(placement, on=on, how=how, note=note, history=history, by=by)
    if term:
        term.pathway = placement.pathway
    if term and rule_of(term).tied_to_dwelling:
        _end(term, on=on, how=how, note=note, history=history, by=by)
    return placement


def _end(
    term: SupportTerm, *, on: date | None, how: str, note: str, history: bool, by: Membership | None
) -> SupportTerm:
    pathway, ending = term.pathway, ending_of(term.pathway, how)
    term.ended_on, term.ended_how, term.ended_note, term.next_evaluation_on = on, how, note, None
    term.save(update_fields=["ended_on", "ended_how", "ended_note", "next_evaluation_on"])
    counts_as = Ending(ending.group) if ending and ending.group else Ending.NEUTRAL
    if not pathway.first_ending:
        set_facts(pathway, first_ended_on=on, first_ending=counts_as)
    if on is None:
        note_unknown(pathway, "ended_on")
    stop_clock(pathway)
    stopped = counts_as in {Ending.NEGATIVE, Ending.PROGRAMME}
    reach(
        pathway, stations_of(pathway, term.track)[0], on=on,
        state=StepState.STOPPED if stopped else StepState.DONE,
    )  # fmt: skip
    await_(pathway, Awaited.NEXT_STEP, party=Party.COORDINATOR, by_day=None)
    record(term, "support.ended", on=on, by=by, how=str(ending or how))
    if not history:
        tell(pathway, Kind.ENDED, by)
    return term
