"""A partner brings someone forward, takes it back, or is asked who it is."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intrek.ground.access.actions import grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.common.refusals import Refusal, WayOut, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import record
from intrek.ground.partners.actions import add_contact
from intrek.ground.partners.models import Contact, Membership, Organisation
from intrek.ground.partners.queries import coordinators_of, find_contact
from intrek.ground.pathways.actions import await_, close_pathway, keep_promises, open_pathway, promise
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Stage, Station
from intrek.ground.people.actions import add_person, add_residence, give_consent, merge_person, set_registration
from intrek.ground.people.models import Person
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import Programme, Track
from intrek.ground.programmes.queries import rule_of
from intrek.story.referral import rules
from intrek.story.referral.models import Referral, ReferralCare, WithdrawnBy
from intrek.story.referral.queries import open_pathway_of, said_of

SEEN_BY_ALL = (Category.IDENTITY, Category.CONTACT, Category.PROGRESS, Category.REFERRAL, Category.FINANCES)
# Who referred reads what they said themselves; a housing partner said nothing about care and never sees any (P7).
SEEN_BY_HOUSING = (*SEEN_BY_ALL, Category.TENANCY)
SEEN_BY_WELFARE = (*SEEN_BY_HOUSING, Category.HEALTH, Category.ADDICTION, Category.JUSTICE)
WITHDRAWAL_CODES = {WithdrawnBy.REFERRER: "by_referrer", WithdrawnBy.CLIENT: "client_declined"}


@transaction.atomic
def refer_person(
    programme: Programme,
    *,
    person: Mapping[str, Any],
    residences: list[dict[str, Any]],
    registration: Mapping[str, Any],
    consent: Mapping[str, Any] | None,
    referrer: Contact | None = None,
    referrer_name: str = "",
    referral_id: UUID,
    on: date,
    by: Membership,
    **referral: Any,
) -> Referral:
    """Everything that the form tells, in one step: the person, where they lived, the referral itself. Sent twice, it is kept once."""
    known = Referral.objects.filter(pk=referral_id).first()
    if known and known.organisation_id == referral["organisation"].pk:
        return known
    somebody = add_person(programme, on=on, by=by, **person)
    for each in residences:
        add_residence(somebody, **each)
    set_registration(somebody, **registration)
    if consent:
        give_consent(somebody, **consent)
    organisation = referral["organisation"]
    if referrer is None and referrer_name.strip():
        referrer = find_contact(organisation, referrer_name) or add_contact(organisation, referrer_name)
    # Another organisation's referral of that id is not told of, nor touched (P7).
    own_id = None if known else referral_id
    return submit_referral(somebody, referrer=referrer, referred_on=on, referral_id=own_id, by=by, **referral)


def submit_reasons(
    person: Person, track: Track, organisation: Organisation, referrer: Contact | None, *, on: date | None, by: Any
) -> list[Refusal]:
    """Why this referral may not be handed in now."""
    is_own = by is None or by.organisation_id == organisation.pk
    reasons = rules.day_reasons(on, by.on if by else None)
    reasons += rules.partner_reasons(
        organisation.name,
        organisation.until_on,
        on,
        is_own=is_own,
        is_staff=by is None or by.is_staff_of_programme,
    )
    if referrer and referrer.organisation_id != organisation.pk:
        told = {"name": referrer.name, "organisation": organisation.name}
        reasons.append(Refusal(rules.Reason.REFERRER_ELSEWHERE, told, form_field="referrer"))
    return reasons + structure_reasons(person, track, organisation)


def structure_reasons(person: Person, track: Track, organisation: Organisation) -> list[Refusal]:
    """What holds for history too: one programme, and one open pathway per person."""
    reasons = []
    if {track.programme_id, organisation.programme_id} != {person.programme_id}:
        reasons.append(Refusal(rules.Reason.OTHER_PROGRAMME))
    if is_open := open_pathway_of(person):
        told = {"person": person.name, "number": is_open.number}
        reasons.append(Refusal(rules.Reason.ALREADY_OPEN, told))
    return reasons


@transaction.atomic
def submit_referral(
    person: Person,
    *,
    track: Track,
    organisation: Organisation,
    referrer: Contact | None,
    referred_on: date | None,
    answers: Mapping[str, Any],
    care: Mapping[str, Any] | None,
    typed_by: Contact | None = None,
    import_key: str = "",
    referral_id: UUID | None = None,
    by: Membership | None,
    history: bool = False,
) -> Referral:
    """The referral is handed in: what was said is frozen and the pathway opens (P4, P24). ``history``: it happened before Intrek."""
    refuse_if(
        structure_reasons(person, track, organisation)
        if history
        else submit_reasons(person, track, organisation, referrer, on=referred_on, by=by)
    )
    # Days are unknown at times, the year of a number never is: then it is that of the writing down.
    written_on = referred_on or (by.on if by else None) or timezone.make_naive(person.created_at).date()
    pathway = open_pathway(person, track, referred_by=organisation, on=referred_on, number_year=written_on.year, by=by)
    _open_to(organisation, pathway, from_on=written_on)
    _promise_answer(pathway, referred_on, referrer, by=by, history=history)
    referral = Referral(
        **({"id": referral_id} if referral_id else {}),
        programme_id=person.programme_id,
        pathway=pathway,
        track=track,
        organisation=organisation,
        referrer=referrer,
        typed_by=typed_by,
        referred_on=referred_on,
        submitted_at=None if history else timezone.now(),
        import_key=import_key,
        **answers,
    )
    return _kept(referral, person, None if organisation.is_housing and not history else care, by=by)


def _open_to(organisation: Organisation, pathway: Pathway, *, from_on: date) -> None:
    seen = SEEN_BY_HOUSING if organisation.is_housing else SEEN_BY_WELFARE
    grant(pathway.pk, organisation, ground=Ground.OWN_REFERRAL, categories=seen, from_on=from_on)


def _promise_answer(
    pathway: Pathway, on: date | None, referrer: Contact | None, *, by: Membership | None, history: bool
) -> None:
    """Who referred will hear by a day, and is told which (P24); of history nobody is told anything."""
    due_on = None
    if on and not history:
        due_on = on + timedelta(days=rule_of(pathway.programme, on).hear_days)
        promise(pathway, Station.INTERVISION, due_on=due_on, on=on)
        if referrer:
            path = reverse("referral:of_pathway", args=[pathway.pk])
            send(referrer, Kind.REFERRAL_RECEIVED, pathway=pathway, path=path, by=by)
    await_(pathway, Awaited.AGENDA, party=Party.COORDINATOR, by_day=due_on)


def _kept(referral: Referral, person: Person, care: Mapping[str, Any] | None, *, by: Membership | None) -> Referral:
    referral.said = said_of(person, referral, care)
    referral.save(force_insert=True)
    ReferralCare.objects.create(programme_id=referral.programme_id, referral=referral, **(care or {}))
    # Saved last, so that those who listen find everything in its place.
    referral.save(update_fields=["saved_at"])
    told = {"organisation": referral.organisation, "person": person, "track": referral.track}
    verb = "referral.typed" if referral.typed_by else "referral.submitted"
    record(referral, verb, on=referral.referred_on, by=by, typed_by=referral.typed_by, **told)
    return referral


@transaction.atomic
def withdraw_referral(
    referral: Referral,
    *,
    withdrawn_by: WithdrawnBy,
    why: str,
    on: date | None,
    by: Membership | None,
    history: bool = False,
) -> Referral:
    """The referral is taken back before anything started; the pathway closes. What was promised needs no answer any more."""
    pathway = Pathway.objects.select_for_update().get(pk=referral.pathway_id)
    days = {"on": on, "asked_on": by.on if by else None}
    reasons = rules.withdraw_reasons(pathway.stage, referral.withdrawn_on, referral.referred_on, why=why, **days)
    refuse_if([] if history else reasons)
    if on:
        keep_promises(pathway, on=on)
    is_accepted = pathway.stage in {Stage.WAITING, Stage.ALLOCATED}
    after = Station.ALLOCATION if pathway.track.is_trial else Station.AGREEMENT
    close_pathway(
        pathway,
        ending=Ending.WITHDRAWN,
        stopped_at=after if is_accepted else Station.INTERVISION,
        on=on,
        by=by,
        ended_how=WITHDRAWAL_CODES[WithdrawnBy(withdrawn_by)],
    )
    facts = {"withdrawn_on": on, "withdrawn_by": withdrawn_by, "withdrawn_why": why.strip()}
    save_version(referral, fields=facts, by=by)
    referral.pathway = pathway
    record(referral, "referral.withdrawn", on=on, by=by, by_whom=WithdrawnBy(withdrawn_by).label, why=why.strip())
    if by and by.on and not history:
        _tell_withdrawn(referral, by, by.on)
    return referral


def _tell_withdrawn(referral: Referral, by: Membership, today: date) -> None:
    """Whoever did not write it down hears of it: who referred (P24), or who coordinates."""
    others = [referral.referrer] if by.is_staff_of_programme else coordinators_of(referral.programme, today)
    path = reverse("referral:of_pathway", args=[referral.pathway_id])
    for each in others:
        if each and each.pk != by.contact_id:
            send(each, Kind.WITHDRAWN, pathway=referral.pathway, text=referral.withdrawn_why, path=path, by=by)


@transaction.atomic
def correct_referral(
    referral: Referral, *, on: date, expected_version: int | None = None, by: Membership, **answers: Any
) -> Referral:
    """Answers are corrected at intake; what was said stays as it was said."""
    save_version(referral, fields=answers, expected_version=expected_version, by=by)
    referral.save(update_fields=["saved_at"])
    record(referral, "referral.corrected", on=on, by=by)
    return referral


@transaction.atomic
def note_care(
    referral: Referral, *, on: date, expected_version: int | None = None, by: Membership, **answers: Any
) -> ReferralCare:
    """At intake the worker notes health, addiction and justice, which a housing partner is never asked (P7)."""
    care, _made = ReferralCare.objects.get_or_create(programme_id=referral.programme_id, referral=referral)
    save_version(care, fields=answers, expected_version=expected_version, by=by)
    # The referral is saved once more, so that the conditions are looked at again.
    referral.save(update_fields=["saved_at"])
    record(referral, "referral.care_noted", on=on, by=by)
    return care


@transaction.atomic
def recognise_person(referral: Referral, *, as_person: Person, on: date, by: Membership) -> Referral:
    """The person of this referral is somebody already known: one entry stays, with all that hangs on both (one open pathway)."""
    referral = Referral.objects.select_for_update().select_related("pathway__person").get(pk=referral.pk)
    person = referral.pathway.person
    other = open_pathway_of(as_person, leave_out=referral.pathway_id)
    way_out = WayOut(reverse("desk:pathway", args=[other.pk]), _("Open the other pathway")) if other else None
    refuse_if(
        rules.same_person_reasons(
            is_itself=person == as_person,
            same_programme=person.programme_id == as_person.programme_id,
            is_open=referral.pathway.is_open,
            other_open=(as_person.name, other.number) if other else None,
            checked_on=referral.same_person_checked_on,
            way_out=way_out,
        )
    )
    merge_person(person, into=as_person, on=on, by=by)
    return _checked(Referral.objects.get(pk=referral.pk), "referral.same_person", on=on, by=by)


@transaction.atomic
def keep_apart(referral: Referral, *, on: date, by: Membership) -> Referral:
    """Nobody already known is the person of this referral; it is not asked again."""
    refuse_if(
        [Refusal(rules.Reason.CHECKED_ALREADY, {"on": referral.same_person_checked_on})]
        if referral.same_person_checked_on
        else []
    )
    return _checked(referral, "referral.another_person", on=on, by=by)


def _checked(referral: Referral, verb: str, *, on: date, by: Membership) -> Referral:
    referral.same_person_checked_on = on
    referral.save(update_fields=["same_person_checked_on", "saved_at"])
    record(referral, verb, on=on, by=by)
    return referral
