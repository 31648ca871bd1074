"""Support starts, goes on, rests, ends; and follows somebody through a move."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.pathways.queries import clock_of
from intrek.ground.programmes.models import TrackKind
from intrek.ground.programmes.queries import track_of
from intrek.story.placement.models import Placement
from intrek.story.placement.queries import key_reasons_of
from intrek.story.support import actions, forms, queries
from intrek.story.support.models import SupportTerm, Suspension
from intrek.story.support.views.found import done, find_pathway, find_stay, find_term, form_page, offered


@requires("support.read")
def of_pathway(request, pathway_id):
    """Somebody's support: its term, visits, goals, what threatens the home."""
    pathway = find_pathway(request, pathway_id)
    shown = {"page": queries.support_page(pathway), "clock": clock_of(pathway, request.today)}
    return render(request, "support/of_pathway.html", {"pathway": pathway, **shown})


@requires("support.start")
def start_stay(request, placement_id):
    """The keys are handed over and support begins with them (P11, P13)."""
    stay = find_stay(request, placement_id)
    initial = {"on": min(request.today, stay.starts_on or request.today), "worker": stay.pathway.worker_id}
    work = offered(request, forms.StartStayForm, f"support.start_stay:{stay.pk}", **initial)
    if work.saved(partial(actions.start_stay, stay, by=request.member)):
        return done(request, stay.pathway_id, _("The keys are handed over and support has started."))
    return _keys_page(request, work, stay)


def _keys_page(request: AskedRequest, work: Work, stay: Placement) -> HttpResponse:
    # What the form was refused for stands in it already.
    page = {"reasons": [] if work.form.refusals else key_reasons_of(stay, on=request.today), "stay": stay}
    page |= {"template": "support/start_stay.html", "back": reverse("placement:stay", args=[stay.pk])}
    return form_page(request, work, stay.pathway_id, _("Hand over the keys"), _("Keys are handed over"), **page)


@requires("support.start")
def start(request, pathway_id):
    """Support of a sitting tenant begins, also once more (P16, P23)."""
    pathway, track = find_pathway(request, pathway_id), track_of(request.member.programme, TrackKind.SITTING)
    initial = {"starts_on": request.today, "months": 6, "worker": pathway.worker_id}
    work = offered(request, forms.StartForm, f"support.start:{pathway.pk}", **initial)
    if work.saved(partial(actions.start_support, pathway, track=track, by=request.member)):
        return done(request, pathway.pk, _("Support has started."))
    return form_page(request, work, pathway.pk, _("Start support"), _("Start support"))


def _extension(request: AskedRequest, term: SupportTerm) -> Work:
    initial = {"last_day": queries.latest_day(term)}
    return drafted(request, forms.ExtendForm, f"support.extend:{term.pk}", initial=initial)


@requires("support.change")
def extend(request, term_id):
    """Support goes on longer, within the longest term (P12)."""
    term = find_term(request, term_id)
    work = _extension(request, term)
    if work.saved(partial(actions.extend_term, term, on=request.today, by=request.member)):
        return done(request, term.pathway_id, _("Support is extended."))
    page = {"title": _("Extend support"), "save": _("Extend"), "facts": queries.term_facts(term)}
    return form_page(request, work, term.pathway_id, **page)


@requires("support.change")
def suspend(request, term_id):
    """Support rests, such as during an admission."""
    term = find_term(request, term_id)
    work = offered(request, forms.SuspendForm, f"support.suspend:{term.pk}", from_on=request.today)
    if work.saved(partial(actions.suspend, term, by=request.member)):
        return done(request, term.pathway_id, _("Support is suspended."))
    intro = queries.suspension_words(term)
    return form_page(request, work, term.pathway_id, _("Suspend support"), _("Suspend"), intro=intro)


@requires("support.change")
def end_suspension(request, term_id):
    """The last day of a suspension is known."""
    term = find_term(request, term_id)
    suspension = Suspension.objects.filter(term=term, until_on=None).select_related("term__pathway").first()
    work = drafted(request, forms.EndSuspensionForm, f"support.resume:{term.pk}", initial={"until_on": request.today})
    if suspension and work.saved(partial(actions.end_suspension, suspension, by=request.member)):
        return done(request, term.pathway_id, _("Support goes on."))
    return form_page(request, work, term.pathway_id, _("End the suspension"), _("Support goes on"))


@requires("support.change")
def change_worker(request, term_id):
    """Another support worker carries the term on."""
    term, member = find_term(request, term_id), request.member
    initial = {"worker": term.worker_id}
    work = drafted(request, forms.WorkerForm, f"support.worker:{term.pk}", initial=initial, member=member)
    if work.saved(partial(actions.change_worker, term, on=request.today, by=member)):
        return done(request, term.pathway_id, _("The support worker is changed."))
    return form_page(request, work, term.pathway_id, _("Another support worker"), _("Save"))


@requires("support.end")
def end_support(request, term_id):
    """Support ends; where it is tied to a stay, the stay does (P11)."""
    term, member = find_term(request, term_id), request.member
    initial = {"on": request.today}
    work = drafted(request, forms.EndForm, f"support.end:{term.pk}", initial=initial, member=member)
    if work.saved(partial(actions.end_support, term, by=member)):
        return done(request, term.pathway_id, _("Support has ended. Say what comes next."))
    return form_page(request, work, term.pathway_id, _("End support"), _("End support"))


@requires("support.end")
def end_stay(request, placement_id):
    """The stay ends, and its support with it (P11)."""
    stay = find_stay(request, placement_id)
    work = offered(request, forms.EndForm, f"support.end_stay:{stay.pk}", on=request.today)
    if work.saved(partial(actions.end_stay, stay, by=request.member)):
        return done(request, stay.pathway_id, _("The stay and its support have ended; the dwelling is free again."))
    intro = _("The resident leaves %s and support ends on the same day.") % stay.dwelling
    return form_page(request, work, stay.pathway_id, _("End the stay"), _("End the stay"), intro=intro)


@requires("support.change")
def move_home(request, pathway_id):
    """The person moves; support goes with them (P16)."""
    pathway, member = find_pathway(request, pathway_id), request.member
    initial = {"on": request.today}
    work = drafted(request, forms.MoveForm, f"support.move:{pathway.pk}", initial=initial, member=member)
    if work.saved(partial(actions.move_home, pathway, by=member)):
        return done(request, pathway.pk, _("The move is written down; support goes on as agreed."))
    return form_page(request, work, pathway.pk, _("Moves to another home"), _("Write down the move"))
