import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.persian.excerpts import marked
from autonax_support.persian.letters import ALIASES, EZAFE, KEY_VERSION, LETTERS, PLURALS, STOP_WORDS, SUFFIXES
from autonax_support.persian.search_key import FOLDED, fold_with_places, words_of
from autonax_support.persian.text import fold, hits, query_terms, search_key
from tests.persian.fts import finds

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
LIKELY_TEXT = st.text(
    st.sampled_from("ابپتمیهاکرن آئؤةۀيكىءـٔٓ۱٣5aZ\u200c\u200f\u202e\ufe76\ufdfa\ufdfcß\u0301\x00\ud800\n.-/ "), max_size=200
)
# what clings to a word before or behind it, and what only looks so
CLINGING = "پروانه بن می نمی ها های ی تر ای رود آی پی 0912 345 ۱۲ 12ب345 می\u200cروند \u200cها ها\u200cها کـتاب كِتاب ﷲ هیئت . - \u200c"
CASE_TEXT = st.builds(
    str.join, st.sampled_from([" ", "  ", "\u200c", "\n", ""]), st.lists(st.sampled_from(CLINGING.split(" ")), max_size=20)
)
MIXED_TEXT = st.text(st.sampled_from("ab12یه\u200c "), max_size=200)
# How much longer than the typed text its folded form, its key and its query may be; each is reached within one of it
UNFOLDED = 18  # the letters and spaces of «ﷺ»; no other character unfolds into more
KEYED = 4  # a folded word stands in its key glued, as parts and as runs, and each run of one letter brings a space
ASKED = 8  # glued, as its stem, as its runs with a space or star to each letter, and twice glued to either neighbour
HEAVY = {
    "marks that compose in quadratic time": "\u0301\u0316" * 50_000,
    "half-spaces": "ا\u200c" * 70_000,
    "suffixes": "ها " * 50_000,
    "letters and digits in turn": "a1" * 100_000,
    "one endless word": "ک" * 200_000,
    "a sign that unfolds into four words": "\ufdfa" * 70_000,
    "a megabyte": "پلاک خودرو " * 100_000,
    "numbers in groups": "1 23 " * 40_000,
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
def test_a_folded_text_has_the_same_key_and_the_same_query(text):
    typed = text[:10]  # folded it is not too long for a query yet
    assert (search_key(fold(text)), query_terms(fold(typed))) == (search_key(text), query_terms(typed))


def test_no_character_unfolds_into_more_than_is_said():
    assert max(len(fold(chr(code))) for code in range(0x110000)) == len(fold("ﷺ")) == len(search_key("ﷺ")) == UNFOLDED


@given(ANY_TEXT | LIKELY_TEXT | MIXED_TEXT)
@settings(deadline=None)
def test_a_key_is_never_longer_than_so_many_times_its_text(text):
    assert len(search_key(text)) <= min(KEYED * len(fold(text)), UNFOLDED * len(text))


@given(ANY_TEXT | LIKELY_TEXT | MIXED_TEXT)
@settings(deadline=None)
def test_a_query_is_never_longer_than_so_many_times_its_text(text):
    assert asked(text) <= ASKED * len(fold(text[:200]))


def test_letters_and_digits_in_turn_are_what_these_bounds_are_for():
    key, query = "a1b2c3d4e5\u200cf6g7h8i9j0k", " ".join(f"{'a1b2c3d4e5f6g7h8i'}{place % 10}ها" for place in range(9))
    assert KEYED - 1 < len(search_key(key)) / len(key) <= KEYED
    assert ASKED - 1 < asked(query) / len(query) <= ASKED


def asked(text: str) -> int:
    return sum(len(alternative) for term in query_terms(text) for alternative in term)


@given(ANY_TEXT | LIKELY_TEXT)
@settings(deadline=None)
def test_the_hits_of_a_text_in_itself_stand_in_it_one_after_the_other(text):
    terms = query_terms(text)
    found = hits(text, terms)
    assert found == sorted(found)
    assert all(0 <= first < last <= len(text) for first, last in found)
    assert "".join(piece.text for piece in marked(text, terms)) == text


@given(CASE_TEXT | LIKELY_TEXT | MIXED_TEXT, st.data())
@settings(deadline=None)
def test_the_hits_are_all_words_that_the_query_finds(text, data):
    begin = data.draw(st.integers(0, len(text)))
    terms = query_terms(text[begin : begin + data.draw(st.integers(1, 12))])
    folded, places = fold_with_places(text)
    wanted = {word for term in terms for alternative in term for word in alternative.split()}
    wanted = {word for word in wanted if len(word) > 1} or wanted
    assert hits(text, terms) == [
        (places[word.start], places[word.end - 1] + 1)
        for word in words_of(folded)
        if any(known == one or (one.endswith("*") and known.startswith(one[:-1])) for known in word.key_words() for one in wanted)
    ]


@given(CASE_TEXT | LIKELY_TEXT)
@settings(deadline=None)
def test_the_places_of_a_folded_text_are_those_of_its_characters(text):
    folded, places = fold_with_places(text)
    assert len(places) == len(folded)
    assert [text[place].translate(FOLDED) for place in dict.fromkeys(places)] == [
        part for part in (c.translate(FOLDED) for c in text) if part
    ]


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


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_the_hits_of_a_huge_text_are_found_at_once(text):
    terms = query_terms(text)
    began = time.process_time()
    hits(text, terms)
    assert time.process_time() - began < 2


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
