"""A list is laid ready, looked at, and made."""

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
    "discard_list",
    "make_row",
    "make_rows",
    "point_out_columns",
    "reading_of",
    "upload_list",
]
