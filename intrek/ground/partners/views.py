"""The partners, their people, and who may sign in (P7)."""

from functools import partial

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import public, requires
from intrek.ground.common.refusals import Refused
from intrek.ground.partners import actions, queries, resets
from intrek.ground.partners.forms import (
    BeginForm,
    ChangeContactForm,
    ContactForm,
    LastDayForm,
    MergeForm,
    NewOrganisationForm,
    OrganisationForm,
    ProtocolForm,
    RenameForm,
    ResetForm,
    RoleForm,
    StandInForm,
)
from intrek.ground.partners.models import Contact, Organisation, Protocol
from intrek.ground.programmes.queries import is_empty


def find(request, organisation_id):
    """A partner of the programme."""
    found = Organisation.objects.select_related("successor", "programme")
    return get_object_or_404(found, pk=organisation_id, programme=request.member.programme)


def find_person(request, contact_id):
    """Somebody of a partner of the programme."""
    found = Contact.objects.select_related("organisation", "user")
    return get_object_or_404(found, pk=contact_id, programme=request.member.programme)


def find_role(request, membership_id):
    """A role in the programme."""
    return get_object_or_404(queries.accounts_of(request.member.programme), pk=membership_id)


@requires("partners.read")
def organisations(request):
    """The partners, by the side they stand on."""
    found = queries.organisations_of(request.member.programme).filter(until_on=None)
    past = queries.organisations_of(request.member.programme).exclude(until_on=None)
    return render(request, "partners/organisations.html", {"sides": queries.by_sector(list(found)), "past": past})


@requires("partners.read")
def organisation(request, organisation_id):
    """One partner: its names, its people, what became of it."""
    found = find(request, organisation_id)
    people = queries.people_of(found, request.today)
    past = {"names": found.names.order_by("-from_on", "pk"), "before": found.predecessors.order_by("name")}
    context = {"organisation": found, "people": people, "protocols": found.protocols.all()}
    return render(request, "partners/organisation.html", context | past)


@requires("partners.change")
def add(request):
    """A partner joins."""
    work = drafted(request, NewOrganisationForm, "partners.new")
    save = partial(actions.add_organisation, request.member.programme, on=request.today, by=request.member)
    if work.saved(save):
        return redirect("partners:organisation", work.result.pk)
    return work.page("partners/add.html")


@requires("partners.change")
def change(request, organisation_id):
    """Facts about a partner."""
    found = find(request, organisation_id)
    work = drafted(request, OrganisationForm, f"partners.organisation:{found.pk}", instance=found)
    if work.saved(partial(actions.change_organisation, found, on=request.today, by=request.member)):
        return redirect("partners:organisation", found.pk)
    return work.page("partners/form.html", organisation=found, heading=found.name, button=_("Save"))


@requires("partners.change")
def rename(request, organisation_id):
    """A partner is called otherwise from a day on."""
    found = find(request, organisation_id)
    work = drafted(request, RenameForm, f"partners.rename:{found.pk}", initial={"from_on": request.today})
    if work.saved(partial(actions.rename_organisation, found, by=request.member)):
        return redirect("partners:organisation", found.pk)
    return work.page("partners/form.html", organisation=found, heading=_("Another name"), button=_("Rename"))


@requires("partners.change")
def merge(request, organisation_id):
    """A partner goes on as another."""
    found = find(request, organisation_id)
    told = {"initial": {"on": request.today}, "others": queries.others_than(found)}
    work = drafted(request, MergeForm, f"partners.merge:{found.pk}", **told)
    if work.saved(partial(actions.merge_organisation, found, by=request.member)):
        return redirect("partners:organisation", found.pk)
    return work.page("partners/form.html", organisation=found, heading=_("Goes on as another"), button=_("Save"))


@requires("partners.protocols")
def add_protocol(request, organisation_id):
    """The protocol with a partner, or why none is needed."""
    found = find(request, organisation_id)
    work = drafted(request, ProtocolForm, f"partners.protocol.new:{found.pk}", initial={"from_on": request.today})
    if work.saved(partial(actions.note_protocol, found, by=request.member)):
        return redirect("partners:organisation", found.pk)
    return work.page("partners/form.html", organisation=found, heading=_("A protocol"), button=_("Save"))


@requires("partners.protocols")
def end_protocol(request, protocol_id):
    """A protocol ends, and with it what was shared under it."""
    found = get_object_or_404(Protocol.objects.select_related("organisation"), pk=protocol_id, programme=request.member.programme)  # fmt: skip
    work = drafted(request, LastDayForm, f"partners.protocol.end:{found.pk}", initial={"last_day": request.today})
    if work.saved(partial(actions.end_protocol, found, by=request.member)):
        return redirect("partners:organisation", found.organisation_id)
    context = {"organisation": found.organisation, "heading": _("The protocol ends"), "button": _("End it")}
    return work.page("partners/form.html", **context)


