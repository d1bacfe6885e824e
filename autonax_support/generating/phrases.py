"""Sentences with their search keys. Making a key costs more than everything else about a message, so each sentence is made once.

The key of a text is then what its sentences bring: `search_key` cuts a text into words, and no word reaches over the end of a
sentence (see `stands_alone`). tests/generating proves it.
"""

from collections.abc import Iterable
from random import Random
from sys import intern
from typing import NamedTuple

from autonax_support.generating import sentences, words
from autonax_support.generating.hands import in_arabic_digits, typed
from autonax_support.generating.numbers import any_number
from autonax_support.generating.seeding import seeded, zipf
from autonax_support.persian.letters import PREFIXES, SUFFIXES, ZWNJ
from autonax_support.persian.text import fold, search_key, to_persian_digits

VARIETY = 6000  # different sentences of a kind; the rarest come once in some fifty thousand
FORMS = (str, to_persian_digits, in_arabic_digits)


class Phrase(NamedTuple):
    text: str
    words: tuple[str, ...]  # its search key, word by word


def phrase(text: str) -> Phrase:
    return Phrase(text, tuple(map(intern, search_key(text).split())))


def key_of(phrases: Iterable[Phrase]) -> str:
    """What `search_key` makes of the texts with a space, a full stop or a new line between them."""
    return " ".join(dict.fromkeys(word for part in phrases for word in part.words))


def stands_alone(text: str) -> bool:
    """No word of it is glued to the sentence before or after."""
    folded = fold(text).split()
    if not folded:
        return False
    first, last = folded[0].split(ZWNJ), folded[-1].split(ZWNJ)
    goes_on = (len(first) == 1 and first[0] in SUFFIXES) or all(map(str.isdigit, first))
    return not goes_on and last[-1] not in PREFIXES


def person_name(rng: Random) -> str:
    first = words.FIRST_NAMES[zipf(rng, len(words.FIRST_NAMES))]
    stem, end = words.LAST_STEMS[zipf(rng, len(words.LAST_STEMS))], words.LAST_ENDS[zipf(rng, len(words.LAST_ENDS))]
    return f"{first} {stem}{end}"


def filled(template: str, rng: Random) -> str:
    """Every name in braces draws anew: «{name} … {name}» are two people."""
    parts = template.split("{")
    for place, part in enumerate(parts[1:], start=1):
        slot, _, rest = part.partition("}")
        parts[place] = drawn(slot, rng) + rest
    return "".join(parts)


def drawn(slot: str, rng: Random) -> str:
    if slot == "name":
        return person_name(rng)
    choices = SLOTS[slot]
    return choices[zipf(rng, len(choices))]


SLOTS = {
    "city": words.CITIES,
    "vehicle": words.VEHICLES,
    "document": words.DOCUMENTS,
    "stage": words.STAGES,
    "field": words.FIELDS,
    "error": words.ERRORS,
    "place": words.PLACES,
}


class Phrasebook:
    """The sentences of one seed, made when they are first said. The sentence number n of a kind is the same in every process."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._said: dict[tuple[str, int], Phrase] = {}

    def say(self, kind: str, rng: Random) -> Phrase:
        place = kind, zipf(rng, VARIETY)
        return self._said.get(place) or self._make(*place)

    def number(self, rng: Random) -> tuple[Phrase, Phrase]:
        """«پلاک» and a plate, in any digits."""
        kind = sentences.NUMBERS[zipf(rng, len(sentences.NUMBERS))]
        label = self._said.get((kind, 0)) or self._keep((kind, 0), kind)
        return label, phrase(FORMS[zipf(rng, 3)](any_number(rng, kind)))

    def _make(self, kind: str, place: int) -> Phrase:
        rng = seeded(self.seed, kind, place)
        templates = TEMPLATES[kind]
        sentence = filled(templates[zipf(rng, len(templates))], rng)
        said = typed(sentence, rng)
        return self._keep((kind, place), said if stands_alone(said) else sentence)

    def _keep(self, place: tuple[str, int], text: str) -> Phrase:
        made = self._said[place] = phrase(text)
        return made


TEMPLATES = {**sentences.SENTENCES, "greeting": sentences.GREETINGS, "thanks": sentences.THANKS}
