"""The scratch installation that a measurement is made on."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def surroundings(folder: str, addresses: dict[str, str]) -> dict[str, str]:
    """The environment of a process on the database of these addresses; without any on an SQLite file in the folder."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return {**outside, "INTREK_DATA": folder, "PYTHONPATH": str(ROOT), **addresses}


def analyse() -> None:
    """What an installation's database does by itself after a while: count and tidy its tables. On PostgreSQL only their owner may."""
    if address := os.environ.get("DATABASE_OWNER_URL"):
        with psycopg.connect(address, autocommit=True) as owner:
            owner.execute("VACUUM ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def make_tables() -> None:
    """As an installation does: by their owner, in a process of its own."""
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
