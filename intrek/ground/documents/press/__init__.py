"""The press: content in, a tagged PDF out (PDF/A-2a and PDF/UA-1 in one file). Nothing of it is built from text."""

import json
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

FORM = Path(__file__).with_name("paper.typ")


LETTERS = re.compile(r'the text `"(.*?)"` could not be displayed')

# The press sets one paper at a time, whatever number of threads ask.
_ONE_AT_A_TIME = Lock()


class Unprintable(Exception):
    """There are no letters for this in the fonts of the press."""


@cache
def _compiler() -> typst.Compiler:
    # The fonts of the press itself, so that a paper looks the same on every machine.
    return typst.Compiler(str(FORM), root=str(FORM.parent), ignore_system_fonts=True)


def press(content: dict[str, Any]) -> bytes:
    """The paper as a PDF. ``content`` is what ``content_of`` makes: words and tables, no markup."""
    told = {"data": json.dumps(content)}
    try:
        with _ONE_AT_A_TIME:
            pdf = _compiler().compile(format="pdf", sys_inputs=told, pdf_standards=["a-2a", "ua-1"])
    except typst.TypstError as error:
        letters = LETTERS.search(str(error))
        if letters is None:
            raise
        raise Unprintable(letters[1]) from error
    assert isinstance(pdf, bytes)
    return pdf
