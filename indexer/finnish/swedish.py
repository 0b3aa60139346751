"""Swedish compounds taken apart: "sorgegrupp" is sorg + grupp, "närståendevårdare" närstående + vårdare.

A compound is split only where both sides are elements listed here; whatever else is written together stays
whole. The list holds what associations and services of health, care and everyday life put together.
"""

from functools import lru_cache

from indexer.finnish.word import listed

_SHORTEST = 3
_LINKS = ("", "s", "e", "a", "o", "u", "n", "-")
"""What may stand between two elements: anhörig-, missbruk-s-, sorg-e-, närstående-."""
_ENDINGS = (
    "ernas", "arnas", "ornas", "erna", "arna", "orna", "ens", "ets", "ers", "ars", "en", "et", "er", "ar",
    "or", "na", "ns", "n", "t", "s", "e", "a", "",
)  # fmt: skip

ELEMENTS = listed(
    """
    sorg sörjande död begravning barn vuxen vuxna ung unga ungdom senior pensionär äldre åldring familj
    föräldra förälder mamma pappa mor mödra far fäder mormor farmor syskon änka änkling par
    parförhållande relation skilsmässa separation bröllop adoption foster stöd anhörig närstående
    vårdare vård vårdnad hem hus boende bostad hyra hyres skuld ekonomi budget pengar mat bröd kläder
    missbruk alkohol drog narkotika rus rusmedel spel beroende nykter nykterhet tobak rök rökning rökare
    läkemedel medicin sjuk sjukdom hälsa hälsovård mental psyk psykisk psykos depression ångest panik
    oro stress utmattning sömn trötthet självmord kris trauma olycka våld kvinna kvinnor man mans män
    offer brott brotts fånge fångvård fängelse jour skydd trygghet cancer bröst prostata hud lung tarm
    blod hjärt hjärn hjärna stroke njure njur lever led reuma diabetes astma allergi andning epilepsi
    parkinson alzheimer demens minne minnes hörsel syn syns döv döva hörapparat ögon öron tinnitus tal
    språk afasi rörelse rygg höft knä skelett ben muskel smärta migrän hjälpmedel rullstol rollator
    tillgänglighet handikapp funktion funktionshinder assistent assistans personlig tolk teckenspråk
    rehabilitering rehab anpassning träning motion gymnastik jumppa simning vatten dans sång kör musik
    konst teater läs läse bok bibliotek hand handarbete hantverk sticka stickning natur skog trädgård
    promenad gång cykel idrott sport lek park utflykt läger resa rese bastu kaffe lunch frukost middag
    måltid vän kamrat sällskap ensam ensamhet mötes möte träff träffpunkt plats punkt rum lokal telefon
    chatt nät webb digi data dator mobil surfplatta bank skatt blankett ansökan myndighet rättighet rätt
    juridik intresse bevakning arv testamente vilja arbete arbets arbetslös jobb verkstad utbildning
    studie studier skola skol läxa läx svenska finska invandrare integration flykting asyl papperslös
    inflyttad flytt färd färdtjänst skjuts transport taxi bil buss följeslagare ledsagare städ städning
    snö hushåll dag kväll natt vecka helg sommar jul fest frivillig volontär medlem förening förbund
    församling kyrka diakoni krigs veteran lotta by bys byahus kommun stads landsbygd lant lantbruk
    lantbrukare jordbruk jordbrukare bonde företag företagare grupp krets klubb kurs café cafe kafé kafe
    caféet rådgivning rådgivare hjälp service tjänst verksamhet samtal person central center centrum
    mottagning linje stuga gård hemmet behandling terapi utredning bedömning klinik förebyggande
    främjande uppföljning information föreläsning kunskap erfarenhet expert utbildare ledare handledare
    handledning instruktör koordinator avlastning ledighet semester vila amning bäbis baby spädbarn
    graviditet förlossning barnlöshet missfall tvilling flerling regnbåge regnbågs kön transkön homo
    lesbisk problem fråga skada kasse fall störning nedsättning utveckling sätt los hot mäns ätstörning
    ät autism adhd neuropsykiatri npf mobbning skolk frånvaro rasism diskriminering
    """
)


def parts(form: str) -> tuple[str, ...]:
    """The elements of a lower-case Swedish compound, as written without endings; () where it is none."""
    found = _split(form)
    return found if len(found) > 1 else ()


@lru_cache(maxsize=4096)
def _split(form: str) -> tuple[str, ...]:
    """The fewest elements that make up `form`, the longest first element among equals; () for none."""
    whole = _base(form)
    if whole:
        return (whole,)
    best: tuple[str, ...] = ()
    for at in range(len(form) - _SHORTEST, _SHORTEST - 1, -1):
        head = _modifier(form[:at])
        rest = _split(form[at:]) if head else ()
        if head and rest and (not best or 1 + len(rest) < len(best)):
            best = (head, *rest)
    return best


def _base(form: str) -> str:
    """The element that `form` is, endings of number, species and genitive taken off; "" for none."""
    if len(form) < _SHORTEST:
        return ""
    stems = (form[: len(form) - len(ending)] for ending in reversed(_ENDINGS) if form.endswith(ending))
    return next((stem for stem in stems if stem in ELEMENTS), "")


def _modifier(form: str) -> str:
    """The element that stands first in a compound, without what links it to the next; "" for none."""
    stems = [form[: len(form) - len(link)] for link in _LINKS if form.endswith(link)]
    if form.endswith(("o", "u", "e")):  # kvinnojour, veckovila: kvinna, vecka
        stems.append(form[:-1] + "a")
    return next((stem for stem in stems if len(stem) >= _SHORTEST - 1 and stem in ELEMENTS), "")
