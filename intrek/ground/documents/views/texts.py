"""The texts of the programme's papers: which holds, in which languages, what is being written, and approving it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intrek.ground.common.drafts import drafted
from intrek.ground.common.pages import requires, tried
from intrek.ground.documents import actions, queries
from intrek.ground.documents.forms import ApproveForm
from intrek.ground.documents.views.examples import find_text, printed


@requires("documents.texts")
def texts(request):
    """Every kind of paper, the text that holds, and what is being written."""
    kinds = queries.kinds_of(request.member.programme, request.today)
    return render(request, "documents/texts.html", {"kinds": kinds})


@requires("documents.texts")
def kind(request, paper_code):
    """One text: what it says today, its versions, and the copies to read in other languages."""
    page = queries.kind_page(request.member.programme, paper_code, request.today)
    if page.version is None and not page.texts:
        raise Http404
    return render(request, "documents/kind.html", {"code": paper_code, "binding": queries.BINDING, "page": page})


@requires("documents.write")
@require_POST
def start(request, paper_code, language):
    """A new version to write on, as the one that holds reads; a copy as the last one in its language does."""
    if language not in queries.LANGUAGES:
        raise Http404
    programme, on = request.member.programme, request.today
    start_version = partial(actions.start_version, programme, paper_code, language=language, on=on, by=request.member)
    tried(request, start_version, _("A new version lies ready to be written on."))
    return _to_draft(queries.texts_of(programme, paper_code, language).filter(approved_on=None).first())


def _to_draft(draft):
    return redirect("documents:text", draft.pk) if draft else redirect("documents:texts")


@requires("documents.texts")
def text(request, text_id):
    """One version: its articles, what differs from the one before, and approving it."""
    shown, initial = find_text(request, text_id), {"from_on": request.today}
    work = drafted(request, ApproveForm, f"documents.approve:{shown.pk}", initial=initial)
    if request.may("documents.approve") and work.saved(
        partial(actions.approve_text, shown, on=request.today, by=request.member)
    ):
        messages.success(request, _("Approved. Papers made from that day on use it."))
        return redirect("documents:text", shown.pk)
    return work.page("documents/text.html", text=shown, **_read(request, shown))


def _read(request, shown):
    """The version beside how it will be printed."""
    page = queries.text_page(shown, request.member.pk)
    return {"page": page, **printed(request, shown, has_articles=bool(page.articles))}
