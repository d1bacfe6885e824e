import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.persian.letters import ALIASES, EZAFE, KEY_VERSION, LETTERS, PLURALS, STOP_WORDS, SUFFIXES
from autonax_support.persian.text import fold, query_terms, search_key
from tests.persian.fts import finds

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
LIKELY_TEXT = st.text(
    st.sampled_from("ابپتمیهاکرن آئؤةۀيكىءـٔٓ۱٣5aZ\u200c\u200f\u202e\ufe76\ufdfa\ufdfcß\u0301\x00\ud800\n.-/ "), max_size=200
)
HEAVY = {
    "marks that compose in quadratic time": "\u0301\u0316" * 50_000,
    "half-spaces": "ا\u200c" * 70_000,
    "suffixes": "ها " * 50_000,
    "letters and digits in turn": "a1" * 100_000,
    "one endless word": "ک" * 200_000,
    "a sign that unfolds into four words": "\ufdfa" * 70_000,
    "a megabyte": "پلاک خودرو " * 100_000,
    "new words all the time": " ".join(str(number) for number in range(40_000)),
}


@given(ANY_TEXT | LIKELY_TEXT)
@settings(deadline=None)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def test_folding_is_settled_for_every_letter_and_mark_of_the_basic_plane():
    assert [hex(code) for code in range(0x10000) if fold(fold(chr(code))) != fold(chr(code))] == []


@given(ANY_TEXT | LIKELY_TEXT)
@settings(deadline=None)
def test_a_key_word_has_letters_and_digits_only(text):
    assert [word for word in search_key(text).split(" ") if word and not word.isalnum()] == []


@given(ANY_TEXT | LIKELY_TEXT)
@settings(deadline=None)
def test_an_alternative_has_words_and_stars_only(text):
    words = [word for term in query_terms(text) for alternative in term for word in alternative.split(" ")]
    assert [word for word in words if not word.removesuffix("*").isalnum()] == []


@given(LIKELY_TEXT)
@settings(deadline=None)
def test_a_text_is_found_by_itself(text):
    assert finds(text, text) is bool(search_key(text))


@given(ANY_TEXT)
@settings(deadline=None)
def test_every_folded_word_can_be_stored(text):
    assert (fold(text) + search_key(text)).encode("utf-8").count(b"\0") == 0


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_a_huge_text_gives_a_bounded_key_at_once(text):
    began = time.process_time()
    key = search_key(text)
    assert (len(key) <= 200_000, time.process_time() - began < 2) == (True, True)


def test_a_key_that_is_too_long_ends_with_a_whole_word():
    key = search_key(" ".join(f"ک{number:06}" for number in range(20_000)))
    assert {len(word) for word in key.split(" ")} == {1, 6, 7}
    assert 199_990 < len(key) <= 200_000


def test_a_query_of_any_length_has_few_terms():
    assert len(query_terms(" ".join(map(str, range(100_000))))) <= 100


def test_words_of_a_key_are_written_once():
    assert search_key("پلاک پلاک خودرو پلاک") == "پلاک خودرو"


def test_glued_words_and_their_parts_are_written():
    assert search_key("خطا می شود، پلاک‌های 12ب345").split() == ["خطا", "میشود", "شود", "پلاکهای", "پلاک", "12ب345", "12", "ب", "345"]


def test_a_query_names_its_alternatives():
    assert query_terms("تاکسی‌رانی") == [("تاکسیرانی*", "تاکسی* رانی*")]
    assert query_terms("پلاک‌ها") == [("پلاکها*", "پلاک*", "پلاک")]
    assert query_terms("۱۲ب۳۴۵") == [("12ب345*", "12 ب 345")]
    assert query_terms("کد و 345") == [("کد",), ("345",)]
    assert query_terms("کد ملی") == [("کد", "کدملی*"), ("ملی*", "کدملی*")]


def test_a_number_in_groups_is_one_number_and_its_groups():
    assert search_key("تماس: 0912 345-6789") == "تماس 09123456789 0912 345 6789"
    assert query_terms("852-034227-2") == [("8520342272*", "852 034227* 2")]


@pytest.mark.parametrize("text", ["1234567890 1234567", "12, 34", "12 و 34", "12 - 34"])
def test_numbers_that_are_too_long_or_farther_apart_stay_two(text):
    assert "".join(filter(str.isdigit, text)) not in search_key(text).split()


def test_the_ezafe_behind_a_half_space_is_no_word_and_the_letter_of_a_plate_is():
    assert (search_key("معاینه‌ی فنی"), search_key("12 ی 345")) == ("معاینهی معاینه فنی", "12 ی 345")


def test_stop_words_alone_are_searched_all_the_same():
    assert query_terms("از") == [("از",)]


def test_the_data_of_the_map_is_itself_folded():
    words = [*LETTERS, *ALIASES.values(), *PLURALS, *SUFFIXES, EZAFE, *STOP_WORDS]
    assert [word for word in words if fold(word) != word] == []


def test_the_key_has_a_version():
    assert KEY_VERSION == 3
