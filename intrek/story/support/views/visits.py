"""Home visits: planned, and noted in three taps at the kitchen table (P11, P19)."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import drafted
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import requires
from intrek.story.support import actions, forms, queries
from intrek.story.support.views.found import done, find_pathway, find_visit, form_page, offered


@requires("support.read")
def visits(request, pathway_id):
    """All home visits of somebody, latest first."""
    pathway = find_pathway(request, pathway_id)
    listing = listing_of(request, queries.visits_of(pathway))
    return render(request, "support/visits.html", {"pathway": pathway, "listing": listing})


@requires("support.visit")
def note_visit(request, visit_id):
    """What became of a planned visit."""
    visit, member = find_visit(request, visit_id), request.member
    work = drafted(request, forms.VisitForm, f"support.visit:{visit.pk}", instance=visit, member=member)
    if work.saved(partial(actions.note_visit, visit, by=member)):
        return done(request, visit.pathway_id, _("The visit is kept."))
    page = {"template": "support/note_visit.html", "visit": visit}
    return form_page(request, work, visit.pathway_id, _("Note a home visit"), _("Keep the visit"), **page)


@requires("support.visit")
def new_visit(request, pathway_id):
    """A visit that was not planned is noted."""
    pathway, member = find_pathway(request, pathway_id), request.member
    work = offered(request, forms.NewVisitForm, f"support.visit.new:{pathway.pk}", on=request.today, state="done")
    if work.saved(partial(actions.record_visit, pathway, worker=member.contact, by=member)):
        return done(request, pathway.pk, _("The visit is kept."))
    page = {"template": "support/note_visit.html", "visit": None}
    return form_page(request, work, pathway.pk, _("Note a home visit"), _("Keep the visit"), **page)


@requires("support.visit")
def plan_visit(request, pathway_id):
    """A home visit is put in the diary."""
    pathway, member = find_pathway(request, pathway_id), request.member
    initial = {"worker": pathway.worker_id or member.contact_id}
    work = drafted(request, forms.PlanForm, f"support.plan:{pathway.pk}", initial=initial, member=member)
    if work.saved(partial(actions.plan_visit, pathway, by=member)):
        return done(request, pathway.pk, _("The visit is planned."))
    return form_page(request, work, pathway.pk, _("Plan a home visit"), _("Plan"))


@requires("support.visit")
def move_visit(request, visit_id):
    """A planned visit gets another day, hour, place or worker."""
    visit, member = find_visit(request, visit_id), request.member
    work = drafted(request, forms.PlanForm, f"support.move_visit:{visit.pk}", instance=visit, member=member)
    if work.saved(partial(actions.move_visit, visit, by=member)):
        return done(request, visit.pathway_id, _("The visit is moved."))
    back = reverse("support:of_pathway", args=[visit.pathway_id])
    return form_page(request, work, visit.pathway_id, _("Move the visit"), _("Save"), back=back)
