"""What staff look at: the day, the lists, one pathway, what may go on an agenda."""
