"""What stands in an archive, and whether it is what was put there."""

import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
FORMAT = 1
FOLDERS = ("files", "mail", "seals")
SECRET = "secret"  # noqa: S105  the name of a file
BLOCK = 1 << 20


class BadArchive(Exception):
    """The file is not a whole archive of ours; nothing was changed."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself: its migrations by app, and every file with its SHA-256."""

    format: int
    made_at: str
    database: str
    migrations: dict[str, list[str]]
    rows: dict[str, int]
    files: dict[str, str]


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file under a folder with its SHA-256, the manifest itself left out."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): fingerprint(path) for path in paths}
    return {name: digest for name, digest in found.items() if name != MANIFEST}


def write(folder: Path, archive: Path, **facts: Any) -> Manifest:
    """Pack a folder; the archive appears whole or not at all, and only its owner reads it."""
    manifest = Manifest(format=FORMAT, files=fingerprints(folder), **facts)
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    aside = archive.with_name(f"{archive.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                for name in [MANIFEST, *manifest.files]:
                    tar.add(folder / name, arcname=name, recursive=False)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(archive)
    finally:
        aside.unlink(missing_ok=True)
    return manifest


def read(archive: Path, folder: Path) -> Manifest:
    """Unpack an archive into an empty folder and compare every file with what the manifest says."""
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as error:
        raise BadArchive(f"{archive.name} is not an archive of Intrek, or not a whole one: {error}") from error
    if manifest.format != FORMAT:
        raise BadArchive(f"{archive.name} has format {manifest.format}; this version reads {FORMAT}.")
    found = fingerprints(folder)
    changed = sorted(name for name in {*found, *manifest.files} if found.get(name) != manifest.files.get(name))
    if changed:
        raise BadArchive(f"{archive.name} was damaged or changed: {', '.join(changed[:5])}.")
    return manifest
