"""One pathway on one agenda: what is said, what is decided."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires, tried
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.story.intervision import actions, queries
from intrek.story.intervision.forms import DecideForm, NoteForm, PointForm, PutOnForm, TalkForm
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


def _deciding_work(request: AskedRequest, item: AgendaItem, form: type[TalkForm]) -> Work:
    initial = {"on": min(item.meeting.on, request.today), "owner": request.member.contact_id}
    key = f"intervision.talk:{item.pk}"
    return drafted(request, form, key, instance=item, initial=initial, pathway=item.pathway)


def _talk_work(request: AskedRequest, item: AgendaItem) -> Work:
    """The form of the talk. Who may decide is asked for the decision too, once its day has come and while it is open."""
    if request.may("intervision.decide") and queries.is_to_decide(item, request.today):
        return _deciding_work(request, item, TalkForm)
    return drafted(request, NoteForm, f"intervision.note:{item.pk}", instance=item)


def _item_page(request: AskedRequest, item: AgendaItem, work: Work) -> HttpResponse:
    """The item on the big screen: facts, talk, decision, what was agreed (P17)."""
    page = queries.item_page(item, request.today, shows_care=request.GET.get("care") == "show")
    # What was sent belongs to the talk; the other form is shown again once that is kept.
    if request.method == "GET" and not item.meeting.closed_on:
        page["adding"] = drafted(request, PointForm, f"intervision.point.new:{item.pk}", programme=item.programme)
    is_asked = request.method == "POST" or queries.is_to_decide(item, request.today)
    return work.page("intervision/item.html", **page, is_deciding=is_asked and "decision" in work.form.fields)


@requires("intervision.minute")
def one(request, item_id):
    """Talk about an item: facts, what is said, what was agreed; what is written is kept with it."""
    item = find_item(request, item_id)
    work = _talk_work(request, item)
    if work.saved(partial(actions.write_note, item, by=request.member)):
        messages.success(request, _("The discussion is kept."))
        return redirect(queries.after(item) if "go_on" in request.POST else reverse("intervision:item", args=[item.pk]))
    return _item_page(request, item, work)


@requires("intervision.decide")
def decide(request, item_id):
    """Decide about an item; the referrer hears at once."""
    item = find_item(request, item_id)
    work = _deciding_work(request, item, DecideForm)
    if work.saved(partial(actions.conclude, item, by=request.member)):
        messages.success(request, _("Decided: %(decision)s.") % {"decision": work.result.get_decision_display()})
        return redirect(queries.after(item))
    return _item_page(request, item, work)


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
