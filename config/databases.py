"""Which database this installation runs on, and the settings that keep what it was told."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import dj_database_url

SQLITE_FILE = "intrek.sqlite3"
WAL_SAFE_FROM = (3, 51, 3)
WAL_BACKPORTS = ((3, 50, 7), (3, 44, 6))
SECONDS_TO_WAIT = 20
SECONDS_TO_KEEP_A_CONNECTION = 600


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has no race in WAL mode: 3.7.0 to 3.51.2 can lose or corrupt commits, two backports excepted."""
    backported = any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_BACKPORTS)
    return version >= WAL_SAFE_FROM or backported


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """The journal this SQLite may be trusted with."""
    return "WAL" if wal_is_safe(version) else "DELETE"


def sqlite_options() -> dict[str, Any]:
    """Nothing acknowledged is lost at a power cut, nothing deleted stays readable in the file, writers wait their turn."""
    pragmas = [
        f"PRAGMA journal_mode={journal_mode()}",
        "PRAGMA synchronous=FULL",
        "PRAGMA secure_delete=ON",
        "PRAGMA foreign_keys=ON",
    ]
    return {"transaction_mode": "IMMEDIATE", "timeout": SECONDS_TO_WAIT, "init_command": ";".join(pragmas)}


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL, else one SQLite file in the data folder. Never ATOMIC_REQUESTS: no lock while a page is drawn."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{folder / SQLITE_FILE}"
    settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=SECONDS_TO_KEEP_A_CONNECTION)}
    if "sqlite" in settings["ENGINE"]:
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **sqlite_options()}
    elif "postgresql" in settings["ENGINE"]:
        settings["CONN_HEALTH_CHECKS"] = True
    else:
        raise ValueError("DATABASE_URL must be sqlite:// or postgresql://.")
    return settings
