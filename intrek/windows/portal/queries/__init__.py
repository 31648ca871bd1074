"""What a partner sees of the programme: what is their own, and what was shared with them."""
