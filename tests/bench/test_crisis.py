"""What each word of crisis is worth is told truly."""

from bench.crisis import excuses, worths
from indexer.finnish import Analyser
from indexer.understanding.crisis import CrisisReader
from schemas.crisis import CrisisTopic

TOPIC = CrisisTopic(
    code="violence",
    words=("turvakoti", "raiskaus"),
    phrases=("mies lyö", "ukko tönii"),
    patterns=(("mies vaimo", "lyödä hakata"),),
    unless=("kissa", "kurssi"),
)
TEXTS = (("mies lyö minua", True), ("vaimo hakkaa", True), ("turvakoti", True), ("mies lyö kissan", False),
         ("turvakoti ja kurssi kissa", False), ("mies hakkaa auton", False))  # fmt: skip


def test_each_rule_tells_what_only_it_hears_and_what_it_hears_wrongly() -> None:
    analyser = Analyser()
    reader = CrisisReader([TOPIC], analyser)
    shelter, rape, phrase, other, pattern = worths([TOPIC], reader, analyser, TEXTS)
    assert (shelter.heard, shelter.only, shelter.wrong) == (1, 1, 0)
    assert (rape.heard, rape.only) == (0, 0)
    assert (phrase.heard, phrase.only, phrase.covered) == (1, 0, True)
    assert (other.heard, other.covered) == (0, False)
    assert (pattern.heard, pattern.only, pattern.wrong) == (2, 1, 1)


def test_an_excuse_tells_what_only_it_keeps_quiet() -> None:
    analyser = Analyser()
    reader = CrisisReader([TOPIC], analyser)
    misses = [list(reader.account(analyser.words(text))) for text, crisis in TEXTS if not crisis]
    assert excuses([TOPIC], misses) == {("violence", "kissa"): 1, ("violence", "kurssi"): 0}
