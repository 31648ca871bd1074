"""What keeps SQLite from losing or keeping what it should not. No Django here: the settings read it."""

import sqlite3
from typing import Any

WAL_SAFE_FROM = (3, 51, 3)
WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))
SECONDS_TO_WAIT = 20


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has no race in WAL mode: 3.7.0 to 3.51.2 can lose or corrupt commits, two backports excepted."""
    backported = any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_BACKPORTS)
    return version >= WAL_SAFE_FROM or backported


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """The journal this SQLite may be trusted with."""
    return "WAL" if wal_is_safe(version) else "DELETE"


PRAGMAS = {"journal_mode": journal_mode(), "synchronous": "FULL", "secure_delete": "ON", "foreign_keys": "ON"}


def sqlite_options() -> dict[str, Any]:
    """Nothing acknowledged is lost at a power cut, nothing deleted stays readable in the file, writers wait their turn."""
    commands = ";".join(f"PRAGMA {name}={value}" for name, value in PRAGMAS.items())
    return {"transaction_mode": "IMMEDIATE", "timeout": SECONDS_TO_WAIT, "init_command": commands}
