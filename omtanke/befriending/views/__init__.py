"""Pages of the visit service."""
