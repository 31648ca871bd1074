"""A landlord tells what goes wrong; both sides talk, agree, and close it together (P16, P22)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from intrek.ground.common.refusals import refuse_if
from intrek.ground.dwellings.models import Dwelling
from intrek.ground.dwellings.queries import pathway_in
from intrek.ground.journal.actions import record
from intrek.ground.partners.models import Membership
from intrek.ground.partners.queries import who_hears
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.ground.programmes.queries import rule_of
from intrek.story.referral.models import Referral
from intrek.story.support import rules
from intrek.story.support.models import Signal, SignalKind, SignalWeight, SignalWord
from intrek.story.support.queries import signals

PROGRAMME, LANDLORD = "programme", "landlord"


@transaction.atomic
def raise_signal(
    dwelling: Dwelling,
    *,
    kind: SignalKind | str,
    weight: SignalWeight | str,
    what: str,
    tried: str = "",
    tenant: str = "",
    on: date,
    by: Membership,
) -> Signal:
    """The landlord tells; who supports the person who lives there hears it at once, and so does the coordinator."""
    is_own = dwelling.owner_id == by.organisation_id
    refuse_if(rules.raise_reasons(what, dwelling=str(dwelling), is_own=is_own))
    pathway = pathway_in(dwelling)
    signal = Signal.objects.create(
        programme_id=dwelling.programme_id,
        organisation_id=by.organisation_id,
        dwelling=dwelling,
        pathway=pathway,
        tenant="" if pathway else tenant.strip(),
        kind=SignalKind(kind),
        weight=SignalWeight(weight),
        what=what.strip(),
        tried=tried.strip(),
        raised_by=by.contact,
        on=on,
        answer_by=on + timedelta(days=rule_of(dwelling.programme, on).signal_days),
        awaits=PROGRAMME,
    )
    record(signal, "support.signal_raised", on=on, by=by, kind=SignalKind(kind).label, dwelling=dwelling)
    _tell_programme(signal, signal.what, on=on, by=by)
    return signal


def _tell_programme(signal: Signal, text: str, *, on: date, by: Membership) -> None:
    for each in who_hears(signal.programme, on, signal.pathway.worker if signal.pathway else None):
        path = reverse("support:signal", args=[signal.pk])
        send(each, Kind.SIGNAL, pathway=signal.pathway, text=text, path=path, by=by)


def _tell(signal: Signal, text: str, *, on: date, by: Membership) -> None:
    """The other side hears. A landlord's message names no pathway: who lives there is not theirs to know from it."""
    if not by.is_staff_of_programme:
        _tell_programme(signal, text, on=on, by=by)
    else:
        send(signal.raised_by, Kind.SIGNAL, text=text, path=reverse("support:signal", args=[signal.pk]), by=by)


@transaction.atomic
def answer_signal(
    signal: Signal,
    *,
    text: str,
    for_programme: bool | None = None,
    due_on: date | None = None,
    on: date,
    by: Membership,
) -> SignalWord:
    """One side says something, or agrees that somebody does it by a day. What one side had closed is open again."""
    signal = (
        Signal.objects.select_for_update(of=("self",)).select_related("pathway__worker", "programme").get(pk=signal.pk)
    )
    closed_on = signal.closed_by_programme_on if signal.is_closed else None
    refuse_if(rules.word_reasons(text, for_programme=for_programme, due_on=due_on, on=on, closed_on=closed_on))
    is_staff = by.is_staff_of_programme
    word = SignalWord.objects.create(
        programme_id=signal.programme_id,
        signal=signal,
        from_programme=is_staff,
        by_label=by.label[:120],
        text=text.strip(),
        said_on=on,
        for_programme=for_programme,
        due_on=due_on,
    )
    signal.awaits = LANDLORD if is_staff else PROGRAMME
    signal.answered_on = signal.answered_on or (on if is_staff else None)
    signal.closed_by_programme_on = signal.closed_by_landlord_on = None
    signal.save(update_fields=["awaits", "answered_on", "closed_by_programme_on", "closed_by_landlord_on"])
    record(signal, "support.signal_answered", on=on, by=by)
    _tell(signal, word.text, on=on, by=by)
    return word


@transaction.atomic
def do_agreed(word: SignalWord, *, on: date, by: Membership) -> SignalWord:
    """What was agreed is done, says the side that does it."""
    word = SignalWord.objects.select_for_update(of=("self",)).select_related("signal").get(pk=word.pk)
    is_own = word.for_programme == by.is_staff_of_programme
    refuse_if(rules.done_reasons(done_on=word.done_on, is_own=is_own))
    word.done_on = on
    word.save(update_fields=["done_on"])
    record(word.signal, "support.signal_done", on=on, by=by)
    return word


@transaction.atomic
def close_signal(signal: Signal, *, on: date, by: Membership) -> Signal:
    """One side says it is over; when both did, it is closed."""
    signal = (
        Signal.objects.select_for_update(of=("self",)).select_related("pathway__worker", "programme").get(pk=signal.pk)
    )
    own = "closed_by_programme_on" if by.is_staff_of_programme else "closed_by_landlord_on"
    refuse_if(
        rules.close_signal_reasons(
            closed_on=signal.closed_by_programme_on if signal.is_closed else None,
            closed_by_own_on=getattr(signal, own),
            open_steps=signals.open_steps(signal),
        )
    )
    setattr(signal, own, on)
    signal.awaits = LANDLORD if by.is_staff_of_programme else PROGRAMME
    if signal.is_closed:
        signal.tenant = ""  # whoever was never referred is not kept by name
    signal.save(update_fields=[own, "awaits", "tenant"])
    record(signal, "support.signal_closed", on=on, by=by)
    if not signal.is_closed:
        _tell(signal, "", on=on, by=by)
    return signal


def know_tenant(referral: Referral) -> int:
    """The signal under the same id is about who was referred; the name that the landlord wrote is not kept twice."""
    signal = Signal.objects.filter(pk=referral.pk, programme_id=referral.programme_id, pathway=None)
    return signal.update(pathway_id=referral.pathway_id, tenant="")


def mark_signal_read(signal: Signal, *, at: datetime, by: Membership) -> bool:
    """The programme saw it: the landlord reads when, and by whom. Whether this was the first time."""
    if signal.read_at or not by.is_staff_of_programme:
        return False
    unread = Signal.objects.filter(pk=signal.pk, read_at=None)
    return bool(unread.update(read_at=at, read_by_label=by.label[:120]))
