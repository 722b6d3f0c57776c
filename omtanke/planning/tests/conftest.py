"""Drafts of tomorrow for every test of this room."""

from omtanke.planning.tests.draft_of import tomorrow

__all__ = ["tomorrow"]
