"""Migrations worked out once: what they said to one empty database is said to the next.

Nine tenths of migrating is Django's picture of the tables in between, which is the same each time.
"""

from django.db.migrations.executor import MigrationExecutor

TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT")
_said = {}


class Replayed(MigrationExecutor):
    """Migrates an empty database; the second time to the same targets it says the same statements again."""

    def migrate(self, targets, **options):
        told = (self.connection.vendor, *sorted(targets))
        if told in _said:
            return self._say_again(_said[told])
        statements = []

        def note(execute, sql, params, many, context):
            if not sql.startswith(TRANSACTIONS):
                statements.append((sql, params, many))
            return execute(sql, params, many, context)

        with self.connection.execute_wrapper(note):
            reached = super().migrate(targets, **options)
        _said[told] = statements
        return reached

    def _say_again(self, statements):
        with self.connection.cursor() as cursor:
            for sql, params, many in statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
