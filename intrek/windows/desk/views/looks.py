"""Who looked at whom, and the sheet for the person who asks."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from intrek.ground.common.listing import active_chips, listing_of
from intrek.ground.common.pages import requires
from intrek.ground.pathways.models import Pathway
from intrek.ground.pathways.queries import with_lines
from intrek.windows.desk.forms import LooksFilter
from intrek.windows.desk.queries import looks as queries


@requires("journal.looks")
def looks(request):
    """Every look on record: when, by whom, for whom, at what; of one person by the number of the pathway."""
    form = LooksFilter(request.GET, today=request.today)
    asked = form.cleaned_data if form.is_valid() else {}
    listing = listing_of(request, queries.looks(request.member.programme_id, asked, at=timezone.now()))
    page = {
        "form": form,
        "listing": listing,
        "chips": active_chips(request, form),
        "rows": queries.as_read(listing.rows),
    }
    return render(request, "desk/looks.html", page)


@requires("journal.sheet")
def looks_sheet(request, pathway_id):
    """Who looked, for the person themself, in plain words (GDPR art. 15)."""
    pathway = get_object_or_404(with_lines(Pathway.objects.visible_to(request.member)), pk=pathway_id)
    page = {"pathway": pathway, "person": pathway.person, "readers": queries.readers_of(pathway, at=timezone.now())}
    return render(request, "desk/looks_sheet.html", page)
