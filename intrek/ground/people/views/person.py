"""The person of a pathway: who they are, where they lived, who is near, what they agreed to. Pathways are a later room: one is reached through its person."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import requires
from intrek.ground.people import actions, forms
from intrek.ground.people.models import Consent, Person
from intrek.ground.people.queries import about

# What the head of a page about a pathway is drawn from.
DRAWN = ("person", "track", "current_track", "worker", "referred_by")


def person_of(request: Any, pathway_id: Any) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.member), pathways=pathway_id)


def drawn_pathway(person: Person, pathway_id: Any) -> Any:
    pathways: Any = person.pathways  # a later room points at people
    return pathways.select_related(*DRAWN).prefetch_related("steps").get(pk=pathway_id)


def _work(request: Any, form: Any, person: Person, name: str) -> Work:
    return drafted(request, form, f"people.{name}:{person.pk}", instance=person)


def _back(request: Any, pathway_id: Any) -> Any:
    messages.success(request, _("Saved. The conditions were looked at again."))
    return redirect("people:of_pathway", pathway_id)


def _page(work: Work, person: Person, pathway_id: Any, title: Any, *, hint: Any = "") -> Any:
    pathway = drawn_pathway(person, pathway_id)
    return work.page("people/edit.html", pathway=pathway, person=person, title=str(title), hint=str(hint))


@requires("people.read")
def of_pathway(request, pathway_id):
    """All that is known of the person."""
    person = person_of(request, pathway_id)
    page = about(person) | {"pathway": drawn_pathway(person, pathway_id)}
    return render(request, "people/of_pathway.html", page)


@requires("people.change")
def edit(request, pathway_id):
    """Correct who the person is and how to reach them."""
    person = person_of(request, pathway_id)
    work = _work(request, forms.PersonForm, person, "edit")
    if work.saved(partial(actions.change_person, person, on=request.today, by=request.member)):
        return _back(request, pathway_id)
    return _page(work, person, pathway_id, gettext_lazy("Name and contact"))


@requires("people.change")
def residences(request, pathway_id):
    """Correct where the person lived (P3)."""
    person = person_of(request, pathway_id)
    work = _work(request, forms.ResidencesForm, person, "residences")
    if work.saved(partial(actions.set_residences, person, on=request.today, by=request.member)):
        return _back(request, pathway_id)
    hint = gettext_lazy("A day, a month or just a year is fine. Periods may overlap: their days are counted once.")
    return _page(work, person, pathway_id, gettext_lazy("Where the person lived"), hint=hint)


@requires("people.change")
def near(request, pathway_id):
    """Note with whom the person lives and who is near."""
    person = person_of(request, pathway_id)
    work = _work(request, forms.NearForm, person, "near")
    if work.saved(partial(actions.set_people_near, person, on=request.today, by=request.member)):
        return _back(request, pathway_id)
    return _page(work, person, pathway_id, gettext_lazy("Household and network"))


@requires("people.change")
def registration(request, pathway_id):
    """Note the registration for social housing (P3)."""
    person = person_of(request, pathway_id)
    work = _work(request, forms.RegistrationForm, person, "registration")
    if work.saved(partial(actions.change_registration, person, on=request.today, by=request.member)):
        return _back(request, pathway_id)
    return _page(work, person, pathway_id, gettext_lazy("Registration for social housing"))


@requires("people.change")
def consent(request, pathway_id):
    """Note what the person agrees to."""
    person = person_of(request, pathway_id)
    work = drafted(request, forms.ConsentForm, f"people.consent:{person.pk}", initial={"given_on": request.today})
    if work.saved(partial(actions.add_consent, person, on=request.today, by=request.member)):
        return _back(request, pathway_id)
    return _page(work, person, pathway_id, gettext_lazy("An agreement"))


@requires("people.change")
def end_consent(request, pathway_id, consent_id):
    """Note that the person takes an agreement back."""
    person = person_of(request, pathway_id)
    row = get_object_or_404(Consent.objects.filter(person=person), pk=consent_id)
    work = drafted(request, forms.WithdrawConsentForm, f"people.end_consent:{row.pk}", initial={"withdrawn_on": request.today})  # fmt: skip
    if work.saved(partial(actions.withdraw_consent, row, by=request.member)):
        return _back(request, pathway_id)
    return _page(work, person, pathway_id, gettext_lazy("An agreement is taken back"), hint=row.purpose)
