"""People of Nord-Steigen, written by hand. All of them are made up. Kari is the contact of the first four."""

from __future__ import annotations

from omtanke.config.demo.places import NORD
from omtanke.config.demo.vivid import ASTRID, FRIEND, NEIGHBOUR, VOLUNTEER, Life, Near

LIVES = (
    Life(
        ASTRID, woman=True, age=87, village="Leinesfjord", unit=NORD,
        needs=("morning", "evening", "shower", "company", "cleaning"),
        what_matters="Å kjenne vind i ansiktet minst én gang om dagen, om det så bare er på trappa. Og at noen setter "
        "seg ned før kaffen er kald. Koret var halve livet mitt; jeg synger ennå, men det er så stille rundt meg.",
        talk_about="koret og salmene, lofotfisket, hagen og solbærene, barnebarna i Bodø",
        avoid="da de solgte gården i Nordfold",
        good_to_know="Bank på og rop hei fra gangen, hun hører dårlig på høyre øre. Katten Pus må ikke slippe ut. "
        "Hun står helst opp selv, gi henne tid.",
        i_do_myself="Jeg koker kaffen, smører brødskiva og vasker meg oppe. Strømpene og ryggen trenger jeg hjelp med.",
        life_story="Vokste opp med sju søsken i Nordfold, egnet line som tiåring. Gift med Harald i 51 år, enke siden "
        "2018. Var poståpner i tjue år og kjente håndskriften til hele bygda. Sang alt i kirkekoret i førti år.",
        called="Asta",
        near=(
            Near("Eva Nilsen", "datter", "ringer hver kveld klokka sju, styrer regningene", close=1, lives_in="Bodø",
                 kin=True, first=True),
            Near("Torgeir Nilsen", "sønn", "kommer hver sommer, maler og reparerer", lives_in="Stavanger", kin=True),
            Near("Ida Nilsen", "barnebarn", "sender bilder av oldebarnet", close=1, lives_in="Bodø"),
            Near("Jakob Nilsen", "barnebarn", "spiller sjakk med henne på nettbrettet", lives_in="Trondheim"),
            Near("Marry Eliassen", "nabo", "har nøkkel, ser etter lys i vinduet", NEIGHBOUR, 1, "Leinesfjord"),
            Near("Oddleif Krane", "nabo", "måker snø og bærer ved", NEIGHBOUR, 2, "Leinesfjord"),
            Near("Borghild Sætran", "venninne fra koret", "kommer onsdager, de synger sammen", FRIEND, 1, "Leines"),
            Near("Per Aronsen", "besøksvenn", "kjører til salmekveld annenhver torsdag", VOLUNTEER, 2, "Bogøy"),
        ),
    ),
    Life(
        "Edvard Moen", woman=False, age=91, village="Leinesfjord", unit=NORD,
        needs=("wound", "dosett", "stockings", "floors"),
        what_matters="At jeg får ta imot dere på egne bein i døra. Og at dere sier det rett ut når dere ikke vet noe.",
        talk_about="kraftverket, radiostyrte fly, krim på lyd, nordlys",
        avoid="bilen, den ble solgt i vår og det svir",
        good_to_know="Såret på leggen er ømt, ta tida til hjelp. Han vil ha forklaring på alt, og husker den.",
        i_do_myself="Jeg lager all mat selv og fører regnskap over vedforbruket.",
        life_story="Maskinist på kraftverket i trettiåtte år. Bygde sitt første radiostyrte fly i 1971 og det siste i "
        "fjor. Ble alene da Ruth kom på sykehjem og døde i 2021.",
        near=(
            Near("Bjørg Moen Dale", "datter", "ringer søndag, bestiller timer på nett", lives_in="Bergen", kin=True,
                 first=True),
            Near("Arvid Moen", "bror", "ringer hver morgen, den som ringer først har vunnet", close=1,
                 lives_in="Fauske"),
            Near("Steinar Blix", "kamerat fra flyklubben", "henter ham til klubbkveld", FRIEND, 1, "Leinesfjord"),
            Near("Sara Andal", "nabo, 11 år", "mater fuglene sammen med ham etter skolen", NEIGHBOUR, 1, "Leinesfjord",
                 phone=False),
        ),
    ),
    Life(
        "Solveig Straum", woman=True, age=84, village="Leinesfjord", unit=NORD,
        needs=("breakfast", "midday", "supper", "shower"),
        what_matters="Jeg glemmer, men jeg er ikke dum. Si hvem du er, så slipper jeg å gjette. Og la meg bære fatet "
        "til bordet.",
        talk_about="skolekjøkkenet, barndomshjemmet på Engeløya, gamle sanger, hva vi skal ha til middag",
        avoid="spørsmål om hun husker. Fortell heller selv",
        good_to_know="Navneskilt synlig. Kalenderen på kjøkkenet er hennes anker: kryss av dagen sammen. Blir urolig "
        "når det skumrer, tenn alle lampene.",
        i_do_myself="Jeg dekker bord, tørker av og bretter klær. Det sitter i hendene.",
        life_story="Lærer i heimkunnskap for to generasjoner. Ugift, har oppdratt en nevø. Kan fremdeles oppskriften "
        "på "
        "krumkaker til åtti personer.",
        memory_loss=True, vulnerable=True,
        near=(
            Near("Henrik Straum", "nevø", "kommer hver fredag med mat til helga", close=1, lives_in="Bogen", kin=True,
                 first=True),
            Near("Lisbet Straum", "nevøens kone", "ordner klær og frisør", lives_in="Bogen"),
            Near("Gerd Lorentzen", "venninne og kollega", "ringer klokka fire, når det skumrer", FRIEND, 1,
                 "Leinesfjord"),
            Near("Amalie Nygård", "frivillig", "synger og ser i album, hver tirsdag", VOLUNTEER, 2, "Leinesfjord"),
        ),
    ),
    Life(
        "Johan Kvarme", woman=False, age=79, village="Leinesfjord", unit=NORD,
        needs=("two", "evening", "shower", "company"),
        what_matters="At stolen står så jeg ser båtene. Kroppen er ferdig med jobben sin, men øynene er ikke det.",
        talk_about="sjarken «Havsula», vær, fotball, yngste barnebarnet",
        avoid="prognoser",
        good_to_know="Parkinson. Vent til medisinen virker, den er tatt klokka ni. Heisen henger i taket, seilet "
        "ligger "
        "i gangen. Stemmen er svak: sett deg ned og se på ham.",
        i_do_myself="Jeg spiser selv med den tykke skjea. Søler jeg, tørker jeg det opp også.",
        life_story="Fisker på egen kjøl fra han var nitten. Solgte båten i 2015 og har angret hver vår siden. Gift med "
        "Aud, som er den egentlige skipperen.",
        near=(
            Near("Aud Kvarme", "kone", "er der hele døgnet og trenger avlastning", close=1, lives_in="Leinesfjord",
                 kin=True,
                 first=True),
            Near("Remi Kvarme", "sønn", "tar nettene i helgene han er hjemme fra sjøen", close=1, lives_in="Helnessund",
                 kin=True),
            Near("Linn Kvarme", "svigerdatter", "handler og kjører", lives_in="Helnessund"),
            Near("Ulrik Kvarme", "barnebarn, 6 år", "viser ham tegninger av båter", close=1, lives_in="Helnessund",
                 phone=False),
            Near("Jentoft Rist", "gammel båtkamerat", "kommer med fisk og nytt fra kaia", FRIEND, 2, "Nordskot"),
            Near("Tora Lyng", "frivillig", "er hos ham når Aud er på trim", VOLUNTEER, 2, "Leinesfjord"),
        ),
    ),
    Life(
        "Petrine Aas-Hauge", woman=True, age=94, village="Leinesfjord", unit=NORD,
        needs=("stockings", "supper", "laundry"),
        what_matters="Orden i sysakene og sannhet i samtalene. Jeg er for gammel til å pyntes på.",
        talk_about="bunadsøm, teaterlaget, kongehuset, kommunevalg",
        good_to_know="Tar imot fra klokka åtte, ikke før. Hun hører alt. Stokken skal stå til venstre.",
        i_do_myself="Alt unntatt strømpene og det som ligger over hodehøyde.",
        life_story="Drev systue i førti år og sydde drakter til teaterlaget. To ganger enke, «og begge ganger "
        "fornøyd».",
        called="Trine",
        near=(
            Near("Kirsti Hauge", "stedatter", "kommer til jul og til sankthans", lives_in="Oslo", kin=True, first=True),
            Near("Mons Hauge", "barnebarn", "ordner nettbank over telefon", lives_in="Tromsø"),
            Near("Rønnaug Ø. Viken", "venninne", "diskuterer avisa hver formiddag på telefon", FRIEND, 1, "Bogøy"),
        ),
    ),
    Life(
        "Hilmar Solem", woman=False, age=82, village="Bogøy", unit=NORD, needs=("insulin", "supper", "shower",
             "cleaning"),
        what_matters="Å holde butikktrappa i gang. Der står jeg hver dag klokka elleve, det er min stasjon.",
        talk_about="butikken, kunder han har hatt, priser i 1974, kaffesorter",
        avoid="sukker og skyldfølelse i samme setning",
        good_to_know="Diabetes. Måler selv, dere ser på. Bikkja heter Bamse og er blind.",
        i_do_myself="Jeg måler blodsukkeret og setter sprøyta når dere har sett tallet.",
        life_story="Landhandler på Bogøy i tredje generasjon. Stengte i 2009, men har nøkkelen ennå.",
        near=(
            Near("Vivian Solem", "datter", "kommer annenhver helg med fryseren full", lives_in="Fauske", kin=True,
                 first=True),
            Near("Ørnulf Hage", "stamkunde og venn", "kaffe klokka elleve", FRIEND, 1, "Bogøy"),
            Near("Elise Rånes", "nabo", "går tur med Bamse", NEIGHBOUR, 1, "Bogøy"),
        ),
    ),
    Life(
        "Ragnhild Tind", woman=True, age=89, village="Laskestad", unit=NORD, needs=("morning", "supper", "shower"),
        what_matters="Sauene. Jeg ser dem fra vinduet, og den dagen jeg ikke gjør det, kan dere bare glemme resten.",
        talk_about="lamming, strikkemønster, havørna som tok en vær, naboer før og nå",
        avoid="om hun burde flytte nærmere",
        good_to_know="Isete bakke: ring naboen, han strør. Hun sier nei først og ja etterpå. Spør to ganger.",
        i_do_myself="Jeg fyrer i ovnen, lager grøt og strikker votter til alle som mangler.",
        life_story="Odelsjente på Laskestad. Drev garden alene da mannen var på fiske, og etterpå også.",
        near=(
            Near("Sivert Tind", "sønn", "driver garden, spiser middag hos henne", close=1, lives_in="Laskestad",
                 kin=True,
                 first=True),
            Near("Maren Tind", "sønnekone", "vasker hår og snakker om alt", close=1, lives_in="Laskestad"),
            Near("Iver Tind", "barnebarn", "bærer inn ved før skolebussen", close=1, lives_in="Laskestad", phone=False),
            Near("Asta Helgå", "søster", "ringer når det er lam på fjernsyn", lives_in="Alta"),
            Near("Leif Roar Kolvik", "nabo", "strør bakken", NEIGHBOUR, 2, "Laskestad"),
        ),
    ),
    Life(
        "Zdenka Horáková", woman=True, age=76, village="Steigen", unit=NORD, needs=("training", "dosett", "shopping"),
        what_matters="Snakk vanlig til meg. Jeg har bodd her i femti år og forstår mer enn dere tror, men gi meg tid "
        "til å svare.",
        talk_about="Praha, orgelmusikk, bakst med valmuefrø, prestegårdshagen",
        avoid="1968",
        good_to_know="Hadde slag i mars: leter etter ord, og tsjekkisk kommer noen ganger først. Papirlapp og blyant "
        "hjelper.",
        i_do_myself="Jeg spiller med venstre hånd hver dag. Høyre øver.",
        life_story="Organist i Steigen kirke fra 1975. Kom som flyktning med én koffert og fem notehefter.",
        language="norsk og tsjekkisk",
        near=(
            Near("Tomas Horak Lie", "sønn", "ringer på skjerm, de spiller firhendig over nett", close=1,
                 lives_in="Oslo",
                 kin=True, first=True),
            Near("Synnøve Prestegård", "venninne fra menigheten", "kjører til gudstjeneste", FRIEND, 1, "Steigen"),
            Near("Olaf Bjørkmo", "turvenn, frivillig", "øver trapp og går til kirka", VOLUNTEER, 2, "Bogen"),
        ),
    ),
    Life(
        "Torleif Grande", woman=False, age=86, village="Bogen", unit=NORD, needs=("breakfast", "evening", "shower"),
        what_matters="En hånd å holde i når jeg våkner, for jeg våkner alltid i feil hus.",
        talk_about="anleggstida, brua de bygde i 1978, hunder, trekkspill",
        avoid="å rette på ham. Huset i drømmen var også ekte",
        good_to_know="Kjent stemme roer. Syng «Å, eg veit meg eit land», han kan alle versene. Kan gå ut om natta: se "
        "at "
        "alarmen på døra er på.",
        i_do_myself="Jeg barberer meg med høvel når dere legger fram alt i rekke.",
        life_story="Anleggsarbeider på bruer og tuneller, sist på brua til Engeløya. Danset med Ella i 55 år.",
        memory_loss=True, vulnerable=True,
        near=(
            Near("Ella Grande", "kone", "gjør alt, og er sliten", close=1, lives_in="Bogen", kin=True, first=True),
            Near("May-Britt Grande", "datter", "tar ham med på biltur hver lørdag", close=1, lives_in="Leinesfjord",
                 kin=True),
            Near("Harry Lilleeng", "trekkspillvenn", "spiller for ham torsdager", FRIEND, 2, "Bogøy"),
        ),
    ),
    Life(
        "Unni Falch", woman=True, age=73, village="Leinesfjord", unit=NORD, needs=("stockings", "training", "shopping"),
        what_matters="Jeg skal ut igjen. Ikke om, men når. Heia på meg, ikke syt.",
        talk_about="ski, orientering, hva som skjer på kommunehuset, strikkekafeen",
        avoid="ordet «pasient»",
        good_to_know="Ny hofte i september. Hun teller trappetrinn: i dag kan det bli ett mer enn sist.",
        i_do_myself="Alt på kjøkkenet, og øvelsene to ganger om dagen.",
        life_story="Gymlærer og løypelegger. Skilt, glad for det, har reist rundt hele jorda alene.",
        near=(
            Near("Selma Falch", "datter", "sender treningsprogram og emojier", lives_in="Trondheim", kin=True,
                 first=True),
            Near("Karen-Anne Dypvik", "turvenninne", "går med henne mandag, onsdag og fredag", FRIEND, 1,
                 "Leinesfjord"),
            Near("Turgruppa i bygda", "turvenner", "har satt henne opp på toppturen til våren", FRIEND, 2,
                 "Leinesfjord", phone=False),
        ),
    ),
    Life(
        "Alfred Bruun", woman=False, age=96, village="Saursfjord", unit=NORD, needs=("morning", "midday", "evening",
             "shower"),
        what_matters="Stillhet til klokka ti, så en god prat. Rekkefølgen er viktig.",
        talk_about="Jan Mayen, fuglene, vindmålere, litteratur",
        good_to_know="Døv uten apparat, og tar det ut når han vil ha fred. Skriv på tavla. Le av vitsene, de er gode.",
        i_do_myself="Jeg leser termometeret klokka åtte og ringer tallet til instituttet. Det har jeg gjort siden "
        "1969.",
        life_story="Overvintret fire ganger på værstasjon. Fører dagbok på 74. året.",
        near=(
            Near("Ingelin Bruun", "barnebarn", "skriver ned historiene hans", close=1, lives_in="Bodø", kin=True,
                 first=True),
            Near("Fredrik Saur", "nabo", "brøyter og drikker kaffe etterpå", NEIGHBOUR, 1, "Saursfjord"),
        ),
    ),
    Life(
        "Jenny Arntsen", woman=True, age=81, village="Laskestad", unit=NORD, needs=("dosett", "shower", "company"),
        what_matters="At telefonen ringer. Jeg har ikke sagt et ord siden i forgårs, og da var det til han som leste "
        "av strømmen.",
        talk_about="barna på skoleskyssen, kryssord, bygdekino",
        avoid="sønnen, de har ikke snakket sammen på lenge",
        good_to_know="Sier at alt er bra. Det er det ikke alltid. Sett deg.",
        i_do_myself="Jeg greier det praktiske. Det er dagene som er lange.",
        life_story="Kjørte skoleskyss på Engeløya i tjuesju år og visste hvem som hadde glemt matpakka.",
        vulnerable=True,
        near=(Near("Reidun Åker", "nabo", "vinker fra vinduet klokka ni", NEIGHBOUR, 3, "Laskestad"),),
    ),
    Life(
        "Magne Sletta", woman=False, age=69, village="Røtnes", unit=NORD, needs=("wound", "dosett", "cleaning"),
        what_matters="Jeg styrer hverdagen selv. Dere er mannskapet, jeg er skipperen.",
        talk_about="motorsykler, blues, jakt, hvordan ting virker",
        avoid="medlidenhet",
        good_to_know="Bruker rullestol. Rampa er bratt: brems på vei ned. Hunden Ozzy er treningspartner og spiser "
        "sko.",
        i_do_myself="Kjører bil med håndkontroll, mekker og lager viltgryte.",
        life_story="Mekaniker og trommeslager. Ryggmargsskade etter ulykke i 1999, har siden kjørt til Nordkapp to "
        "ganger.",
        near=(
            Near("Tove-Lill Sletta", "søster", "passer Ozzy når han er på sykehus", lives_in="Holmåk", kin=True,
                 first=True),
            Near("Kjetil Ramberg", "bandkamerat", "øver i garasjen hver torsdag", FRIEND, 1, "Bogøy"),
            Near("Mikkel Sletta", "nevø", "lærer å sveise", close=1, lives_in="Holmåk"),
        ),
    ),
)  # fmt: skip
