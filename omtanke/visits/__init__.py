"""Shifts, work lists, visits and the visit book: the day's work."""
