import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.persian.text import clean_line, clean_text, is_blank, to_ascii_digits, to_persian_digits, without_invisibles

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)

TEXTS = {
    "علي و كيف": "علی و کیف",
    "موسى": "موسى",
    "می\u200cشود": "می\u200cشود",
    "خط ۱\r\nخط ۲\rخط ۳\n": "خط ۱\nخط ۲\nخط ۳\n",
    "ستون\tستون": "ستون\tستون",
    "nul\x00 bell\x07 esc\x1b del\x7f": "nul bell esc del",
    "photo\u202egpj.exe": "photogpj.exe",
    "\u2066a\u2069\u202ab\u202c": "ab",
    "نیم\ud83dه": "نیمه",
    "آ أ ئ مُ ۱ 1 ١": "آ أ ئ مُ ۱ 1 ١",
    "خندان 😀": "خندان 😀",
}
LINES = {
    "  خطای   کد ملی ": "خطای کد ملی",
    "خط\r\nBcc: a@b.ir": "خط Bcc: a@b.ir",
    "الف\u2028ب\u00a0پ\x85ت": "الف ب پت",
    "سارا\u200f \u061cاحمدی\u200e": "سارا احمدی",
    "می\u200cشود": "می\u200cشود",
    "\u200c": "",
    " \u200b \ufeff": "",
    " ": "",
}


@pytest.mark.parametrize(("typed", "stored"), TEXTS.items())
def test_a_text_is_stored_as_it_reads(typed, stored):
    assert clean_text(typed) == stored


@pytest.mark.parametrize(("typed", "stored"), LINES.items())
def test_a_line_is_stored_as_one_line(typed, stored):
    assert clean_line(typed) == stored


@given(ANY_TEXT)
@settings(deadline=None)
def test_cleaning_twice_changes_nothing_more(text):
    assert (clean_text(clean_text(text)), clean_line(clean_line(text))) == (clean_text(text), clean_line(text))


@given(ANY_TEXT)
@settings(deadline=None)
def test_a_cleaned_text_can_be_stored(text):
    stored = clean_text(text) + clean_line(text)
    assert stored.encode("utf-8").count(b"\0") == 0


@given(ANY_TEXT)
@settings(deadline=None)
def test_a_cleaned_line_has_no_line_break(text):
    assert len(clean_line(text).splitlines()) <= 1


def test_cleaning_two_hundred_thousand_characters_takes_no_time():
    began = time.process_time()
    clean_line(" \u200c\r\n" * 50_000)
    assert time.process_time() - began < 1


def test_digits_are_turned_both_ways():
    assert to_ascii_digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ ²") == "0123456789 0123456789 ²"
    assert to_persian_digits("INV-2041") == "INV-۲۰۴۱"
    assert to_persian_digits(1405) == "۱۴۰۵"


def test_what_nobody_sees_is_blank():
    assert [is_blank(text) for text in ("", " \n", "\u200c\u200f", "\u2066\u2069", "آ")] == [True, True, True, True, False]


def test_a_pasted_number_loses_the_marks_around_it():
    assert without_invisibles("\u2068 09\u200f12 \u2069\ufeff") == "0912"
