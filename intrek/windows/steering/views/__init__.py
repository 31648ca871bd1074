"""Pages of the steering group: its figures, and its meetings."""
