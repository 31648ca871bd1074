"""The project: its settings, addresses and server entry."""
