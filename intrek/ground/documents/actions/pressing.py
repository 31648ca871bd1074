"""A paper is set by the press, or refused with the letters that it does not have."""

from typing import Any

from intrek.ground.common.refusals import Refusal, Refused
from intrek.ground.documents.press import Unprintable, press
from intrek.ground.documents.rules import Reason


def pressed(content: dict[str, Any]) -> bytes:
    """The paper as a PDF."""
    try:
        return press(content)
    except Unprintable as letters:
        raise Refused([Refusal(Reason.NO_LETTERS, {"letters": str(letters)})]) from letters
