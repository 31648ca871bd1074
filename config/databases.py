"""Which database this installation runs on, and the settings that keep what it was told."""

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url

from intrek.ground.common.durability import sqlite_options

SQLITE_FILE = "intrek.sqlite3"
SECONDS_TO_KEEP_A_CONNECTION = 600
# What changes the tables themselves works as their owner; nothing else does.
OF_THE_OWNER = {"migrate", "restore"}


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL, else one SQLite file in the data folder. Never ATOMIC_REQUESTS: on SQLite no lock while a page is drawn."""
    owner = os.environ.get("DATABASE_OWNER_URL") if OF_THE_OWNER & set(sys.argv[1:2]) else ""
    url = owner or os.environ.get("DATABASE_URL") or f"sqlite:///{folder / SQLITE_FILE}"
    settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=SECONDS_TO_KEEP_A_CONNECTION)}
    if "sqlite" in settings["ENGINE"]:
        settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **sqlite_options()}
    elif "postgresql" in settings["ENGINE"]:
        settings["CONN_HEALTH_CHECKS"] = True
    else:
        raise ValueError("DATABASE_URL must be sqlite:// or postgresql://.")
    return settings


def application_role() -> str:
    """The role in PostgreSQL that pages work as: the user of DATABASE_URL."""
    return str(dj_database_url.parse(os.environ.get("DATABASE_URL") or "sqlite://").get("USER") or "")
