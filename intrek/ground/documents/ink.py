"""A signature as it was drawn: the strokes of a pen, and the picture that is made of them. Nothing else of the drawing is kept."""

import json
from typing import Any

from intrek.ground.common.refusals import Refusal
from intrek.ground.documents.rules import Reason

Strokes = list[list[int]]

# The box in which one signs, in points of its own, whatever the size of the screen.
WIDE, HIGH = 1000, 400
MOST_STROKES, MOST_NUMBERS = 200, 12_000
# Less than this is a slip of the finger and no signature.
LEAST = 60


def strokes_of(typed: str) -> Strokes | Refusal:
    """The strokes that a page sent: of each its points, across and down in turn; none when the box is empty."""
    if not typed.strip():
        return []
    try:
        told = json.loads(typed)
    except (ValueError, RecursionError):
        return Refusal(Reason.NOT_INK, form_field="ink")
    if not is_ink(told):
        return Refusal(Reason.NOT_INK, form_field="ink")
    return told if _length(told) >= LEAST else []


def is_ink(told: Any) -> bool:
    """Whether these are strokes within the box, and no more than a hand draws."""
    if not isinstance(told, list) or len(told) > MOST_STROKES:
        return False
    if not all(isinstance(each, list) and each and len(each) % 2 == 0 for each in told):
        return False
    if sum(map(len, told)) > MOST_NUMBERS:
        return False
    return all(type(n) is int and 0 <= n <= (HIGH if at % 2 else WIDE) for each in told for at, n in enumerate(each))


def _length(strokes: Strokes) -> int:
    return sum(
        abs(each[at] - each[at - 2]) + abs(each[at + 1] - each[at - 1])
        for each in strokes
        for at in range(2, len(each), 2)
    )


def picture_of(strokes: Strokes) -> str:
    """The signature as an SVG."""
    paths = " ".join("M" + " L".join(f"{each[at]} {each[at + 1]}" for at in range(0, len(each), 2)) for each in strokes)
    pen = 'fill="none" stroke="#1d2a30" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"><path d="{paths}" {pen}/></svg>'
