"""Read-only figures and charts across the rooms."""
