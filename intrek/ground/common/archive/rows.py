"""The rows of an installation as text, the same from SQLite and from PostgreSQL: one file per table, one row per line."""

import base64
import itertools
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models
from django.utils.duration import duration_string

# What migrations and signing in make anew; nothing of ours points at it.
NOT_KEPT = {"auth", "contenttypes", "sessions"}
AT_A_TIME = 500
Model = type[models.Model]


class Registry(Protocol):
    """Where tables are looked up: those of the code, or those of a moment in the migrations."""

    def get_models(self, include_auto_created: bool = ..., include_swapped: bool = ...) -> Iterable[Model]: ...


def kept_models(registry: Registry = apps) -> list[Model]:
    """Every table that an archive holds, tables between tables included."""
    every = registry.get_models(include_auto_created=True)
    kept = [model for model in every if model._meta.app_label not in NOT_KEPT and model._meta.managed]
    return sorted((model for model in kept if not model._meta.proxy), key=lambda model: model._meta.db_table)


def _written(model: Model) -> list[models.Field[Any, Any]]:
    """The columns that somebody wrote; the others the database works out again."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def dump_table(model: Model, path: Path, *, using: str) -> int:
    """Write the table; says how many rows. The first line names the columns."""
    columns = [field.attname for field in _written(model)]
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(columns) + "\n")
        rows = model._base_manager.using(using).order_by("pk").values_list(*columns)
        for row in rows.iterator(chunk_size=AT_A_TIME):
            file.write(json.dumps(row, default=as_text, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return count


def as_text(value: object) -> str:
    """What JSON does not know, so that the field can read it back."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case timedelta():
            return duration_string(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"{type(value).__name__} has no place in an archive.")


def load_table(model: Model, path: Path, *, using: str) -> int:
    """Insert the rows as they were, without asking signals or defaults; says how many."""
    with path.open(encoding="utf-8") as file:
        columns = json.loads(next(file))
        fields = {field.attname: field for field in _written(model)}
        if set(columns) != set(fields):
            raise ValueError(f"{model._meta.db_table}: the columns of the archive are not those of the table.")
        return _insert(model, [fields[column] for column in columns], file, using)


def _insert(model: Model, fields: list[models.Field[Any, Any]], lines: Iterator[str], using: str) -> int:
    connection = connections[using]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608  names, quoted
    count = 0
    with connection.cursor() as cursor:
        while batch := list(itertools.islice(lines, AT_A_TIME)):
            cursor.executemany(sql, [_stored(fields, json.loads(line), connection) for line in batch])
            count += len(batch)
    return count


def _stored(fields: list[models.Field[Any, Any]], values: list[Any], connection: Any) -> list[Any]:
    pairs = zip(fields, values, strict=True)
    return [field.get_db_prep_save(field.to_python(value), connection) for field, value in pairs]


def reset_sequences(tables: list[Model], *, using: str) -> None:
    """Let the database count on from the highest number that was loaded."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(sql)
