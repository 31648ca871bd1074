"""What a form carries along unseen, and how it is read when it comes back: never trusted, never able to break a page."""

import json
import re
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

VERSION, BASE, SEEN, THEIRS, MORE, OWNER, NEXT = "_version", "_base", "_seen", "_theirs", "_more", "_owner", "_next"
OWN_NAMES = {"csrfmiddlewaretoken", VERSION, BASE, THEIRS, MORE, OWNER, NEXT}
KEY = re.compile(r"[a-z0-9_.:-]{3,86}", re.ASCII)
MOST_BYTES = 200_000
DAYS_OF_A_PAGE = 7

Sent = dict[str, list[str]]


def typed_answers(sent: Any) -> Sent:
    """What a person typed, of all that a form sends."""
    # A database of text cannot hold the null character, and nobody means it.
    return {name: [each.replace("\x00", "") for each in sent.getlist(name)] for name in sent if name not in OWN_NAMES}


def told_version(text: Any) -> int | None:
    """The version of the row that a form was made from."""
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 10 else None


def told_answers(text: Any) -> Sent:
    """Answers that a form carried along; nothing when they are not ours."""
    try:
        found = json.loads(text or "{}")
    except (TypeError, ValueError, RecursionError):
        return {}
    items = found.items() if isinstance(found, dict) else ()
    return {
        str(name): [str(each).replace("\x00", "") for each in texts] for name, texts in items if isinstance(texts, list)
    }


def owner_token(user_id: Any, key: str) -> str:
    """Says, signed, for whom a form was made and which form it is."""
    return signing.dumps([str(user_id), key], salt="form")


def told_owner(text: Any) -> tuple[str, str] | None:
    """For whom a form was made, and its key; nothing when we did not sign that in the last days."""
    try:
        user_id, key = signing.loads(str(text), salt="form", max_age=DAYS_OF_A_PAGE * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(user_id), str(key)


def page_of_form(request: HttpRequest) -> str:
    """The address of the page that the form stands on, when it is one of ours."""
    asked = request.POST.get(NEXT, "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else ""
