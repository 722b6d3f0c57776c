"""What stands in the visit book: lines that fit what was done, and no line twice for the same person."""

from __future__ import annotations

from collections.abc import Mapping

from omtanke.config.demo.chance import chance, deal
from omtanke.config.demo.own_lines import OWN

ANY = (
    "Alt gikk fint i dag. Sto ved vinduet og så etter båten da jeg kom.",
    "Litt stille i dag. Sa at natta hadde vært lang. Satt ned ti minutter ekstra.",
    "God stemning, lo av at jeg hadde to ulike sokker.",
    "Fortalte om fisket i sekstiåra. Slektninger bør spørre mer om dette!",
    "Klaget litt på kneet, men ville gå selv til kjøkkenet. Det gikk.",
    "Hadde pyntet seg. Ventet besøk etterpå.",
    "Spiste godt, to skiver og et egg.",
    "Ville ikke ha frokost ennå, skulle ta den selv senere. Satte fram.",
    "Gledet seg over sola på kjøkkenbordet.",
    "Snakket lenge om barnebarnet som har fått jobb i Bodø.",
    "Litt trøtt, men blid. Hører bedre med nytt batteri i apparatet.",
    "Fant brillene i kjøleskapet, vi lo godt begge to.",
    "Savner å komme seg ut. Vi gikk en tur til postkassa.",
    "Spurte etter hvem som kommer i morgen. Skrev det på kalenderen.",
    "Hadde fått fersk sei fra naboen og delte ut oppskrift.",
    "Radioen spilte trekkspill, vi tok en runde på gulvet.",
    "Var urolig da jeg kom, roet seg da vi så i albumet.",
    "Sov da jeg kom. Kom tilbake etter neste besøk, det var helt greit.",
    "Har begynt på en ny bok på lyd, krim fra Lofoten.",
    "Ville vite alt om veien og snøen. Meldte fra om at det må strøs på trappa.",
    "Tok trappa i dag, for første gang på to uker. Stolt!",
    "Sa at det var godt med kjente folk.",
    "Naboen var innom samtidig, det ble kaffe på alle tre.",
    "Fingrene er stive i dag. Vi tok knappene sammen.",
    "Hadde dekket til to. Jeg rakk en kopp.",
    "Viste meg brevet fra en gammel skolevenn. Vi leste det høyt.",
    "Ba om at gardinene skal stå oppe om natta, vil se nordlyset.",
    "Vi ringte søstera på skjerm, det tok litt tid og var vel verdt det.",
    "Hadde gått uten rullator til badet. Vi snakket om det.",
    "Ligger godt til rette nå med ny pute.",
    "Ville snakke om begravelsen på lørdag. Hørte mest etter.",
    "Vekta viser 1 kilo opp siden sist. Fint.",
    "Postmannen hadde lagt posten ute, tok den inn.",
    "Har tatt fram julestjernene. Trenger hjelp av noen høyere.",
    "Hadde regnet ut hvor mange kopper kaffe det blir på sytti år.",
    "Smakte på multene fra i høst, ba meg ta en skål med hjem. Takket nei og ja.",
    "Sa at det gikk best når vi ikke har det så travelt.",
    "Så på håndball i går og er hes i dag.",
    "Tørr hud på hendene, smurte. Krem står på badet.",
    "Vi byttet batteri i klokka på veggen. Nå går tida igjen.",
    "Hadde drømt om båten. Fortalte hele drømmen.",
    "Ville ha vinduet på gløtt selv om det var minus seks.",
    "Glad for at det var samme som i går.",
    "Fikk av seg skoene selv i dag.",
    "Presten var innom i går, det var hyggelig.",
    "Lurte på om noen kan ta med sytråd, brun.",
    "Hadde funnet igjen bryllupsbildet. Det står på kommoden nå.",
    "Sov med radioen på. Alt vel.",
    "Vil gjerne være med på grøtfesten. Meldt på.",
    "Fortalte en vits jeg ikke kan skrive her.",
)
BY_WHAT: Mapping[str, tuple[str, ...]] = {
    "Dusj": (
        "Dusjet. Likte den varme badekåpa, legg den på ovnen neste gang.",
        "Dusjet og vasket hår. Huden på leggene er fin.",
        "Ville ikke dusje i dag, kroppsvask i stedet. Prøver igjen i morgen.",
    ),
    "Sårstell": (
        "Såret er mindre, cirka to centimeter. Lite væske. Ny bandasje.",
        "Skiftet på såret. Rødt i kanten, følg med.",
    ),
    "Fylle dosett": (
        "Dosett fylt for én uke. Trenger ny resept på blodtrykkstablettene.",
        "Dosett fylt og kontrollert.",
    ),
    "Blodsukker og insulin": (
        "Blodsukker 7,2. Spiste frokost før jeg gikk.",
        "Blodsukker 9,8, litt høyt. Bursdagskake i går.",
    ),
    "Rengjøring": (
        "Vasket gulv og bad. Skiftet lyspære i gangen, den var gått.",
        "Vi tok kjøleskapet sammen, jeg vasket og fikk god veiledning.",
    ),
    "Gulvvask og bad": ("Gulv og bad. Teppet i stua ligger løst, rullet det bort etter avtale.",),
    "Handletur sammen": ("Handlet sammen. Møtte to kjente ved kassa, turen tok litt lenger tid og det var verdt det.",),
    "Kaffe og samtale": ("Kaffe og vafler. Vi snakket om hvem som bodde hvor i bygda i 1958.",),
    "Gåtur sammen": ("Gikk til brua og tilbake med rullator, én pause.",),
    "Trene på trappa": ("Fem trinn opp og ned, to ganger. Mål: postkassa alene.",),
    "Aktivitet i fellesstua": (
        "Bingo i fellesstua. Vant et strikkegarn og ga det bort.",
        "Sang fra arket, åtte var med.",
    ),
    "Tilsyn": ("Sov godt ved tilsyn.", "Våken kl. 23, ville ha te. Sovnet etterpå."),
}
FOR_NEXT = (
    "Har vondt i høyre skulder etter et støt i dørkarmen. Spør hvordan det går.",
    "Har ikke hatt matlyst på to dager. Se hva som er spist i kjøleskapet.",
    "De pårørende vil gjerne snakke med den som kommer torsdag. Ring først.",
    "Varmepumpa stoppet i går, elektriker kommer. Ekstra pledd ligger i skapet.",
    "Fikk nye støttestrømper, de gamle skal kastes. De nye er strammere: bruk hanskene.",
    "Var svimmel på vei opp av stolen. Mål blodtrykket og skriv det her.",
    "Nøkkelboksen har fått ny kode, spør vakttelefonen.",
    "Glatt på trappa. Strøkassa står til venstre for døra.",
)
DECLINED = ("Ville sove i dag.", "Hadde besøk og ville heller ha fred.", "Ville vente til i morgen.")
AWAY = ("Var hos familien.", "Til frisøren, hadde glemt å si ifra.", "På legekontoret.")
HOSPITAL = ("Innlagt i Bodø, ventes hjem om noen dager.",)
MOVED = ("Avtalt i morgen i stedet.", "Flyttet etter ønske, pensjonisttreffet.")
NO_TIME = ("Ferjekø og glatte veier, rakk det ikke.", "Akutt hos en annen, ringte og sa ifra.")
WHY_NOT = (
    ("declined", DECLINED, 40),
    ("away", AWAY, 25),
    ("moved", MOVED, 20),
    ("hospital", HOSPITAL, 8),
    ("no_time", NO_TIME, 7),
)


class VisitBook:
    """Gives the next line for a citizen, so that nobody has the same one twice within weeks."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.given: dict[tuple[int, str], int] = {}

    def line(self, citizen_id: int, name: str, what: str) -> str:
        """Their very own line if one is left, else one about this kind of visit, else any; empty when all are used."""
        own, written = OWN.get(name, ()), self.given.get((citizen_id, "own"), 0)
        if written < len(own) and chance(self.seed, "own", name, sum(self.given.values())).random() < 0.7:
            self.given[citizen_id, "own"] = written + 1
            return own[written]
        for about, lines in ((what, BY_WHAT.get(what, ())), ("", ANY)):
            number = self.given.get((citizen_id, about), 0)
            special = chance(self.seed, "special", name, about, number).random() < 0.6
            if number < len(lines) and (special or not about):
                self.given[citizen_id, about] = number + 1
                return deal(chance(self.seed, "lines", name, about), lines)[number]
        return ""
