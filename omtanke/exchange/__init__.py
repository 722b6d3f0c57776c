"""Foreign systems, one room each."""
