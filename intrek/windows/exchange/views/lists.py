"""A list is uploaded, looked at row by row, confirmed, and what was refused is given back."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.listing import listing_of
from intrek.ground.common.lists import list_page
from intrek.ground.common.pages import requires
from intrek.ground.common.refusals import Refused
from intrek.ground.common.sheets import sheet_response
from intrek.windows.exchange import actions, queries
from intrek.windows.exchange.forms import ColumnsForm, ConfirmForm, UploadForm
from intrek.windows.exchange.models import Batch


def _batch(request: Any, batch_id: Any, **facts: Any) -> Batch:
    rows = Batch.objects.filter(programme_id=request.member.programme_id, **facts)
    return get_object_or_404(rows.select_related("programme", "read_by"), pk=batch_id)


def _uploaded(request: Any, form: UploadForm) -> Batch | None:
    if not form.is_valid():
        return None
    file, member = form.cleaned_data["file"], request.member
    told = {"file_name": file.name, "content": file.read(), "today": request.today, "read_by": member.contact}
    try:
        return actions.upload_list(member.programme, **told)
    except Refused as refused:
        form.add_error("file", [str(each) for each in refused.reasons])
        return None


@requires("exchange.import")
def upload(request):
    """The start: choose a file, or go on with a list of before."""
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and (batch := _uploaded(request, form)):
        return redirect("exchange:preview", batch.pk)
    listing = listing_of(request, queries.batches_of(request.member))
    return render(request, "exchange/import.html", {"form": form, "listing": listing})


@requires("exchange.import")
def preview(request, batch_id):
    """Row by row what will be made, what is doubtful, what is refused and why; nothing is written."""
    batch = _batch(request, batch_id)
    reading = None if batch.confirmed_at else actions.reading_of(batch, today=request.today)
    if reading is None or reading.reasons:
        return redirect("exchange:columns" if reading else "exchange:result", batch.pk)
    page = queries.preview_page(batch, reading, request.GET) | {"form": ConfirmForm()}
    return render(request, "exchange/preview.html", page)


@requires("exchange.import")
def columns(request, batch_id):
    """Point out by hand which column holds what."""
    batch = _batch(request, batch_id, confirmed_at=None)
    reading = actions.reading_of(batch, today=request.today)
    form = ColumnsForm(request.POST or None, reading=reading)
    if form.is_valid():
        actions.point_out_columns(batch, form.cleaned_data)
        return redirect("exchange:preview", batch.pk)
    return render(request, "exchange/columns.html", {"batch": batch, "form": form, "reasons": reading.reasons})


@requires("exchange.import")
@require_POST
def confirm(request, batch_id):
    """Make the rows, some hundreds at a time; a longer list goes on from the page that follows."""
    batch, form = _batch(request, batch_id), ConfirmForm(request.POST)
    wanted = batch.with_doubtful if batch.confirmed_at else form.is_valid() and form.cleaned_data["with_doubtful"]
    actions.make_rows(batch, today=request.today, with_doubtful=wanted, by=request.member)
    return redirect("exchange:result", batch.pk)


@requires("exchange.import")
def result(request, batch_id):
    """What was made, what was known already, and what was refused and why."""
    batch = _batch(request, batch_id, confirmed_at__isnull=False)
    rows = queries.refused_rows(batch)
    return list_page(request, rows, "exchange/result.html", title=batch.file_name, batch=batch)


@requires("exchange.import")
def refused(request, batch_id):
    """The refused rows as a spreadsheet, as they stood, with their reasons: lost to nobody."""
    batch = _batch(request, batch_id)
    rows, shown = queries.refused_rows(batch), queries.refused_columns(batch)
    return sheet_response(shown, rows.iterator(chunk_size=500), title=_("Refused rows"))


@requires("exchange.import")
@require_POST
def discard(request, batch_id):
    """Throw a list away that nothing was made of."""
    actions.discard_list(_batch(request, batch_id, confirmed_at=None))
    messages.success(request, _("The list was thrown away. Nothing was made of it."))
    return redirect("exchange:import")
