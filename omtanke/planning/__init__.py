"""Drafts of who visits whom: made by the planner, changed and decided by people."""
