"""Putting an archive back: checked first, then all of it or nothing."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from intrek.ground.common.archive import contents
from intrek.ground.common.archive.backup import copy_files, scratch_database
from intrek.ground.common.archive.contents import BadArchive, Manifest
from intrek.ground.common.archive.rows import kept_models, load_table, reset_sequences

SCRATCH = "restored"
SECONDS_FOR_A_LOCK = 30


class CannotRestore(Exception):
    """Why nothing was put back."""


def restore(archive: Path, *, replace: bool = False) -> Manifest:
    """Make this installation the one of the archive; refused on one that holds something, unless it may be replaced."""
    data: Path = settings.DATA_DIR
    with tempfile.TemporaryDirectory(prefix="intrek-restore-", dir=data) as name:
        unpacked, new_files = Path(name) / "archive", Path(name) / "files"
        manifest = contents.read(archive, unpacked)
        refuse_unknown_migrations(manifest)
        if not replace and not is_empty():
            raise CannotRestore(
                "This installation holds something. With --replace all of it makes way for the archive."
            )
        copy_files(unpacked, new_files)
        put_rows = _into_sqlite if connection.vendor == "sqlite" else _into_postgresql
        put_rows(unpacked, manifest)
        put_files(new_files, data, Path(name) / "old")
    return manifest


def refuse_unknown_migrations(manifest: Manifest) -> None:
    """An archive of a newer program holds what this one does not know."""
    known = MigrationLoader(None).disk_migrations
    unknown = [
        f"{app}.{name}" for app, names in manifest.migrations.items() for name in names if (app, name) not in known
    ]
    if unknown:
        raise CannotRestore(f"The archive is of a newer version of Intrek: it knows {', '.join(sorted(unknown)[:5])}.")


def is_empty() -> bool:
    """Whether nobody has entered anything here."""
    there = set(connection.introspection.table_names())
    return not any(model._base_manager.exists() for model in kept_models() if model._meta.db_table in there)


def fill(unpacked: Path, manifest: Manifest, *, using: str) -> None:
    """An empty database goes to the state of the archive, takes its rows, and then on to the state of the program."""
    loader = MigrationLoader(None)
    reached = [(app, _last(loader, app, names)) for app, names in manifest.migrations.items()]
    MigrationExecutor(connections[using]).migrate(reached)
    tables = {model._meta.db_table: model for model in kept_models(loader.project_state(reached).apps)}
    if missing := set(manifest.rows) - set(tables):
        raise BadArchive(f"The archive has rows of unknown tables: {', '.join(sorted(missing))}.")
    with transaction.atomic(using=using):
        defer_constraints(using)
        for table, count in manifest.rows.items():
            loaded = load_table(tables[table], unpacked / "rows" / f"{table}.jsonl", using=using)
            if loaded != count:
                raise BadArchive(f"{table} has {loaded} rows; the archive promises {count}.")
        connections[using].check_constraints()
        reset_sequences(list(tables.values()), using=using)
    call_command("migrate", database=using, verbosity=0, interactive=False)


def defer_constraints(using: str) -> None:
    """Rows may point at rows that come later; migrations before them, in the same transaction, asked otherwise."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _last(loader: MigrationLoader, app: str, names: list[str]) -> str:
    """The migration of this app that no other of these builds on."""
    needed = {parent for name in names for parent in loader.disk_migrations[app, name].dependencies}
    leaves = [name for name in names if (app, name) not in needed]
    if len(leaves) != 1:
        raise BadArchive(f"The migrations of {app} in the archive do not end in one.")
    return leaves[0]


def _into_sqlite(unpacked: Path, manifest: Manifest) -> None:
    path = unpacked / "new.sqlite3"
    with scratch_database(SCRATCH, path):
        fill(unpacked, manifest, using=SCRATCH)
    connection.ensure_connection()
    copy = sqlite3.connect(path)
    # The engine copies page by page under its own lock: who reads meanwhile sees the old or the new, never a mixture.
    copy.backup(connection.connection)
    copy.close()
    connection.close()


def _into_postgresql(unpacked: Path, manifest: Manifest) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS_FOR_A_LOCK}s'")
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        fill(unpacked, manifest, using=DEFAULT_DB_ALIAS)


def put_files(new: Path, data: Path, old: Path) -> None:
    """The files of the archive take the place of those that are there."""
    old.mkdir()
    for name in (*contents.FOLDERS, contents.SECRET):
        if (data / name).exists():
            (data / name).rename(old / name)
        if (new / name).exists():
            shutil.move(new / name, data / name)
