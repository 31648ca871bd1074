"""What this installation runs on, and what is not well with it."""

import os
import platform
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from intrek import __version__
from intrek.ground.common import wall
from intrek.ground.common.durability import journal_mode, wal_is_safe

ROOM_TO_LIVE = 1 << 30
LONG_WAIT = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """One line of the report; a warning says what to do about it."""

    what: str
    value: str
    warning: str = ""


def examine(*, at: datetime) -> list[Finding]:
    """Everything, in the order one would ask."""
    return [*versions(), *database(), *schema(), *worker(at), *surroundings(settings.DATA_DIR)]


def versions() -> Iterator[Finding]:
    """The program and what it stands on."""
    yield Finding("Intrek", __version__)
    yield Finding("Python", platform.python_version())
    yield Finding("Django", django.get_version())


def database() -> Iterator[Finding]:
    """Which database, and whether it keeps what it acknowledged."""
    yield from (sqlite() if connection.vendor == "sqlite" else postgresql())


def sqlite() -> Iterator[Finding]:
    """The file, its journal and its condition."""
    yield Finding("database", f"SQLite {sqlite3.sqlite_version}, {connection.settings_dict['NAME']}")
    journal = _pragma("journal_mode")
    race = journal == "wal" and not wal_is_safe(sqlite3.sqlite_version_info)
    why = " (write-ahead logging loses commits in this version)" if journal_mode() == "DELETE" else ""
    unsafe = "This version can corrupt a database in WAL mode: use 3.51.3 or newer, or a rollback journal."
    yield Finding("journal mode", journal + why, unsafe if race else "")
    synchronous = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}[_pragma("synchronous")]
    weak = synchronous in {"OFF", "NORMAL"}
    yield Finding("synchronous", synchronous, "A power cut can take back what people saved." if weak else "")
    erases = _pragma("secure_delete") != "0"
    yield Finding("secure delete", _on(erases), "" if erases else "Deleted texts stay readable in the file.")
    guards = _pragma("foreign_keys") == "1"
    yield Finding("foreign keys", _on(guards), "" if guards else "Rows may point at nothing.")
    sound = _pragma("quick_check")
    yield Finding("condition", sound, "" if sound == "ok" else "The file is damaged: restore the last backup.")


def postgresql() -> Iterator[Finding]:
    """The server, how it writes, and with what rights we are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        role, mighty = cursor.fetchone()
        said = {}
        for name in ("server_version", "fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute(f"SHOW {name}")
            said[name] = str(cursor.fetchone()[0])
    version = said.pop("server_version")
    old = int(version.split(".")[0]) < 15
    yield Finding("database", f"PostgreSQL {version}", "Version 15 or newer is needed." if old else "")
    for name, value in said.items():
        yield Finding(name, value, "A power cut can take back what people saved." if value == "off" else "")
    advice = "Use a plain role: this one passes every wall inside the database."
    yield Finding("role", role, advice if mighty else "")
    yield from second_wall()


def second_wall() -> Iterator[Finding]:
    """Whether the database itself keeps one programme from another, and whether the pages could take that away."""
    gaps = wall.gaps(connection)
    told = f"no row-level security on {', '.join(gaps)}" if gaps else "row-level security on every table"
    yield Finding("second wall", told, "Run `manage.py migrate`." if gaps else "")
    owns = wall.is_owner(connection)
    advice = "Pages could take the wall down: let another role own the tables, and name it in DATABASE_OWNER_URL."
    yield Finding("tables owned by", "the role of the pages" if owns else "another role", advice if owns else "")


def schema() -> Iterator[Finding]:
    """Whether the tables are those of this program."""
    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield Finding("migrations", f"{behind} to do", "Run `manage.py migrate`." if behind else "")


def worker(at: datetime) -> Iterator[Finding]:
    """Whether somebody does the jobs."""
    if DBTaskResult._meta.db_table not in connection.introspection.table_names():
        return
    waiting = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", flat=True)
    oldest = waiting.first()
    late = oldest is not None and at - oldest > LONG_WAIT
    value = f"{waiting.count()} waiting"
    yield Finding("jobs", value, "Jobs wait for long: is `manage.py db_worker` running?" if late else "")


def surroundings(data: Path) -> Iterator[Finding]:
    """The data folder, mail, and what the world can reach."""
    mode = stat.S_IMODE(data.stat().st_mode)
    open_to_others = f"Others on this machine may read it: chmod 700 {data}."
    yield Finding("data folder", f"{data} ({mode:o})", open_to_others if mode & 0o077 else "")
    free = shutil.disk_usage(data).free
    yield Finding(
        "free space", f"{free / ROOM_TO_LIVE:.1f} GiB", "Make room: under 1 GiB is left." if free < ROOM_TO_LIVE else ""
    )
    to_files = "filebased" in settings.EMAIL_BACKEND
    mail = f"to files in {data / 'mail'}" if to_files else f"by {getattr(settings, 'EMAIL_HOST', '')}"
    yield Finding("mail", mail, "Nobody receives mail: set EMAIL_URL." if to_files else "")
    yield Finding(
        "virus scanner", f"at {settings.CLAMD}" if settings.CLAMD else "none (set INTREK_CLAMD to use ClamAV)"
    )
    made = len(list(settings.SEALS.glob("*.pem")))
    yield Finding("seals", f"{made} in {settings.SEALS}; made here unless you put an authority's in their place")
    secret = "from INTREK_SECRET" if os.environ.get("INTREK_SECRET") else f"in {data / 'secret'}"
    yield Finding("secret key", secret)
    yield Finding("debug", _on(settings.DEBUG), "Errors show people's data: unset DEBUG." if settings.DEBUG else "")
    plain = not settings.ADDRESS.startswith("https://") and "://localhost" not in settings.ADDRESS
    yield Finding("address", settings.ADDRESS, "Passwords travel in the open: serve it by https." if plain else "")


def _pragma(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return str(cursor.fetchone()[0])


def _on(value: object) -> str:
    return "on" if value else "off"
