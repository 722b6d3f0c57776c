"""Who may do what, whose data they may see and why, and who has looked."""
