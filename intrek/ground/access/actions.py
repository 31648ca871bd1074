"""Opening and closing somebody's sight of a pathway; and going over the looks of who is inside."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import make_naive

from intrek.ground.access import rules
from intrek.ground.access.models import (
    Basis,
    BreakIn,
    Category,
    CloseTie,
    Concern,
    Grant,
    Ground,
    Judgement,
    Share,
    Tie,
)
from intrek.ground.access.policy import AT_MEETING, CARE, NEW_AT_MEETING
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact, Membership, Organisation


@transaction.atomic
def grant(
    pathway_id: UUID,
    organisation: Organisation,
    *,
    ground: Ground,
    categories: Iterable[Category],
    from_on: date,
    until_on: date | None = None,
    contact: Contact | None = None,
) -> Grant:
    """From this day the organisation sees these categories of the pathway; granting the same again changes nothing."""
    found = Grant.objects.filter(
        programme_id=organisation.programme_id,
        pathway_id=pathway_id,
        organisation=organisation,
        contact=contact,
        ground=ground,
        until_on=until_on,
    ).first()
    wanted = sorted(str(category) for category in categories)
    if found and found.from_on <= from_on and set(wanted) <= set(found.categories):
        return found
    return Grant.objects.create(
        programme_id=organisation.programme_id,
        pathway_id=pathway_id,
        organisation=organisation,
        contact=contact,
        ground=ground,
        categories=wanted,
        from_on=from_on,
        until_on=until_on,
    )


@transaction.atomic
def end_grants(pathway_id: UUID, organisation: Organisation, *, ground: Ground, last_day: date) -> int:
    """The organisation's sight on this ground ends with ``last_day`` (that day included); the number of grants ended."""
    running = Grant.objects.in_force(last_day + timedelta(days=1))
    return running.filter(
        programme_id=organisation.programme_id, pathway_id=pathway_id, organisation=organisation, ground=ground
    ).update(until_on=last_day)


@transaction.atomic
def grant_for_meeting(
    programme_id: UUID, contacts: Sequence[Contact], agenda: Mapping[UUID, bool], *, on: date
) -> None:
    """On the day of a meeting these people see what lies on its table, and nobody else does on that ground.

    ``agenda`` tells of each pathway whether it is a new referral: then what was said is on the table, else how it goes.
    """
    Grant.objects.filter(programme_id=programme_id, ground=Ground.MEETING, from_on=on).delete()
    Grant.objects.bulk_create(
        Grant(
            programme_id=programme_id,
            pathway_id=pathway_id,
            organisation=contact.organisation,
            contact=contact,
            ground=Ground.MEETING,
            categories=sorted(NEW_AT_MEETING if is_new else AT_MEETING),
            from_on=on,
            until_on=on,
        )
        for contact in contacts
        for pathway_id, is_new in agenda.items()
    )


def receiver_of(organisation: Organisation, contact: Contact | None, *, on: date) -> rules.Receiver:
    """Who would receive something on a day, as far as it matters for whether they may."""
    return rules.Receiver(
        name=organisation.name,
        is_housing=organisation.is_housing,
        is_bound=organisation.bound_by_secrecy,
        has_protocol=organisation.protocols.in_force(on).exists(),
        ended_on=organisation.until_on,
        contact=contact.name if contact else "",
        contact_is_bound=contact is None or contact.bound_by_secrecy,
        contact_is_theirs=contact is None or contact.organisation_id == organisation.pk,
        partner_url=reverse("partners:organisation", args=[organisation.pk]),
    )


@transaction.atomic
def share(
    pathway_id: UUID,
    organisation: Organisation,
    *,
    contact: Contact | None = None,
    basis: str = Basis.AGREEMENT,
    agreed_on: date | None = None,
    legal_ground: str = "",
    purpose: str,
    categories: Iterable[str],
    from_on: date,
    until_on: date | None,
    on: date,
    by: Actor | None,
) -> Share:
    """These kinds of facts are shared with a partner, or with one person of it, on an agreement or a law, until a day (P7).

    Who the person is goes along: nothing can be shared of somebody without a name.
    """
    chosen = [each for each in Category if each.value in set(categories)]
    told = {"basis": basis, "agreed_on": agreed_on, "legal_ground": legal_ground, "purpose": purpose}
    care = [str(each.label) for each in chosen if each in CARE]
    receiver = receiver_of(organisation, contact, on=from_on)
    refuse_if(
        rules.share_reasons(receiver, categories=chosen, care=care, from_on=from_on, until_on=until_on, **told)  # type: ignore[arg-type]
    )
    shown = sorted({*(each.value for each in chosen), Category.IDENTITY.value})
    own = {"programme_id": organisation.programme_id, "pathway_id": pathway_id, "organisation": organisation}
    period = {"contact": contact, "categories": shown, "from_on": from_on, "until_on": until_on}
    made = Share.objects.create(**own, **period, **told)
    Grant.objects.create(**own, **period, share=made, ground=Ground.SHARE)
    record(made, "access.shared", on=on, by=by, name=made.with_whom, until=until_on, what=made.category_words)
    return made


