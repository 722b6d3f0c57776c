"""Relatives and others around a citizen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets import values
from omtanke.exchange.spreadsheets.choices import CLOSENESS, TIE_KIND
from omtanke.exchange.spreadsheets.columns import Column, Kind, Row
from omtanke.exchange.spreadsheets.folding import fold
from omtanke.exchange.spreadsheets.known import Known
from omtanke.people.models import Citizen, Tie

CITIZEN_ID = (
    "Brukers fødselsnummer,Brukarens personnummer,Citizen's national identity number,fødselsnummer,personnummer,fnr,"
    "brukers fnr,fnr bruker,pasientens fødselsnummer,fødselsnummer bruker,personnummer brukare,"
    "national identity number,national id,fødselsnr,brukarens pnr,citizen id,bruker fnr,citizen national id,"
    "fødselsnr bruker,personnr,pnr,innbyggers fødselsnummer,brukerens fødselsnummer,tjenestemottakers fødselsnummer,"
    "dnr,d nummer"
)
CITIZEN_NAME = (
    "Bruker,Brukare,Citizen,brukers navn,brukarens namn,citizen's name,pasient,innbygger,brukernavn,beboer,"
    "navn på bruker,tjenestemottaker,client,pårørende til,anhörig till,relative of,citizen name,brukerens navn,klient,"
    "navn,namn,name,fullt navn,full name"
)
CITIZEN_BORN = (
    "Brukers fødselsdato,Brukarens födelsedatum,Citizen's birth date,bruker født,født,fødselsdato,födelsedatum,"
    "född,brukare född,citizen born,birth date,date of birth,born,brukerens fødselsdato,fødselsdato bruker,f dato,fdato"
)
ABOUT = (
    Column("citizen_id", CITIZEN_ID, values.identity_number, ("010190 12345", "19121212-1212", "010190 12345")),
    Column(
        "citizen_name",
        CITIZEN_NAME,
        values.text(160),
        ("Astrid Nilsen", "Astrid Nilsson", "Astrid Nelson"),
        _("With the birth date, where the identity number is not known."),
    ),
    Column("citizen_born", CITIZEN_BORN, values.born, ("04.05.1939", "1939-05-04", "04.05.1939")),
)

KIND = Kind(
    "relatives",
    "Pårørende,Anhöriga,Relatives,pårørendeliste,nærmeste pårørende,next of kin,närstående,nettverk,nätverk,network,"
    "kin,kontaktpersoner,family",
    (
        *ABOUT,
        Column(
            "name",
            "Pårørendes navn,Anhörigs namn,Relative's name,navn,namn,name,pårørende,anhörig,relative,kontaktperson,"
            "fullt navn,navn på pårørende,pårørende navn,närstående,relative name,kontakt,full name",
            values.text(120),
            ("Eva Nilsen", "Eva Nilsson", "Eva Nelson"),
        ),
        Column(
            "relation",
            "Relasjon,Relation,Relation,slektskap,släktskap,relationship,forhold,tilknytning,relasjon til bruker,"
            "familierelasjon,slektsforhold,rolle",
            values.text(60),
            ("datter", "dotter", "daughter"),
        ),
        Column(
            "kind",
            "Type,Typ,Kind,type relasjon,slag,relasjonstype,type kontakt,kategori",
            TIE_KIND.read,
            ("Familie", "Familj", "Family"),
            choice=TIE_KIND,
        ),
        Column(
            "closeness",
            "Nærhet,Närhet,Closeness,hvor nær,kontakthyppighet,hvor ofte,kontakt hyppighet,hur ofta",
            CLOSENESS.read,
            ("Jevnlig kontakt", "Regelbunden kontakt", "In regular touch"),
            choice=CLOSENESS,
        ),
        Column(
            "contributes",
            "Bidrar med,Bidrar med,Contributes,oppgaver,hjelper med,uppgifter,hjälper till med,helps with,bidrag,"
            "merknad",
            values.text(200),
            ("Handler på fredager", "Handlar på fredagar", "Shops on Fridays"),
        ),
        Column(
            "phone",
            "Telefon,Telefon,Phone,tlf,mobil,mobiltelefon,telefonnummer,tlf nr,mobilnr,mobilnummer,telefonnr,"
            "telephone,mobile,tfn,pårørendes telefon,telefon pårørende,tlf pårørende,anhörigs telefon",
            values.phone,
            ("901 00 000", "070-123 45 67", "901 00 000"),
        ),
        Column(
            "email",
            "E-post,E-post,Email,epost,mail,e-mail,epostadresse,e postadress,mejl,email address",
            values.email,
            ("eva@example.org",) * 3,
        ),
        Column(
            "lives_in",
            "Bor i,Bor i,Lives in,bosted,bostadsort,sted,poststed,ort,bor,town,postort,city,bosted pårørende",
            values.text(60),
            ("Bodø", "Umeå", "Bodø"),
        ),
        Column(
            "is_next_of_kin",
            "Nærmeste pårørende (ja/nei),Närmast anhörig,Next of kin,er pårørende,är anhörig,nærmeste,hovedpårørende,"
            "er nærmeste pårørende,is next of kin,nærmeste pårørende ja nei,närmaste anhörig",
            values.yes_or_no,
            ("Ja", "Ja", "Yes"),
        ),
        Column(
            "call_first",
            "Ring først,Ring först,Call first,ringes først,førstekontakt,primærkontakt pårørende,kontaktes først,"
            "first contact,kontaktas först,kontakt nr 1",
            values.yes_or_no,
            ("Ja", "Ja", "Yes"),
            _("One person for each citizen."),
            blank_means_none=True,
        ),
    ),
    needs=(("citizen_id", "citizen_name"), ("name",)),
)
TEXTS = ("name", "relation", "kind", "closeness", "contributes", "phone", "email", "lives_in")
FIELDS = (*TEXTS, "is_next_of_kin", "call_first")
# Words like 'daughter' say what kind of tie it is.
BY_RELATION = {"family", "friend", "neighbour", "volunteer"}


class Ties:
    """The ties there are, by citizen and name."""

    def __init__(self) -> None:
        self.of_known: dict[int, list[Tie]] = defaultdict(list)
        self.of_new: dict[int, list[Tie]] = defaultdict(list)
        for tie in Tie.objects.all().iterator(chunk_size=5000):
            self.of_known[tie.citizen_id].append(tie)

    def of(self, citizen: Citizen) -> list[Tie]:
        return self.of_known[citizen.pk] if citizen.pk else self.of_new[id(citizen)]

    def find(self, citizen: Citizen, name: str, kind: str | None) -> Tie | None:
        """By name and kind; or by the name alone, when only one has it: the kind may have been mended."""
        named = [tie for tie in self.of(citizen) if fold(tie.name) == fold(name)]
        exact = [tie for tie in named if kind is None or tie.kind == kind]
        if exact:
            return exact[0]
        return named[0] if len(named) == 1 and named[0].pk else None


def take(rows: Sequence[Row], known: Known) -> None:
    """A tie is recognised by the citizen and the name."""
    ties, first_calls = Ties(), dict[int, int]()
    for row in rows:
        citizen = known.find_citizen(row)
        if citizen is not None and not row.is_refused():
            _take_one(row, citizen, ties, first_calls, known)


def _take_one(row: Row, citizen: Citizen, ties: Ties, first_calls: dict[int, int], known: Known) -> None:
    wanted = {field: row.values[field] for field in FIELDS if row.get(field) is not None}
    if "closeness" in wanted:
        wanted["closeness"] = int(wanted["closeness"])
    tie = ties.find(citizen, row.values["name"], row.get("kind") or _kind_told_by(row.get("relation")))
    if tie is None:
        wanted.setdefault("kind", _kind_told_by(row.get("relation")) or Tie.Kind.FAMILY)
        tie = Tie(citizen=citizen, is_next_of_kin="is_next_of_kin" not in row.headings)
        ties.of(citizen).append(tie)
    elif fold(tie.name) == fold(row.values["name"]):
        wanted.pop("name")  # another way to write the same name is no change
    if "call_first" in row.headings:
        wanted["call_first"] = bool(row.get("call_first"))
    if wanted.get("call_first") and first_calls.setdefault(id(citizen), row.place.row) != row.place.row:
        row.refuse(
            "call_first", _("Only one can be called first; row %(row)d is already."), row=first_calls[id(citizen)]
        )
        return
    if wanted.get("call_first"):
        _nobody_else_first(citizen, tie, ties, known)
    known.changes.settle(row, tie, wanted, columns={})


def _nobody_else_first(citizen: Citizen, tie: Tie, ties: Ties, known: Known) -> None:
    for other in ties.of(citizen):
        if other is not tie and other.call_first:
            other.call_first = False
            known.changes.mark(other, ["call_first"])


def _kind_told_by(relation: str | None) -> str | None:
    kind = TIE_KIND.find(relation) if relation else None
    return kind if kind in BY_RELATION else None


def give() -> Iterator[dict[str, Any]]:
    ties = Tie.objects.select_related("citizen").order_by("citizen__sort_name", "citizen_id", "name", "kind")
    for tie in ties.iterator(chunk_size=2000):
        yield {field: getattr(tie, field) for field in FIELDS} | {
            "citizen_id": tie.citizen.national_id,
            "citizen_name": tie.citizen.name,
            "citizen_born": tie.citizen.born,
        }
