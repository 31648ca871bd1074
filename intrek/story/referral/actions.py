"""A referral is submitted, corrected, withdrawn."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from intrek.ground.access.actions import grant
from intrek.ground.access.models import Category, Ground
from intrek.ground.common.refusals import Refused, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, plain, record
from intrek.ground.partners.models import Contact, Organisation
from intrek.ground.pathways.actions import await_, close_pathway, open_pathway, promise
from intrek.ground.pathways.models import Awaited, Ending, Party, Pathway, Stage, Station
from intrek.ground.people.models import Person
from intrek.ground.post.actions import send
from intrek.ground.post.models import Kind
from intrek.ground.programmes.models import Track
from intrek.ground.programmes.queries import rule_of
from intrek.story.referral import rules
from intrek.story.referral.models import Referral, ReferralCare, WithdrawnBy

# What a welfare partner sees again of what it told; a housing partner sees no care (P7).
TOLD = (Category.IDENTITY, Category.CONTACT, Category.PROGRESS, Category.REFERRAL, Category.TENANCY, Category.FINANCES)
CARE = (Category.HEALTH, Category.ADDICTION, Category.JUSTICE)


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
    by: Actor | None,
    history: bool = False,
) -> Referral:
    """A partner brings somebody forward: what was said is frozen, the pathway opens, the referrer is promised to hear (P24)."""
    if not history:
        refuse_if(_submit_reasons(person, organisation, referred_on))
    pathway = _open(person, track, organisation, referred_on, by=by)
    has_care = care is not None and not organisation.is_housing
    categories = TOLD + CARE if has_care else TOLD
    grant(
        pathway.pk,
        organisation,
        ground=Ground.OWN_REFERRAL,
        categories=categories,
        from_on=referred_on or person.created_at.date(),
    )
    referral = Referral(
        programme_id=person.programme_id,
        pathway=pathway,
        track=track,
        organisation=organisation,
        referrer=referrer,
        typed_by=typed_by,
        referred_on=referred_on,
        submitted_at=None if history else timezone.now(),
        import_key=import_key,
        said=_said(person, answers, care if has_care else None),
        **answers,
    )
    _await_agenda(pathway, referral, referred_on, by=by, history=history)
    record(pathway, "referral.submitted", on=referred_on, by=by, organisation=organisation, person=person, track=track)
    # Saved last, once everything it is judged by is there: the conditions listen to this row.
    if has_care:
        referral.save()
        ReferralCare.objects.create(programme_id=person.programme_id, referral=referral, **(care or {}))
    referral.save()
    return referral


def _submit_reasons(person: Person, organisation: Organisation, referred_on: date | None) -> list[Any]:
    held = Pathway.objects.filter(person=person).exclude(stage=Stage.CLOSED).first()
    return rules.submit_reasons(
        referred_on=referred_on,
        today=None,
        partner_until=organisation.until_on,
        organisation=organisation.name,
        open_pathway=(person.name, held.number) if held else None,
    )


def _open(person: Person, track: Track, organisation: Organisation, on: date | None, *, by: Actor | None) -> Pathway:
    year = on.year if on else person.created_at.year
    try:
        with transaction.atomic():
            return open_pathway(person, track, referred_by=organisation, on=on, number_year=year, by=by)
    except IntegrityError as clash:
        raise Refused(_submit_reasons(person, organisation, on)) from clash


def _said(person: Person, answers: Mapping[str, Any], care: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was said, as it was said: never corrected afterwards."""
    identity = {"given_name": person.given_name, "family_name": person.family_name, "birth_on": person.birth_on}
    told = identity | dict(answers)
    frozen = {name: plain(value) for name, value in told.items() if value is not None and value != ""}
    return frozen | ({"care": {name: plain(value) for name, value in care.items()}} if care else {})


def _await_agenda(pathway: Pathway, referral: Referral, on: date | None, *, by: Actor | None, history: bool) -> None:
    if history or on is None:
        await_(pathway, Awaited.AGENDA, party=Party.COORDINATOR, by_day=None)
        return
    due = on + timedelta(days=rule_of(pathway.programme, on).hear_days)
    promise(pathway, Station.INTERVISION, due_on=due, on=on)
    await_(pathway, Awaited.AGENDA, party=Party.COORDINATOR, by_day=due)
    if referral.referrer:
        path = reverse("referral:of_pathway", args=[pathway.pk])
        send(referral.referrer, Kind.REFERRAL_RECEIVED, pathway=pathway, path=path, by=by)


@transaction.atomic
def withdraw_referral(
    referral: Referral,
    *,
    withdrawn_by: WithdrawnBy | str,
    why: str,
    on: date | None,
    by: Actor | None,
    history: bool = False,
) -> Referral:
    """The referrer takes the referral back, or the person does not want it; the pathway closes."""
    pathway = referral.pathway
    if not history:
        refuse_if(rules.withdraw_reasons(rules.Standing(pathway.stage, pathway.closed_on), why))
    referral.withdrawn_on, referral.withdrawn_by, referral.withdrawn_why = on, withdrawn_by, why
    referral.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_why"])
    code = "client_declined" if withdrawn_by == WithdrawnBy.CLIENT else "by_referrer"
    station = Station.INTERVISION if pathway.accepted_on is None else Station.ALLOCATION
    close_pathway(pathway, ending=Ending.WITHDRAWN, stopped_at=station, on=on, by=by, ended_how=code, hears_by=None)
    record(referral, "referral.withdrawn", on=on, by=by, by_whom=WithdrawnBy(withdrawn_by).label, why=why)
    return referral


@transaction.atomic
def correct_referral(
    referral: Referral, *, on: date, by: Actor | None, expected_version: int | None = None, **answers: Any
) -> Referral:
    """Answers are corrected; what was said at submission stays as it was. Raises Conflict when somebody else saved meanwhile."""
    save_version(referral, fields=answers, expected_version=expected_version, by=by)
    record(referral, "referral.corrected", on=on, by=by)
    referral.save(update_fields=["saved_at"])
    return referral


@transaction.atomic
def note_care(
    referral: Referral, *, on: date, by: Actor | None, expected_version: int | None = None, **answers: Any
) -> ReferralCare:
    """At intake the worker notes health and addiction, which a housing partner is never asked (P7)."""
    care, _made = ReferralCare.objects.get_or_create(programme_id=referral.programme_id, referral=referral)
    save_version(care, fields=answers, expected_version=expected_version, by=by)
    record(referral, "referral.care_noted", on=on, by=by)
    referral.save(update_fields=["saved_at"])
    return care
