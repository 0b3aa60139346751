"""Which words put emergency help first, and which must not."""

from pathlib import Path

import pytest

from indexer.finnish import Analyser
from indexer.understanding.crisis import CrisisReader
from schemas.crisis import load_crisis
from schemas.errors import ConfigurationError
from schemas.taxonomy import load_taxonomy

CONFIG = Path(__file__).resolve().parents[3] / "config"


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def reader(analyser: Analyser) -> CrisisReader:
    return CrisisReader(load_crisis(CONFIG / "crisis.toml", load_taxonomy(CONFIG).needs), analyser)


def _read(reader: CrisisReader, analyser: Analyser, text: str) -> str | None:
    return reader.read(analyser.words(text))


def _judged() -> list[tuple[str, str]]:
    """Phrasings and near misses, most of them written without a look at the rules: text, and the topic, or
    `heard` where any topic will do, or `-`."""
    lines = (Path(__file__).parent / "crisis_judged.tsv").read_text(encoding="utf-8").splitlines()
    return [(text, topic) for text, topic in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("text", "topic"), _judged())
def test_phrasings_are_told_from_near_misses(
    reader: CrisisReader, analyser: Analyser, text: str, topic: str
) -> None:
    found = _read(reader, analyser, text)
    assert (found is not None) if topic == "heard" else found == (None if topic == "-" else topic)


def test_the_phrasings_are_many() -> None:
    topics = [topic for _, topic in _judged()]
    assert all(topics.count(topic) >= 15 for topic in ("suicide", "violence", "acute"))
    assert sum(topic != "-" for topic in topics) >= 400
    assert topics.count("-") >= 400
    assert len(dict(_judged())) == len(topics)


def test_case_does_not_matter(reader: CrisisReader, analyser: Analyser) -> None:
    assert _read(reader, analyser, "HALUAN KUOLLA") == "suicide"


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
