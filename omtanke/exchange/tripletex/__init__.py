"""Hours and expenses to Tripletex."""
