"""Help from outside: the wait of one person against their support, and the list of services (P21)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.ground.programmes.queries import rule_of
from intrek.ground.services import queries
from intrek.ground.services.actions import (
    add_service,
    ask_service_by_name,
    change_request,
    change_service,
    check_again,
)
from intrek.ground.services.forms import AskForm, RequestForm, ServiceForm
from intrek.ground.services.models import OutsideService, ServiceRequest


def _pathway(request: AskedRequest, pathway_id: Any) -> Pathway:
    return get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)


def _asked(request: AskedRequest, request_id: Any) -> ServiceRequest:
    rows = ServiceRequest.objects.visible_to(request.member).select_related("service")
    return get_object_or_404(rows, pk=request_id)


def _service(request: AskedRequest, service_id: Any) -> OutsideService:
    return get_object_or_404(OutsideService, pk=service_id, programme_id=request.member.programme_id)


def _weeks(request: AskedRequest) -> int:
    """After how many weeks of waiting somebody asks again."""
    return rule_of(request.member.programme, request.today).service_check_weeks


@requires("services.read")
def of_pathway(request, pathway_id):
    """What was asked for one person, against the support term."""
    pathway = _pathway(request, pathway_id)
    asked = queries.asked_of(pathway, request.today, check_weeks=_weeks(request))
    picture = queries.picture_of(pathway, asked, request.today) if asked else None
    return render(request, "services/of_pathway.html", {"pathway": pathway, "asked": asked, "picture": picture})


@requires("services.change")
def ask(request, pathway_id):
    """Ask a service for this person."""
    pathway, member = _pathway(request, pathway_id), request.member
    work = drafted(request, AskForm, f"services.ask:{pathway.pk}", initial={"asked_on": request.today}, member=member)
    if work.saved(partial(ask_service_by_name, pathway, on=request.today, asked_by=member.contact, by=member)):
        messages.success(request, _("%(service)s is asked.") % {"service": work.result.service})
        return redirect("services:of_pathway", pathway.pk)
    back = reverse("services:of_pathway", args=[pathway.pk])
    return work.page("services/form.html", pathway=pathway, title=_("Ask a service"), save=_("Ask"), back=back)


@requires("services.change")
def change(request, request_id):
    """How the wait stands: checked, expected, started, refused, ended."""
    asked = _asked(request, request_id)
    work = drafted(request, RequestForm, f"services.change:{asked.pk}", instance=asked)
    if work.saved(partial(change_request, asked, on=request.today, by=request.member)):
        messages.success(request, _("Written down."))
        return redirect("services:of_pathway", asked.pathway_id)
    page = {"pathway": _pathway(request, asked.pathway_id), "title": asked.service.name, "save": _("Save")}
    return work.page("services/form.html", back=reverse("services:of_pathway", args=[asked.pathway_id]), **page)


@requires("services.change")
@require_POST
def checked(request, request_id):
    """Asked again today, nothing new."""
    asked = _asked(request, request_id)
    check_again(asked, on=request.today, by=request.member)
    messages.success(request, _("Checked today: %(service)s.") % {"service": asked.service})
    return redirect("services:of_pathway", asked.pathway_id)


@requires("services.read")
def directory(request):
    """The services around the home, and how many people wait for each."""
    listing = listing_of(request, queries.directory(request.member.programme))
    return render(request, "services/directory.html", {"listing": listing})


@requires("services.read")
def of_service(request, service_id):
    """Who waits for a service, or everybody for whom it was asked."""
    service, everybody = _service(request, service_id), request.GET.get("show") == "all"
    listing = listing_of(request, queries.asked_for(service, request.member, all_of_them=everybody))
    asked = queries.as_asked(listing.rows, request.today, check_weeks=_weeks(request))
    page = {"service": service, "everybody": everybody, "listing": listing, "asked": asked}
    return render(request, "services/of_service.html", page)


@requires("services.change")
def add(request):
    """A service enters the list."""
    work = drafted(request, ServiceForm, "services.add")
    if work.saved(partial(add_service, request.member.programme)):
        return redirect("services:directory")
    page = {"title": _("Add a service"), "save": _("Add")}
    return work.page("services/service.html", back=reverse("services:directory"), **page)


@requires("services.change")
def edit(request, service_id):
    """What the list says of a service."""
    service = _service(request, service_id)
    work = drafted(request, ServiceForm, f"services.edit:{service.pk}", instance=service)
    if work.saved(partial(change_service, service, by=request.member)):
        return redirect("services:directory")
    return work.page("services/service.html", title=service.name, save=_("Save"), back=reverse("services:directory"))
