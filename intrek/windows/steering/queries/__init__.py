"""The figures, and how they stand on their page."""

from intrek.windows.steering.queries.counts import figures, grouped, rows_behind

__all__ = ["figures", "grouped", "rows_behind"]
