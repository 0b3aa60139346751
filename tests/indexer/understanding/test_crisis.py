"""Which words put emergency help first, and which must not."""

from pathlib import Path

import pytest

from indexer.finnish import Analyser
from indexer.understanding.crisis import CrisisReader
from schemas.crisis import load_crisis
from schemas.errors import ConfigurationError
from schemas.taxonomy import load_taxonomy

CONFIG = Path(__file__).resolve().parents[3] / "config"

SUICIDE = (
    "poika on tehnyt itsemurhayrityksen",
    "en haluu enää elää täs maailmas",
    "haluisin vaa kuolla",
    "mä tapan itteni",
    "tapan itteni tänään",
    "oon miettiny itsaria",
    "itsemurha ajatuksia",
    "itemurha",
    "itsemurhhaa mietin",
    "elämä ei oo elämisen arvost",
    "ei jaksa enään elää",
    "emmä jaksa elää",
    "en taho elää",
    "tahtosin kuolla pois",
    "toivoisin etten heräis aamulla",
    "toivon etten heräisi enää",
    "maailma ois parempi ilman mua",
    "kaikilla olis parempi ilman minua",
    "kukaan ei kaipaisi minua jos kuolisin",
    "suunnittelen kuolemaani",
    "aion hypätä parvekkeelta",
    "vedin ranteet auki",
    "viiltelen käsiä",
    "viillän ittee",
    "satutan itteeni",
    "teki mieli ajaa rekan alle",
    "otin kaikki unilääkkeet",
    "söin purkin buranaa",
    "poika uhkaa tappaa itsensä",
    "tytär puhuu että haluaa kuolla",
    "lapsi sanoi haluavansa kuolla",
    "ystäväni aikoo tappaa itsensä",
    "mitä teen kun kaveri on itsetuhoinen",
    "jag vill inte leva längre",
    "tänker ta livet av mig",
    "jag orkar inte leva",
    "i dont want to live anymore",
    "i want to kill myself",
    "thinking about ending my life",
    "i am cutting myself",
    "haluun tappaa itteni",
    "haluan kuolla",
    "Haluaisin vain kuolla",
    "haluun kuolla",
    "en halua enää elää",
    "en jaksa elää",
    "ajattelen itsemurhaa",
    "itsemurha-ajatuksia",
    "itsemurhaa yrittänyt poika",
    "itsari mielessä",
    "tapan itseni",
    "aion tappaa itseni",
    "mieheni uhkaa tappaa itsensä",
    "viiltelen itseäni",
    "tytär viiltelee",
    "nuori satuttaa itseään",
    "itsetuhoiset ajatukset",
    "lapsi on itsetuhoinen",
    "mietin kuolemaa koko ajan",
    "ei ole mitään syytä elää",
    "söin kaikki pillerit",
    "otin yliannostuksen lääkkeitä",
    "jag vill dö",
    "självmordstankar",
    "I want to die",
    "suicidal thoughts",
    "kill myself",
    "ystävä puhuu itsemurhasta",
    "olisi parempi jos minua ei olisi",
    "elämällä ei ole enää merkitystä",
    "itsetuhoisuus nuorella",
    "haluan päättää päiväni",
    "hyppään sillalta",
)
VIOLENCE = (
    "mies löi minua päähän",
    "mies hakkas mut",
    "mieheni lyö minua",
    "ukko lyö",
    "äijä hakkaa",
    "avomies pieksee",
    "isäpuoli lyö",
    "faija hakkaa",
    "iskä lyö mua",
    "mun poikaystävä löi mua",
    "mies tönii ja uhkailee",
    "pelkään miestä",
    "pelkään mun miestä",
    "pelkään ukkoa humalassa",
    "mies on väkivaltanen",
    "hän kuristi minut",
    "eksä stalkkaa mua",
    "exä vainoo",
    "ex-mies uhkailee tappaa",
    "setä koskettelee",
    "isä koskettelee minua",
    "minut on raiskattu",
    "mut raiskattiin bileissä",
    "joku pakotti mut seksiin",
    "aikuinen poika hakkaa äitiään",
    "tarvitsen pakopaikan miestäni",
    "min man slog mig",
    "han slår mig",
    "jag är rädd för min pojkvän",
    "my husband beats me",
    "my boyfriend hit me",
    "he threatens me",
    "being abused at home",
    "mies lyö",
    "mieheni hakkaa minua",
    "puoliso löi",
    "vaimo lyö minua",
    "isä hakkaa äitiä",
    "poikaystävä lyö",
    "pelkään miestäni",
    "pelkään mennä kotiin",
    "mies uhkaa tappaa",
    "ex uhkailee",
    "eksä vainoaa minua",
    "minut raiskattiin",
    "raiskattu",
    "lähisuhdeväkivaltaa",
    "väkivaltainen puoliso",
    "perheväkivalta apua",
    "turvakoti",
    "missä on turvakoti",
    "kuristi minua",
    "isä lyö lasta",
    "lasta lyödään kotona",
    "min man slår mig",
    "my husband hits me",
    "domestic violence",
    "väkivaltaa parisuhteessa",
    "aikuinen poika hakkaa",
    "pakotti seksiin",
    "seksuaalinen hyväksikäyttö",
    "pahoinpitely kotona",
    "kokenut väkivaltaa",
    "he beats me",
    "våld i nära relationer",
)
ACUTE = (
    "paniikkikohtaus päällä apua",
    "tarvitsen apua juuri nyt",
    "oon ihan rikki en kestä",
    "en kestä enää yhtään",
    "pää leviää",
    "äiti kuulee ääniä ja luulee että häntä seurataan",
    "apua heti",
    "akuutti kriisi",
    "tarvitsen apua heti",
    "olen kriisissä",
    "en jaksa enää",
    "en kestä enää",
    "kuulen ääniä",
    "kriisipuhelin",
    "akut kris",
    "acute crisis",
    "mies kuoli tänään",
    "en selviä tästä yöstä",
    "hätätilanne",
)
NEAR_MISSES = (
    "kuolen nauruun",
    "sururyhmä itsemurhan jälkeen",
    "väkivaltatyön koulutus",
    "lyödä kortilla",
    "kello lyö kaksitoista",
    "haluan kuolla vanhana kotona",
    "hoitotahto elvytys",
    "saattohoitoon haluan kuolla kotona",
    "koira kuoli",
    "lapsi kuoli",
    "en jaksa työssä",
    "en jaksa omaishoitajana",
    "en jaksa kävellä",
    "en jaksa yksin lapsen kanssa",
    "kuolinsiivous",
    "kuolinpesä",
    "kuolemansuru",
    "kuolemanpelko",
    "pelkään koiria",
    "pelkään lentämistä",
    "pelkään kaatumista",
    "poika ei tottele",
    "poika pelaa väkivaltapelejä",
    "lyhty",
    "lyönnit sydämessä",
    "sydän hakkaa",
    "sydän hakkaa öisin",
    "mies hakkaa halkoja",
    "hakkaa matot",
    "hakkuu",
    "mies löi päänsä",
    "äiti löi päänsä kaatuessa",
    "kaatui ja löi päänsä",
    "turvakodin vapaaehtoinen",
    "kriisipuhelimen vapaaehtoiseksi",
    "vapaaehtoiseksi kriisikeskukseen",
    "kriisikeskuksen aukiolo",
    "ampumarata",
    "ampumaseura",
    "karate",
    "itsepuolustus",
    "nyrkkeily",
    "lääkkeiden jako",
    "otin lääkkeitä väärin reseptin",
    "lääkkeet loppu",
    "kuulen huonosti",
    "kuulen huonosti toisella korvalla",
    "ääniä korvissa",
    "äänikirja",
    "äänen käyttö",
    "kuoro äänet",
    "hyppytunti",
    "junan aikataulu",
    "silta",
    "parveke",
    "viiltävä kipu",
    "viiltää vatsaa",
    "viilto leikkaushaava",
    "satutin polveni",
    "satutin jalkani",
    "vahingoittunut selkä",
    "tapaturma",
    "tapettu",
    "rikos kirja",
    "dekkari lukupiiri murha",
    "murhamysteeri",
    "leikki",
    "kevään päättäjäiset",
    "päättää päivän kahvilla",
    "elää terveellisesti",
    "en osaa elää ilman puhelinta",
    "haluan elää",
    "haluan pois velasta",
    "haluan pois työelämästä",
    "apua heti digi",
    "hätävara",
    "hätäensiapu kurssi",
    "hätäensiapu",
    "överit karkkia",
    "min man är sjuk",
    "jag vill dansa",
    "my husband is ill",
    "killing time",
    "beat the heat",
    "hit me up friends",
    "kys syöpä",
    "tapan aikaa",
    "väkivaltaehkäisyn koulutus",
    "miten tappaa aikaa työttömänä",
    "tappaa torakoita",
    "haluan kuolla nauruun",
    "sydän lyö nopeasti",
    "sydän lyö tyhjää",
    "kello lyö",
    "lyön korttia",
    "lyödä vetoa",
    "hakkaa halkoja",
    "polttopuiden hakkaaminen",
    "itsemurhan tehneen läheisen suru",
    "itsemurhan jälkeen sururyhmä",
    "läheisen itsemurhan jälkeen",
    "menetin poikani itsemurhassa",
    "äiti kuoli",
    "mieheni kuoli",
    "kuoleman pelko",
    "saattohoito",
    "hautajaiset",
    "väkivallattomuus kasvatuksessa",
    "väkivallaton vuorovaikutus",
    "itsepuolustuskurssi",
    "kriisipäivystäjäksi vapaaehtoiseksi",
    "kriisinhallinta koulutus",
    "neljänkympin kriisi",
    "ilmastokriisi",
    "väkivaltaiset videopelit",
    "lähisuhdeväkivallan ehkäisyn koulutus",
    "itsemurhien ehkäisyn koulutus",
    "elämän merkitys",
    "elämän ilo",
    "haluan elää pitkään",
    "haluan elää terveenä",
    "pelkään pimeää",
    "pelkään hammaslääkäriä",
    "lasten pelot",
    "viiltohaava",
    "viillettävä kipu",
    "kuollut puu pihalla",
    "lopettaa tupakointi",
    "haluan lopettaa juomisen",
    "lopettaa pelaaminen",
    "itsensä kehittäminen",
    "itseluottamus",
    "en jaksa siivota",
    "en jaksa kävellä portaita",
    "en pysty juoksemaan",
    "pää kipeä",
    "suicide prevention training",
    "bereaved by suicide",
    "hit me baby karaoke",
    "lyhytelokuva kuolemasta",
    "elokuva itsemurhasta",
    "raiskauskohtaus elokuvassa",
    "puhelin hajoaa",
    "ääniä kuuleva kuulolaite",
    "kuulolaite ääniä",
    "uhkapeli",
    "uhanalaiset kasvit",
    "uhka",
    "mies juo",
    "mies pettää",
    "yksinäisyys",
    "masennus",
    "omaishoitaja uupunut",
    "käsiksi käyvä koira",
    "apua siivoukseen",
    "apua velkoihin",
    "apua lapsen uneen",
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def reader(analyser: Analyser) -> CrisisReader:
    return CrisisReader(load_crisis(CONFIG / "crisis.toml", load_taxonomy(CONFIG).needs), analyser)


def _read(reader: CrisisReader, analyser: Analyser, text: str) -> str | None:
    return reader.read(analyser.words(text))


@pytest.mark.parametrize("text", SUICIDE)
def test_words_of_self_harm_are_heard(reader: CrisisReader, analyser: Analyser, text: str) -> None:
    assert _read(reader, analyser, text) == "suicide"


@pytest.mark.parametrize("text", VIOLENCE)
def test_words_of_violence_are_heard(reader: CrisisReader, analyser: Analyser, text: str) -> None:
    assert _read(reader, analyser, text) == "violence"


@pytest.mark.parametrize("text", ACUTE)
def test_words_of_acute_crisis_are_heard(reader: CrisisReader, analyser: Analyser, text: str) -> None:
    assert _read(reader, analyser, text) == "acute"


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_near_misses_stay_quiet(reader: CrisisReader, analyser: Analyser, text: str) -> None:
    assert _read(reader, analyser, text) is None


def _judged() -> list[tuple[str, bool]]:
    """Phrasings and near misses written without a look at the rules: text, heard or -."""
    lines = (Path(__file__).parent / "crisis_judged.tsv").read_text(encoding="utf-8").splitlines()
    return [(text, topic != "-") for text, topic in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("text", "heard"), _judged())
def test_phrasings_of_another_day_are_told_from_near_misses(
    reader: CrisisReader, analyser: Analyser, text: str, heard: bool
) -> None:
    assert (_read(reader, analyser, text) is not None) == heard


def test_the_phrasings_of_another_day_are_many() -> None:
    assert sum(heard for _, heard in _judged()) >= 110
    assert sum(not heard for _, heard in _judged()) >= 110


def test_case_does_not_matter(reader: CrisisReader, analyser: Analyser) -> None:
    assert _read(reader, analyser, "HALUAN KUOLLA") == "suicide"


def test_the_list_is_long_enough() -> None:
    assert len({*SUICIDE, *VIOLENCE, *ACUTE}) >= 60
    assert len(set(NEAR_MISSES)) >= 40


def test_a_need_that_is_said_surely_speaks_of_its_crisis(reader: CrisisReader, analyser: Analyser) -> None:
    words = analyser.words("jotakin ihan muuta")
    assert reader.of_needs(words, ["suru", "lahisuhdevakivalta"]) == "violence"
    assert reader.of_needs(words, ["suru"]) is None
    assert reader.of_needs(analyser.words("koulutus ammattilaisille"), ["lahisuhdevakivalta"]) is None


def test_a_class_stands_for_its_words_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    file = tmp_path / "crisis.toml"
    topic = '[[topic]]\ncode = "acute"\npatterns = [["@who =tuli", "ääni"]]\n'
    file.write_text('[classes]\nwho = "mies vaimo"\n' + topic, encoding="utf-8")
    assert load_crisis(file, ())[0].patterns == (("mies vaimo =tuli", "ääni"),)
    file.write_text(topic, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="who"):
        load_crisis(file, ())


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('code = "violence"', 'code = "violense"', "violense"),
        ('["akuutti-kriisi"]', '["akuutti"]', "akuutti"),
    ],
)
def test_a_topic_or_need_that_there_is_not_is_told(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    file = tmp_path / "crisis.toml"
    text = (CONFIG / "crisis.toml").read_text(encoding="utf-8")
    file.write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"crisis\.toml: .*{told}"):
        load_crisis(file, load_taxonomy(CONFIG).needs)


def test_no_excuse_silences_who_speaks_of_their_own_death(reader: CrisisReader, analyser: Analyser) -> None:
    assert _read(reader, analyser, "tein some-kurssilla virheen enkä halua elää") == "suicide"
    assert _read(reader, analyser, "koira kuoli ja haluan kuolla") == "suicide"


def test_an_excuse_of_several_words_needs_them_all(reader: CrisisReader, analyser: Analyser) -> None:
    assert _read(reader, analyser, "mies lyö korttia") is None
    assert _read(reader, analyser, "mies lyö minua ja vei pankkikortin") == "violence"
    assert _read(reader, analyser, "juominen karkasi käsistä ja haluan kuolla") == "suicide"
