"""What comes in from outside is made anew: a photo is drawn again, a PDF is opened and rewritten without what could run.

A program of its own, started with nothing but the file: it knows no database and no settings, may take little time and memory, and if it
dies, it dies alone. From standard input: a line of JSON with the limits, then the file. To standard output: a line of JSON with what was
found, then the new file and a small picture of it, one after the other.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

MIB = 2**20
PHOTOS = ("JPEG", "PNG", "WEBP")
PDF_MARK, WITHIN = b"%PDF-", 1024
# Beginnings of files that people take for a scan or a photo.
LETTERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
SMALL, QUALITY, LARGE = 320, 85, 20_000_000
ACTIVE_ACTIONS = {
    *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/RichMediaExecute", "/Rendition"),
    *("/Movie", "/Sound"),
}
ACTIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
ACTIVE_KEYS = ("/AA", "/XFA", "/EF", "/AF", "/JavaScript", "/EmbeddedFiles", "/JS")
ACTIVE_ROOT = ("/OpenAction", "/Collection", "/Metadata")
# Parts of a JPEG that tell where and by whom it was taken: EXIF and XMP, Photoshop's, a remark. Colours stand in others.
TELLING, PICTURE_BEGINS, JPEG_BEGINS = {0xE1, 0xED, 0xFE}, 0xDA, b"\xff\xd8"


@dataclass(frozen=True)
class Limits:
    """How much one file may take; ``side`` is the longest side of a photo that is kept, in pixels."""

    seconds: int
    mebibytes: int
    pixels: int
    side: int
    pages: int


@dataclass(frozen=True)
class Found:
    """What a file is; ``why_not`` is the name of the reason it is refused, empty if it is not."""

    why_not: str = ""
    kind: str = ""
    pages: int = 1
    has_signature: bool = False


class Refused(Exception):
    """The file is not taken in, for this reason."""


def cleaned(content: bytes, limits: Limits) -> tuple[Found, bytes, bytes]:
    """What the file is, the file made anew, and a small picture of it. Raises Refused with the name of the reason."""
    if content.startswith(LETTERS):
        raise Refused("letter")
    if PDF_MARK in content[:WITHIN]:
        return cleaned_pdf(content, limits)
    return cleaned_photo(content, limits)


def cleaned_photo(content: bytes, limits: Limits) -> tuple[Found, bytes, bytes]:
    """The picture, upright, drawn anew: nothing of the old file is in it, so neither where it was taken nor by whom."""
    points = 0
    try:
        with Image.open(BytesIO(content), formats=PHOTOS) as photo:
            points = photo.width * photo.height
            if points > limits.pixels:
                raise Refused("too_many_pixels")
            # Shrunk where it lies, before all else: a copy of a large photo is as large again.
            photo.thumbnail((limits.side, limits.side))
            ImageOps.exif_transpose(photo, in_place=True)
            drawn = on_white(photo)
            drawn.info.clear()  # a remark in the file would be written into the new one
    except UnidentifiedImageError:
        raise Refused("unknown") from None
    except Image.DecompressionBombError:
        raise Refused("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError):
        # What draws a large picture says of too little memory that the picture is broken.
        raise Refused("too_heavy" if points > LARGE else "broken") from None
    return Found(kind="photo"), as_jpeg(drawn), small_of(drawn)


def on_white(picture: Image.Image) -> Image.Image:
    """In plain colours; what is see-through shows white."""
    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    over = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")


def as_jpeg(picture: Image.Image) -> bytes:
    """The picture as a file that every device shows."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def small_of(picture: Image.Image) -> bytes:
    """A picture of the picture, for a list."""
    small = picture.copy()
    small.thumbnail((SMALL, SMALL))
    return as_jpeg(small)


