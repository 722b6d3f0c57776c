"""Out there: the list that a phone takes along, and what it brings back when there is coverage again."""
