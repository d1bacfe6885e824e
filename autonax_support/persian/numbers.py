"""Counts and sizes as they are read: Persian digits, ٬ from five digits on, ٫ for decimals."""

from autonax_support.persian.text import to_persian_digits

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


def grouped(number: int) -> str:
    shown = f"{number:,}" if abs(number) >= 10_000 else str(number)
    return to_persian_digits(shown.replace(",", "٬"))


def capped(number: int, most: int) -> str:
    return f"{grouped(most)}+" if number > most else grouped(number)


def tenths(number: float) -> str:
    """«۴٫۶»; a whole number without its zero."""
    return to_persian_digits(f"{number:.1f}".removesuffix(".0").replace(".", "٫"))


def file_size(size: int) -> str:
    """Rounded up, so that a file just over a limit is never shown as the limit."""
    if size <= KILOBYTE * (KILOBYTE - 1):
        return f"{grouped(-(-size // KILOBYTE))} کیلوبایت"
    whole, tenth = divmod(-(-size * 10 // MEGABYTE), 10)
    return f"{grouped(whole)}٫{to_persian_digits(tenth)} مگابایت" if tenth else f"{grouped(whole)} مگابایت"


def duration(minutes: int) -> str:
    """«۲ ساعت و ۱۵ دقیقه»; whole minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{grouped(hours)} ساعت"] if hours else []
    return " و ".join([*parts, *([f"{grouped(rest)} دقیقه"] if rest or not hours else [])])