def cleaned_pdf(content: bytes, limits: Limits) -> tuple[Found, bytes, bytes]:
    """The pages without what could run or hide; one that carries a signature stays as it is, to the byte."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = len(pdf.pages)
            if not 0 < pages <= limits.pages:
                raise Refused("too_many_pages" if pages else "broken")
            if has_signature(pdf):
                return Found(kind="pdf", pages=pages, has_signature=True), content, first_page(content)
            disarm(pdf)
            out = BytesIO()
            pdf.save(out)
        pikepdf.open(out).close()  # what was mended so far that nobody else can open it is not kept
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except (
        pikepdf.PdfError,
        pikepdf.ForeignObjectError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
    ):
        raise Refused("broken") from None
    return Found(kind="pdf", pages=pages), out.getvalue(), first_page(out.getvalue())


def has_signature(pdf: pikepdf.Pdf) -> bool:
    """Whether somebody signed it electronically: then one changed byte would undo that."""
    return any("/ByteRange" in each for each in dictionaries(pdf))


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary in it, also those that lie inside another."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        told = waiting.pop()
        if isinstance(told, pikepdf.Dictionary):
            yield told
            inside: list[Any] = list(told.as_dict().values())
        else:
            inside = list(told) if isinstance(told, pikepdf.Array) else []
        waiting += [each for each in inside if isinstance(each, pikepdf.Object) and not each.is_indirect]


def disarm(pdf: pikepdf.Pdf) -> None:
    """Take away scripts, files inside, and all that a click would start outside of it; and what it says of its maker."""
    for told in dictionaries(pdf):
        is_action = str(told.get("/S", "")) in ACTIVE_ACTIONS
        without(told, list(told.keys()) if is_action else ACTIVE_KEYS)
        notes = told.get("/Annots")
        if isinstance(notes, pikepdf.Array):
            told["/Annots"] = pikepdf.Array([each for each in notes if not is_active(each)])
    without(pdf.Root, ACTIVE_ROOT)
    del pdf.docinfo
    for told in pdf.objects:
        if isinstance(told, pikepdf.Stream):
            untell(pdf, told)


def untell(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    """A photo in it no longer says where it was taken; its picture stays as it is, to the byte. Nor does any part say who made it."""
    without(stream, ("/Metadata",))
    filters = [str(each) for each in as_list(stream.get("/Filter"))]
    if filters[-1:] != ["/DCTDecode"]:
        return
    photo, parameters = stream.read_raw_bytes(), as_list(stream.get("/DecodeParms"))
    if filters[1:]:
        around = {"/Filter": pikepdf.Array(as_list(stream["/Filter"])[:-1])}
        if parameters:
            around["/DecodeParms"] = pikepdf.Array(parameters[:-1])
        photo = pikepdf.Stream(pdf, photo, around).read_bytes()
    last = parameters[-1] if parameters and isinstance(parameters[-1], pikepdf.Dictionary) else None
    stream.write(untold(photo), filter=pikepdf.Name.DCTDecode, decode_parms=last)


def as_list(told: Any) -> list[Any]:
    """What stands there once or in a row, as a list."""
    return list(told) if isinstance(told, pikepdf.Array) else [] if told is None else [told]


def untold(photo: bytes) -> bytes:
    """A JPEG without the parts that tell of its maker and its place; from where its picture begins on nothing is touched."""
    kept, at = [JPEG_BEGINS], len(JPEG_BEGINS)
    while photo[at : at + 1] == b"\xff":
        kind, length = photo[at + 1], int.from_bytes(photo[at + 2 : at + 4])
        if kind == PICTURE_BEGINS or length < len(b"..") or at + 2 + length > len(photo):
            break
        if kind not in TELLING:
            kept.append(photo[at : at + 2 + length])
        at += 2 + length
    return b"".join(kept) + photo[at:] if photo.startswith(JPEG_BEGINS) else photo


def without(told: pikepdf.Object, names: Iterable[str]) -> None:
    """Take these keys out of a dictionary, where they are."""
    for name in names:
        if name in told:
            del told[name]


def is_active(note: Any) -> bool:
    """Whether a note on a page is a program, a film or a file."""
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) in ACTIVE_NOTES


def first_page(content: bytes) -> bytes:
    """The first page, small."""
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            page = pdf[0]
            scale = SMALL / max(page.get_width(), page.get_height(), 1)
            picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    except (pypdfium2.PdfiumError, ValueError, ZeroDivisionError):
        raise Refused("broken") from None
    return small_of(on_white(picture))


def keep_within(limits: Limits) -> None:
    """From here on this program may take so much and no more."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (limits.mebibytes * MIB,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Read, make anew, tell."""
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    keep_within(limits)
    Image.MAX_IMAGE_PIXELS = limits.pixels
    file = small = b""
    try:
        found, file, small = cleaned(sys.stdin.buffer.read(), limits)
    except Refused as refused:
        found = Found(why_not=str(refused))
    except (MemoryError, RecursionError):
        found = Found(why_not="too_heavy")
    told = json.dumps(asdict(found) | {"file": len(file), "small": len(small)})
    sys.stdout.buffer.write(told.encode() + b"\n" + file + small)


if __name__ == "__main__":
    main()
