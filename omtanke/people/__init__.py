"""Citizens and the circle around them, employees, units and places."""
