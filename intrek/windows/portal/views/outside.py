"""A file of another team: asked with a reason, read for an hour."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from intrek.ground.access.queries import open_break_in
from intrek.ground.common import wall
from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires
from intrek.windows.portal.actions import open_outside
from intrek.windows.portal.forms import OutsideForm
from intrek.windows.portal.queries import outside as queries


@requires("access.break_in")
def outside(request):
    """Say which file of another team one needs, and why."""
    programmes = queries.other_programmes(request.member)
    work = drafted(request, OutsideForm, "portal.outside", programmes=programmes)
    if work.saved(partial(open_outside, at=timezone.now(), by=request.member)):
        return redirect("portal:outside_file", work.result.pathway_id)
    return work.page("portal/outside.html", programmes=programmes)


@requires("access.break_in")
def outside_file(request, pathway_id):
    """The file, while it is open."""
    opened = open_break_in(request.member, pathway_id, at=timezone.now())
    if opened is None:
        raise Http404
    request.file_of = opened.programme_id  # the look stands in the record of the programme whose file it is
    with wall.within(request.member.programme_id, opened.programme_id):
        found = queries.opened_file(opened, at=timezone.localtime())
        page = {"file": found, "person": found.row.pathway.person, "opened": opened}
        return render(request, "portal/outside_file.html", page)
