"""Making an archive while people go on working."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from intrek.ground.common.archive import contents
from intrek.ground.common.archive.contents import Manifest
from intrek.ground.common.archive.rows import dump_table, kept_models

SNAPSHOT = "snapshot"


class CannotBackUp(Exception):
    """Why no archive was made."""


def back_up(archive: Path, *, at: datetime) -> Manifest:
    """Write everything this installation holds to one file, as it stood at one instant."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CannotBackUp("The database is behind the program: run `manage.py migrate` first.")
    with tempfile.TemporaryDirectory(prefix="intrek-backup-", dir=archive.parent) as name:
        folder = Path(name)
        (folder / "rows").mkdir()
        with snapshot(folder) as using:
            tables = {model._meta.db_table: model for model in kept_models()}
            counts = {table: dump_table(model, _rows(folder, table), using=using) for table, model in tables.items()}
        # After the rows: every file that a row names is there already.
        copy_files(settings.DATA_DIR, folder)
        applied: dict[str, list[str]] = {}
        for app, migration in sorted(executor.loader.applied_migrations):
            applied.setdefault(app, []).append(migration)
        facts = {"made_at": at.isoformat(), "database": connection.vendor, "migrations": applied, "rows": counts}
        return contents.write(folder, archive, **facts)


def _rows(folder: Path, table: str) -> Path:
    return folder / "rows" / f"{table}.jsonl"


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """The database as it stands now, under a name to read it by; nobody has to wait meanwhile."""
    reading = _sqlite_snapshot(folder / "snapshot.sqlite3") if connection.vendor == "sqlite" else _one_read()
    with reading as using:
        yield using


@contextmanager
def _sqlite_snapshot(path: Path) -> Iterator[str]:
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    with copy:
        connection.connection.backup(copy)
    copy.close()
    with scratch_database(SNAPSHOT, path):
        yield SNAPSHOT
    path.unlink()


@contextmanager
def _one_read() -> Iterator[str]:
    if connection.in_atomic_block:
        raise CannotBackUp("An archive is made outside a transaction.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield DEFAULT_DB_ALIAS


@contextmanager
def scratch_database(name: str, path: Path) -> Iterator[None]:
    """Another SQLite file under a name of its own, for as long as it is needed."""
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=OFF"}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    connections.databases[name] = connection.settings_dict | engine
    try:
        yield
    finally:
        connections[name].close()
        del connections[name]
        del connections.databases[name]


def copy_files(source: Path, target: Path) -> None:
    """The papers, the mail that has not left the house, and the key."""
    target.mkdir(exist_ok=True)
    for name in contents.FOLDERS:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name)
    if (source / contents.SECRET).is_file():
        shutil.copy(source / contents.SECRET, target / contents.SECRET)
