"""How a row of the record is sealed: digests that a later change cannot keep."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

START = ""
# What of a row the chain holds; the payload only through its digest, so that it may be emptied and the chain still holds.
ACT = ("pathway_id", "person_id", "subject_type", "subject_id", "verb", "on", "by_id", "by_label")
LOOK = ("member_id", "by_label", "for_label", "role", "page", "method", "outcome", "why")
FIXED = {
    "act": ("id", "programme_id", "created_at", "digest", *ACT),
    "look": ("id", "programme_id", "created_at", "digest", *LOOK),
}
PAYLOAD = {"act": ("facts",), "look": ("kinds", "seen")}


def plain(value: Any) -> str:
    """A value as both databases give it back, where it is none that JSON knows."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


# Made once: a record of a million rows is gone through with it.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain).encode


def _hash(*parts: Any) -> str:
    return hashlib.sha256(_encode(parts).encode()).hexdigest()


def payload_digest(kind: str, row: Mapping[str, Any], salt: str) -> str:
    """The seal of what an erasure may empty; without the salt nobody can guess what it was."""
    return _hash(salt, *(row[name] for name in PAYLOAD[kind]))


def sealed(kind: str, **payload: Any) -> dict[str, Any]:
    """What goes into a row: the payload, a fresh salt, and the seal over both."""
    salt = secrets.token_hex(16)
    return payload | {"salt": salt, "digest": payload_digest(kind, payload, salt)}


def link_digest(before: str, kind: str, row: Mapping[str, Any]) -> str:
    """The seal of a row at its place: it holds the link before it."""
    return _hash(before, kind, *(row[name] for name in FIXED[kind]))


def is_whole(kind: str, row: Mapping[str, Any]) -> bool:
    """Whether the payload is what it was, or was emptied by an erasure."""
    if row["salt"]:
        return payload_digest(kind, row, row["salt"]) == row["digest"]
    return not any(row[name] for name in PAYLOAD[kind])
