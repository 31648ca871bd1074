"""Pages: a list that is read in, and calendars that read along."""
