"""The visit book of those written by hand: what could only have happened to them. Newest last."""

from __future__ import annotations

from collections.abc import Mapping

OWN: Mapping[str, tuple[str, ...]] = {
    "Astrid Nilsen": (
        "Sto på trappa i fem minutter med kåpa over skuldrene. «Nå er jeg luftet», sa hun.",
        "Sang to vers av «Deilig er jorden» mens vi tok strømpene. Hun tok annenstemmen.",
        "Pus satt i vasken. Den ville ikke flytte seg, så vi vasket oss på kjøkkenet.",
        "Litt tung i dag, det er årsdagen til Harald. Vi så på bildet fra poståpneriet.",
        "Hadde kokt solbærsaft selv. Sto ved komfyren i tjue minutter uten å bli svimmel.",
        "Eva ringte mens jeg var der. Hun spurte om noen kan bli med på salmekvelden.",
        "Lurer på om hun kunne fått være med og høre på koret når de øver. Si det videre.",
        "Vindstille og sol: vi drakk kaffen på trappa. Det var hennes idé.",
    ),
    "Edvard Moen": (
        "Såret er ned i halvannen centimeter. Han førte målet inn i sin egen tabell.",
        "Viste meg flyet han bygger på. Propellen er skåret for hånd.",
        "Ville vite hvorfor vi byttet bandasjetype. Ringte sykepleier fra kjøkkenet og fikk svar. Fornøyd.",
        "Sara fra nabohuset var innom og fylte fuglebrettet. De har sett en stillits.",
        "Nordlys i går. Han hadde stått i døra til klokka ett.",
    ),
    "Solveig Straum": (
        "Krysset av på kalenderen sammen. Da falt skuldrene ned.",
        "Dekket til fem. Vi lot det stå, og jeg satte meg ned på den ene plassen.",
        "Urolig da det skumret. Tente alle lampene, sang «Kjerringa med staven», og så var det greit.",
        "Kunne krumkakeoppskriften utenat, med vekt i gram. Skrev den av, den henger på kjøleskapet.",
        "Spurte tre ganger hvem jeg var og lo den fjerde: «Du er hun som spør om jeg har spist.»",
        "Henrik hadde vært der med fiskegrateng. Hun husket ikke besøket, men gleden satt i.",
    ),
    "Johan Kvarme": (
        "Medisinen virket fra ti over ni, vent til da. Forflytningen gikk lett.",
        "Så «Havsula» gå ut gjennom kikkerten. Den nye eieren blåste i fløyta.",
        "Aud sov på sofaen da vi kom. Vi var stille. Hun trenger en natt for seg selv.",
        "Ulrik hadde tegnet båten med alle tau på rett plass. Den henger over senga.",
        "Stemmen var nesten borte, men blikket var klart. Vi snakket med ja og nei.",
        "Jentoft kom med sei. Johan bestemte hvordan den skulle stekes.",
    ),
    "Petrine Aas-Hauge": (
        "Jeg kom fem på åtte og ventet på trappa til klokka ble hel. Det ble satt pris på.",
        "Rettet sømmen på uniformen min mens strømpene ble tatt på. Nå sitter den.",
        "Hun hadde lest referatet fra kommunestyret og har tre innvendinger.",
        "Hoven på venstre ankel i dag. Målte, skrev det på arket i skapet.",
    ),
    "Hilmar Solem": (
        "Blodsukker 7,8. Satte sprøyta selv, som alltid.",
        "Blodsukker 11,2. Det hadde vært vaffelselgere på trappa. Ingen av oss sa noe mer om det.",
        "Bamse fant igjen skoen min. Venstre.",
        "Kaffeprisen fra 1974 er nå skrevet på et kart på veggen. Spør om det.",
    ),
    "Ragnhild Tind": (
        "Sa nei til dusj, så ja, så at det var hennes egen idé.",
        "Iver hadde båret inn ved før skolen. Det lukter bjørk i hele huset.",
        "Nytt par votter til meg. Hun tok mål i smug.",
        "Havørna satt på låvetaket. Vi sto helt stille begge to.",
    ),
    "Zdenka Horáková": (
        "Fant ordet «trapp» på norsk i dag, etter to forsøk på tsjekkisk. Ti trinn.",
        "Spilte med venstre hånd, og litt med høyre. Jeg fikk gåsehud.",
        "Skrev handlelista selv. Valmuefrø står øverst.",
        "Olaf kom og gikk med henne til kirkegårdsmuren. Hun vil helt fram neste gang.",
    ),
    "Torleif Grande": (
        "Var på anlegget i dag. Jeg ble med dit, og så gikk vi hjem til frokost.",
        "Ella har ikke sovet. Hun sier at det går, det går ikke. Gi beskjed til Liv om avlastning.",
        "Sang alle versene, også det andre som ingen kan.",
        "Barberte seg selv med høvelen. Jeg holdt speilet.",
    ),
    "Unni Falch": (
        "Fjorten trinn i dag. Det er to mer enn forrige gang, og hun har skrevet det på døra.",
        "Har bestilt nye staver. Målet er bålplassen før jul.",
        "Sa at øvelse tre er kjedelig og at hun gjør den likevel.",
    ),
    "Alfred Bruun": (
        "Minus fire komma to klokka åtte. Tallet er ringt inn.",
        "Tok ut apparatet da jeg kom og satte det inn klokka ti, som avtalt.",
        "Leste fra dagboka om isbjørnen på trappa i 1963. Den fikk kjeks.",
    ),
    "Jenny Arntsen": (
        "Hun sa at alt var bra. Jeg satte meg, og da var det ikke det. Hun savner folk rundt bordet.",
        "Vi tok kryssordet sammen. Hun visste alt, jeg holdt pennen.",
        "Sier hun kunne tenkt seg bygdekino hvis noen hentet henne. Skriver det her så det ikke blir borte.",
    ),
    "Magne Sletta": (
        "Ozzy har spist enda en sko. Vi er skuls, jeg fikk kaffe.",
        "Såret på hælen gror. Han styrer, jeg bandasjerer.",
        "Bandet spiller på samfunnshuset i desember. Trommene er allerede pakket.",
    ),
    "Sverre Leinan": (
        "God morgen til begge. De hadde ligget og holdt hverandre i hånda siden fem.",
        "Målfrid ville ha ekstra pute, Sverre ga henne sin.",
        "Han skrelte poteter til middag og fortalte om dansen i 1959.",
    ),
    "Klara Myhrvold": (
        "Døra på gløtt, nattlyset på. Sa «god natt, Klara». Hun smilte med lukkede øyne.",
        "Hundre tak med børsten. Jeg fikk ta de siste tjue.",
        "Redd for vinden i natt. Vi satt litt og hørte på den sammen.",
    ),
    "Konrad Ness": (
        "Leselampa fra vaktrommet virker igjen. Han vil ha flere.",
        "Fant ikke rommet sitt. Radioen på døra hjalp.",
    ),
    "Signe Holand": (
        "Hurtigbåten gikk i rute. Koppen står klokka tre på fatet.",
        "Brev fra Montevideo! Børre leser det høyt på søndag.",
    ),
    "Peder Foldnes": (
        "Fulgte ham ned til naustet etter strømpene. Tre hvil, ett smil.",
        "Aslak har satt inn første bordgang alene. Peder sa «jo» to ganger.",
    ),
    "Gudrun Skogheim": (
        "Varme håndklær først, så gikk alt lettere.",
        "Har malt havet grått i dag. «Det er riktig», sa hun.",
    ),
    "Ottar Bratland": (
        "Fiskekakene hans er bedre enn mine. Vi vasket kjøkkenet sammen etterpå.",
        "Savnet kom da vi tok hennes skap. Vi lukket det igjen. En annen dag.",
    ),
    "Dagny Fjære": (
        "Kaffe halv elleve, så badet. Hun fortalte om hotellet i Luleå, kapittel fire.",
    ),
}  # fmt: skip
MUST_READ: Mapping[str, str] = {
    "Astrid Nilsen": "Sa at det stikker i venstre hofte når hun reiser seg. Hun vil ikke ha det til noe. Spør.",
    "Johan Kvarme": "Aud skal på øyelege onsdag klokka elleve. Noen må være hos Johan, og Tora kan ikke.",
    "Solveig Straum": "Komfyrvakta har slått seg av to ganger. Vaktmester kommer, bruk vannkoker så lenge.",
    "Hilmar Solem": "Nytt insulin fra mandag, sju enheter om morgenen. Resepten ligger i permen.",
    "Torleif Grande": "Var ute på veien i natt klokka fire. Dørvarsleren må testes hver kveld.",
}  # fmt: skip
