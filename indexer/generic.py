"""Words that frame a question without saying its topic: how much each word of a query weighs.

"Yksinäisyyteen apua" asks about loneliness; every second service offers "apua". A framing word keeps a little
weight, and all of it when nothing else was said.
"""

from collections.abc import Sequence

from indexer.finnish.word import Word, listed
from indexer.meaning.background import Background

FINNISH_FRAMES = listed(
    """
    apu tuki tukea auttaa autta palvelu saada haluta tarvita hakea hakeutua etsiä löytää löytyä kaivata
    mennä tulla päästä käydä antaa ottaa tehdä kysyä tietää tieto info toiminta toimia ihminen henkilö asia
    joku kaikki muu uusi hyvä paikka kunta alue lähellä lähi oma yksi eri paljon vähän jaksaa kertoa sanoa
    puhua jutella osallistua järjestää järjestö yhdistys seura palveluntarjoaja tarjota asiakas asukas
    järjestetty ohje mahdollisuus mahdollinen tilanne elämä arki päivä vuosi ikä kova iso suuri pieni
    ongelma vaikeus vaiva tarve olo hoito hoitaa sairaus sairastaa sairas sairastunut juttelu juttuseura
    puhelu ilman ennen aikana usea moni missä tauti enää tosi todella heti usein kovasti edes missään minne
    yrittää kokeilla viikko kuukausi tunti kerta viime ensi koko kaksi kolme neljä viisi kuusi seitsemän
    kahdeksan yhdeksän kymmenen puoli nykyään myöhemmin tänään huomenna eilen kiitos kiva
    tapa keino toivoa pystyä osata alkaa lähteä jäädä joutua tuntea liittyvä koskea liittyä varten
    """
)
FOREIGN_FRAMES = {
    "sv": listed(
        """
        prata träffa vill söker söka hitta folk hjälp hjälpa stöd stödja få får tjänst tjänster behöver
        behöva behov gärna orkar orka någonstans människor människa person personer ger ge finns finnas
        känner känna mår må tycker tänker gör göra vet veta kommer komma går gå nya ny bra svårt svår
        """
    ),
    "en": listed(
        """
        help helps helping someone somebody people person persons want wants looking look service services
        support supporting need needs get getting find finding give talk meet meeting new good bad feel
        feeling feels think know cope coping deal dealing go going come make making difficult hard where
        near nearby place around advice information free
        """
    ),
}
FRAMES = FINNISH_FRAMES | frozenset().union(*FOREIGN_FRAMES.values())
HALF = listed(
    """
    ryhmä kurssi kerho neuvonta ohjaus tukihenkilö vertaistuki vertaistukiryhmä vertaisryhmä tukiryhmä
    keskusteluryhmä vertaistoiminta vertainen kohtaamispaikka tapahtuma tapaaminen koulutus kuntoutus
    keskustelu vapaaehtoinen ilmainen maksuton avoin läheinen omainen perhe lapsi nuori aikuinen ikäihminen
    vanhus eläkeläinen seniori mies nainen äiti isä vaimo puoliso poika tytär vanhempi ystävä koti kotona
    viikonloppu ilta aamu arki-ilta tilaus tilata ostaa myydä vuokrata vuokraus korjaus vaihto luento
    harrastus opas opastus valmennus ensitieto sopeutumisvalmennus potilas vammainen
    group course grupp kurs peer
    toipua toipuminen
    träff kväll café kafé samtal verksamhet verksam person linje linj rådgivning klubb krets förening
    """
)
TRADE = listed(
    """
    myydä myytävä myynti myyjä ostaa ostettava tarjous alennus hinta hinnasto tilaus tilata halvalla halvin
    käytetty vuokrattava vuokrata vuokraus vuokraamo aukiolo aukioloaika lippu pääsylippu varaosa huutokauppa
    kilpailutus kilpailuttaa verkkokauppa nettikauppa kotiinkuljetus takuu tarjouspyyntö urakka
    korjaus korjata huolto huoltaa asentaja asennus asentaa korko varasto
    """
)
"""Words of buying and selling, which activities of associations seldom answer."""
GOODS = (
    "auto", "rengas", "kortti", "lippu", "kuva", "resepti", "halli", "teatteri", "mökki", "hotelli", "kauppa",
    "myymälä", "vuokraamo", "liittymä", "sopimus", "vakuutus", "lento", "risteily", "safari", "näyttely",
    "konsertti", "istuin", "katsastus", "aikataulu", "pumppu", "pyörä", "näyttö", "festivaali", "messut",
    "sohva", "levy", "numero", "varaosa", "romu", "pakettiauto", "kone",
)  # fmt: skip
"""Last parts of compounds that name a thing or a trade, whatever its first part is about (muuttoauto)."""
FRAME_WEIGHT = 0.12
HALF_WEIGHT = 0.5
_OFTEN = 4
_SURE = 0.6
"""Specificity from which a word weighs in full."""


def bare(term: str) -> str:
    """A marked stem of another language without its mark (``sv:grupp``)."""
    return term[3:] if term[2:3] == ":" else term


def common_word(word: Word) -> bool:
    """Whether a word frames rather than tells; its written form decides where that is a base form
    ("yksin" is not "yksi")."""
    written = word.surface.lower()
    said = (written,) if written in word.lemmas else word.lemmas
    return any(lemma in FRAMES or lemma in HALF for lemma in said)


def carries(word: Word, part: str) -> bool:
    """Whether a part of a compound carries its whole topic, since the rest only frames it (digiapu: digi)."""
    said = bare(part)
    if said in FRAMES or said in HALF or not word.surface.lower().startswith(said[:3]):
        return False
    rest = [bare(other) for other in word.parts if other != part and part not in other]
    return bool(rest) and all(other in FRAMES or other in HALF for other in rest)


def thing(word: Word) -> bool:
    """Whether a compound names a thing for sale or a trade."""
    return any(lemma.endswith(GOODS) and lemma not in GOODS for lemma in word.lemmas)


def trades(words: Sequence[Word]) -> bool:
    """Whether something is bought, sold or let, and not only in one reading ("vuokraan": vuokra)."""
    return any(TRADE.issuperset(word.lemmas) for word in words)


class Importance:
    """How much words say about a topic, 0–1."""

    def __init__(self, background: Background) -> None:
        self._background = background

    def of(self, term: str) -> float:
        """Weight of one base form."""
        term = bare(term)
        if term in FRAMES:
            return FRAME_WEIGHT
        if term in HALF:
            return HALF_WEIGHT
        return 0.3 + 0.7 * min(1.0, self._background.specificity(term) / _SURE)

    def word(self, word: Word) -> float:
        """Weight of a word: that of its least telling common reading.

        The written word counts where it is a base form, unless it is met far more often as a form of another
        ("saa" of "saada").
        """
        written = word.surface.lower()
        if written not in word.lemmas:
            return min(self.of(lemma) for lemma in word.lemmas)
        often = _OFTEN * self._background.count(written)
        others = (lemma for lemma in word.lemmas if often and self._background.count(lemma) >= often)
        return min(self.of(lemma) for lemma in (written, *others))

    def weights(self, words: Sequence[Word]) -> tuple[float, ...]:
        """One weight a word; where every word is a frame, each counts in full."""
        found = [self.word(word) for word in words]
        if found and max(found) <= FRAME_WEIGHT:
            return (1.0,) * len(found)
        return tuple(found)
