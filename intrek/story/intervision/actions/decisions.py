"""The partners decide: the pathway moves at once, and the decision itself tells the referrer (P17, P24)."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intrek.ground.common.refusals import Refusal, Refused, WayOut, refuse_if
from intrek.ground.common.wording import day
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.actions import (
    await_,
    close_pathway,
    keep_promises,
    move,
    note_unknown,
    promise,
    reach,
    set_facts,
)
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Stage, Station
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import CodeList, Programme
from intrek.ground.programmes.queries import code_label, codes, rule_of
from intrek.story.intervision import rules
from intrek.story.intervision.actions.agenda import put_on_agenda, weigh_conditions, write_note
from intrek.story.intervision.actions.meetings import plan_meeting
from intrek.story.intervision.models import AgendaItem, Decision, Why
from intrek.story.intervision.queries import case_facts, next_meeting, referral_of
from intrek.story.referral.actions import ask_referrer, referral_with_referrer, tell_referrer


class News(TextChoices):
    """What the referrer reads first."""

    ACCEPT = "accept", _("The partners accepted the referral.")
    DECLINE = "decline", _("The partners declined the referral: %(reason)s.")
    POSTPONE = "postpone", _("The partners postponed the decision.")
    OTHER = "other", _("The partners discussed the pathway.")


@dataclass(frozen=True)
class Decided:
    """A decision and its day, on its way to the pathway; ``on`` null: the day is not known."""

    said: rules.Said
    on: date | None
    history: bool = False


@transaction.atomic
def decide(
    item: AgendaItem,
    *,
    decision: Decision | str,
    motive: str,
    motive_for_referrer: str = "",
    reason_code: str = "",
    owner: Contact | None = None,
    on: date,
    by: Actor | None,
    history: bool = False,
) -> AgendaItem:
    """The partners decide about an item. It is decided once; a referral moves at once and its referrer hears (P24).

    ``motive`` stays in the programme; ``motive_for_referrer`` is what the referrer reads: the motive, or what they are asked.
    """
    said = rules.Said(Decision(decision), motive, reason_code, motive_for_referrer.strip())
    item.pathway.refresh_from_db()
    item.refresh_from_db(fields=["decision", "decided_on"])
    refuse_if(_reasons(item, said, on=on, history=history))
    code = reason_code if said.decision == Decision.DECLINE else ""
    _write(
        item,
        decision=Decision(decision),
        motive=motive,
        motive_for_referrer=motive_for_referrer,
        reason_code=code,
        owner=owner,
        decided_on=on,
    )
    record(item, "intervision.decided", on=on, by=by, decision=Decision(decision).label, code=code)
    _carry_out(item.pathway, Decided(said, on, history), by=by)
    return item


@transaction.atomic
def conclude(
    item: AgendaItem, *, note: str, decision: str, on: date, expected_version: int, by: Actor | None, **said: Any
) -> AgendaItem:
    """The discussion and the decision in one saving; nothing of it when either is refused or somebody else wrote meanwhile."""
    if not decision:
        missing = rules.said_reasons(rules.Said(decision, said.get("motive", "")), codes=())
        refuse_if([Refusal(rules.Reason.NO_DECISION, form_field="decision"), *missing])
    write_note(item, note=note, expected_version=expected_version, by=by)
    return decide(item, decision=decision, on=on, by=by, **said)


def _reasons(item: AgendaItem, said: rules.Said, *, on: date, history: bool) -> list[Any]:
    reasons = rules.decided_reasons(Decision(item.decision).label if item.decision else "", item.decided_on)
    if history:
        return reasons
    meeting = item.meeting
    return reasons + rules.decide_reasons(
        case_facts(item.pathway),
        said,
        on=on,
        meeting_on=meeting.on,
        minutes_closed_on=meeting.closed_on,
        codes=[each.code for each in codes(item.pathway.programme, CodeList.DECLINE, on=on)],
        reopen=WayOut(reverse("intervision:meeting", args=[meeting.pk]), _("To the meeting")),
    )


def _write(item: AgendaItem, **facts: Any) -> None:
    # One statement, so that of two people who decide at once one wins and the other hears what was decided.
    undecided = AgendaItem.objects.filter(pk=item.pk, decision="")
    if not undecided.update(**facts):
        item.refresh_from_db()
        raise Refused(rules.decided_reasons(Decision(item.decision).label, item.decided_on))
    for name, value in facts.items():
        setattr(item, name, value)


@transaction.atomic
def remember_decision(
    pathway: Pathway,
    *,
    decision: Decision | str,
    motive: str = "",
    reason_code: str = "",
    on: date | None,
    by: Actor | None,
) -> AgendaItem | None:
    """A decision from before Intrek. With its day it stands in the minutes of that day's meeting; without, the day stays unknown."""
    if on is None:
        said = rules.Said(Decision(decision), motive, reason_code)
        _carry_out(pathway, Decided(said, None, history=True), by=by)
        return None
    meeting = plan_meeting(pathway.programme, on=on, by=by, history=True)
    item = put_on_agenda(meeting, pathway, why=Why.NEW_REFERRAL, by=by, history=True)
    return decide(item, decision=decision, motive=motive, reason_code=reason_code, on=on, by=by, history=True)


