import pytest
from hypothesis import given
from hypothesis import strategies as st

from autonax_support.persian.identity import all_same_digit, mask_national_id, national_id_checks

GOOD = ["8520342272", "8353199300", "0123456789", "1234567891"]
BAD = [
    "8520342273",
    "852034227",
    "85203422722",
    "",
    "۸۵۲۰۳۴۲۲۷۲",
    "85203422²2",
    "abcdefghij",
    "1110000001",
    *(str(digit) * 10 for digit in range(10)),
]


@pytest.mark.parametrize("national_id", GOOD)
def test_a_right_check_digit_is_seen_whatever_the_place_prefix(national_id):
    assert national_id_checks(national_id) is True


@pytest.mark.parametrize("national_id", BAD)
def test_a_wrong_national_id_is_seen(national_id):
    assert national_id_checks(national_id) is False


@given(st.text("0123456789", min_size=9, max_size=9).filter(lambda text: text[3:] != "000000" and not all_same_digit(text)))
def test_one_check_digit_of_ten_is_right(start):
    assert [national_id_checks(start + digit) for digit in "0123456789"].count(True) == 1


def test_ten_equal_digits_are_told_apart():
    assert [all_same_digit(text) for text in ("1111111111", "1111111112", "")] == [True, False, False]


def test_a_masked_national_id_shows_three_digits_at_each_end():
    assert [mask_national_id(text) for text in ("8520342272", "12345", "")] == ["۸۵۲****۲۷۲", "*****", ""]
