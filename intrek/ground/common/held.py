"""A form that is sent after the session has died: held until the same person has signed in again, then a draft."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from intrek.ground.common.carried import (
    BASE,
    MOST_BYTES,
    OWNER,
    VERSION,
    page_of_form,
    told_answers,
    told_owner,
    told_version,
    typed_answers,
)

HELD = "held_form"


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back to the page one was on; what was sent is held."""
    if request.method == "POST":
        hold(request)
    return redirect_to_login(page_of_form(request) or request.get_full_path())


def hold(request: HttpRequest) -> None:
    """Keep what was sent in the session of this browser; only a form that we made for somebody, and only the last."""
    owner = told_owner(request.POST.get(OWNER))
    if owner is None or int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return
    request.session[HELD] = {
        "owner": owner,
        "answers": typed_answers(request.POST),
        "base_version": told_version(request.POST.get(VERSION)),
        "base": told_answers(request.POST.get(BASE)),
    }


def take_held(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """What was held of this form for who is signed in now. What was held for somebody else is gone at once."""
    held = request.session.get(HELD)
    if held is None:
        return None
    user_id, held_key = held["owner"]
    if user_id != str(request.user.pk):
        del request.session[HELD]
    elif held_key == key:
        del request.session[HELD]
        return {name: held[name] for name in ("answers", "base_version", "base")}
    return None
