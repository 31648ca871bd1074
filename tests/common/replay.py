"""What was worked out once is said again: the statements that one empty database heard, to the next.

Nine tenths of migrating is Django's picture of the tables in between, which is the same each time; so are the rows of a
programme, with which nearly every test begins.
"""

from contextlib import contextmanager

from django.db.migrations.executor import MigrationExecutor

TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT")
_said = {}


@contextmanager
def noted(connection):
    """The statements said in here, but for those that open and close transactions."""
    statements = []

    def note(execute, sql, params, many, context):
        if not sql.startswith(TRANSACTIONS):
            statements.append((sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def say_again(connection, statements):
    with connection.cursor() as cursor:
        for sql, params, many in statements:
            (cursor.executemany if many else cursor.execute)(sql, params)


class Replayed(MigrationExecutor):
    """Migrates an empty database; the second time to the same targets it says the same statements again."""

    def migrate(self, targets, **options):
        told = (self.connection.vendor, *sorted(targets))
        if told in _said:
            return say_again(self.connection, _said[told])
        with noted(self.connection) as statements:
            reached = super().migrate(targets, **options)
        _said[told] = statements
        return reached
