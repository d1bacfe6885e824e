"""The Iranian national ID. Its check digit proves careful typing, not that the person exists."""

from autonax_support.persian.text import to_persian_digits

LENGTH = 10


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
