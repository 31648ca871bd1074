"""The figures, and how they stand on their page."""

from intrek.windows.steering.queries.counts import counts_of, figures, grouped, rows_behind

__all__ = ["counts_of", "figures", "grouped", "rows_behind"]
