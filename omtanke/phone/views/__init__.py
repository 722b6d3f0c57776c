"""Pages of the phone, and what it talks with."""
