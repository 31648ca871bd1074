"""The second wall, in PostgreSQL itself: whoever asks for one programme is shown the rows of that programme and of no other.

Pages filter already (``visible_to``). This wall stands where a filter was forgotten: row-level security on every table that carries
its programme. A request says in its own transaction for which programme it asks; who says nothing is shown nothing. SQLite knows no
such wall: there the filters stand alone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

SETTING, EVERY = "intrek.programme", "*"
POLICY = "asked_programme"
# Policies of earlier versions: theirs read the keys out of text again for every row, which cost more than the rows themselves.
FORMER = ("own_programme",)
# The setting is read, and its keys are made, once for a query and not once for a row.
SAID = f"(SELECT current_setting('{SETTING}', true))"
ASKED = f"ARRAY(SELECT unnest(string_to_array(nullif(current_setting('{SETTING}', true), '{EVERY}'), ','))::uuid)"
# Tables that carry a programme and stand outside, and why. The others outside carry none (tests/house/tables.py).
LEFT_OUT = {
    "partners.Organisation": "who is asking, and for whom they work, is read before it is known for which programme they ask",
    "partners.Contact": "who is asking is read before it is known for which programme they ask",
    "partners.Membership": "it says for which programme somebody may ask",
    "access.BreakIn": "it stands between two programmes: that of the file, and that of who opened it",
    "accounts.Draft": "what somebody is typing belongs to their account, and may be of no programme",
}


def walled() -> list[type[Model]]:
    """The tables behind the wall."""
    ours = (model for model in apps.get_models() if model.__module__.startswith("intrek."))
    return [model for model in ours if _carries_programme(model) and model._meta.label not in LEFT_OUT]


def _carries_programme(model: type[Model]) -> bool:
    return any(field.attname == "programme_id" for field in model._meta.concrete_fields)


@contextmanager
def within(*programme_ids: UUID | str) -> Iterator[Callable[[], None]]:
    """In here only the rows of this programme (rarely of two) are there, in one transaction; with its end the wall closes.

    Gives a way to take back all that was written in here without raising an error.
    """
    if connection.vendor != "postgresql":
        yield _nothing_to_take_back
        return
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        before = _say(",".join(map(str, programme_ids)), is_local=True)
        yield partial(transaction.set_rollback, True)
        if is_nested and not connection.needs_rollback:  # the transaction goes on for who asked before
            _put_back(before, is_local=True)


def _nothing_to_take_back() -> None:
    """Without a wall every action stands or falls by itself."""


@contextmanager
def throughout() -> Iterator[None]:
    """For who runs the installation, never for a page: in here the rows of every programme are there."""
    if connection.vendor != "postgresql":
        yield
        return
    before = _say(EVERY, is_local=False)
    try:
        yield
    finally:
        if connection.is_usable() and not connection.needs_rollback:
            _put_back(before, is_local=False)


def let_in(programme_id: UUID) -> None:
    """Whoever makes a programme goes on within it, until the transaction ends."""
    if connection.vendor == "postgresql" and _said() != EVERY:
        _say(str(programme_id), is_local=True)


def _said() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
        return str(cursor.fetchone()[0])


def _say(programme: str, *, is_local: bool) -> str:
    """Say for which programme is asked; what was said before."""
    asked = "SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(asked, [SETTING, SETTING, programme, is_local])
        return str(cursor.fetchone()[0])


def _put_back(programme: str, *, is_local: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, %s)", [SETTING, programme, is_local])


def see_every_row(connection: Any) -> None:
    """A migration that changes rows finds those of every programme."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, EVERY])


def build(connection: Any) -> None:
    """Put the wall up where it does not stand, and let the application's own role in at the door; for the owner of the tables."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in gaps(connection):
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            for name in (POLICY, *FORMER):
                cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
            cursor.execute(
                f"CREATE POLICY {POLICY} ON {table} USING (programme_id = ANY ({ASKED}) OR {SAID} = '{EVERY}')"
            )
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] != settings.DATABASE_ROLE:
            _grant(cursor, connection.ops.quote_name(settings.DATABASE_ROLE))


def _grant(cursor: Any, role: str) -> None:
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")


def gaps(connection: Any) -> list[str]:
    """The tables around which the wall does not stand."""
    if connection.vendor != "postgresql":
        return []
    asked = """SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
        WHERE relrowsecurity AND relforcerowsecurity AND polname = %s AND relnamespace = 'public'::regnamespace"""
    with connection.cursor() as cursor:
        cursor.execute(asked, [POLICY])
        standing = {name for (name,) in cursor.fetchall()}
    return sorted({model._meta.db_table for model in walled()} - standing)


def is_owner(connection: Any) -> bool:
    """Whether the role we work as owns a table, and could take the wall around it down."""
    owned = "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relkind = 'r' AND pg_get_userbyid(relowner) = current_user)"
    with connection.cursor() as cursor:
        cursor.execute(owned)
        return bool(cursor.fetchone()[0])
