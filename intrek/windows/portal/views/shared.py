"""What was shared with a partner; and for the team: the pathway as a partner sees it."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from intrek.ground.access.queries import anybody_of, lookers_of
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import requires
from intrek.ground.partners.models import Membership
from intrek.ground.partners.queries import receivers_of
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.windows.portal.forms import EyesForm
from intrek.windows.portal.queries import shared as queries


@requires("portal.shared")
def shared(request):
    """What is shared with me of people whom others referred."""
    listing = listing_of(request, queries.shared_pathways(request.member))
    page = {"listing": listing, "rows": queries.as_shared(listing.rows, request.member)}
    return render(request, "portal/shared.html", page)


@requires("portal.shared")
def shared_file(request, pathway_id):
    """What is shared of one person, and no more."""
    found = queries.shared_file(request.member, pathway_id)
    if found is None:
        raise Http404
    request.kinds = found.opened
    return render(request, "portal/shared_file.html", {"file": found, "person": found.row.pathway.person})


def _eyes(request: Any) -> dict[str, Membership]:
    """With whose eyes one can look: the partners' people who sign in, and somebody of a partner who does not yet."""
    programme, on = request.member.programme, request.today
    people = {str(each.pk): each for each in lookers_of(programme.pk, on)}
    return people | {str(each.pk): anybody_of(each, on) for each, _people in receivers_of(programme)}


@requires("portal.preview")
def as_seen(request, pathway_id):
    """The pathway with the eyes of a partner: what they see, by the queries of their own pages."""
    pathway = get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)
    form = EyesForm(request.GET or None, eyes=_eyes(request))
    seen = queries.seen_by(who, pathway.pk) if (who := form.chosen()) else None
    page = {"pathway": pathway, "person": pathway.person, "form": form, "who": who, "seen": seen}
    return render(request, "portal/as_seen.html", page)
