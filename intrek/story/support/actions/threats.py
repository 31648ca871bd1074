"""What threatens a tenancy, how far an eviction has come, and asking the partners to talk about it (P16, P17)."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import CodeList
from intrek.story.support import rules
from intrek.story.support.models import EvictionKind, EvictionStep, TalkRequest, Threat
from intrek.story.support.queries import is_code, label_of


@transaction.atomic
def add_threat(
    pathway: Pathway,
    *,
    kind: str,
    since_on: date | None = None,
    amount: Decimal | None = None,
    note: str = "",
    by: Membership | None,
) -> Threat:
    """Something threatens the tenancy: arrears, nuisance, upkeep (P16). Since when may be unknown."""
    known = is_code(pathway, CodeList.THREAT, kind)
    reasons = [] if known else [Refusal(rules.Reason.UNKNOWN_THREAT, form_field="kind")]
    if amount is not None and amount < 0:
        reasons.append(Refusal(rules.Reason.NEGATIVE_AMOUNT, form_field="amount"))
    refuse_if(reasons)
    threat = Threat.objects.create(
        programme_id=pathway.programme_id, pathway=pathway, kind=kind, since_on=since_on, amount=amount, note=note
    )
    label = label_of(pathway, CodeList.THREAT, kind)
    record(threat, "support.threat_added", on=by.on if by else since_on, by=by, kind=label)
    return threat


@transaction.atomic
def resolve_threat(threat: Threat, *, on: date, by: Membership | None) -> Threat:
    """It no longer threatens the tenancy."""
    early = threat.since_on is not None and on < threat.since_on
    facts = {"on": on, "since_on": threat.since_on}
    refuse_if([Refusal(rules.Reason.RESOLVED_EARLY, facts, form_field="on")] if early else [])
    threat.resolved_on = on
    threat.save(update_fields=["resolved_on"])
    label = label_of(threat.pathway, CodeList.THREAT, threat.kind)
    record(threat, "support.threat_resolved", on=on, by=by, kind=label)
    return threat


@transaction.atomic
def add_eviction_step(pathway: Pathway, *, kind: str, on: date, note: str = "", by: Membership | None) -> EvictionStep:
    """An eviction has come to this step, on this day (P16); it stays open until its outcome is written."""
    step = EvictionStep.objects.create(
        programme_id=pathway.programme_id, pathway=pathway, kind=EvictionKind(kind), on=on, note=note
    )
    label = EvictionKind(kind).label
    record(step, "support.eviction_step_added", on=by.on if by else on, by=by, kind=label, day=on)
    return step


@transaction.atomic
def close_eviction_step(step: EvictionStep, *, outcome: str, on: date, by: Membership | None) -> EvictionStep:
    """What came of a step of an eviction (P16)."""
    reasons = [Refusal(rules.Reason.STEP_CLOSED, {"on": step.closed_on})] if step.closed_on else []
    refuse_if(reasons if outcome.strip() else [*reasons, Refusal(rules.Reason.NO_TEXT, form_field="outcome")])
    step.outcome, step.closed_on = outcome.strip(), on
    step.save(update_fields=["outcome", "closed_on"])
    label = EvictionKind(step.kind).label
    record(step, "support.eviction_step_closed", on=on, by=by, kind=label, outcome=step.outcome)
    return step


@transaction.atomic
def ask_for_talk(pathway: Pathway, *, question: str, on: date, by: Membership) -> TalkRequest:
    """A support worker asks the partners to talk about this person at the next intervision (P17)."""
    refuse_if([] if question.strip() else [Refusal(rules.Reason.NO_TEXT, form_field="question")])
    asked = TalkRequest.objects.create(
        programme_id=pathway.programme_id,
        pathway=pathway,
        question=question.strip(),
        asked_on=on,
        asked_by=by.contact,
    )
    record(asked, "support.talk_asked", on=on, by=by)
    return asked


def handle_talks(pathway: Pathway, *, on: date) -> int:
    """The partners talk about this person at the meeting of ``on``; how many questions that answers (P17)."""
    return TalkRequest.objects.filter(pathway=pathway, handled_on=None, asked_on__lte=on).update(handled_on=on)


def reopen_talks(pathway: Pathway, *, on: date) -> int:
    """Taken off the agenda of ``on`` again: what was asked still waits for the partners."""
    return TalkRequest.objects.filter(pathway=pathway, handled_on=on).update(handled_on=None)
