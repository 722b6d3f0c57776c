"""What can be ordered: the seven areas of the visit service that the model is taken from. Data, so that a service can
have others; brought in once, and then the service's own."""

from omtanke.befriending.models import ServiceArea

# Code, names and a sentence for those who order, in nb, sv and en.
AREAS = (
    ("quality_visit",
     "Kvalitetsbesøk med fysisk og kognitiv trening", "Kvalitetsbesök med fysisk och kognitiv träning",
     "Quality visit with physical and cognitive exercise",
     "Tid sammen, med øvelser for kropp og hode i en koselig atmosfære.",
     "Tid tillsammans, med övningar för kropp och huvud i en trivsam stund.",
     "Time together, with exercises for body and mind, and a nice time of it."),
    ("company_out",
     "Følge til lege, butikk, frisør eller på tur", "Följe till läkare, affär, frisör eller på promenad",
     "Company to the doctor, the shop, the hairdresser or on a walk",
     "Noen som blir med, hele veien ut og hjem.", "Någon som följer med, hela vägen ut och hem.",
     "Somebody who comes along, all the way out and home."),
    ("conversation",
     "Samtale og selskap", "Samtal och sällskap", "Conversation and company",
     "Kaffe, en prat, en kortstokk.", "Kaffe, en pratstund, en kortlek.", "Coffee, a chat, a pack of cards."),
    ("mild_dementia",
     "Aktivitet ved lettere demens", "Aktivitet vid lindrig demens", "Activity with mild dementia",
     "Det personen er glad i, i det tempoet som passer.", "Det personen tycker om, i den takt som passar.",
     "What the person is fond of, at the pace that suits."),
    ("simple_meals",
     "Enkle måltider", "Enkla måltider", "Simple meals",
     "Lage noe enkelt sammen, og spise det sammen.", "Laga något enkelt tillsammans, och äta det tillsammans.",
     "Making something simple together, and eating it together."),
    ("respite",
     "Avlastning for pårørende", "Avlösning för anhöriga", "Respite for next of kin",
     "Noen er der mens du gjør noe annet.", "Någon är där medan du gör något annat.",
     "Somebody is there while you do something else."),
    ("new_situation",
     "Hjelp ved overgang til en ny livssituasjon", "Hjälp vid övergång till en ny livssituation",
     "Help on the way into a new situation in life",
     "Flytting, hjem fra sykehus, alene etter mange år som to.",
     "Flytt, hem från sjukhus, ensam efter många år som två.",
     "A move, home from hospital, alone after many years as two."),
)  # fmt: skip


def bring_areas() -> int:
    """Those that come along; one that is here already is left as the service has it. Returns how many are new."""
    here = set(ServiceArea.objects.values_list("code", flat=True))
    new = [
        ServiceArea(
            code=code,
            names={"nb": nb, "sv": sv, "en": en},
            about={"nb": about_nb, "sv": about_sv, "en": about_en},
            place=place,
        )
        for place, (code, nb, sv, en, about_nb, about_sv, about_en) in enumerate(AREAS)
        if code not in here
    ]
    return len(ServiceArea.objects.bulk_create(new))