@requires("partners.change")
def add_person(request, organisation_id):
    """Somebody who works for a partner."""
    found = find(request, organisation_id)
    work = drafted(request, ContactForm, f"partners.person.new:{found.pk}")
    if work.saved(partial(actions.add_contact, found)):
        return redirect("partners:organisation", found.pk)
    return work.page("partners/form.html", organisation=found, heading=_("Somebody new"), button=_("Save"))


@requires("partners.change")
def change_person(request, contact_id):
    """Facts about somebody of a partner."""
    contact = find_person(request, contact_id)
    work = drafted(request, ChangeContactForm, f"partners.person:{contact.pk}", instance=contact)
    if work.saved(partial(actions.change_contact, contact, on=request.today, by=request.member)):
        return redirect("partners:organisation", contact.organisation_id)
    context = {"organisation": contact.organisation, "heading": contact.name, "button": _("Save")}
    return work.page("partners/form.html", **context)


@requires("partners.accounts")
def give(request, contact_id):
    """Somebody gets a role, and a mail with the way in."""
    contact = find_person(request, contact_id)
    first = {"email": contact.email, "from_on": request.today}
    work = drafted(request, RoleForm, f"partners.role.new:{contact.pk}", initial=first, contact=contact)
    if work.saved(partial(actions.invite, contact, by=request.member)):
        messages.success(request, _("%(name)s gets a mail with the way to sign in.") % {"name": contact})
        return redirect("partners:organisation", contact.organisation_id)
    return work.page("partners/role.html", contact=contact)


@requires("partners.accounts")
def end(request, membership_id):
    """A role ends."""
    held = find_role(request, membership_id)
    work = drafted(request, LastDayForm, f"partners.role.end:{held.pk}", initial={"last_day": request.today})
    if work.saved(partial(actions.end_role, held, by=request.member)):
        return redirect("partners:accounts")
    return work.page("partners/end_role.html", held=held)


@requires("partners.accounts")
@require_POST
def invite_again(request, membership_id):
    """The mail with the way in, once more."""
    held = find_role(request, membership_id)
    actions.send_invitation(held, on=request.today, by=request.member)
    messages.success(request, _("%(name)s gets a mail with the way to sign in.") % {"name": held.contact})
    return redirect("partners:accounts")


@requires("partners.accounts")
def accounts(request):
    """Who may sign in, as what, from when until when."""
    listing = listing_of(request, queries.accounts_of(request.member.programme))
    queries.tell_refusals(listing.rows)
    waiting = queries.open_resets(request.member.programme_id)
    return render(request, "partners/accounts.html", {"listing": listing, "resets": waiting})


@requires("partners.stand_in")
def stand_in(request):
    """Somebody of another team is one of this team for a while."""
    colleagues = queries.colleagues_elsewhere(request.member.programme_id, request.today)
    first = {"from_on": request.today}
    work = drafted(request, StandInForm, "partners.stand_in", initial=first, colleagues=colleagues)
    if work.saved(partial(actions.stand_in, by=request.member)):
        messages.success(request, _("%(name)s stands in.") % {"name": work.result.contact})
        return redirect("partners:accounts")
    return work.page("partners/stand_in.html", colleagues=colleagues)


@requires("partners.accounts")
def reset(request, membership_id):
    """Let somebody in again who lost app and passkey: the code is shown once, to be read out."""
    held = find_role(request, membership_id)
    work = drafted(request, ResetForm, f"partners.reset:{held.pk}")
    if work.saved(partial(resets.ask_reset, held, at=timezone.now(), by=request.member)):
        confirmers = queries.who_may_confirm(work.result, request.today)
        return render(request, "partners/reset_made.html", {"reset": work.result, "confirmers": confirmers})
    return work.page("partners/reset.html", held=held)


@requires("partners.accounts")
@require_POST
def confirm_reset(request, reset_id):
    """A second colleague agrees."""
    waiting = get_object_or_404(queries.open_resets(request.member.programme_id), pk=reset_id)
    try:
        resets.confirm_reset(waiting, at=timezone.now(), by=request.member)
        messages.success(request, _("Confirmed: %(name)s can go on signing in.") % {"name": waiting})
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("partners:accounts")


@public
@sensitive_post_parameters("password")
def begin(request):
    """The first page of an empty installation; once there is a programme it does not exist."""
    if not is_empty():
        raise Http404
    form = BeginForm(request.POST or None, today=request.today)
    member = begun(request, form)
    if member:
        return redirect("home")
    return render(request, "partners/begin.html", {"form": form})


def begun(request, form):
    """The first coordinator, signed in; nobody when the form asks for something."""
    if not form.is_valid():
        return None
    try:
        member = actions.begin(**form.answers(), on=request.today)
    except Refused as refused:
        return form.add_error(None, refused)
    login(request, member.user)
    return member
