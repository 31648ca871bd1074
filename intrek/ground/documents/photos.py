"""Photos on a paper: shrunk to what is seen in print, and set inside what the press is given, so that they lie nowhere else."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from PIL import Image

from intrek.ground.documents import store

# Two beside each other on a page: some 300 points to the inch.
SIDE, QUALITY = 1000, 80


def with_photos(content: dict[str, Any]) -> dict[str, Any]:
    """What a paper says with its photos in it, each of which was named by where the store keeps it."""
    articles = [each | {"blocks": [_with_photos(block) for block in each["blocks"]]} for each in content["articles"]]
    return content | {"articles": articles}


def _with_photos(block: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] != "photos":
        return block
    return block | {
        "photos": [{"alt": each["alt"], "svg": as_svg(store.fetch(each["name"]))} for each in block["photos"]]
    }


def as_svg(file: bytes) -> str:
    """A photo of ours as a drawing that holds it: what the press sets without knowing of files."""
    out = BytesIO()
    with Image.open(BytesIO(file), formats=("JPEG",)) as photo:
        photo.thumbnail((SIDE, SIDE))
        photo.save(out, "JPEG", quality=QUALITY)
        wide, high = photo.size
    told = b64encode(out.getvalue()).decode()
    size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    image = f'<image href="data:image/jpeg;base64,{told}" width="{wide}" height="{high}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>'
