from threading import Thread

import pytest

from autonax_support.files import checks
from autonax_support.files.intake import take
from tests.files import crafting as make

TOO_MANY = "در هر پیام تا ۵ فایل پیوست می‌شود. یکی را حذف کنید یا بقیه را در پیام بعدی بفرستید."


def texts(count):
    return [make.upload(f"{number}.txt", b"text") for number in range(count)]


def names(files):
    return [file.name for file in files]


def test_a_bad_file_leaves_the_good_ones():
    good, errors = take([make.upload("a.pdf", make.PDF), make.upload("b.exe", make.EXE), make.upload("c.txt", b"text")], already=0)
    assert names(good) == ["a.pdf", "c.txt"]
    assert [error.split(".")[:2] for error in errors] == [["فایل «\u2068b", "exe\u2069» پذیرفته نمی‌شود"]]


def test_five_files_are_the_limit():
    good, errors = take(texts(5), already=0)
    assert (names(good), errors) == (["0.txt", "1.txt", "2.txt", "3.txt", "4.txt"], [])


def test_the_sixth_is_refused_and_the_five_are_kept():
    good, errors = take(texts(6), already=0)
    assert (len(good), errors) == (5, [TOO_MANY])


def test_those_of_the_draft_count():
    good, errors = take(texts(3), already=4)
    assert (names(good), errors) == (["0.txt"], [TOO_MANY])


def test_a_full_draft_takes_no_more():
    assert take(texts(1), already=5) == ([], [TOO_MANY])


def test_no_files_are_no_error():
    assert take([], already=5) == ([], [])


def test_pictures_are_decoded_one_at_a_time_and_documents_meanwhile():
    picture = Thread(target=take, args=([make.upload("a.png", make.picture())], 0), daemon=True)
    with checks._decoder:
        picture.start()
        assert names(take(texts(1), 0)[0]) == ["0.txt"]
        picture.join(timeout=0.2)
        assert picture.is_alive()
    picture.join(timeout=5)
    assert not picture.is_alive()


def test_who_will_not_wait_for_the_turn_is_told():
    with checks._decoder, pytest.raises(checks.Busy):
        checks.check(make.upload("a.png", make.picture()), wait=0)
