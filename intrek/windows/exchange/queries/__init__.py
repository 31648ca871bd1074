"""What a list holds against what is known, and what a calendar may be told."""

from intrek.windows.exchange.queries.feeds import entries_for, feed_of, feeds_of, title_of
from intrek.windows.exchange.queries.lists import (
    Reading,
    all_fields,
    batches_of,
    headings_to_point_out,
    imported_keys,
    preview_page,
    read_list,
    refused_columns,
    refused_rows,
)

__all__ = [
    "Reading",
    "all_fields",
    "batches_of",
    "entries_for",
    "feed_of",
    "feeds_of",
    "headings_to_point_out",
    "imported_keys",
    "preview_page",
    "read_list",
    "refused_columns",
    "refused_rows",
    "title_of",
]
