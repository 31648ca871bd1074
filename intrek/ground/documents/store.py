"""Where files lie: under random names, outside the database. What they are called and who may have them is told by their row."""

import os
import secrets
from pathlib import Path

from django.conf import settings


def _place(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def keep(content: bytes) -> str:
    """Write a file to the store; its new name. It is on the disk before a row can speak of it."""
    name = secrets.token_hex(20)
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return name


def fetch(name: str) -> bytes:
    """What a file holds."""
    return _place(name).read_bytes()


def drop(name: str) -> None:
    """Take a file away; one that is gone already is no matter."""
    _place(name).unlink(missing_ok=True)
