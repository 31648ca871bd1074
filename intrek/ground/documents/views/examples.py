"""A version as it will be printed: for a made-up case, or for a real person whose paper it would be."""

from functools import partial
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from intrek.ground.common.downloads import as_picture, made_or_told
from intrek.ground.common.listing import listing_of
from intrek.ground.common.pages import AskedRequest, requires
from intrek.ground.common.refusals import Refused
from intrek.ground.documents import actions, queries
from intrek.ground.documents.models import Paper, Text
from intrek.ground.documents.pages import page_count, picture_of_page

# Whose paper a version is shown as, by kind of paper; it lasts as long as the member is signed in.
CASES = "documents.cases"


def find_text(request: AskedRequest, text_id: Any) -> Text:
    """A version of a text of the member's own programme."""
    return get_object_or_404(Text, pk=text_id, programme=request.member.programme)


def back_to(shown: Text) -> str:
    """Where a version is read and written."""
    return reverse("documents:text", args=[shown.pk])


def printed(request: AskedRequest, shown: Text, *, has_articles: bool) -> dict[str, Any]:
    """How many pages it takes and for whom, or why it cannot be printed; a draft without an article is not printed yet."""
    case, pages, reasons = _case(request, shown), 0, []
    try:
        pages = page_count(actions.example_of(shown, case, on=request.today)) if has_articles else 0
    except Refused as refused:
        reasons = refused.reasons
    return {"case": case, "numbers": range(1, pages + 1), "unprintable": reasons}


def _case(request: AskedRequest, shown: Text) -> Paper | None:
    chosen = request.session.get(CASES, {}).get(shown.code)
    return queries.cases_of(shown, request.member).filter(pk=chosen).first() if chosen else None


@requires("documents.texts")
def example(request, text_id):
    """The version as a file, for a made-up case: a text that nobody approved is not printed with a real name."""
    shown = find_text(request, text_id)
    make = partial(actions.example_of, shown, on=request.today)
    return made_or_told(request, make, name=f"{shown.code}-{shown.number}.pdf", back=back_to(shown))


@requires("documents.texts")
def example_page(request, text_id, number):
    """A page of it as a picture, to be read beside the text."""
    return as_picture(_drawn(request, find_text(request, text_id), number))


def _drawn(request: AskedRequest, shown: Text, number: int) -> bytes:
    try:
        drawn = picture_of_page(actions.example_of(shown, _case(request, shown), on=request.today), number)
    except Refused as refused:
        raise Http404 from refused
    if drawn is None:
        raise Http404
    return drawn


@requires("documents.texts")
def cases(request, text_id):
    """Everybody of whom such a paper lies ready: to be shown with their facts."""
    shown = find_text(request, text_id)
    listing = listing_of(request, queries.cases_of(shown, request.member))
    return render(request, "documents/cases.html", {"text": shown, "listing": listing})


@requires("documents.texts")
@require_POST
def choose_case(request, text_id, paper_id):
    """Texts of this kind are shown for this person from now on."""
    shown = find_text(request, text_id)
    case = get_object_or_404(queries.cases_of(shown, request.member), pk=paper_id)
    request.session[CASES] = request.session.get(CASES, {}) | {shown.code: str(case.pk)}
    return redirect("documents:text", shown.pk)


@requires("documents.texts")
@require_POST
def drop_case(request, text_id):
    """Texts of this kind are shown for a made-up case again."""
    shown = find_text(request, text_id)
    others = {code: paper for code, paper in request.session.get(CASES, {}).items() if code != shown.code}
    request.session[CASES] = others
    return redirect("documents:text", shown.pk)
