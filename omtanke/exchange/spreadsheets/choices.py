"""Words that stand for one of few things: competences, services, kinds of absence, in three languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_noop as _

from omtanke.exchange.spreadsheets.folding import fold, nearest
from omtanke.exchange.spreadsheets.reading import Raw
from omtanke.exchange.spreadsheets.values import shown
from omtanke.exchange.spreadsheets.words import Unreadable

LANGUAGES = ("nb", "sv", "en")


@dataclass(frozen=True)
class Choice:
    """Codes and the words for them: Norwegian, Swedish, English, then other words, divided by commas."""

    words: Mapping[str, str]

    @cached_property
    def _codes(self) -> dict[str, str]:
        folded = {fold(word): code for code, words in self.words.items() for word in words.split(",")}
        return folded | {fold(code): code for code in self.words}

    def label(self, code: str, language: str) -> str:
        """The word an export writes."""
        words = self.words.get(code)
        return words.split(",")[LANGUAGES.index(language)].strip() if words else code

    def labels(self, language: str) -> list[str]:
        return [self.label(code, language) for code in self.words]

    def find(self, written: str) -> str | None:
        return self._codes.get(fold(written))

    def read(self, raw: Raw) -> str:
        written = shown(raw)
        if code := self.find(written):
            return code
        known = [word.strip() for words in self.words.values() for word in words.split(",")]
        if close := nearest(written, known):
            raise Unreadable(_("We do not know “%(value)s”. Did you mean “%(near)s”?"), value=written[:40], near=close)
        raise Unreadable(_("We do not know “%(value)s”."), value=written[:40])

    def read_several(self, raw: Raw) -> list[str]:
        """Several words in one cell, in the order of the codes."""
        written = shown(raw)
        if code := self.find(written):
            return [code]
        parts = [part for part in re.split(r"[;,/+&|\n]|\s+(?:og|och|and)\s+", written) if part.strip()]
        found = {self.read(part.strip()) for part in parts}
        return [code for code in self.words if code in found]


COMPETENCE = Choice(
    {
        "nurse": "Sykepleier,Sjuksköterska,Registered nurse,nurse,spl,sykepl,autorisert sykepleier,"
        "legitimerad sjuksköterska,ssk,RN,vernepleier,offentlig godkjent sykepleier,vernepl",
        "health_worker": "Helsefagarbeider,Undersköterska,Health worker,hfa,helsefagarb,hjelpepleier,omsorgsarbeider,"
        "usk,hjpl,fagarbeider,omsorgsarb,auxiliary nurse,hjelpepl",
        "assistant": "Pleieassistent,Vårdbiträde,Care assistant,assistent,pleieass,ass,ufaglært,assistant,"
        "helseassistent,vb,pleiemedarbeider",
        "home_helper": "Hjemmehjelper,Hemtjänstpersonal,Home helper,hjemmehjelp,hemhjälp,hjh,praktisk bistand,"
        "hemtjänst",
        "medication": "Medisinkurs,Läkemedelsdelegering,May give medicines,medisin,medisiner,medikament,medikamentkurs,"
        "medisinhåndtering,läkemedel,delegering läkemedel,medicines,medication,legemiddelhåndtering,legemidler",
        "wound_care": "Sårbehandling,Sårvård,Wound care,sår,sårstell,sårkurs,wounds",
        "dementia": "Demensomsorg,Demensvård,Dementia care,demens,dementia,demensomsorgens abc,demenskompetanse,"
        "silviasyster",
        "palliative": "Lindrende omsorg,Palliativ vård,Palliative care,palliasjon,lindrende,palliativ,palliative",
        "driver": "Førerkort,Körkort,Driving licence,førerkort b,sertifikat,körkort b,B,driving license,driver,bil",
    }
)
SERVICE = Choice(
    {
        "home_nursing": "Hjemmesykepleie,Hemsjukvård,Home nursing,helsetjenester i hjemmet,helsehjelp i hjemmet,"
        "hjemmesykepl,hspl,hjemmespl,home health care,omvårdnad",
        "practical_help": "Praktisk bistand,Hemtjänst,Practical help,hjemmehjelp,praktisk hjelp,hemhjälp,"
        "serviceinsatser,praktisk bistand daglige gjøremål,rengjøring,home help,praktisk bistand og opplæring",
        "day_activity": "Dagaktivitet,Dagverksamhet,Day activity,dagsenter,dagtilbud,dagaktivitetstilbud,day centre,"
        "aktivitetstilbud",
        "meals": "Matombringing,Matdistribution,Meals brought home,matlevering,middagsombringing,matlåda,middag,meals,"
        "mat,meals on wheels,middagslevering",
        "safety_alarm": "Trygghetsalarm,Trygghetslarm,Safety alarm,alarm,larm,velferdsteknologi alarm,"
        "safety alarm device",
        "respite": "Avlastning,Avlösning,Respite,avlösarservice,avlastningstiltak,respite care,"
        "korttidsplass avlastning,växelvård",
        "support_contact": "Støttekontakt,Kontaktperson,Support contact,ledsagersosialtjänst,fritidskontakt,ledsagare,"
        "ledsagarservice",
    }
)
UNIT_KIND = Choice(
    {
        "zone": "Hjemmesykepleie sone,Hemtjänstområde,Home nursing zone,sone,zone,område,hjemmesykepleie,"
        "hjemmetjeneste,hemsjukvård,hemtjänst,zon,hemtjänstgrupp,home nursing,hjemmebasert,distrikt",
        "practical_help": "Praktisk bistand,Serviceinsatser,Practical help,hjemmehjelp,praktisk hjelp,service",
        "sheltered_housing": "Omsorgsbolig,Särskilt boende,Sheltered housing,omsorgsboliger,bolig,bofellesskap,"
        "trygghetsboende,servicebolig,äldreboende,housing,bemannet omsorgsbolig,heldøgns omsorgsbolig",
        "senior_centre": "Seniorsenter,Seniorcenter,Senior centre,dagsenter,eldresenter,dagverksamhet,träffpunkt,"
        "senior center,aktivitetssenter",
        "visit_service": "Besøkstjeneste,Besöksverksamhet,Visit service,besøksvenn,besøksvenner,besøksordning",
    }
)
TIE_KIND = Choice(
    {
        "family": "Familie,Familj,Family,slekt,pårørende,anhörig,släkt,datter,sønn,son,dotter,daughter,barn,child,"
        "ektefelle,make,maka,spouse,kone,mann,wife,husband,samboer,sambo,partner,søster,syster,sister,bror,brother,"
        "søsken,syskon,mor,far,mamma,pappa,mother,father,barnebarn,barnbarn,grandchild,niese,nevø,brorson,"
        "systerdotter,svigerdatter,svigersønn,svärdotter,svärson,niece,nephew,dattersønn,datterdatter,sønnedatter,"
        "sønnesønn,fetter,kusine,kusin,cousin,svoger,svigerinne,tante,onkel,aunt,uncle,ektemann,hustru,eks,oldebarn,"
        "stesønn,stedatter,stebror,stesøster,steson",
        "friend": "Venn,Vän,Friend,venninne,väninna,kamerat,bekjent,bekant,vennskap,god venn,god venninne",
        "neighbour": "Nabo,Granne,Neighbour,neighbor,naboen,nabokone,grannen",
        "volunteer": "Frivillig,Volontär,Volunteer,besøksvenn,støttekontakt,kontaktperson,visiting friend",
        "other": "Annet,Annat,Other,annen,øvrig,verge,god man,förvaltare,guardian,prest,präst",
    }
)
CLOSENESS = Choice(
    {
        "1": "Svært nær,Mycket nära,Very close,nær,nära,close,daglig,dagligen,daily",
        "2": "Jevnlig kontakt,Regelbunden kontakt,In regular touch,jevnlig,regelbundet,regular,ukentlig,veckovis,"
        "weekly",
        "3": "Nå og da,Då och då,Now and then,sjelden,sällan,av og til,ibland,seldom,sporadisk",
    }
)
ABSENCE_KIND = Choice(
    {
        "ill": "Syk,Sjuk,Ill,sykmeldt,sykemeldt,sykdom,sjukdom,sjukskriven,sykefravær,sjukfrånvaro,egenmelding,sick,"
        "sick leave,illness,sykt barn,vab,barn syk,vård av barn,s,egenmeldt,delvis sykmeldt,sjukanmäld",
        "holiday": "Ferie,Semester,Holiday,f,feriefri,vacation,avspasering,annual leave,ferieuke,komp",
        "leave": "Permisjon,Tjänstledighet,Leave,perm,tjänstledig,foreldrepermisjon,föräldraledig,velferdspermisjon,"
        "permittert,föräldraledighet,parental leave,p,ulønnet permisjon,omsorgspermisjon",
        "course": "Kurs,Utbildning,Course,opplæring,kursdag,fagdag,training,k,konferanse,utdanning",
        "other": "Annet fravær,Annan frånvaro,Away,borte,fravær,frånvaro,annet,annat,other,absent,fri,ledig",
    }
)
