"""Measure the words of crisis: what each of them hears that no other does, and what it hears wrongly.

    python -m bench.crisis                  what adds nothing, what is heard wrongly and what is not heard
    python -m bench.crisis --all            every word, phrase and pattern
    python -m bench.crisis --quiet FILE     further texts, one a line, that must stay quiet

Over the phrasings and near misses of `tests/indexer/understanding/crisis_judged.tsv`, for each rule of
`config/crisis.toml`: how many phrasings it hears, how many only it hears, and how many near misses; for each
word that makes a text another matter, how many near misses only it keeps quiet. A phrase whose own words
another rule hears as well is *covered*: without it nothing is lost.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from indexer.finnish import Analyser
from indexer.understanding.crisis import CrisisReader, Heard
from schemas.crisis import CrisisTopic, load_crisis
from schemas.taxonomy import load_taxonomy

ROOT = Path(__file__).parents[1]
JUDGED = ROOT / "tests" / "indexer" / "understanding" / "crisis_judged.tsv"
_WIDTH = 90


class Worth(msgspec.Struct):
    """What one rule is worth.

    heard    phrasings that it hears          only     those that no other rule hears
    wrong    near misses that it hears        covered  its own words are heard by another rule
    """

    topic: str
    kind: str
    text: str
    heard: int = 0
    only: int = 0
    wrong: int = 0
    covered: bool = False


Judged = Sequence[tuple[str, bool]]


def judged(path: Path = JUDGED) -> list[tuple[str, bool]]:
    """Texts, and whether a crisis must be heard in them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(text, topic != "-") for text, topic in (line.split("\t") for line in lines)]


def rules(topic: CrisisTopic) -> Iterator[tuple[str, str]]:
    """Kind and text of each rule, in the order in which the reader numbers them."""
    for kind in ("words", "phrases", "patterns", "sv", "en"):
        for text in getattr(topic, kind):
            yield kind, text if isinstance(text, str) else " + ".join(text)


def worths(
    topics: Sequence[CrisisTopic], reader: CrisisReader, analyser: Analyser, texts: Judged
) -> list[Worth]:
    """What each rule is worth, in the order of the file."""
    found = [Worth(topic.code, kind, text) for topic in topics for kind, text in rules(topic)]
    first, at = {}, 0
    for topic in topics:
        first[topic.code] = at
        at += sum(1 for _ in rules(topic))
    for text, crisis in texts:
        account = [each for each in reader.account(analyser.words(text)) if each.counts]
        met = [first[each.code] + number for each in account for number in each.rules if not each.excuses]
        for number in met:
            found[number].heard += crisis
            found[number].only += crisis and len(met) == 1 and not any(each.always for each in account)
            found[number].wrong += not crisis
    for number, worth in enumerate(found):
        if worth.kind == "phrases":
            said = " ".join(piece.removeprefix("=") for piece in worth.text.split())
            account = list(reader.account(analyser.words(said)))
            others = {first[each.code] + other for each in account for other in each.rules}
            worth.covered = bool(others - {number})
    return found


def excuses(topics: Sequence[CrisisTopic], accounts: Iterable[Sequence[Heard]]) -> Counter[tuple[str, str]]:
    """How many near misses only this word keeps quiet, by topic and word."""
    texts = {topic.code: topic.unless for topic in topics}
    found = Counter({(topic.code, text): 0 for topic in topics for text in topic.unless})
    for account in accounts:
        for each in account:
            if each.rules and len(each.excuses) == 1:
                found[each.code, texts[each.code][each.excuses[0]]] += 1
    return found


def main() -> None:
    """Print what the rules are worth."""
    options = argparse.ArgumentParser(prog="python -m bench.crisis")
    options.add_argument("--all", action="store_true", help="every rule")
    options.add_argument("--quiet", type=Path, help="a file of further texts that must stay quiet")
    chosen = options.parse_args()
    analyser = Analyser()
    topics = load_crisis(ROOT / "config" / "crisis.toml", load_taxonomy(ROOT / "config").needs)
    reader = CrisisReader(topics, analyser)
    texts = judged()
    if chosen.quiet:
        texts += [(line, False) for line in chosen.quiet.read_text(encoding="utf-8").splitlines() if line]
    heard = {text: reader.read(analyser.words(text)) is not None for text, _ in texts}
    phrasings, misses = [t for t, crisis in texts if crisis], [t for t, crisis in texts if not crisis]
    print(
        f"{sum(heard[t] for t in phrasings)} of {len(phrasings)} phrasings heard, "
        f"{sum(not heard[t] for t in misses)} of {len(misses)} near misses quiet"
    )
    for text, crisis in texts:
        if heard[text] != crisis:
            print(f"  {'not heard' if crisis else 'wrongly heard'}: {text}")
    found = worths(topics, reader, analyser, texts)
    for kind in ("words", "phrases", "patterns", "sv", "en"):
        ours = [worth for worth in found if worth.kind == kind]
        print(
            f"{kind}: {len(ours)}, of which hear nothing {sum(not w.heard for w in ours)}, "
            f"hear nothing alone {sum(not w.only for w in ours)}, covered {sum(w.covered for w in ours)}"
        )
    kept = excuses(topics, (list(reader.account(analyser.words(text))) for text in misses))
    print(
        f"excuses: {len(kept)}, of which keep nothing quiet alone {sum(not count for count in kept.values())}"
    )
    print("heard  only  wrong  covered  rule")
    for worth in found:
        if chosen.all or worth.wrong or worth.covered or not worth.heard:
            covered = "yes" if worth.covered else ""
            name = f"{worth.topic} {worth.kind}: {worth.text}"[:_WIDTH]
            print(f"{worth.heard:5}  {worth.only:4}  {worth.wrong:5}  {covered:7}  {name}")


if __name__ == "__main__":
    main()
