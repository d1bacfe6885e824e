"""Why a file is not taken, in the words the person reads."""

import math
import re
from typing import Any

from django.conf import settings

from autonax_support.persian.text import to_persian_digits

from .names import in_order

MEGABYTE = 1024 * 1024
SENTENCES = {
    "too_large": "فایل «{name}» {size} مگابایت است؛ هر فایل تا {max_mb} مگابایت پذیرفته می‌شود. فایل را کوچک‌تر کنید یا در چند فایل بفرستید.",
    "too_many": "در هر پیام تا {max_files} فایل پیوست می‌شود. یکی را حذف کنید یا بقیه را در پیام بعدی بفرستید.",
    "unsent": "در پیش‌نویس‌های شما فایل‌های زیادی مانده است. پیش‌نویس‌هایی را که نمی‌خواهید دور بریزید و دوباره پیوست کنید.",
    "kind": "فایل «{name}» پذیرفته نمی‌شود. عکس (JPG، PNG، WEBP، GIF)، PDF، Word، Excel، متن یا ZIP بفرستید.",
    "content": "محتوای «{name}» با نوع آن نمی‌خواند. فایل را در برنامه خودش باز کنید، دوباره ذخیره کنید و بفرستید.",
    "broken": "عکس «{name}» باز نمی‌شود. از مدرک دوباره عکس بگیرید یا آن را دوباره اسکن کنید.",
    "heic": "عکس «{name}» با قالب HEIC گوشی ذخیره شده است و اینجا باز نمی‌شود. از همین عکس یک عکس صفحه بگیرید و آن را "
    "بفرستید، یا در تنظیمات دوربین گوشی قالب JPG را انتخاب کنید.",
    "empty": "فایل «{name}» خالی است. فایل را دوباره انتخاب کنید.",
    "pixels": "عکس «{name}» بزرگ‌تر از {max_mpx} مگاپیکسل است. آن را با اندازه کوچک‌تر ذخیره کنید و بفرستید.",
    "virus": "فایل «{name}» بدافزار دارد و نگه داشته نشد. فایل سالم آن را از رایانه دیگری بفرستید.",
    "locked": "فایل «{name}» گذرواژه یا ماکرو دارد. نسخه ساده آن را بفرستید.",
    "twice": "فایل «{name}» پیش‌تر پیوست شده است و یک بار فرستاده می‌شود.",
    "lost": "بارگذاری «{name}» کامل نشد. فایل را دوباره انتخاب کنید.",
    "unfinished": "بارگذاری فایل‌ها هنوز تمام نشده است. کمی صبر کنید یا فایل ناتمام را حذف کنید و دوباره بفرستید؛ متن شما سر جای خود است.",
}
LATIN_WORD = re.compile(r"\b[A-Z][A-Za-z]+")


class FileRefused(Exception):
    """str() is the Persian sentence; `reason` its key in SENTENCES."""

    def __init__(self, reason: str, *, name: str = "", size: int = 0) -> None:
        self.reason = reason
        super().__init__(sentence(reason, name=name, size=size))


def sentence(reason: str, *, name: str = "", size: int = 0) -> str:
    return _filled(reason, name=isolated(name), size=to_persian_digits(_megabytes(size)))


def pattern(reason: str) -> str:
    """The sentence with {name} and {size} still in it, for the page that fills them in when a file is picked."""
    return _filled(reason, name="\u2068{name}\u2069", size="{size}")


def isolated(name: str) -> str:
    """A file's name in a line of plain text: neither the line nor the name's own end can turn it around."""
    beginning, end = in_order(name)
    return f"\u2068{beginning}\u2066{end}\u2069\u2069" if end else f"\u2068{name}\u2069"


def _filled(reason: str, **values: str) -> str:
    limits: dict[str, Any] = {
        "max_mb": settings.ATTACHMENT_MAX_MB,
        "max_files": settings.ATTACHMENT_MAX_FILES,
        "max_mpx": settings.ATTACHMENT_MAX_MEGAPIXELS,
    }
    words = LATIN_WORD.sub("\u2068\\g<0>\u2069", SENTENCES[reason])  # a list of them would run from left to right
    return words.format(**values, **{key: to_persian_digits(value) for key, value in limits.items()})


def _megabytes(size: int) -> str:
    """Rounded up, so that a file one byte too large is not said to have the allowed size."""
    tenths = math.ceil(size * 10 / MEGABYTE)
    return f"{tenths / 10:.1f}".removesuffix(".0").replace(".", "٫")
