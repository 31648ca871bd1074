"""What threatens the home, how far an eviction has come, and asking the partners (P16, P17)."""

from functools import partial

from django.utils.translation import gettext as _

from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.story.support import actions, forms
from intrek.story.support.views.found import done, find_eviction_step, find_pathway, find_threat, form_page


@requires("support.change")
def add_threat(request, pathway_id):
    """Something threatens the tenancy (P16)."""
    pathway, member = find_pathway(request, pathway_id), request.member
    work = drafted(request, forms.ThreatForm, f"support.threat:{pathway.pk}", member=member)
    if work.saved(partial(actions.add_threat, pathway, by=member)):
        return done(request, pathway.pk, _("Written down."))
    return form_page(request, work, pathway.pk, _("What threatens the tenancy"), _("Write down"))


@requires("support.change")
def resolve_threat(request, threat_id):
    """It no longer threatens the tenancy."""
    threat = find_threat(request, threat_id)
    work = drafted(request, forms.OnDayForm, f"support.resolve:{threat.pk}", initial={"on": request.today})
    if work.saved(partial(actions.resolve_threat, threat, by=request.member)):
        return done(request, threat.pathway_id, _("It no longer threatens the tenancy."))
    return form_page(request, work, threat.pathway_id, _("No longer a threat"), _("Resolved"))


@requires("support.change")
def add_eviction_step(request, pathway_id):
    """An eviction has come to a step (P16)."""
    pathway, member = find_pathway(request, pathway_id), request.member
    work = drafted(request, forms.EvictionForm, f"support.eviction:{pathway.pk}")
    if work.saved(partial(actions.add_eviction_step, pathway, by=member)):
        return done(request, pathway.pk, _("Written down; it stands in My day as its day comes near."))
    return form_page(request, work, pathway.pk, _("Step of an eviction"), _("Write down"))


@requires("support.change")
def close_eviction_step(request, step_id):
    """What came of a step of an eviction (P16)."""
    step = find_eviction_step(request, step_id)
    work = drafted(request, forms.OutcomeForm, f"support.outcome:{step.pk}")
    if work.saved(partial(actions.close_eviction_step, step, on=request.today, by=request.member)):
        return done(request, step.pathway_id, _("Written down."))
    title = _("What came of the %s?") % step.get_kind_display()
    return form_page(request, work, step.pathway_id, title, _("Write down"))


@requires("support.change")
def ask_for_talk(request, pathway_id):
    """Ask the partners to talk about this person at the next intervision (P17)."""
    pathway, member = find_pathway(request, pathway_id), request.member
    work = drafted(request, forms.TalkForm, f"support.talk:{pathway.pk}")
    if work.saved(partial(actions.ask_for_talk, pathway, on=request.today, by=member)):
        return done(request, pathway.pk, _("Your question goes on the agenda of the next intervision."))
    return form_page(request, work, pathway.pk, _("Ask to talk about it"), _("Ask"))
