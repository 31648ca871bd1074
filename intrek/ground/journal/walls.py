"""The record is append-only in the database itself: nothing is changed but payload and salt, to empty; nothing is taken out.

SQLite makes a table anew when a migration changes it, and its walls fall: such a migration calls ``build`` again
(``manage.py doctor`` says it when they are not there).
"""

from typing import Any

from intrek.ground.journal.rules import ACT, LOOK

FIXED = ("id", "programme_id", "created_at", "digest")
EMPTIED = {"journal_entry": ("facts", "{}"), "journal_look": ("seen", "[]")}
TABLES = {
    "journal_entry": (*FIXED, *ACT),
    "journal_look": (*FIXED, *LOOK),
    "journal_link": ("id", "programme_id", "position", "kind", "row_id", "digest", "sealed_at"),
}
MESSAGE = "The record is append-only."


def _unchanged(table: str, same: str) -> str:
    fixed = " AND ".join(f'NEW."{name}" {same} OLD."{name}"' for name in TABLES[table])
    column, empty = EMPTIED.get(table, ("", ""))
    emptied = f"""NEW."salt" = '' AND CAST(NEW."{column}" AS text) = '{empty}'""" if column else "1 = 0"
    return f"({fixed}) AND {emptied}"


def _sqlite(table: str) -> list[str]:
    stop = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return [
        f"CREATE TRIGGER {table}_keeps BEFORE DELETE ON {table} {stop}",
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} WHEN NOT ({_unchanged(table, 'IS')}) {stop}",
    ]


def _postgresql(table: str) -> list[str]:
    call = f"EXECUTE FUNCTION {table}_wall()"
    return [
        f"""CREATE FUNCTION {table}_wall() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'UPDATE' THEN IF {_unchanged(table, "IS NOT DISTINCT FROM")} THEN RETURN NEW; END IF; END IF;
        RAISE EXCEPTION '{MESSAGE}'; END $$""",
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_keeps BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]


def build(connection: Any) -> None:
    """Put the walls up; those that stand are put up anew."""
    take_down(connection)
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in statements(table):
                cursor.execute(statement)


def take_down(connection: Any) -> None:
    """Take the walls away: a test that empties its database, and nothing else."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in (f"{table}_keeps", f"{table}_stays"):
                on = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
            if connection.vendor != "sqlite":
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_wall()")


def standing(connection: Any) -> bool:
    """Whether every wall is there."""
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        there = {name for (name,) in cursor.fetchall()}
    return all({f"{table}_keeps", f"{table}_stays"} <= there for table in TABLES)
