"""Which needs a query speaks of, and how surely."""

from pathlib import Path

import pytest

from app.wiring import Wiring
from indexer.entries import compile_lexicon
from indexer.finnish import Analyser
from indexer.lexicon import Lexicon
from indexer.understanding.expansion import Expansion, NeedVote
from schemas.taxonomy import Taxonomy, load_taxonomy

CONFIG = Path(__file__).resolve().parents[3] / "config"


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy(CONFIG)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="module")
def lexicon(taxonomy: Taxonomy, analyser: Analyser) -> Lexicon:
    return Lexicon(compile_lexicon(taxonomy, analyser))


@pytest.fixture(scope="module")
def votes(taxonomy: Taxonomy, analyser: Analyser, lexicon: Lexicon) -> "Votes":
    return Votes(taxonomy, analyser, lexicon)


class Votes:
    """Reads a text's needs, the surest first."""

    def __init__(self, taxonomy: Taxonomy, analyser: Analyser, lexicon: Lexicon) -> None:
        self._expansion = Expansion(taxonomy)
        self._analyser = analyser
        self._lexicon = lexicon

    def __call__(self, text: str) -> dict[str, NeedVote]:
        words = self._analyser.words(text)
        return {vote.code: vote for vote in self._expansion.votes(words, self._lexicon.find(words))}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mies juo", "laheisen-paihteet"),
        ("mieheni juo liikaa", "laheisen-paihteet"),
        ("isä ryyppää", "vanhemman-paihteet"),
        ("alkoholiongelma", "alkoholi"),
        ("mieheni kuoli syöpään", "leskeys"),
        ("äiti menehtyi sydänkohtaukseen", "vanhemman-kuolema"),
        ("erosin", "ero"),
        ("yksinäisyyteen apua", "yksinaisyys"),
        ("velkaongelmat", "velat"),
        ("äidillä alzheimer", "laheisen-muistisairaus"),
        ("nepsylapsille", "nepsy-lapsi"),
        ("lapsi ei mene kouluun", "koulupoissaolot"),
        ("syöpä", "syopa"),
        ("poika pelaa yöt", "digipelaaminen"),
        ("avh omainen", "avh"),
        ("vaimolla masennus", "laheisen-mielenterveys"),
        ("naapurin kanssa riita", "sovittelu"),
        ("tarvitsen jonkun jolle puhua", "keskusteluapu"),
        ("rahat menee koneisiin", "rahapelit"),
        ("huostaan otetun lapsen äiti", "lastensuojelu"),
        ("en pärjää ilman töitä", "tyottomyys"),
    ],
)
def test_the_need_meant_is_the_surest(votes: Votes, text: str, code: str) -> None:
    assert next(iter(votes(text))) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("syöpä", "syomishairio"),
        ("isä ryyppää", "isyys"),
        ("apua", "vapaaehtoiseksi"),
        ("lapsi sairastaa", "lapsettomuus"),
        ("pysäköinti", "parkinson"),
        ("keskosen vanhemmat", "keskenmeno"),
        ("en osaa mitään", "uniapnea"),
        ("kun ilta tuli", "selka"),
        ("huolissani vaarista", "isovanhemmuus"),
    ],
)
def test_what_only_looks_alike_is_no_sure_need(votes: Votes, text: str, code: str) -> None:
    found = votes(text).get(code)
    assert found is None or found.strength < 0.7


def test_a_hint_beside_a_strong_word_hardly_counts(votes: Votes) -> None:
    found = votes("velkaneuvonta ryhmä puhelin")
    assert found["velat"].strength >= 0.9
    assert all(vote.strength < 0.5 for vote in found.values() if vote.source == "hint")


def test_groups_of_people_are_not_relatives(votes: Votes) -> None:
    assert "laheisen-paihteet" not in votes("miesten alkoholiryhmä") or (
        votes("miesten alkoholiryhmä")["laheisen-paihteet"].strength < 0.7
    )


def test_units_lead_to_their_needs(votes: Votes) -> None:
    assert votes("syöpäpoliklinikka")["rintasyopa"].source in ("unit", "related")


def test_the_form_of_support_weighs_less_than_the_topic(votes: Votes) -> None:
    found = votes("masennus vertaistuki")
    assert found["vertaistuki"].strength < found["masennus"].strength


def test_every_vote_has_its_words(votes: Votes) -> None:
    for text in ("mies juo", "velkoihin neuvoja", "rintasyöpä vertaistuki"):
        assert all(vote.words for vote in votes(text).values())


def test_a_lone_hint_beside_a_relative_stays_a_hint(parts: Wiring) -> None:
    found = {vote.code: vote.strength for vote in parts.query_reader.read("tytär on lopettanut lenkit").votes}
    assert found.get("laheisen-paihteet", 0.0) < 0.7


def test_what_speaks_of_a_relative_as_it_is_stays_the_need(parts: Wiring) -> None:
    assert parts.query_reader.read("hoidan vaimoani yötä päivää").votes[0].code == "omaishoito"


def test_a_framing_word_beside_a_negation_says_no_need_alone(parts: Wiring) -> None:
    found = {vote.code: vote.strength for vote in parts.query_reader.read("kaksivuotias ei puhu").votes}
    assert found.get("yksinaisyys", 0.0) < 0.7
    assert parts.query_reader.read("ei ole ketään kelle puhua").votes[0].strength >= 0.7
