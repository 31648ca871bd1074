"""Which persons a request laid eyes on. Every person that is read from the database while eyes are open is noted; no page can forget it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_open: ContextVar[set[UUID] | None] = ContextVar("eyes", default=None)


@contextmanager
def opened() -> Iterator[set[UUID]]:
    """Note in the set that is given whom this request sees."""
    seen: set[UUID] = set()
    before = _open.set(seen)
    try:
        yield seen
    finally:
        _open.reset(before)


@contextmanager
def closed() -> Iterator[None]:
    """Read persons that nobody is shown: to compare, to count."""
    before = _open.set(None)
    try:
        yield
    finally:
        _open.reset(before)


def see(subject_id: UUID) -> None:
    """Somebody is shown this person, or something of this pathway."""
    seen = _open.get()
    if seen is not None:
        seen.add(subject_id)
