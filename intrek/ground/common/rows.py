"""What every row has, and how a row that people edit is saved without overwriting anyone."""

from typing import Any

from django.db import models
from django.utils import timezone

from intrek.ground.common.ids import new_id


class Row(models.Model):
    """A row of the programme: a key, the instant it was made, and which saving of it this is.

    ``saved_by`` is a label, not a key, so that it can stand before the room that knows people.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(auto_now=True, editable=False)
    saved_by = models.CharField(max_length=120, blank=True, default="", editable=False)

    class Meta:
        abstract = True


class Conflict(Exception):
    """Somebody else saved this row since it was shown; nothing has been written."""

    def __init__(self, row: Row) -> None:
        self.row = row
        super().__init__(f"{row._meta.label} {row.pk} was saved by somebody else in the meantime")


def save_version(row: Row, *, fields: dict[str, Any], expected_version: int | None = None, by: object = None) -> Row:
    """Write ``fields`` to the row if it is still at ``expected_version`` (null: the version that ``row`` was read at).

    One statement decides, so of two savings at once one wins and the other raises Conflict.
    """
    expected = row.version if expected_version is None else expected_version
    stamp = {"version": expected + 1, "saved_at": timezone.now(), "saved_by": label_of(by)[:120]}
    same = row._meta.model._base_manager.filter(pk=row.pk, version=expected)
    if not same.update(**fields, **stamp):
        raise Conflict(row)
    for name, value in (fields | stamp).items():
        setattr(row, name, value)
    return row


def label_of(actor: object) -> str:
    """The name an actor is shown by; empty for the installation itself."""
    return "" if actor is None else str(getattr(actor, "label", None) or actor)
