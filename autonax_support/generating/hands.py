"""How people type: half-spaces or none, digits and letters of three keyboards, slips of the finger."""

from random import Random

from autonax_support.persian.letters import ZWNJ
from autonax_support.persian.text import clean_line, to_ascii_digits, to_persian_digits

ARABIC = str.maketrans("یک", "يك")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
OLD_KEYBOARD = str.maketrans({"ی": "ى", "أ": "ا", "ئ": "ی", "ؤ": "و", "آ": "ا"})
SLIPS = 0.04


def typed(sentence: str, rng: Random) -> str:
    """One sentence as somebody might type it, and as it is then stored (ي and ك are unified on the way in)."""
    sentence = sentence.replace(ZWNJ, rng.choices((ZWNJ, " ", ""), (50, 35, 15))[0])
    sentence = rng.choices((to_persian_digits, to_ascii_digits, in_arabic_digits), (60, 35, 5))[0](sentence)
    letters = rng.choices((None, ARABIC, OLD_KEYBOARD), (70, 22, 8))[0]
    if letters:
        sentence = sentence.translate(letters)
    return clean_line(slipped(sentence, rng) if rng.random() < SLIPS else sentence)


def in_arabic_digits(sentence: str) -> str:
    return to_ascii_digits(sentence).translate(ARABIC_DIGITS)


def slipped(sentence: str, rng: Random) -> str:
    """Two neighbouring letters of one longer word change places, or one of them is doubled or lost."""
    words = sentence.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 4]
    if not long:
        return sentence
    place = rng.choice(long)
    word = words[place]
    at = rng.randrange(1, len(word) - 2)
    a, b = word[at], word[at + 1]
    words[place] = word[:at] + rng.choice([b + a, a + a + b, a, b]) + word[at + 2 :]
    return " ".join(words)
