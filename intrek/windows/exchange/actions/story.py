"""What the list says about a referral becomes rows in the rooms, through their own actions, as history: nothing is refused by today's rules, no day is invented."""

from datetime import date

from intrek.ground.common.refusals import Refused
from intrek.ground.dwellings.actions import add_dwelling
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.dwellings.queries import find_dwelling
from intrek.ground.partners.models import Contact, Membership
from intrek.ground.pathways.actions import await_, move, note_unknown
from intrek.ground.pathways.models import Awaited, Party, Pathway, Stage
from intrek.ground.programmes.models import TrackKind
from intrek.ground.services.actions import ask_service
from intrek.story.aftercare.actions import close
from intrek.story.allocation.actions import accept, choose, offer_dwelling, use_up
from intrek.story.allocation.models import Offer
from intrek.story.evaluation.actions import hold_evaluation
from intrek.story.evaluation.models import NextStep
from intrek.story.intervision.actions import plan_meeting, put_on_agenda, remember_decision
from intrek.story.intervision.models import Decision, Why
from intrek.story.placement.actions import prepare_placement
from intrek.story.placement.models import Placement
from intrek.story.referral.actions import withdraw_referral
from intrek.story.referral.models import Referral, WithdrawnBy
from intrek.story.support.actions import end_stay, end_support, start_stay, start_support
from intrek.story.support.models import SupportTerm
from intrek.story.tenancy.actions import sign_tenancy
from intrek.windows.exchange.actions.directory import Directory
from intrek.windows.exchange.rules.answers import Answers
from intrek.windows.exchange.rules.cells import State
from intrek.windows.exchange.rules.columns import Field

OTHER, GOALS_REACHED, STOPPED, SIGNED = "other", "goals_reached", "resident_stopped", "tenancy_signed"
CLIENT_DECLINED = "client_declined"


def tell_story(referral: Referral, answers: Answers, house: Directory, *, today: date, by: Membership | None) -> None:
    """From the referral to the state that the list gives it; afterwards an open pathway awaits something from somebody."""
    pathway = referral.pathway
    for each in answers.services:
        ask_service(
            pathway,
            house.service(each.name),
            asked_on=None,
            is_on_waiting_list=each.is_on_waiting_list,
            history=True,
            by=by,
        )
    match answers.state:
        case State.ON_AGENDA:
            _await_intervision(pathway, answers.on(Field.DISCUSSED_ON), today=today, by=by)
        case State.WITHDRAWN:
            _withdraw(referral, answers, by=by)
        case State.DECLINED:
            code = answers.reason_code or OTHER
            _decide(pathway, answers, Decision.DECLINE, code, by=by)
        case State.WAITING:
            _decide(pathway, answers, Decision.ACCEPT, "", by=by)
        case State.RUNNING | State.COMPLETED | State.DROPPED_OUT:
            _decide(pathway, answers, Decision.ACCEPT, "", by=by)
            _support(pathway, answers, house, by=by)
    _see_that_somebody_is_awaited(pathway)


def _await_intervision(pathway: Pathway, planned_on: date | None, *, today: date, by: Membership | None) -> None:
    if planned_on and planned_on >= today:
        meeting = plan_meeting(pathway.programme, on=planned_on, by=by, history=True)
        put_on_agenda(meeting, pathway, why=Why.NEW_REFERRAL, by=by, history=True)
        return
    # The list does not say of which day: it still needs its place on an agenda.
    move(pathway, Stage.ON_AGENDA)
    await_(pathway, Awaited.AGENDA, party=Party.COORDINATOR, by_day=None)


def _withdraw(referral: Referral, answers: Answers, *, by: Membership | None) -> None:
    withdrawn_by = WithdrawnBy.CLIENT if answers.reason_code == CLIENT_DECLINED else WithdrawnBy.REFERRER
    why = answers.text(Field.REASON)
    withdraw_referral(referral, withdrawn_by=withdrawn_by, why=why, on=None, by=by, history=True)
    referral.pathway.refresh_from_db()
    note_unknown(referral.pathway, "closed_on")


def _decide(pathway: Pathway, answers: Answers, decision: Decision, code: str, *, by: Membership | None) -> None:
    on, motive = answers.on(Field.DISCUSSED_ON), answers.text(Field.REASON)
    remember_decision(pathway, decision=decision, motive=motive, reason_code=code, on=on, by=by)
    pathway.refresh_from_db()


def _support(pathway: Pathway, answers: Answers, house: Directory, *, by: Membership | None) -> None:
    worker = house.contact(house.lead, answers.text(Field.WORKER))
    is_trial = pathway.track.kind == TrackKind.TRIAL
    dwelling = _dwelling(pathway, answers, house, by=by) if is_trial else None
    if dwelling:
        stay = _stay(pathway, dwelling, answers, worker, by=by)
        pathway.refresh_from_db()
        if answers.state != State.RUNNING:
            _end_stay(stay, answers, house, worker, by=by)
        return
    term = start_support(
        pathway,
        track=pathway.track,
        starts_on=answers.on(Field.STARTED_ON),
        last_day=answers.on(Field.LAST_DAY),
        worker=worker,
        history=True,
        by=by,
    )
    if answers.state != State.RUNNING:
        _end_support(term, answers, by=by)


