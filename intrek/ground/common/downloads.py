"""A file leaves the house as a download, never as a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from intrek.ground.common.pages import say_why
from intrek.ground.common.refusals import Refused

PDF, JPEG = "application/pdf", "image/jpeg"


def as_picture(content: bytes) -> HttpResponse:
    """A picture that was drawn here, on a page of ours and nowhere else."""
    response = as_download(content, "", JPEG)
    response["Content-Disposition"] = "inline"
    return response


def as_download(content: bytes, name: str, content_type: str = PDF) -> HttpResponse:
    """The file under a name that names nobody; nothing in it may run, whatever it is."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def made_or_told(request: HttpRequest, make: Callable[[], bytes], *, name: str, back: str) -> HttpResponse:
    """The file that this makes; if it is refused, the page it was asked from says every reason why."""
    try:
        return as_download(make(), name)
    except Refused as refused:
        say_why(request, refused.reasons)
        return redirect(back)
