"""Help from outside is asked, expected, checked, started (P21)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from intrek.ground.common.folding import folded
from intrek.ground.common.refusals import Refusal, Refused, refuse_if
from intrek.ground.common.rows import save_version
from intrek.ground.journal.actions import Actor, record
from intrek.ground.partners.models import Contact
from intrek.ground.pathways.models import Pathway
from intrek.ground.programmes.models import Programme
from intrek.ground.services import rules
from intrek.ground.services.models import OutsideService, ServiceRequest
from intrek.ground.services.queries import find_service, wait_of


@transaction.atomic
def add_service(programme: Programme, name: str, **facts: Any) -> OutsideService:
    """A service enters the directory."""
    reasons = [] if folded(name) else [Refusal(rules.Reason.NO_NAME, form_field="name")]
    if find_service(programme, name):
        reasons.append(Refusal(rules.Reason.ALREADY_KNOWN, {"name": name}, form_field="name"))
    refuse_if(reasons)
    return OutsideService.objects.create(programme=programme, name=name.strip(), folded=folded(name), **facts)


@transaction.atomic
def change_service(
    service: OutsideService, *, name: str, expected_version: int | None = None, by: Actor | None, **facts: Any
) -> OutsideService:
    """What the directory says of a service changes. Raises Conflict when somebody else saved meanwhile."""
    known = find_service(service.programme, name)
    reasons = [] if folded(name) else [Refusal(rules.Reason.NO_NAME, form_field="name")]
    if known and known != service:
        reasons.append(Refusal(rules.Reason.ALREADY_KNOWN, {"name": known.name}, form_field="name"))
    refuse_if(reasons)
    fields = {"name": name.strip(), "folded": folded(name), **facts}
    save_version(service, fields=fields, expected_version=expected_version, by=by)
    return service


@transaction.atomic
def ask_service_by_name(
    pathway: Pathway,
    *,
    service: OutsideService | None,
    new_service: str = "",
    asked_on: date,
    on: date,
    by: Actor | None,
    **facts: Any,
) -> ServiceRequest:
    """A service is asked that may not be in the directory yet: then its name enters it first."""
    if service is None and not folded(new_service):
        raise Refused([Refusal(rules.Reason.NO_SERVICE, form_field="service")])
    chosen = service or find_service(pathway.programme, new_service) or add_service(pathway.programme, new_service)
    told = rules.Wait(asked_on=asked_on, expected_on=facts.get("expected_on"))
    refuse_if(rules.request_reasons(told, on))
    return ask_service(pathway, chosen, asked_on=asked_on, by=by, **facts)


@transaction.atomic
def check_again(request: ServiceRequest, *, on: date, by: Actor | None) -> ServiceRequest:
    """Somebody asked how the wait stands and nothing changed (P21)."""
    request.last_checked_on = on
    request.save(update_fields=["last_checked_on"])
    record(request, "services.checked", on=on, by=by, service=request.service)
    return request


@transaction.atomic
def ask_service(
    pathway: Pathway,
    service: OutsideService,
    *,
    asked_on: date | None,
    asked_by: Contact | None = None,
    history: bool = False,
    by: Actor | None,
    **facts: Any,
) -> ServiceRequest:
    """A service is asked for this person, from the referral on (P21). ``asked_on`` null: history does not know the day."""
    request = ServiceRequest(
        programme_id=pathway.programme_id,
        pathway=pathway,
        service=service,
        asked_on=asked_on,
        asked_by=asked_by,
        **facts,
    )
    refuse_if([] if history or asked_on is None else rules.request_reasons(wait_of(request), asked_on))
    request.save()
    record(request, "services.asked", on=asked_on, by=by, service=service)
    return request


@transaction.atomic
def change_request(
    request: ServiceRequest, *, on: date, by: Actor | None, expected_version: int | None = None, **facts: Any
) -> ServiceRequest:
    """What is known of the wait changed: checked, expected, started, refused, ended. Raises Conflict when somebody else saved meanwhile."""
    told = replace(
        wait_of(request), **{name: day for name, day in facts.items() if name in rules.Wait.__dataclass_fields__}
    )
    refuse_if(rules.request_reasons(told, on))
    began = bool(told.started_on) and not request.started_on
    save_version(request, fields=facts, expected_version=expected_version, by=by)
    record(
        request,
        "services.started" if began else "services.changed",
        on=told.started_on if began else on,
        by=by,
        service=request.service,
    )
    return request
