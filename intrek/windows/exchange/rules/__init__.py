"""How a list that people kept by hand is read: files, columns, cells, rows."""
