"""A paper is set by the press, or refused with the letters that it does not have."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from intrek.ground.common.refusals import Refusal, Refused
from intrek.ground.common.wording import language
from intrek.ground.documents.content import sheet_content
from intrek.ground.documents.press import Unprintable, press
from intrek.ground.documents.queries import imprint_of
from intrek.ground.documents.rules import Reason
from intrek.ground.programmes.models import Programme


def pressed(content: dict[str, Any]) -> bytes:
    """The paper as a PDF."""
    try:
        return press(content)
    except Unprintable as letters:
        raise Refused([Refusal(Reason.NO_LETTERS, {"letters": str(letters)})]) from letters


def press_sheet(
    title: str,
    parts: Iterable[tuple[str, Sequence[dict[str, Any]]]],
    *,
    programme: Programme,
    reference: str,
    on: date,
) -> bytes:
    """A sheet of a room, such as a request to pay or minutes: set as papers are, in the language that is active."""
    return pressed(sheet_content(title, parts, imprint_of(programme, reference, on, language())))
