"""A municipality to try Omtanke in: the places are Steigen's, the people are made up.

The same seed gives the same municipality, always around today's date: six weeks behind it, four ahead. `load.py` is
where to begin reading; every other module makes one kind of thing.
"""
