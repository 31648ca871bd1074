"""One pathway on one agenda: what is said, what is decided."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires, tried
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.story.intervision import actions, queries
from intrek.story.intervision.forms import DecisionForm, NoteForm, PointForm, PutOnForm
from intrek.story.intervision.models import AgendaItem, Why


def find_item(request: HttpRequest, item_id: Any) -> AgendaItem:
    """The item of the address, if the reader may see who it is about."""
    rows = AgendaItem.objects.visible_to(request.member)  # type: ignore[attr-defined]
    with_all = rows.select_related(
        "meeting", "programme", "pathway__person", "pathway__track", "pathway__programme", "owner"
    )
    return get_object_or_404(with_all, pk=item_id)


def _pathway(request: HttpRequest, pathway_id: Any) -> Pathway:
    member = request.member  # type: ignore[attr-defined]
    return get_object_or_404(with_lines(Pathway.objects.visible_to(member)).select_related("programme"), pk=pathway_id)


def _note_work(request: AskedRequest, item: AgendaItem) -> Work:
    return drafted(request, NoteForm, f"intervision.note:{item.pk}", instance=item)


def decision_work(request: AskedRequest, item: AgendaItem) -> Work:
    """The form of the decision; its day is the meeting's, once that has come."""
    initial = {"on": min(item.meeting.on, request.today), "owner": request.member.contact_id}
    return drafted(request, DecisionForm, f"intervision.decide:{item.pk}", initial=initial, pathway=item.pathway)


def _point_work(request: AskedRequest, item: AgendaItem) -> Work:
    return drafted(request, PointForm, f"intervision.point.new:{item.pk}", programme=item.programme)


def _other_works(request: AskedRequest, item: AgendaItem) -> dict[str, Work]:
    # What was sent belongs to the discussion; the other two forms are shown again once that is kept.
    if request.method != "GET" or item.meeting.closed_on:
        return {}
    return {"deciding": decision_work(request, item), "adding": _point_work(request, item)}


@requires("intervision.minute")
def one(request, item_id):
    """Discuss an item: facts, note, decision, what was agreed."""
    item = find_item(request, item_id)
    work = _note_work(request, item)
    if work.saved(partial(actions.write_note, item, by=request.member)):
        messages.success(request, _("The discussion is kept."))
        return redirect("intervision:item", item.pk)
    return work.page("intervision/item.html", **queries.item_page(item, request.today), **_other_works(request, item))


@requires("intervision.decide")
def decide(request, item_id):
    """Decide about an item; the referrer hears at once."""
    item = find_item(request, item_id)
    work = decision_work(request, item)
    if work.saved(partial(actions.decide, item, by=request.member)):
        messages.success(request, _("Decided: %(decision)s.") % {"decision": work.result.get_decision_display()})
        return redirect(queries.after(item))
    return work.page("intervision/decide.html", **queries.item_page(item, request.today))


@require_POST
@requires("intervision.plan")
def move(request, item_id):
    """Move an item up or down."""
    item = find_item(request, item_id)
    tried(request, partial(actions.move_item, item, up=request.POST.get("to") == "up", by=request.member))
    return redirect("intervision:meeting", item.meeting_id)


@require_POST
@requires("intervision.plan")
def take_off(request, item_id):
    """Take an item off the agenda."""
    item = find_item(request, item_id)
    told = _("%(person)s is off the agenda.") % {"person": item.pathway.person.name}
    tried(request, partial(actions.take_off, item, on=request.today, by=request.member), told)
    return redirect("intervision:meeting", item.meeting_id)


@requires("intervision.read")
def of_pathway(request, pathway_id):
    """What the partners said and decided about one pathway."""
    pathway = _pathway(request, pathway_id)
    items = queries.items_about(pathway)
    return render(request, "intervision/of_pathway.html", {"pathway": pathway, "items": items})


def _put_on_work(request: AskedRequest, pathway: Pathway) -> Work:
    meetings = queries.open_meetings(pathway.programme_id, request.today)
    initial = {"meeting": request.GET.get("meeting") or meetings.first()}
    return drafted(request, PutOnForm, f"intervision.put_on:{pathway.pk}", initial=initial, meetings=meetings)


@requires("intervision.plan")
def put_on(request, pathway_id):
    """Put a pathway on an agenda."""
    pathway = _pathway(request, pathway_id)
    work = _put_on_work(request, pathway)
    why = Why.NEW_REFERRAL if pathway.stage == "new" else Why.ADDED
    if work.saved(
        lambda meeting, question: actions.put_on_agenda(meeting, pathway, why=why, question=question, by=request.member)
    ):
        messages.success(request, _("%(person)s is on the agenda.") % {"person": pathway.person.name})
        return redirect("intervision:meeting", work.result.meeting_id)
    return work.page("intervision/put_on.html", pathway=pathway)
