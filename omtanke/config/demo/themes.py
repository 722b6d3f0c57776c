"""What lives here are made of: the parts that portraits are put together from.

Each theme says three things about the same interest, so that a portrait hangs together: what matters now, what to talk
about, and what it was in a life.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    matters: tuple[str, ...]
    talk: str
    past: tuple[str, ...]


THEMES = (
    Theme(
        ("At jeg ser fjorden fra stolen min. Flytt den ikke.", "Å høre værmeldinga for Vestfjorden, hver dag."),
        "sjarken, vær og vind, gamle fiskeplasser",
        ("Fisket på Vestfjorden i førti vintre.", "Rodde fiske med far fra konfirmasjonsalderen."),
    ),
    Theme(
        ("At det lukter nybakt her i huset av og til.", "Å få bake selv, selv om det tar hele formiddagen."),
        "lefsebaking, gamle oppskrifter",
        ("Bakte til hvert bryllup i bygda.", "Drev kafeen på kaia i atten år."),
    ),
    Theme(
        ("At noen strikker sammen med meg. Alene blir det bare knuter.", "Garn i fanget og radioen på."),
        "mønster, garn, selbuvotter",
        ("Strikket kofter til fire skolekorps.", "Hadde garnbutikk i stua til 1998."),
    ),
    Theme(
        ("Å få være med i fjøset når de slipper lammene.", "At noen forteller hvordan det står til på jordet."),
        "sauene, slåtten, hester før i tida",
        ("Drev småbruk med sau og fire kyr.", "Var på setra hver sommer i oppveksten."),
    ),
    Theme(
        ("Å høre skikkelig orgel igjen.", "At vi synger et vers før dere går."),
        "salmer, korturer, orgelet i kirka",
        ("Sang i blandakor i tretti år.", "Var kirketjener og ringte klokkene til jul."),
    ),
    Theme(
        (
            "At avisa kommer før frokost, og at ingen har løst kryssordet.",
            "Et godt kryssord og en å krangle med om det.",
        ),
        "kryssord, ord og uttrykk, dialekt",
        ("Var lærer på fådeltskolen i tjuesju år.", "Skrev stubber i lokalavisa under dekknavn."),
    ),
    Theme(
        ("Å komme meg ut i skogen, om det så er til første bjørka.", "At jeg får kjenne på lyngen en gang i høst."),
        "multemyrer, tyttebær, turer i marka",
        ("Kjente hver multemyr mellom fjorden og fjellet.", "Gikk opp til varden hver sankthans."),
    ),
    Theme(
        ("Kort og kaffe fredag kveld. Da lever jeg.", "At noen gidder å tape mot meg i tolvtusen."),
        "kortspill, bridge, gode historier",
        ("Vant distriktsmesterskapet i bridge to ganger.", "Drev landhandel og kjente alle."),
    ),
    Theme(
        ("At verktøyet mitt ligger der jeg la det.", "Å ha noe mellom hendene, ellers blir dagen så lang."),
        "båtbygging, treskjæring, verktøy",
        ("Bygde åtte nordlandsbåter.", "Var snekker og bygde halvparten av husene på rekka."),
    ),
    Theme(
        (
            "Besøk av hunden til naboen, det er dagens høydepunkt.",
            "At katten får ligge på senga, samme hva dere mener.",
        ),
        "hunder, katter, dyr på gården",
        ("Hadde alltid hund, seks i alt.", "Tok imot alle løskatter i bygda."),
    ),
    Theme(
        (
            "At barnebarna ringer på skjerm og at noen hjelper meg med knappene.",
            "Bildene på veggen. Spør gjerne hvem de er.",
        ),
        "barnebarna, oldebarna, familiebilder",
        ("Oppdro fem barn og et søskenbarn.", "Var dagmamma for halve skolekretsen."),
    ),
    Theme(
        ("Å få gå til stolen selv. Jeg faller heller enn å bæres.", "At jeg får bruke beina mens jeg har dem."),
        "idrettslaget, skirenn, gamle rekorder",
        ("Løp ti kilometer på under trettifem minutter i ungdommen.", "Var med og reiste lysløypa."),
    ),
    Theme(
        ("At det er blomster i vinduet, også om vinteren.", "Å få grave litt i jorda til våren."),
        "hagen, stauder, poteter",
        ("Dyrket jordbær og solgte fra trappa.", "Hadde den største rosehekken i bygda."),
    ),
    Theme(
        ("Musikk om ettermiddagen, helst trekkspill.", "At noen danser med meg over kjøkkengulvet."),
        "trekkspill, dans på lokalet, gammeldans",
        ("Spilte trekkspill på lokalet hver lørdag.", "Møtte {mannen} sin i en reinlender."),
    ),
    Theme(
        (
            "At jeg får følge med på verden. Ikke skru av nyhetene.",
            "En å diskutere politikk med, gjerne en som er uenig.",
        ),
        "politikk, historie, kommunestyret",
        ("Satt i kommunestyret i tre perioder.", "Var tillitsvalgt på filetbruket."),
    ),
    Theme(
        ("Å høre båtene når de går ut tidlig.", "At noen tar meg med på kaia når hurtigbåten kommer."),
        "langfart, havner, kart",
        ("Var til sjøs i elleve år og har sett Valparaíso.", "Seilte i utenriks som stuert."),
    ),
    Theme(
        ("At bønneboka ligger på nattbordet.", "Fred og ro om søndagen."),
        "misjonsforeningen, bygdas historie",
        ("Var leder i misjonsforeningen i tjueto år.", "Sto for basaren hver høst."),
    ),
    Theme(
        (
            "Å få stelle håret ordentlig før jeg møter folk.",
            "At klærne passer sammen. Det er ikke forfengelighet, det er vett.",
        ),
        "stoff, mote før og nå, bunaden",
        ("Sydde alt fra brudekjoler til seil.", "Arbeidet i ullvarebutikken i Bodø i unge år."),
    ),
    Theme(
        ("At motoren på gressklipperen går, selv om jeg ikke får klippe.", "Et skikkelig blad om traktorer."),
        "traktorer, motorer, brøyting",
        ("Kjørte brøytebil i alle år.", "Skrudde på alt som hadde motor."),
    ),
    Theme(
        ("En god bok på lyd, og at noen spør hva den handlet om.", "Bokbussen. Jeg vil ut til den selv."),
        "bøker, krim, slektshistorie",
        ("Var bibliotekar i samfunnshuset på onsdager.", "Har slekta si tilbake til 1612."),
    ),
    Theme(
        ("At fuglebrettet er fullt. Kjøttmeisene venter på meg.", "Å telle havørn fra kjøkkenvinduet."),
        "fugler, havørn, ærfugl",
        ("Passet ærfugl på øya om våren.", "Førte dagbok over trekkfuglene i femti år."),
    ),
    Theme(
        ("At telefonen virker, så jeg kan ringe søstera mi.", "Å le hver dag. Det er den beste medisinen."),
        "søsken, skøyerstreker, barndommen",
        ("Var yngst av ni og lærte tidlig å snakke høyt.", "Arbeidet på sentralbordet og visste alt først."),
    ),
    Theme(
        (
            "At noen ser meg i øynene når vi snakker.",
            "Folk rundt meg. Jeg blir ikke sliten av folk, jeg blir sliten av stillhet.",
        ),
        "reiser, folk, mat fra andre steder",
        ("Drev gjestehus om sommeren.", "Arbeidet på fiskemottaket i tretti år."),
    ),
    Theme(
        ("Å holde regnskapet mitt selv så lenge jeg kan.", "Orden. Da blir jeg rolig."),
        "tall, frimerker, mynter",
        ("Var kasserer i alt som hadde kasse.", "Samlet frimerker fra åttito land."),
    ),
)

AVOID_MAYBE = (
    "tida på sykehuset i fjor",
    "arveoppgjøret",
    "at bilen ble solgt",
    "fallet i vinter",
    "krigen",
    "skilsmissen",
    "sykdom i familien",
    "penger",
    "søsken som er gått bort",
    "skoletida",
)
KNOW = (
    "Bruk bakdøra, hoveddøra er tung. Nøkkelboks til høyre.",
    "Ser lite på venstre øye: stå til høyre når dere snakker.",
    "Høreapparatet ligger ofte i skåla på kjøkkenet.",
    "Vil at dere tar av dere skoene. Det ligger filtsko i gangen.",
    "Drikker for lite. Sett et glass vann ved stolen før dere går.",
    "Fryser lett, varm vaskekluten godt.",
    "Rullatoren skal stå innen rekkevidde, alltid.",
    "Ring på og vent litt, det tar tid å komme til døra.",
    "Trenger ro om morgenen: radioen på, praten etterpå.",
    "Liker at dere sier hva dere skal gjøre før dere gjør det.",
    "Bratt innkjørsel, sett bilen ved postkassene når det er glatt.",
    "Kaffen skal være svart og kokt. Trakterkaffe blir høflig avvist.",
    "Blir svimmel når det går fort: sitt et minutt på sengekanten først.",
    "Har lett for å si at alt er bra. Spør en gang til.",
    "Sover middag mellom ett og to, kom helst ikke da.",
    "Dørene kan låse seg. Ta med nøkkelen ut igjen.",
    "Hunden er snill, men hopper. La den hilse først.",
    "Vil gjerne lese selv hva det står i notatet.",
    "Holder seg i rekkverket i trappa, gå bak.",
    "Snakker lavt. Skru ned fjernsynet når dere skal prate.",
)
MYSELF = (
    "Jeg vasker ansiktet og pusser tennene selv.",
    "Frokosten lager jeg, bare sett fram det som står høyt.",
    "Jeg kler på meg overdelen, dere tar strømpene.",
    "Medisinene tar jeg selv når dosetten er fylt.",
    "Jeg går til postkassa når det ikke er glatt.",
    "Jeg betaler regningene mine og vil fortsette med det.",
    "Kaffe koker jeg, det har jeg gjort i sytti år.",
    "Jeg støver av i stua, men gulvet blir for tungt.",
    "Jeg reder senga. Ikke gjør det for meg.",
    "Jeg barberer meg selv og velger klær kvelden før.",
    "Jeg ringer selv når det er noe.",
    "Jeg vanner blomstene, mandag og torsdag.",
    "Oppvasken tar jeg, den er god for fingrene.",
    "Jeg snur meg i senga selv om natta.",
)
LIVED = (
    "Enke siden {year}.",
    "Har bodd alene siden {year}.",
    "Kom flyttende hit i {early}.",
    "Født og oppvokst i bygda.",
    "Gift i over førti år.",
    "Flyttet hjem igjen som pensjonist i {year}.",
    "Har bodd i samme hus siden {early}.",
)
