import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.files.names import clean_name, extension_of, in_order

NAMES = {
    "کارت ملی.jpg": "کارت ملی.jpg",
    "می\u200cخواهم.pdf": "می\u200cخواهم.pdf",
    "می\u200c\u200c\u200cخواهم.pdf": "می\u200cخواهم.pdf",
    "\u200cپرونده\u200c .pdf": "پرونده.pdf",
    "a.ex\u200be": "a.exe",
    "photo\u202egpj.exe": "photogpj.exe",
    "a\u2066b\u2069\u200f\u061c\ufeff.png": "ab.png",
    "../../etc/passwd": "passwd",
    "C:\\Users\\sara\\سند.pdf": "سند.pdf",
    "a\x00b\x1f\x7f.txt": "ab.txt",
    "a\r\nb\tc.txt": "a b c.txt",
    "a\ud800b.txt": "ab.txt",
    "  دو   فاصله  .txt": "دو فاصله.txt",
    "e\u0301.png": "é.png",
    "photo.jpg...": "photo.jpg",
    ".htaccess": "فایل.htaccess",
    ".jpg": "فایل.jpg",
    " ": "فایل",
    "": "فایل",
    "\u202e\u200b": "فایل",
    "a.tar.gz": "a.tar.gz",
    "x" * 200 + ".pdf": "x" * 146 + ".pdf",
    "ش" * 200 + ".pdf": "ش" * 118 + ".pdf",
}


@pytest.mark.parametrize(("raw", "clean"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_is_cleaned(raw, clean):
    assert clean_name(raw) == clean


@pytest.mark.parametrize(
    ("name", "extension"), [("a.JPG", "jpg"), ("a.b.pdf", "pdf"), ("a", ""), ("a.jp\u200cg", "jp\u200cg"), ("a.پی‌دی‌اف", "پی‌دی‌اف")]
)
def test_the_extension_is_what_follows_the_last_dot(name, extension):
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    ("beginning", "end"),
    [
        ("گزارش ", "0.txt"),
        ("شناسنامه - صفحه ", "۱.pdf"),
        ("کارت ملی ", "(2).png"),
        ("گزارش (نهایی).pdf", ""),
        ("کارت ملی.png", ""),
        ("گزارش v2.pdf", ""),
        ("IMG_2026.jpg", ""),
        ("2026.jpg", ""),
        ("شرح <خطا>.txt", ""),
    ],
)
def test_the_end_of_a_name_that_a_persian_line_would_turn_around(beginning, end):
    assert in_order(beginning + end) == (beginning, end)


@settings(deadline=None)
@given(st.text(st.characters(), max_size=400))
def test_no_name_is_unfit(raw):
    name = clean_name(raw)
    assert 1 <= len(name) <= 150
    assert len(name.encode()) <= 240
    assert name == unicodedata.normalize("NFC", name).strip()
    hidden = [letter for letter in name if unicodedata.category(letter)[0] == "C" and letter not in "\u200c\u200d"]
    assert (hidden, set(name) & set("/\\\n\u2028")) == ([], set())


@settings(deadline=None)
@given(st.text(st.sampled_from("aش.\u200c\u200d \u0301\u202e/é٫x") | st.characters(), max_size=300))
def test_cleaning_a_clean_name_changes_nothing(raw):
    assert clean_name(clean_name(raw)) == clean_name(raw)