def _dwelling(pathway: Pathway, answers: Answers, house: Directory, *, by: Membership | None) -> Dwelling | None:
    address = answers.text(Field.DWELLING)[:160]
    found = find_dwelling(pathway.programme, address)
    if found:
        return found
    try:
        owner = house.organisation(answers.text(Field.LANDLORD))
        return add_dwelling(
            pathway.programme, address, owner=owner, municipality=pathway.programme.municipality, on=None, by=by
        )
    except Refused:
        return None  # no address that can be found again: the dwelling is still to be filled in


def _stay(
    pathway: Pathway, dwelling: Dwelling, answers: Answers, worker: Contact | None, *, by: Membership | None
) -> Placement:
    offer = Offer.objects.filter(dwelling=dwelling, withdrawn_on=None, used_up_on=None).first()
    offer = offer or offer_dwelling(dwelling, offered_on=None, by=by, history=True)
    allocation = choose(offer, pathway, motive="", on=None, by=by, history=True)
    accept(allocation, on=None, by=by, history=True)
    started_on, last_day = answers.on(Field.STARTED_ON), answers.on(Field.LAST_DAY)
    allocation.refresh_from_db()
    placement = prepare_placement(allocation, starts_on=started_on, months=None, ends_on=last_day, by=by, history=True)
    start_stay(placement, on=started_on, worker=worker, history=True, by=by)
    placement.refresh_from_db()
    return placement


def _end_stay(
    stay: Placement, answers: Answers, house: Directory, worker: Contact | None, *, by: Membership | None
) -> None:
    signed = answers.state == State.COMPLETED and answers.got_tenancy
    how = SIGNED if signed else _ending(answers)
    _evaluate(SupportTerm.objects.get(placement=stay), answers, by=by)
    end_stay(stay, on=answers.on(Field.ENDED_ON), how=how, note=_told(answers), history=True, by=by)
    stay = Placement.objects.select_related("pathway", "allocation__offer__dwelling").get(pk=stay.pk)
    if signed:
        goes_on, ended_on = answers.goes_on_with_support, answers.on(Field.ENDED_ON)
        if stay.allocation and ended_on:
            # When the contract began is not known; the programme has not had the dwelling since the stay ended (P8).
            use_up(stay.allocation.offer, on=ended_on, by=by)
        sign_tenancy(
            stay,
            starts_on=None,
            landlord=house.organisation(answers.text(Field.LANDLORD)),
            with_support=goes_on,
            worker=worker if goes_on else None,
            history=True,
            by=by,
        )
        if goes_on:
            return
    _close(stay.pathway, how, answers, by=by)


def _end_support(term: SupportTerm, answers: Answers, *, by: Membership | None) -> None:
    how = _ending(answers)
    _evaluate(term, answers, by=by)
    term.refresh_from_db()
    end_support(term, on=answers.on(Field.ENDED_ON), how=how, note=_told(answers), history=True, by=by)
    _close(term.pathway, how, answers, by=by)


def _evaluate(term: SupportTerm, answers: Answers, *, by: Membership | None) -> None:
    """A result in the list is a final evaluation whose day is not known; who dropped out had none."""
    if answers.state != State.COMPLETED or not answers.text(Field.RESULT):
        return
    positive = answers.went_well
    hold_evaluation(
        term,
        held_on=None,
        is_final=True,
        is_positive=positive,
        scores={},
        next_step=NextStep.MOVE_ON if positive else NextStep.STOP,
        support_goes_on=answers.goes_on_with_support,
        history=True,
        by=by,
    )


def _ending(answers: Answers) -> str:
    if answers.state == State.DROPPED_OUT or not answers.went_well:
        return answers.reason_code or STOPPED
    return answers.reason_code or GOALS_REACHED


def _told(answers: Answers) -> str:
    """What the list says of the end, in its own words."""
    return " · ".join(filter(None, (answers.text(each) for each in (Field.RESULT, Field.AFTERWARDS, Field.REASON))))


def _close(pathway: Pathway, how: str, answers: Answers, *, by: Membership | None) -> None:
    on = answers.on(Field.ENDED_ON)
    close(pathway, ended_how=how, home_kept=answers.home_kept, on=on, history=True, by=by)


def _see_that_somebody_is_awaited(pathway: Pathway) -> None:
    pathway.refresh_from_db()
    if pathway.is_open and not (pathway.awaits and pathway.awaits_party):
        what = Awaited.AGENDA if pathway.stage == Stage.NEW else Awaited.NEXT_STEP
        await_(pathway, what, party=Party.COORDINATOR, by_day=None)
