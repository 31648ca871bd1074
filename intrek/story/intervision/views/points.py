"""What was agreed, by whom, by when."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.lists import list_page
from intrek.ground.common.pages import requires, tried
from intrek.ground.common.sheets import Column
from intrek.story.intervision import actions, queries
from intrek.story.intervision.forms import PointForm
from intrek.story.intervision.models import ActionPoint
from intrek.story.intervision.views.items import find_item

COLUMNS = [
    Column(gettext_lazy("What"), lambda row: row.text),
    Column(gettext_lazy("Who"), lambda row: row.owner),
    Column(gettext_lazy("By when"), lambda row: row.due_on),
    Column(gettext_lazy("About"), lambda row: row.pathway.person),
    Column(gettext_lazy("Agreed at the meeting of"), lambda row: row.item.meeting.on),
]


@requires("intervision.read")
def open_ones(request):
    """What was agreed and is not done yet."""
    rows = queries.open_points(request.member)
    return list_page(request, rows, "intervision/points.html", title=_("Action points"), columns=COLUMNS)


@requires("intervision.minute")
def add(request, item_id):
    """Agree that somebody does something."""
    item = find_item(request, item_id)
    work = drafted(request, PointForm, f"intervision.point.new:{item.pk}", programme=item.programme)
    if work.saved(lambda who, **told: actions.add_action_point(item, owner=who, by=request.member, **told)):
        messages.success(request, _("Agreed; %(who)s finds it in their inbox.") % {"who": work.result.owner.name})
        return redirect("intervision:item", item.pk)
    return work.page("intervision/point.html", item=item)


def _back(request: HttpRequest) -> str:
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if is_ours else reverse("intervision:points")


@require_POST
@requires("intervision.minute")
def tick(request, point_id):
    """Tick what was done, or take the tick back."""
    point = get_object_or_404(ActionPoint.objects.visible_to(request.member), pk=point_id)
    act = actions.reopen_action_point if point.done_on else actions.finish_action_point
    tried(request, partial(act, point, on=request.today, by=request.member))
    return redirect(_back(request))
