"""The exercise plan of the visit service: the bank, the drawings, a person's plan, what was done (docs/exercises.md)."""