@transaction.atomic
def withdraw_share(shared: Share, *, withdrawn_on: date, why: str = "", by: Actor | None) -> Share:
    """What was shared is no longer shared from this day on, that day included: the next request finds it closed."""
    is_early = withdrawn_on < shared.from_on
    checks = (
        (shared.withdrawn_on is not None, Refusal(rules.Reason.TAKEN_BACK, {"withdrawn_on": shared.withdrawn_on})),
        (is_early, Refusal(rules.Reason.BEFORE_START, {"from_on": shared.from_on}, form_field="withdrawn_on")),
    )
    refuse_if([refusal for holds, refusal in checks if holds])
    shared.withdrawn_on, shared.withdrawn_why = withdrawn_on, why.strip()
    shared.save(update_fields=["withdrawn_on", "withdrawn_why"])
    last_day = withdrawn_on - timedelta(days=1)
    shared.grants.filter(until_on__gt=last_day).update(until_on=last_day)
    record(shared, "access.share_withdrawn", on=withdrawn_on, by=by, name=shared.with_whom)
    return shared


@transaction.atomic
def break_in(
    pathway_id: UUID | None, number: str, programme_id: UUID, *, reason: str, at: datetime, by: Membership
) -> BreakIn:
    """Open a file of another programme for an hour; the caller found it by its number, and tells who watches over it."""
    checks = (
        (not pathway_id, Refusal(rules.Reason.NO_SUCH_FILE, {"number": number}, form_field="number")),
        (not reason.strip(), Refusal(rules.Reason.NO_REASON, form_field="reason")),
        (programme_id == by.programme_id, Refusal(rules.Reason.OWN_PROGRAMME, form_field="programme")),
    )
    refuse_if([refusal for fails, refusal in checks if fails])
    made = BreakIn.objects.create(
        programme_id=programme_id,
        pathway_id=pathway_id,  # type: ignore[misc]  # refused above without one
        number=number,
        member=by,
        by_label=by.label,
        for_label=by.organisation.name,
        reason=reason.strip(),
        opened_at=at,
        until_at=at + timedelta(minutes=settings.BREAK_IN_MINUTES),
    )
    told = {"name": made.by_label, "organisation": made.for_label, "reason": made.reason}
    record(made, "access.broken_in", on=make_naive(at).date(), by=by, **told)
    return made


@transaction.atomic
def note_tie(pathway_id: UUID, *, kind: str, at: datetime, by: Membership) -> CloseTie | None:
    """Say that one knows this person outside of work; without a kind, that one no longer does."""
    if not kind:
        CloseTie.objects.filter(member=by, pathway_id=pathway_id, ended_at=None).update(ended_at=at)
        return None
    made, _is_new = CloseTie.objects.update_or_create(
        programme_id=by.programme_id, pathway_id=pathway_id, member=by, defaults={"kind": Tie(kind), "ended_at": None}
    )
    return made


def _judge_of(known: QuerySet[Judgement]) -> str:
    earlier = known.first()
    return earlier.by.contact.name if earlier else ""


@transaction.atomic
def judge(
    concern: str,
    about_id: UUID,
    *,
    pathway_id: UUID | None,
    week_on: date,
    reader_id: UUID | None,
    is_in_order: bool,
    note: str = "",
    at: datetime,
    by: Membership,
) -> Judgement:
    """Settle looks that were gone over; ``reader_id`` is the account of who looked, who does not judge themself."""
    known = Judgement.objects.filter(concern=concern, about_id=about_id, week_on=week_on).select_related("by__contact")
    checks = (
        (reader_id == by.user_id, Refusal(rules.Reason.OWN_LOOKS)),
        (known.exists(), Refusal(rules.Reason.JUDGED, {"name": _judge_of(known)})),
        (not is_in_order and not note.strip(), Refusal(rules.Reason.NOT_FOUND_OUT, form_field="note")),
    )
    refuse_if([refusal for fails, refusal in checks if fails])
    told = {"concern": concern, "about_id": about_id, "pathway_id": pathway_id, "week_on": week_on}
    found_out = {"is_in_order": is_in_order, "note": note.strip(), "by": by, "judged_at": at}
    try:
        with transaction.atomic():
            made = Judgement.objects.create(programme_id=by.programme_id, **told, **found_out)
    except IntegrityError as clash:  # a colleague judged it in the same instant
        raise Refused([Refusal(rules.Reason.JUDGED, {"name": _judge_of(known)})]) from clash
    found = made.note or Judgement._meta.get_field("is_in_order").verbose_name
    record(made, "access.judged", on=make_naive(at).date(), by=by, concern=Concern(concern).label, found=found)
    return made
