"""The pages of a paper of our own making, as pictures: what is read on a screen is the file itself, and no second rendering of it."""

from io import BytesIO
from threading import Lock

import pypdfium2

# Sharp enough to read on a tablet, about 110 points to the inch.
SCALE, QUALITY = 1.55, 80
# The library that draws them serves one thread at a time.
_ONE_AT_A_TIME = Lock()


def page_count(pdf: bytes) -> int:
    """How many pages it has."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def picture_of_page(pdf: bytes, number: int) -> bytes | None:
    """A page as a JPEG; none where there is no such page."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if not 0 < number <= len(document):
            return None
        out = BytesIO()
        document[number - 1].render(scale=SCALE).to_pil().convert("RGB").save(out, "JPEG", quality=QUALITY)
        return out.getvalue()
