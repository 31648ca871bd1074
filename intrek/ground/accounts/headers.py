"""What a browser is told beside every page: keep no copy of what is about people, and lend nothing of this device to anybody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

# None of these is used by a page of Intrek.
CLOSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "serial", "usb")
PERMISSIONS = ", ".join(f"{name}=()" for name in CLOSED)
# No page of another site reads ours or shares a process with it.
ISOLATION = {"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}


class HeadersMiddleware:
    """Pages of who is signed in are kept nowhere; who signs out leaves nothing behind in the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_in = request.user.is_authenticated
        response = self.get_response(request)
        for name, value in ISOLATION.items():
            response.setdefault(name, value)
        response["Permissions-Policy"] = PERMISSIONS
        if was_in or request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        if was_in and not request.user.is_authenticated and request.path == reverse("account_logout"):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response
