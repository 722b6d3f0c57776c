"""Exercises for one visit: what a person may do safely, at which step, and why it was chosen (docs/exercises.md)."""
