"""What a browser sends is looked at for its size before a byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PIECE = 2**20


class SentMiddleware:
    """More than a form with its files can be is not taken in: a page says so, and what was typed still stands in its draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.SENT_MOST_BYTES
        if not length.isdigit() or int(length) <= most:
            return self.get_response(request)
        self._pass_by(request, min(int(length), 2 * most))
        return render(request, "413.html", {"most": most // PIECE}, status=413)

    def _pass_by(self, request: HttpRequest, length: int) -> None:
        # A browser that is still sending shows no page; what is somewhat too large is read and forgotten so that it does.
        while length > 0 and request.read(PIECE):
            length -= PIECE
