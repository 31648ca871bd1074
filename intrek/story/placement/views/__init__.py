"""Pages of the stay and of its fee."""
