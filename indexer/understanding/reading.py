"""Reading what a person typed: its words, the places and ways of meeting in it, the needs it speaks of."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from indexer.drinks import mistaken, sober
from indexer.finnish import Analyser, Word
from indexer.generic import FOREIGN_FRAMES, Importance, thing, trades
from indexer.lexicon import Lexicon, Mention
from indexer.places import PlaceMention, PlaceRecogniser
from indexer.understanding.actors import same_actor, speaker_strikes, without_actors
from indexer.understanding.boundaries import within_clauses
from indexer.understanding.crisis import VIOLENCE, CrisisReader
from indexer.understanding.expansion import Expansion, NeedVote
from indexer.understanding.gist import Gist
from indexer.understanding.glimpses import Glimpses
from indexer.understanding.persons import SPEAKER, husbands, one_person, relation, standard
from indexer.understanding.scenes import without_scenes
from indexer.understanding.shorthand import ShorthandReader
from indexer.understanding.spelling import Change, Speller
from indexer.understanding.vocabulary import Vocabulary
from schemas.search import LONGEST

_NAMED = 0.8
_WHOLE = 0.9
_TELLING = 0.9
_CLEAR = 0.7
_OUTRIGHT = 0.95
_SCENE = 3
"""Words of content from which somebody tells rather than asks."""
_MAN = "mies"
_HIT = frozenset(("mig", "oss", "me", "us"))


class Reading(msgspec.Struct, frozen=True):
    """A query as read.

    text      what was read: the person's text with applied corrections
    said      the person's own text
    words     the words that carry content, places and stop words taken out
    places    what was read as place or way of meeting, certain ones only
    mentions  needs, kinds, groups, units and situations; `words` of a mention index into `words`
    votes     needs the query speaks of, the surest first
    changes   corrections, applied or only offered; offsets into `said`
    shares    how much each of `words` says about the topic, 0–1
    crisis    suicide | violence | acute where the words speak of it, else None
    """

    text: str
    said: str
    language: str
    words: tuple[Word, ...]
    places: tuple[PlaceMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    votes: tuple[NeedVote, ...] = ()
    changes: tuple[Change, ...] = ()
    crisis: str | None = None
    shares: tuple[float, ...] = ()


class QueryReader:
    """Reads queries; immutable, safe to share between threads."""

    def __init__(
        self,
        analyser: Analyser,
        lexicon: Lexicon,
        places: PlaceRecogniser,
        expansion: Expansion,
        gist: Gist,
        speller: Speller,
        shorthand: ShorthandReader,
        crisis: CrisisReader,
        importance: Importance,
    ) -> None:
        self._analyser = analyser
        self._lexicon = lexicon
        self._places = places
        self._expansion = expansion
        self._speller = speller
        self._shorthand = shorthand
        self._crisis = crisis
        self._importance = importance
        self._gist = gist
        self._glimpses = Glimpses(lexicon, expansion.known)

    def read(self, text: str, *, plain: bool = False, vocabulary: Vocabulary | None = None) -> Reading:
        """Read `text`; with `plain` no places are taken out of it, without `vocabulary` nothing corrected."""
        said = text[:LONGEST]
        words, places = self._parts(said, plain)
        crisis = self._crisis.read(words)
        language = self._language(said, words)
        changes: tuple[Change, ...] = ()
        meant = said
        if vocabulary is not None and language == "fi":
            changes = self._changes(said, _outside(words, places), vocabulary)
            meant = applied(said, changes)
            if meant != said:
                words, places = self._parts(meant, plain)
                crisis = crisis or self._crisis.read(words)
        if language != "fi":
            words = self._foreign(meant, language, words)
        found = self._reading(said, meant, language, words, places, changes)
        crisis = crisis or self._crisis.of_needs(words, _outright(found.votes))
        if not crisis:
            return found
        strikes = crisis == VIOLENCE and speaker_strikes(words, self._analyser.persons)
        leads = self._crisis.leads(crisis, words, self._speaks_of_another(words))
        votes = found.votes
        if crisis == VIOLENCE and not strikes and self._is_hurt(words, found.language):
            votes = self._expansion.blameless(votes)
        votes = self._expansion.grave(votes, crisis, len(found.words), leads=leads, own_violence=strikes)
        return msgspec.structs.replace(found, crisis=crisis, votes=votes)

    def warm(self) -> None:
        """Make what only questions in other languages than Finnish need."""
        self._gist.warm()

    def strange(self, reading: Reading, vocabulary: Vocabulary) -> bool:
        """Whether a telling noun was asked for that neither the index nor the taxonomies have.

        Then a faint hint of the other words ("resepti", "vuokra") is no proof that anything here answers;
        nor is it where something is bought or sold ("sohva myytävänä").
        """
        if reading.language == "fi" and trades(reading.words):
            return True
        named = {i for mention in reading.mentions if _names(mention) for i in mention.words}
        return reading.language == "fi" and any(
            share >= _TELLING
            and index not in named
            and word.known
            and not any(term in vocabulary.indexed for term in (*word.lemmas, *word.stems))
            and self._analyser.noun(word.surface)
            for index, (word, share) in enumerate(zip(reading.words, reading.shares, strict=True))
        )

    def confides(self, reading: Reading) -> bool:
        """Whether somebody tells of their own life, as opposed to asking for a thing."""
        if reading.language != "fi" or len(reading.words) < _SCENE or trades(reading.words):
            return False
        spoken = not SPEAKER.isdisjoint(reading.said.lower().split())
        return spoken or any(
            relation(word.surface, word.lemmas) or "1" in self._analyser.persons(word.surface)
            for word in reading.words
        )

    def _is_hurt(self, words: Sequence[Word], language: str) -> bool:
        """Whether the speaker surely is not who hits: is hit, or does nothing at all."""
        said = {word.surface.lower() for word in words}
        if language != "fi":
            return not _HIT.isdisjoint(said)
        own = any("1" in self._analyser.persons(word.surface) for word in words)
        return not own and SPEAKER.isdisjoint(said)

    def _speaks_of_another(self, words: Sequence[Word]) -> bool:
        """Whether somebody close is who does or says it, and the speaker does nothing."""
        close = any(relation(word.surface, word.lemmas) for word in words)
        return close and not any(
            word.surface.lower() in SPEAKER or self._analyser.persons(word.surface) == {"1"} for word in words
        )

    def _changes(self, text: str, words: Sequence[Word], vocabulary: Vocabulary) -> tuple[Change, ...]:
        """Abbreviations read in full, and slips in what is left."""
        short = self._shorthand.changes(text, words)
        left = [word for word in words if not any(each.start <= word.start < each.end for each in short)]
        return tuple(sorted((*short, *self._speller.changes(left, vocabulary)), key=_start))

    def _parts(self, text: str, plain: bool) -> tuple[tuple[Word, ...], tuple[PlaceMention, ...]]:
        places = () if plain else tuple(place for place in self._places.find(text) if place.certain)
        return self._analyser.words(text), places

    def _reading(
        self,
        said: str,
        meant: str,
        language: str,
        words: Sequence[Word],
        places: tuple[PlaceMention, ...],
        changes: tuple[Change, ...],
    ) -> Reading:
        kept = tuple(
            msgspec.structs.replace(word, lemmas=standard(word.lemmas)) for word in _outside(words, places)
        )
        content = [index for index, word in enumerate(kept) if not word.stop]
        if not content and not places:
            content = list(range(len(kept)))
        number = {index: place for place, index in enumerate(content)}
        harmless = {**self._crisis.harmless(kept), **sober(kept)}
        moved = (
            msgspec.structs.replace(mention, words=tuple(number[i] for i in mention.words if i in number))
            for mention in within_clauses(self._lexicon.find(kept), kept)
            if same_actor(mention, kept, self._analyser.persons)
            and not mistaken(mention.words, harmless)
            and not _part_of_a_thing(mention, kept)
            and not _trade_of_a_person(mention, kept)
        )
        spoken = tuple(kept[index] for index in content)
        mentions = tuple(mention for mention in moved if mention.words and not _one_relative(mention, spoken))
        votes = self._expansion.votes(spoken, mentions)
        shares = without_actors(self._importance.weights(spoken), mentions, spoken)
        if language == "fi":
            shares = without_scenes(shares, mentions, spoken, self._analyser.verb)
        goods = trades(spoken) or any(map(thing, spoken))  # nobody's life is told in them
        if not goods and not any(vote.strength >= _CLEAR for vote in votes):
            glimpsed = language == "fi"
            more = self._glimpses.votes(spoken, shares) if glimpsed else self._gist.votes(spoken, language)
            votes = self._expansion.joined(votes, more)
        return Reading(meant, said, language, spoken, places, mentions, votes, changes, shares=shares)

    def _language(self, text: str, words: Sequence[Word]) -> str:
        """sv or en where the taxonomies know more of the words in that language than Finnish knows."""
        if not words:
            return "fi"
        finnish = sum(word.known for word in words)
        if finnish == len(words):
            return "fi"
        ours = {word.start for word in words if word.known}
        scores = {}
        for language in ("sv", "en"):
            spoken = self._analyser.words(text, language)
            named = {i for m in self._lexicon.find(spoken) if m.entry.language == language for i in m.words}
            named |= {
                index
                for index, word in enumerate(spoken)
                if word.stop or (word.start not in ours and self._speaks(word, language))
            }
            scores[language] = len(named)
        best = max(scores, key=lambda language: scores[language])
        least = finnish + 1 if finnish else finnish  # as many words of each: an abbreviation beside Finnish
        return best if scores[best] * 2 >= len(words) and scores[best] >= least else "fi"

    def _speaks(self, word: Word, language: str) -> bool:
        """Whether the taxonomies use a word in this language, be it for a need or to frame a question."""
        written = word.surface.lower()
        if language == "sv" and "å" in written:  # no Finnish word but names has this letter
            return True
        marked = next((lemma for lemma in word.lemmas if lemma.startswith(f"{language}:")), "")
        return marked in self._lexicon.words() or written in FOREIGN_FRAMES[language]

    def _foreign(self, text: str, language: str, finnish: Sequence[Word]) -> tuple[Word, ...]:
        """Words of another language, each beside its Finnish readings where Finnish knows the word too."""
        known = {word.start: word for word in finnish if word.known and not word.stop}
        return tuple(
            msgspec.structs.replace(
                word, lemmas=tuple(dict.fromkeys((*word.lemmas, *known[word.start].lemmas)))
            )
            if word.start in known and not word.stop
            else word
            for word in husbands(self._analyser.words(text, language))
        )


def _start(change: Change) -> int:
    return change.start


def applied(text: str, changes: Sequence[Change]) -> str:
    """`text` with the applied changes made."""
    for change in reversed(changes):
        if change.applied:
            text = text[: change.start] + change.corrected + text[change.end :]
    return text


def _names(mention: Mention) -> bool:
    """Whether what was said is named; a hint inside a compound ("bussiaikataulu") names nothing."""
    return mention.quality >= (_NAMED if mention.entry.strength != "hint" else _WHOLE)


def _part_of_a_thing(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether a need is only met within the name of a thing: a "muuttoauto" tells of no help with moving."""
    return mention.quality < 1 and len(mention.words) == 1 and thing(words[mention.words[0]])


def _trade_of_a_person(mention: Mention, words: Sequence[Word]) -> bool:
    """Whether a target group is only met within the name of a trade: a "lakimies" is no activity for men."""
    lone = mention.entry.type == "group" and mention.quality < 1 and len(mention.words) == 1
    return lone and any(lemma.endswith(_MAN) for lemma in words[mention.words[0]].lemmas)


def _outright(votes: Iterable[NeedVote]) -> Iterator[str]:
    return (vote.code for vote in votes if vote.source == "said" and vote.strength >= _OUTRIGHT)


def _one_relative(mention: Mention, spoken: Sequence[Word]) -> bool:
    """Whether what looks like a target group is one relative of whom more is said ("mieheni kuoli")."""
    beside = len(spoken) > len(mention.words)
    return mention.entry.type == "group" and beside and one_person(spoken[i] for i in mention.words)


def _outside(words: Sequence[Word], places: Sequence[PlaceMention]) -> tuple[Word, ...]:
    return tuple(
        word
        for word in words
        if not any(place.absorbs and place.start <= word.start and word.end <= place.end for place in places)
    )
