"""Files from outside: what they are is told by what they hold, and nothing of them is kept but what was made anew."""

import json
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from intrek.ground.common.refusals import Refusal
from intrek.ground.documents.rules import Unfit

PROGRAM = Path(__file__).parent / "cleaning.py"
START = 5  # seconds that a busy machine may need beside the work itself
FOUND, WELL = "FOUND", "OK"


@dataclass(frozen=True)
class Cleaned:
    """A file made anew: a photo or a PDF, with a small picture of it. With a signature it is kept to the byte."""

    title: str
    kind: str
    pages: int
    has_signature: bool
    file: bytes
    small: bytes


def cleaned(file: BinaryIO, title: str, size: int) -> Cleaned | Refusal:
    """The file made anew, or the reason why it is not taken in."""
    if size > settings.UPLOAD_MOST_BYTES:
        return Refusal(Unfit.TOO_LARGE, {"file": title, "most": settings.UPLOAD_MOST_BYTES // 2**20})
    file.seek(0)  # a form may be read twice
    content = file.read()
    why_not = "" if content else "empty"
    told, rest = ({}, b"") if why_not else _made_anew(content)
    why_not = why_not or told["why_not"] or virus_in(content)
    if why_not:
        return Refusal(Unfit(why_not), {"file": title, "most": settings.UPLOAD_LIMITS["pages"]})
    new, small = rest[: told["file"]], rest[told["file"] :]
    return Cleaned(title, told["kind"], told["pages"], told["has_signature"], new, small)


def _made_anew(content: bytes) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-I", str(PROGRAM)]
    sent = json.dumps(settings.UPLOAD_LIMITS).encode() + b"\n" + content
    most = settings.UPLOAD_LIMITS["seconds"] + START
    try:
        done = subprocess.run(command, input=sent, capture_output=True, timeout=most, check=False)  # noqa: S603  our own program
    except subprocess.TimeoutExpired:
        return {"why_not": Unfit.TOO_HEAVY.value}, b""
    if done.returncode:  # it was ended, or it fell over something that nobody foresaw: in both cases nothing is kept
        return {"why_not": Unfit.TOO_HEAVY.value}, b""
    line, _, rest = done.stdout.partition(b"\n")
    return json.loads(line), rest


def virus_in(content: bytes) -> str:
    """The name of the reason if a scanner is set up and finds something, or cannot be asked; empty if all is well."""
    if not settings.CLAMD:
        return ""
    try:
        verdicts = scanner().instream(BytesIO(content))
    except (ClamdError, OSError):
        return Unfit.NOT_SCANNED.value
    told = {each[0] for each in verdicts.values()}
    if FOUND in told:
        return Unfit.VIRUS.value
    return "" if told == {WELL} else Unfit.NOT_SCANNED.value


def scanner() -> ClamdUnixSocket | ClamdNetworkSocket:
    """ClamAV, by a socket of this machine or as host:port."""
    told = settings.CLAMD
    if told.startswith("/"):
        return ClamdUnixSocket(told, timeout=settings.UPLOAD_LIMITS["seconds"])
    host, _, port = told.rpartition(":")
    return ClamdNetworkSocket(host, int(port), timeout=settings.UPLOAD_LIMITS["seconds"])
