"""The migrations make the tables once for all processes of a run; each process copies them.

Migrating takes a quarter of a minute, a copy takes none. The digest is of all our code: a migration may call any of it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import connection

FOLDER = Path(settings.BASE_DIR) / "build" / "tables"
OWNER_URL, URL = "DATABASE_OWNER_URL", "DATABASE_URL"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """On SQLite the copy is there before the database is asked for."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in an installation, so that two requests have two connections; it may skip the disk's ack.

    On PostgreSQL the tables are made by their owner (see plugins/wall.py).
    """
    chosen = settings.DATABASES["default"]
    chosen["CONN_MAX_AGE"] = 0
    if connection.vendor == "postgresql" and OWNER_URL not in os.environ:
        pytest.exit(
            f"{OWNER_URL} names who owns the tables; tools/postgresql.py sets it: .venv/bin/python tools/postgresql.py COMMAND",
            2,
        )
    FOLDER.mkdir(parents=True, exist_ok=True)
    with alone():
        if connection.vendor == "postgresql":
            chosen["USER"] = urlsplit(os.environ[OWNER_URL]).username
            chosen["TEST"]["TEMPLATE"] = made_in_a_database()
        else:
            path = tmp_path_factory.mktemp("database") / "test.sqlite3"
            shutil.copy(made_in_a_file(), path)
            chosen["TEST"]["NAME"] = str(path)
            chosen["OPTIONS"]["init_command"] = chosen["OPTIONS"]["init_command"].replace("FULL", "OFF")


@contextmanager
def alone():
    """The first process makes the tables while the others wait."""
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def digest():
    """What the tables may depend on; who changes code in which no table stands says so by a name."""
    if named := os.environ.get("TABLES"):
        return named
    found = hashlib.sha256()
    sources = [*Path(settings.BASE_DIR, "intrek").rglob("*.py"), *Path(settings.BASE_DIR, "requirements").glob("*.txt")]
    for source in sorted(sources):
        found.update(str(source).encode() + source.read_bytes())
    return found.hexdigest()[:16]


def made_in_a_file():
    """A migrated file."""
    made = FOLDER / f"{digest()}.sqlite3"
    if not made.exists():
        for old in FOLDER.glob("*.sqlite3*"):
            old.unlink()
        for old in FOLDER.glob("*.files"):
            shutil.rmtree(old)
        part = made.with_suffix(".sqlite3-part")
        migrate(**{URL: f"sqlite:///{part}"})
        part.rename(made)
    return made


def filled_once(name, fill):
    """Rows and files that `fill` makes in the empty SQLite of this test; whoever asks for them by the same name gets a copy."""
    made = FOLDER / f"{digest()}-{name}.sqlite3"
    with alone():
        is_new = not made.exists()
        if is_new:
            with _files_in(made.with_suffix(".files")):
                fill()
            part = made.with_suffix(".sqlite3-part")
            with closing(sqlite3.connect(part)) as copy:
                connection.connection.backup(copy)
            part.rename(made)
    shutil.copytree(made.with_suffix(".files"), settings.MEDIA_ROOT, dirs_exist_ok=True)
    if not is_new:
        connection.ensure_connection()
        with closing(sqlite3.connect(made)) as copy:
            copy.backup(connection.connection)
        connection.close()


@contextmanager
def _files_in(folder):
    """What is kept meanwhile lies in this folder."""
    folder.mkdir(exist_ok=True)
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, folder
    yield
    settings.MEDIA_ROOT = before


def made_in_a_database():
    """The name of a migrated database, owned as in an installation."""
    name = f"tables_{digest()}"
    with psycopg.connect(os.environ[OWNER_URL], autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}")
            migrate(
                **{each: urlsplit(os.environ[each])._replace(path=f"/{name}").geturl() for each in (URL, OWNER_URL)}
            )
    return name


def migrate(**told):
    """By the command, as an installation does."""
    command = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | {"INTREK_DATA": str(FOLDER)} | told, check=True)
