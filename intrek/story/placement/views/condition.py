"""A dwelling is looked over on a phone, room by room, at entry and at leaving (P13)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.downloads import as_download, as_picture
from intrek.ground.common.drafts import Work, drafted
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.documents.actions import detach
from intrek.ground.documents.models import Upload
from intrek.ground.documents.queries import small_of, uploads_of, whole_of
from intrek.story.placement import actions, forms, queries
from intrek.story.placement.models import Condition, ConditionItem, Moment, Placement
from intrek.story.placement.views.stay import find_stay, form_page, pathway_of


def _list(placement: Placement, moment: str) -> HttpResponse:
    return redirect("placement:condition", placement.pk, moment)


def _condition(request: AskedRequest, placement_id: Any, moment: str) -> Condition:
    placement = find_stay(request, placement_id)
    condition = get_object_or_404(Condition, placement=placement, moment=moment)
    condition.placement = placement
    return condition


def _item(request: AskedRequest, item_id: Any) -> ConditionItem:
    items = ConditionItem.objects.visible_to(request.member).select_related(
        "was", "condition__placement__pathway__person", "condition__placement__dwelling"
    )
    return get_object_or_404(items, pk=item_id)


@requires("placement.read")
def condition(request, placement_id, moment):
    """A dwelling at one moment: its rooms, what is in them, in what state; one more thing, or the beginning."""
    placement = find_stay(request, placement_id)
    found = queries.conditions_of(placement)
    work, save = _next_thing(request, placement, moment, found)
    if request.may("placement.change") and work.saved(save):
        return _list(placement, moment)
    return work.page("placement/condition.html", **_shown(request, placement, moment, found))


def _next_thing(request: AskedRequest, placement: Placement, moment: str, found: dict[str, Any]) -> tuple[Work, Any]:
    """The form of this page and what it does: the list begins, or gets one thing more."""
    if moment not in Moment.values:
        raise Http404
    key, begins = f"placement.condition:{placement.pk}:{moment}", moment not in found
    form = forms.StartConditionForm if begins else forms.ItemForm
    work = drafted(request, form, key, initial={"on": request.today} if begins else {})
    if begins:
        return work, partial(
            actions.start_condition, placement, moment, room=_("The whole dwelling"), by=request.member
        )
    return work, partial(actions.add_item, found[moment].condition, by=request.member)


def _shown(request: AskedRequest, placement: Placement, moment: str, found: dict[str, Any]) -> dict[str, Any]:
    return {
        "pathway": pathway_of(request, placement.pathway_id),
        "placement": placement,
        "moment": moment,
        "title": _("The dwelling at entry") if moment == Moment.ENTRY else _("The dwelling at leaving"),
        "page": found.get(moment),
        "has_entry": Moment.ENTRY in found,
    }


@requires("placement.change")
@require_POST
def rest_is_good(request, placement_id, moment):
    """Everything that was not looked at yet is in good state."""
    condition = _condition(request, placement_id, moment)
    actions.rest_is_good(condition, by=request.member)
    return _list(condition.placement, moment)


@requires("placement.change")
def look_at(request, item_id):
    """One thing: its state, a remark, photos; then the next that was not looked at yet."""
    item = _item(request, item_id)
    work = drafted(request, forms.LookForm, f"placement.look_at:{item.pk}", instance=item)
    if work.saved(partial(actions.look_at, item, by=request.member)):
        return _after(item)
    return work.page("placement/look_at.html", **_thing(request, item))


def _thing(request: AskedRequest, item: ConditionItem) -> dict[str, Any]:
    placement = item.condition.placement
    return {
        "pathway": pathway_of(request, placement.pathway_id),
        "item": item,
        "photos": uploads_of(item.programme_id, [item.pk]).get(item.pk, []),
        "title": item.what,
        "intro": item.room,
        "save": _("Save, and on to the next"),
        "back": reverse("placement:condition", args=[placement.pk, item.condition.moment]),
    }


def _after(item: ConditionItem) -> HttpResponse:
    if following := queries.next_to_look_at(item):
        return redirect("placement:look_at", following.pk)
    return _list(item.condition.placement, item.condition.moment)


@requires("placement.change")
@require_POST
def take_out(request, item_id):
    """A thing does not belong on the list."""
    item = _item(request, item_id)
    placement, moment = item.condition.placement, item.condition.moment
    actions.take_out_item(item, by=request.member)
    return _list(placement, moment)


@requires("placement.change")
def bear(request, item_id):
    """Who bears what differs at leaving."""
    item = _item(request, item_id)
    placement = item.condition.placement
    work = drafted(request, forms.BearForm, f"placement.bear:{item.pk}", instance=item)
    if work.saved(partial(actions.bear_difference, item, by=request.member)):
        return _list(placement, Moment.LEAVING)
    return form_page(request, work, placement, str(item), _("Save"), intro=_words_of(item))


def _words_of(item: ConditionItem) -> str:
    before = item.was.get_state_display() if item.was else _("not on the list")
    told = {"before": before, "after": item.get_state_display()}
    return _("At entry: %(before)s. Now: %(after)s.") % told


def _photo(request: AskedRequest, upload_id: Any) -> tuple[Upload, ConditionItem]:
    upload = get_object_or_404(Upload.objects.visible_to(request.member), pk=upload_id)
    return upload, _item(request, upload.of_id)


@requires("placement.read")
def photo(request, upload_id):
    """A photo of a thing, whole."""
    upload, item = _photo(request, upload_id)
    return as_download(*whole_of(upload, item.condition.placement.pathway.number))


@requires("placement.read")
def small_photo(request, upload_id):
    """A photo of a thing, small."""
    upload, _item = _photo(request, upload_id)
    return as_picture(small_of(upload))


@requires("placement.change")
@require_POST
def drop_photo(request, upload_id):
    """A photo was a mistake."""
    upload, item = _photo(request, upload_id)
    detach(upload)
    messages.success(request, _("The photo is gone."))
    return redirect("placement:look_at", item.pk)
