"""The exercise plan: the bank, the drawings, a person's plan, what was done (docs/exercises.md)."""