# ---- what a decision does to the pathway ----


def _carry_out(pathway: Pathway, decided: Decided, *, by: Actor | None) -> None:
    due_on = _due_on(pathway, decided)
    if pathway.stage in rules.UNDECIDED_STAGES:
        _move(pathway, decided, by=by)
        if decided.on is None:
            note_unknown(
                pathway, "discussed_on", *(["accepted_on"] if decided.said.decision == Decision.ACCEPT else [])
            )
    elif not decided.said.for_referrer:
        return  # about somebody who is already waiting or supported the referrer hears what is written for them, no more
    else:
        due_on = None
    if decided.history or decided.on is None:
        return
    if _tell(pathway, decided, due_on=due_on, by=by) or not pathway.is_open:
        keep_promises(pathway, on=decided.on)
    if due_on:
        about = Station.INTERVISION if pathway.stage != Stage.WAITING else _next_station(pathway)
        promise(pathway, about, due_on=due_on, on=decided.on, reason=decided.said.for_referrer[:200])


def _next_station(pathway: Pathway) -> Station:
    return Station.ALLOCATION if pathway.track.is_trial else Station.AGREEMENT


def _move(pathway: Pathway, decided: Decided, *, by: Actor | None) -> None:
    set_facts(pathway, discussed_on=decided.on)
    if decided.said.decision == Decision.ACCEPT:
        _accept(pathway, on=decided.on)
    elif decided.said.decision == Decision.DECLINE:
        weigh_conditions(pathway, on=decided.on)
        code = decided.said.reason_code
        close_pathway(
            pathway,
            ending=Ending.DECLINED,
            stopped_at=Station.INTERVISION,
            on=decided.on,
            by=by,
            ended_how=code,
        )
    elif decided.said.decision == Decision.ASK_MORE:
        _ask(pathway, decided)
    else:
        again = next_meeting(pathway.programme_id, decided.on) if decided.on else None
        by_day = again.agenda_closes_on or again.on if again else None
        await_(pathway, Awaited.AGENDA, party=Party.COORDINATOR, by_day=by_day)


def _accept(pathway: Pathway, *, on: date | None) -> None:
    weigh_conditions(pathway, on=on)
    reach(pathway, Station.INTERVISION, on=on)
    move(pathway, Stage.WAITING, accepted_on=on)
    if pathway.track.is_trial:
        await_(pathway, Awaited.DWELLING, party=Party.HOUSING, by_day=None)
    else:
        await_(pathway, Awaited.SUPPORT_PLACE, party=Party.COORDINATOR, by_day=None)


def _ask(pathway: Pathway, decided: Decided) -> None:
    referral = referral_of(pathway)
    name = str(referral.referrer or referral.organisation) if referral else ""
    by_day = _due_on(pathway, decided)
    await_(pathway, Awaited.ANSWER, party=Party.REFERRER, name=name, by_day=by_day, question=decided.said.for_referrer)


def _due_on(pathway: Pathway, decided: Decided) -> date | None:
    """The next day by which the referrer hears; none when nothing follows or it happened before Intrek."""
    if decided.history or decided.on is None or decided.said.decision == Decision.DECLINE:
        return None
    rule = rule_of(pathway.programme, decided.on)
    if decided.said.decision == Decision.ACCEPT:
        return rules.hears_by(decided.on, rule.news_days)
    again = next_meeting(pathway.programme_id, decided.on)
    return rules.hears_by(decided.on, rule.hear_days, next_meeting_on=again.on if again else None)


# ---- what the referrer reads ----


def _tell(pathway: Pathway, decided: Decided, *, due_on: date | None, by: Actor | None) -> bool:
    """The decision itself informs the referrer; false when nobody is known who could be told."""
    if decided.on is None:
        return False
    referral = referral_with_referrer(pathway)
    if referral and decided.said.decision == Decision.ASK_MORE:
        return bool(ask_referrer(referral, text=decided.said.for_referrer, answer_by=due_on, on=decided.on, by=by))
    kind = Kind.LATER_DAY if decided.said.decision == Decision.POSTPONE else Kind.DECISION
    words = partial(_news, pathway.programme, decided, due_on)
    return bool(tell_referrer(pathway, kind, words=words, on=decided.on, by=by))


def _news(programme: Programme, decided: Decided, due_on: date | None) -> str:
    said = decided.said
    reason = code_label(programme, CodeList.DECLINE, said.reason_code)
    first = str(News(said.decision).label) % {"reason": reason}
    again = gettext("You will hear more by %(day)s.") % {"day": day(due_on)} if due_on else ""
    return "\n\n".join(filter(None, [first, said.for_referrer, again]))
