"""Names as people of these ages have them in Nordland. No full name occurs twice."""

from collections.abc import Iterator

from omtanke.config.demo.chance import chance, deal

# Born before about 1950: no two people with services share a first name, so that lists can be read at a glance.
OLD_WOMEN = """
Aslaug Solveig Borghild Gudrun Magnhild Ragnhild Ingeborg Sigrid Dagny Torbjørg Signe Hjørdis Alfhild Bergljot Gerd
Åse Ruth Edith Elfrid Klara Margit Petra Oddny Randi Synnøve Jenny Elna Marta Harriet Unni Turid Målfrid Asbjørg Olaug
Jorunn Tordis Nanna Birgit Herborg Svanhild Valborg Eldbjørg Kitty Laila Gunvor Astri Haldis Betzy Karen Aagot Lovise
Emma Paula Othilie Rakel Ellinor Bodil Kjellaug Lillian Inger
""".split()  # noqa: SIM905 - a list of names reads best as a paragraph
OLD_MEN = """
Edvard Arne Hans Peder Johan Kåre Torleif Reidar Sverre Odd Harald Alfred Birger Magne Oddvar Ingvald Bjarne Nils Arvid
Konrad Einar Olav Trygve Leif Gunnar Rolf Egil Håkon Sigurd Asbjørn Hilmar Karsten Henry Aksel Julius Viktor Anton
Emil Torstein Ottar Ragnar Fridtjof Johannes Villy Hjalmar Georg Paul Jostein Kolbjørn Mathias
""".split()  # noqa: SIM905
YOUNGER_WOMEN = """
Anne Bjørg Berit Grete Wenche Liv Marit Eva Astrid Sissel Tove Bente Kirsten Brit Ellen Torill Gunn Karin Sonja Vigdis
Reidun Else Britt Jorun Elin Hilde Mona Aud Rigmor Toril Siri Greta Evy Hege Irene Anita Unn Wenke Solfrid Eli
""".split()  # noqa: SIM905
YOUNGER_MEN = """
Per Jan Svein Terje Knut Tor Geir Steinar Roald Dag Jarle Finn Arnt Helge Kurt Oddbjørn Ivar Jens Roar Stein Kjell Bjørn
Ole Frode Øystein Trond Willy Arild Viggo Frank Torbjørn Hugo Ketil Tore Erling Ørjan Harry Johnny Morten Gunnleif
""".split()  # noqa: SIM905
FAMILY = """
Nilsen Johansen Hansen Olsen Pedersen Larsen Kristiansen Jensen Karlsen Andreassen Jakobsen Danielsen Mikalsen Mathisen
Benjaminsen Edvardsen Fredriksen Gabrielsen Hemmingsen Isaksen Jørgensen Knutsen Ludvigsen Martinussen Nikolaisen
Paulsen Rasmussen Simonsen Tobiassen Willumsen Antonsen Bertheussen Evensen Henriksen Ingebrigtsen Sakariassen
Strand Nes Vik Berg Haugen Bakken Lund Moen Myhre Solbakk Fjelldal Nordvik Sørdahl Skogvoll Holmstrand Bergvik Kvalnes
Straumnes Breivoll Storvik Lillevik Tverrbakk Åsvik Engmo Fagerli Grønli Hestvik Innervik Jektvoll Kjerringvik Laksbakk
Myrland Naustvoll Oddli Prestvik Rørvoll Sandmo Tennvik Utvoll Vassbakk Ytterli Øvermo Ånesvik Bjørkli Dalheim Eidvoll
Furunes Gammelmo Heggli Ivarsmo Krokmo Leirvoll Mårnes Nordli Osvoll Ramsvoll Selvik Trollvik Ulvmo Vågmo Winther
""".split()  # noqa: SIM905


def women(seed: int, *, old: bool) -> Iterator[tuple[str, str]]:
    """First and last names, each pair once; first names come again only when all have been given out."""
    return _pairs(seed, OLD_WOMEN if old else YOUNGER_WOMEN, f"women {old}")


def men(seed: int, *, old: bool) -> Iterator[tuple[str, str]]:
    return _pairs(seed, OLD_MEN if old else YOUNGER_MEN, f"men {old}")


def _pairs(seed: int, first_names: list[str], about: str) -> Iterator[tuple[str, str]]:
    """Every first name in turn, each time with another family name: a first name and its shift around the list."""
    source = chance(seed, "names", about)
    firsts, families = deal(source, first_names), deal(source, FAMILY)
    for turn in range(len(families)):
        for place, first in enumerate(firsts):
            yield first, families[(place * 7 + turn * (1 + len(firsts) % 2)) % len(families)]
