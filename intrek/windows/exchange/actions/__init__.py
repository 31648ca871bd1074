"""A list is laid ready, looked at, and made; a calendar gets a link to read along."""

from intrek.windows.exchange.actions.feeds import Made, end_feed, make_feed, note_use
from intrek.windows.exchange.actions.making import (
    ROWS_AT_ONCE,
    discard_list,
    make_row,
    make_rows,
    point_out_columns,
    reading_of,
    upload_list,
)

__all__ = [
    "ROWS_AT_ONCE",
    "Made",
    "discard_list",
    "end_feed",
    "make_feed",
    "make_row",
    "make_rows",
    "note_use",
    "point_out_columns",
    "reading_of",
    "upload_list",
]
