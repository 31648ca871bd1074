"""Keys of rows: not guessable, made on any device, and in the order of their making."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh UUID, version 7: its first 48 bits are the time, so that an index on it grows at one end."""
    return uuid7()
