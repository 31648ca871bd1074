"""One file that holds a whole installation: its rows, its files, its key. Made while people work, checked before use."""
