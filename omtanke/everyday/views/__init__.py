"""Pages of everyday life."""
