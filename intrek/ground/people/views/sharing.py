"""What of a pathway is shared with whom: seen, agreed, printed to sign, taken back (P7)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intrek.ground.access import actions
from intrek.ground.access.models import Share
from intrek.ground.access.queries import shares_of, sights_of
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.ground.partners.queries import receivers_of
from intrek.ground.people.forms import ShareForm, WithdrawShareForm
from intrek.ground.people.views.person import drawn_pathway, person_of
from intrek.ground.programmes.models import CodeList
from intrek.ground.programmes.queries import codes


def _share(request: Any, pathway_id: Any, share_id: Any) -> Share:
    rows = Share.objects.filter(programme_id=request.member.programme_id, pathway_id=pathway_id)
    return get_object_or_404(rows.select_related("organisation", "contact"), pk=share_id)


def _frame(request: Any, pathway_id: Any) -> dict[str, Any]:
    """What each of these pages shows: whose it is, and the conditions under which it may be."""
    person = person_of(request, pathway_id)
    conditions = codes(request.member.programme, CodeList.SHARING, on=request.today)
    return {"person": person, "pathway": drawn_pathway(person, pathway_id), "conditions": conditions}


@requires("people.read")
def sharing(request, pathway_id):
    """Which partners see what of this pathway today and why, and what was agreed to share."""
    page, programme_id = _frame(request, pathway_id), request.member.programme_id
    page |= {"sights": sights_of(pathway_id, programme_id, request.today)}
    return render(request, "people/sharing.html", page | {"shares": shares_of(pathway_id, programme_id)})


@requires("people.share")
def share(request, pathway_id):
    """Note what the person agreed to share, or which law asks it."""
    page, receivers = _frame(request, pathway_id), receivers_of(request.member.programme)
    first = {"from_on": request.today, "agreed_on": request.today}
    work = drafted(request, ShareForm, f"people.share:{pathway_id}", initial=first, receivers=receivers)
    if work.saved(partial(actions.share, pathway_id, on=request.today, by=request.member)):
        messages.success(request, _("Shared. Print the sheet for the person to sign."))
        return redirect("people:sharing", pathway_id)
    return work.page("people/share.html", **page)


@requires("people.share")
def share_sheet(request, pathway_id, share_id):
    """The sheet on which the person signs what is shared with whom."""
    page = _frame(request, pathway_id) | {"share": _share(request, pathway_id, share_id)}
    return render(request, "people/share_sheet.html", page)


@requires("people.share")
def withdraw_share(request, pathway_id, share_id):
    """Note that the person no longer wants it shared: it closes at once."""
    page, shared = _frame(request, pathway_id), _share(request, pathway_id, share_id)
    work = drafted(request, WithdrawShareForm, f"people.withdraw_share:{shared.pk}", initial={"withdrawn_on": request.today})  # fmt: skip
    if work.saved(partial(actions.withdraw_share, shared, by=request.member)):
        messages.success(request, _("No longer shared. It is closed from now on."))
        return redirect("people:sharing", pathway_id)
    return work.page("people/edit.html", **page, title=_("No longer shared"), hint=shared)
