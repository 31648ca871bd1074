"""What the two databases say differently."""

from typing import Any

from django.db.models import Func, IntegerField


class DaysBetween(Func):
    """Whole days from one day to a later one, in SQL."""

    arity = 2
    output_field = IntegerField()
    arg_joiner = " - "
    template = "(%(expressions)s)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        sql = "CAST(julianday({}) - julianday({}) AS INTEGER)".format(*(each[0] for each in parts))
        return sql, [value for each in parts for value in each[1]]
