"""Where it all is: hamlets and units of Steigen, a long coastal municipality in Nordland.

Coordinates are degrees north and east (WGS 84) of the hamlet's middle; houses lie around it.
"""

from dataclasses import dataclass

from omtanke.config.demo.chance import chance
from omtanke.people.models import Hamlet, Unit

NORD, NORDFOLD, LEIRANGER = "nord-steigen", "nordfold", "leiranger"
HOUSING, CENTRE, HELP = "omsorgsboliger", "seniorsenter", "praktisk-bistand"


@dataclass(frozen=True)
class Village:
    name: str
    latitude: float
    longitude: float
    postal_code: str
    town: str
    zone: str
    roads: tuple[str, ...]
    weight: int  # how many live here, compared with the others


VILLAGES = (
    Village("Leinesfjord", 67.7850, 14.9550, "8283", "Leinesfjord", NORD,
            ("Fjordveien", "Sentrumsveien", "Skoleveien", "Myrveien"), 20),
    Village("Bogøy", 67.9050, 15.1900, "8288", "Bogøy", NORD, ("Kaiveien", "Bogøyveien", "Naustveien"), 9),
    Village("Bogen", 67.8960, 15.2050, "8288", "Bogøy", NORD, ("Bogsveien", "Lensmannsveien"), 7),
    Village("Laskestad", 67.9080, 15.0520, "8289", "Engeløya", NORD, ("Laskestadveien", "Åkerveien"), 8),
    Village("Steigen", 67.9262, 14.9872, "8289", "Engeløya", NORD, ("Prestegårdsveien", "Hasselveien"), 7),
    Village("Saursfjord", 67.8010, 14.9000, "8283", "Leinesfjord", NORD, ("Saursfjordveien",), 3),
    Village("Røtnes", 67.8560, 15.2700, "8288", "Bogøy", NORD, ("Røtnesveien",), 2),
    Village("Holmåk", 67.8150, 15.3400, "8288", "Bogøy", NORD, ("Holmåkveien",), 2),
    Village("Nordfold", 67.7623, 15.2302, "8286", "Nordfold", NORDFOLD,
            ("Kirkeveien", "Foldaveien", "Bakkeveien"), 12),
    Village("Breivik", 67.7270, 15.0900, "8286", "Nordfold", NORDFOLD, ("Foldstrandveien",), 4),
    Village("Åbornes", 67.7430, 15.1700, "8286", "Nordfold", NORDFOLD, ("Åbornesveien",), 3),
    Village("Leines", 67.7382, 14.8064, "8285", "Leines", LEIRANGER,
            ("Leinesveien", "Kirkebakken", "Storengveien"), 11),
    Village("Helnessund", 67.7315, 14.7730, "8285", "Leines", LEIRANGER, ("Helnessundveien", "Bryggeveien"), 5),
    Village("Leiranger", 67.7420, 14.8450, "8285", "Leines", LEIRANGER, ("Leirangerveien",), 3),
    Village("Nordskot", 67.8310, 14.7972, "8283", "Leinesfjord", LEIRANGER, ("Nordskotveien", "Kystveien"), 5),
    Village("Sørskot", 67.8125, 14.7886, "8283", "Leinesfjord", LEIRANGER, ("Sørskotveien",), 3),
)  # fmt: skip
BY_NAME = {village.name: village for village in VILLAGES}


@dataclass(frozen=True)
class House:
    """Where somebody lives: an address, and the spot on the map."""

    village: Village
    address: str
    latitude: float
    longitude: float


# Each: code, name, kind, telephone, address and village.
UNITS = (
    (NORD, "Nord-Steigen", Unit.Kind.ZONE, "36 08 10 10", "Sentrumsveien 2", "Leinesfjord"),
    (NORDFOLD, "Nordfold", Unit.Kind.ZONE, "36 08 10 20", "Kirkeveien 4", "Nordfold"),
    (LEIRANGER, "Leiranger", Unit.Kind.ZONE, "36 08 10 30", "Kirkebakken 1", "Leines"),
    (HOUSING, "Fjordgløtt omsorgsboliger", Unit.Kind.SHELTERED_HOUSING, "36 08 10 40", "Fjordveien 12", "Leinesfjord"),
    (CENTRE, "Solbakken seniorsenter", Unit.Kind.SENIOR_CENTRE, "36 08 10 50", "Bogsveien 8", "Bogen"),
    (HELP, "Praktisk bistand", Unit.Kind.PRACTICAL_HELP, "36 08 10 60", "Sentrumsveien 2", "Leinesfjord"),
)


def settle() -> tuple[dict[str, Unit], dict[str, Hamlet]]:
    """Make units and hamlets; by code and by name."""
    hamlets = Hamlet.objects.bulk_create(
        [Hamlet(name=v.name, latitude=v.latitude, longitude=v.longitude) for v in VILLAGES]
    )
    units = Unit.objects.bulk_create(
        [
            Unit(
                code=code,
                name=name,
                kind=kind,
                phone=phone,
                address=f"{address}, {BY_NAME[village].postal_code} {BY_NAME[village].town}",
                latitude=BY_NAME[village].latitude,
                longitude=BY_NAME[village].longitude,
            )
            for code, name, kind, phone, address, village in UNITS
        ]
    )
    return {unit.code: unit for unit in units}, {hamlet.name: hamlet for hamlet in hamlets}


def house(seed: int, who: str, village: Village) -> House:
    """A house for somebody, on one of the village's roads and within a kilometre or so of its middle."""
    source = chance(seed, "house", who)
    return House(
        village,
        f"{source.choice(village.roads)} {source.randint(1, 89)}",
        round(village.latitude + source.gauss(0, 0.004), 5),
        round(village.longitude + source.gauss(0, 0.010), 5),
    )


def home_of(code: str, number: int) -> House:
    """A flat in the sheltered housing or the senior centre."""
    _code, _name, _kind, _phone, address, village_name = next(unit for unit in UNITS if unit[0] == code)
    village = BY_NAME[village_name]
    return House(village, f"{address}, leil. {number}", village.latitude, village.longitude)
