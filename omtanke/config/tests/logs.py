"""What in a log would tell who somebody is."""

import re

from omtanke.config.tests.cast import Cast

RARE = 987_650_000  # ids that cannot be taken for a duration or a line number


def told(cast: Cast, lines: str) -> set[str]:
    """What in these lines tells who somebody is."""
    words = {"demo.example.org", "04053912345", "901 00 000"}
    for person in (cast.astrid, cast.edvard, cast.kari, cast.ola, cast.liv, cast.lars, cast.nils):
        words |= {person.first_name, person.last_name}
    words -= {"Ås"}  # two letters are in other words too
    ids = re.findall(rf"{RARE // 10_000}\d{{4}}", lines)  # nine digits: a time of day has six after its dot
    return {word for word in words if word in lines} | set(ids)
