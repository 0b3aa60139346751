"""Words that Voikko does not know as written: additions, speech, hyphens, known tails, case endings."""

import re
from collections.abc import Callable, Collection

import msgspec

from indexer.finnish import endings, spoken
from indexer.finnish.morphology import Reading
from indexer.finnish.word import Analysis, unique

Lookup = Callable[[str], tuple[Reading, ...]]
Analyse = Callable[[str], Analysis]

_COLON = re.compile(
    r"^(?P<stem>[^:]+):(?P<case>n|t|a|ä|aa|ää|ia|iä|ta|tä|ita|itä|i?ss[aä]|i?st[aä]|i?ll[aä]|i?lt[aä]|i?lle|"
    r"i?ksi|i?n[aä]|i?tt[aä]|(?:h?[aeiouyäö])?[aeiouyäö]n|h[aeiouyäö]n|seen|ien|iden|jen|ihin)"
    r"(?:ni|si|nsa|nsä|mme|nne)?(?:kin|kaan|kään|ko|kö|han|hän)?$"
)
_NOUNS = frozenset({"nimisana", "laatusana", "nimisana_laatusana"})
_MOST_GUESSES = 4


def uncased(form: str) -> str:
    """The stem before a colon and a case ending (``ms:ää`` → ``ms``), '' when there is no such colon."""
    match = _COLON.match(form)
    return match["stem"] if match else ""


def hyphenated(form: str, analyse: Analyse) -> Analysis:
    """A word with hyphens: the last piece inflects, all pieces are parts (``olka-pisteellä``).

    The lemma is given with and without hyphens, since people write both.
    """
    *heads, last = [piece for piece in form.split("-") if piece]
    tail = analyse(last)
    if not heads:
        return tail
    lemmas: list[str] = []
    for word in tail.lemmas[:3]:
        lemmas += ["-".join([*heads, word]), "".join([*heads, word])]
    found: list[str] = []
    for head in heads:
        first = analyse(head)
        found += [head] if not first.known else [*first.lemmas, *first.parts]
    found += [*tail.lemmas, *tail.parts]
    return Analysis(lemmas=unique(lemmas), parts=unique(found), known=tail.known, proper=tail.proper)


class Guesser:
    """Guesses for unknown words; `additions` are base forms known beside Voikko's dictionary."""

    def __init__(self, lookup: Lookup, analyse: Analyse, additions: Collection[str]) -> None:
        self._lookup = lookup
        self._analyse = analyse
        self._additions = additions

    def analysis(self, form: str) -> Analysis:
        """Analyse a lower-case form for which the dictionary has no reading. Never raises."""
        return (
            self._added(form)
            or self._spoken(form)
            or self._tail(form)
            or Analysis(lemmas=unique([form, *endings.base_guesses(form)[:_MOST_GUESSES]]))
        )

    def hopeless(self, form: str) -> bool:
        """Whether `analysis` of such a form, all letters, cannot come out as known; takes far less."""
        heads = (form[:cut] in self._additions for cut in range(2, len(form) - 3))
        return not any(heads) and not self._added(form) and not self._spoken(form)

    def beside(self, found: Analysis, form: str) -> Analysis:
        """What Voikko knows of a form, completed by what the form means in speech (haluun: halu, haluta)."""
        heard = self._table(form)
        return Analysis(
            lemmas=unique([*found.lemmas, *heard.lemmas]),
            parts=found.parts,
            stems=unique([*found.stems, *heard.stems]),
            known=True,
            proper=found.proper,
            stop=found.stop,
        )

    def _recognised(self, base: str) -> bool:
        """Whether a base form is an addition, or an abbreviation or a name of the dictionary."""
        if base in self._additions:
            return True
        return any(
            item.base == base and (item.word_class == "lyhenne" or item.proper) for item in self._lookup(base)
        )

    def _added(self, form: str) -> Analysis | None:
        if form in self._additions:
            return self._addition([form])
        if form in spoken.FORMS:
            return None
        bases = [base for base in endings.base_guesses(form) if self._recognised(base)]
        return self._addition(bases) if bases else None

    def _addition(self, bases: list[str]) -> Analysis:
        """A word of the lexicon; one that ends in a noun of the dictionary also has parts."""
        tail = self._tail(bases[0])
        parts = tail.parts if tail else ()
        return Analysis(lemmas=unique(bases), parts=parts, known=True)

    def _table(self, form: str) -> Analysis:
        found = [self._analyse(word) for word in spoken.FORMS[form].split()]
        return Analysis(
            lemmas=unique([lemma for item in found for lemma in item.lemmas]),
            parts=unique([part for item in found for part in item.parts]),
            stems=unique([stem for item in found for stem in item.stems]),
            known=True,
            stop=form not in spoken.NAMES and all(item.stop for item in found),
        )

    def _spoken(self, form: str) -> Analysis | None:
        if form in spoken.FORMS:
            heard = self._table(form)
            return msgspec.structs.replace(heard, lemmas=unique([form, *heard.lemmas]))
        for candidate in spoken.standard_forms(form):
            if self._lookup(candidate):
                return self._analyse(candidate)
        return None

    def _shortest_tail(self, head: str) -> int:
        """A head that is a noun vouches for the split; after an unknown one the tail must be long."""
        nouns = (item.word_class in _NOUNS and item.base == head for item in self._lookup(head))
        return 4 if len(head) > 3 and any(nouns) else 6

    def _tail(self, form: str) -> Analysis | None:
        """The longest known tail: ``nepsylapsille`` → nepsylapsi with the parts nepsy and lapsi."""
        for cut in range(2, len(form) - 3):
            head, tail = form[:cut], form[cut:]
            if head.isdigit() or not any(letter in "aeiouyäö" for letter in head):
                continue
            known_head = head in self._additions
            if len(tail) < (5 if cut < 4 else 4):
                continue
            if not known_head and (cut < 3 or len(tail) < self._shortest_tail(head)):
                continue
            nouns = [item for item in self._lookup(tail) if item.word_class in _NOUNS]
            bases = unique([item.base for item in nouns if len(item.base) > (2 if known_head else 3)])
            if not bases:
                continue
            found = self._analyse(tail)
            guesses = [] if known_head else endings.base_guesses(form)[:2]
            return Analysis(
                lemmas=unique([*(head + base for base in bases[:2]), *guesses]),
                parts=unique([head, *bases, *found.parts]),
                known=known_head,
            )
        return None
