"""Organisations and the roles of their people change, with a day and a line in the record."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from intrek.ground.accounts.models import User
from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners import rules
from intrek.ground.partners.models import (
    Contact,
    Membership,
    Organisation,
    OrganisationName,
    Protocol,
    ProtocolKind,
    Role,
    Sector,
)
from intrek.ground.partners.queries import find_organisation, is_only_coordinator, lead_of
from intrek.ground.partners.tasks import mail_invitation
from intrek.ground.programmes.actions import install_definition, make_programme
from intrek.ground.programmes.models import Programme
from intrek.ground.programmes.queries import is_empty
from intrek.ground.programmes.rules import BLANK


def name_reasons(programme: Programme, name: str, *, own: Organisation | None = None) -> list[Refusal]:
    """Why an organisation may not bear this name: no letter in it, or another bears or bore it."""
    if not folded(name):
        return [Refusal(rules.Reason.NO_NAME, form_field="name")]
    known = find_organisation(programme, name)
    if known and known != own:
        return [Refusal(rules.Reason.NAME_TAKEN, {"name": name, "known": known.name}, form_field="name")]
    return []


@transaction.atomic
def add_organisation(
    programme: Programme, name: str, *, sector: Sector, on: date | None, by: Actor | None, **facts: Any
) -> Organisation:
    """A partner joins the programme (P7)."""
    refuse_if(name_reasons(programme, name))
    organisation = Organisation.objects.create(programme=programme, name=name.strip(), sector=sector, **facts)
    OrganisationName.objects.create(
        programme=programme, organisation=organisation, name=organisation.name, folded=folded(name)
    )
    record(organisation, "partners.organisation_added", on=on, by=by, name=organisation.name)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, on: date, expected_version: int | None = None, by: Actor | None, **facts: Any
) -> Organisation:
    """Facts about a partner are corrected; another name is another matter (``rename_organisation``)."""
    save_version(organisation, fields=facts, expected_version=expected_version, by=by)
    record(organisation, "partners.organisation_changed", on=on, by=by, name=organisation.name)
    return organisation


@transaction.atomic
def rename_organisation(organisation: Organisation, name: str, *, from_on: date, by: Actor | None) -> Organisation:
    """From this day the partner bears another name; it is still found on every older one (P7)."""
    refuse_if(name_reasons(organisation.programme, name, own=organisation))
    old = organisation.name
    organisation.names.filter(until_on=None).update(until_on=from_on - timedelta(days=1))
    OrganisationName.objects.update_or_create(
        programme_id=organisation.programme_id,
        folded=folded(name),
        defaults={"organisation": organisation, "name": name.strip(), "from_on": from_on, "until_on": None},
    )
    organisation.name = name.strip()
    organisation.save(update_fields=["name"])
    record(organisation, "partners.organisation_renamed", on=from_on, by=by, old=old, name=organisation.name)
    return organisation


@transaction.atomic
def merge_organisation(organisation: Organisation, *, into: Organisation, on: date, by: Actor | None) -> Organisation:
    """The partner goes on as another: it ends the day before, and its past stays its own (P7)."""
    refuse_if(_merge_reasons(organisation, into))
    organisation.successor, organisation.until_on = into, on - timedelta(days=1)
    organisation.save(update_fields=["successor", "until_on"])
    record(organisation, "partners.organisation_merged", on=on, by=by, name=organisation.name, into=into.name)
    return organisation


def _merge_reasons(organisation: Organisation, into: Organisation) -> list[Refusal]:
    if organisation == into:
        return [Refusal(rules.Reason.OWN_SUCCESSOR)]
    later: Organisation | None = into
    while later is not None:
        if later == organisation:
            return [Refusal(rules.Reason.SUCCESSOR_IN_CIRCLE, {"name": into.name})]
        later = later.successor
    return []


@transaction.atomic
def note_protocol(
    organisation: Organisation,
    kind: ProtocolKind,
    *,
    from_on: date,
    until_on: date | None = None,
    reason: str = "",
    judged_by: str = "",
    by: Actor | None,
) -> Protocol:
    """From this day things may be shared with the partner: under a signed protocol, or because none is needed."""
    reasons = rules.protocol_reasons(kind, reason, judged_by, from_on=from_on, until_on=until_on)
    held = organisation.protocols.in_force(from_on).first()
    reasons += [Refusal(rules.Reason.PROTOCOL_HELD, {"from_on": held.from_on}, form_field="from_on")] if held else []
    refuse_if(reasons)
    told = {"kind": kind, "from_on": from_on, "until_on": until_on}
    if kind == ProtocolKind.NOT_NEEDED:
        told |= {"reason": reason.strip(), "judged_by": judged_by.strip()}
    made = Protocol.objects.create(programme_id=organisation.programme_id, organisation=organisation, **told)
    record(made, "partners.protocol_noted", on=from_on, by=by, name=organisation.name, kind=ProtocolKind(kind).label)
    return made


@transaction.atomic
def end_protocol(protocol: Protocol, *, last_day: date, by: Actor | None) -> Protocol:
    """The protocol ends with this day; what was shared under it is closed the day after."""
    protocol.until_on = max(last_day, protocol.from_on - timedelta(days=1))
    protocol.save(update_fields=["until_on"])
    record(protocol, "partners.protocol_ended", on=last_day, by=by, name=protocol.organisation.name)
    return protocol


@transaction.atomic
def add_contact(organisation: Organisation, name: str, **facts: Any) -> Contact:
    """Somebody who works for a partner, with or without an account."""
    return Contact.objects.create(
        programme_id=organisation.programme_id, organisation=organisation, name=name.strip(), **facts
    )


@transaction.atomic
def change_contact(
    contact: Contact, *, on: date, expected_version: int | None = None, by: Actor | None, **facts: Any
) -> Contact:
    """Facts about somebody of a partner are corrected; who left holds no role from the day after."""
    save_version(contact, fields=facts, expected_version=expected_version, by=by)
    if contact.left_on:
        for held in contact.memberships.filter(until_on=None).order_by("pk"):
            end_role(held, last_day=contact.left_on, by=by)
    record(contact, "partners.contact_changed", on=on, by=by, name=contact.name)
    return contact


@transaction.atomic
def invite(
    contact: Contact, role: Role, *, email: str = "", from_on: date, until_on: date | None = None, by: Actor | None
) -> Membership:
    """Give somebody a role, and an account if they have none; a mail tells them how to sign in (P7)."""
    address = email.strip().lower()
    user = contact.user or User.objects.filter(email=address).first()
    if user is None:
        refuse_if([] if address else [Refusal(rules.Reason.NO_ADDRESS, {"name": contact.name}, form_field="email")])
        user = User.objects.create_user(address, name=contact.name)
    member = give_role(user, contact, role, from_on=from_on, until_on=until_on, by=by)
    send_invitation(member, on=from_on, by=by)
    return member


def send_invitation(membership: Membership, *, on: date, by: Actor | None) -> None:
    """Mail somebody how to sign in; once more when the first mail is lost or its link is too old."""
    record(membership, "partners.invited", on=on, by=by, name=membership.contact.name)
    transaction.on_commit(partial(mail_invitation.enqueue, str(membership.pk)))


@transaction.atomic
def begin(
    *, start: str, name: str, municipality: str, lead: str, coordinator: str, email: str, password: str, on: date
) -> Membership:
    """The first programme of an empty installation, its lead, and the first person who may sign in: its coordinator."""
    refuse_if([] if is_empty() else [Refusal(rules.Reason.NOT_EMPTY)])
    is_blank = start == BLANK
    programme = make_programme(name, municipality=municipality) if is_blank else install_definition(start)
    organisation = add_organisation(
        programme, lead or programme.lead_name, sector=Sector.LEAD, on=on, by=None, bound_by_secrecy=True
    )
    contact = add_contact(organisation, coordinator, email=email)
    user = User.objects.create_user(email, password, name=contact.name)
    return give_role(user, contact, Role.COORDINATOR, from_on=on, by=None)


@transaction.atomic
def give_role(
    user: User, contact: Contact, role: Role, *, from_on: date, until_on: date | None = None, by: Actor | None
) -> Membership:
    """From this day the person holds a role for their organisation (P7)."""
    organisation = contact.organisation
    reasons = rules.role_reasons(
        organisation.sector,
        role,
        organisation=organisation.name,
        label=Role(role).label,
        from_on=from_on,
        until_on=until_on,
    )
    if Membership.objects.in_force(from_on).filter(user=user, organisation=organisation, role=role).exists():
        reasons.append(Refusal(rules.Reason.ROLE_HELD, {"name": contact.name}))
    refuse_if(reasons)
    if contact.user_id != user.pk:
        contact.user = user
        contact.save(update_fields=["user"])
    member = Membership.objects.create(
        programme_id=contact.programme_id,
        user=user,
        organisation=organisation,
        contact=contact,
        role=role,
        from_on=from_on,
        until_on=until_on,
    )
    record(
        member,
        "partners.role_given",
        on=from_on,
        by=by,
        name=contact.name,
        role=Role(role).label,
        organisation=organisation.name,
    )
    return member


@transaction.atomic
def end_role(membership: Membership, *, last_day: date, by: Actor | None) -> Membership:
    """The role ends with this day; a day before the first one makes it a role that never was. A programme keeps a coordinator."""
    only = is_only_coordinator(membership, last_day + timedelta(days=1))
    refuse_if([Refusal(rules.Reason.LAST_COORDINATOR, {"name": membership.contact.name})] if only else [])
    membership.until_on = max(last_day, membership.from_on - timedelta(days=1))
    membership.save(update_fields=["until_on"])
    record(
        membership,
        "partners.role_ended",
        on=last_day,
        by=by,
        name=membership.contact.name,
        role=membership.get_role_display(),
    )
    return membership


@transaction.atomic
def stand_in(colleague: Membership, *, from_on: date, until_on: date, by: Membership) -> Membership:
    """Somebody of another team is one of this team for a while, and sees its pathways; nobody asks why."""
    lead = lead_of(by.programme)
    refuse_if([] if lead else [Refusal(rules.Reason.NO_LEAD)])
    known = Contact.objects.filter(organisation=lead, user_id=colleague.user_id, left_on=None).first()
    own = colleague.contact
    facts = {"phone": own.phone, "email": own.email, "function": own.function, "bound_by_secrecy": own.bound_by_secrecy}
    contact = known or add_contact(lead, own.name, **facts)  # type: ignore[arg-type]  # refused above without a lead
    return give_role(colleague.user, contact, Role.SUPPORT_WORKER, from_on=from_on, until_on=until_on, by=by)
