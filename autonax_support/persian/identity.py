"""The Iranian national ID. Its check digit proves careful typing, not that the person exists."""

import re

from autonax_support.persian.text import to_ascii_digits, to_persian_digits

LENGTH = 10
DASH = "[-\u2010-\u2015\u2212\u0640]"
# Ten digits that stand alone, in any script, also as 3-6-1. The check digit is not asked: wrong numbers are what people report.
IN_TEXT = re.compile(rf"(?<!\d)(?:\d{{10}}|\d{{3}}{DASH}\d{{6}}{DASH}\d)(?!\d)")
BETWEEN_DIGITS = r"[\s\u200b-\u200f\u0640\u2010-\u2015\u2212./_-]{0,2}"
HIDDEN = "*" * LENGTH
ISOLATED = "\u2066{}\u2069"  # stars between digits flip in a right-to-left line
DIGITS = list(map("".join, zip("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", strict=True)))


def national_id_checks(text: str) -> bool:
    """Ten ASCII digits with the right check digit; place prefixes grow and are not looked at."""
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()):
        return False
    if all_same_digit(text) or text[3:9] == "000000":  # both pass the sum, neither is given out
        return False
    digits = [int(digit) for digit in text]
    rest = sum(digit * (LENGTH - place) for place, digit in enumerate(digits[:-1])) % 11
    return digits[-1] == (rest if rest < 2 else 11 - rest)


def all_same_digit(text: str) -> bool:
    return len(set(text)) == 1


def mask_national_id(text: str) -> str:
    """«۸۵۲****۲۷۲»; what is not ten characters long is hidden whole."""
    shown = text[:3] + "****" + text[-3:] if len(text) == LENGTH else "*" * len(text)
    return to_persian_digits(shown)


def veil_national_ids(text: str, *, but: str = "", frame: str = "{}") -> str:
    """The text with every national ID in it masked, its digits as they were typed; `but` may be read."""

    def veiled(found: re.Match[str]) -> str:
        digits = [character for character in found[0] if character.isdecimal()]
        if but and to_ascii_digits("".join(digits)) == but:
            return found[0]
        return frame.format(f"{''.join(digits[:3])}****{''.join(digits[-3:])}")

    return IN_TEXT.sub(veiled, text)


def hide_national_id(text: str, number: str) -> str:
    """The text without this one number, however its digits are spelled and parted. Never longer than before."""
    return _spelled(number).sub(HIDDEN, text)


def holds_national_id(text: str, number: str) -> bool:
    return _spelled(number).search(text) is not None


def _spelled(number: str) -> re.Pattern[str]:
    digits = BETWEEN_DIGITS.join(f"[{DIGITS[int(digit)]}]" for digit in number)
    return re.compile(rf"(?<!\d){digits}(?!\d)")
