"""Parts of a file, and answers without one."""

import pytest
from django.urls import reverse

from tests.files import crafting as make

pytestmark = pytest.mark.once

SIZE = len(make.PDF)


@pytest.fixture
def get(pdf, sara, at_home):
    """A function that asks for Reza's PDF with these headers."""
    client = at_home(sara)
    return lambda **headers: client.get(reverse("files:attachment", args=[pdf.pk]), headers=headers)


def body(response):
    return b"".join(response.streaming_content)


PARTS = {
    "bytes=0-4": (0, 5),
    "bytes=5-": (5, SIZE),
    "bytes=-6": (SIZE - 6, SIZE),
    "bytes=0-99999": (0, SIZE),
    "bytes=-99999": (0, SIZE),
    f"bytes={SIZE - 1}-": (SIZE - 1, SIZE),
}


@pytest.mark.parametrize(("asked", "part"), PARTS.items(), ids=PARTS)
def test_a_part_is_served(asked, part, get):
    response = get(range=asked)
    start, stop = part
    assert (response.status_code, body(response)) == (206, make.PDF[start:stop])
    assert response["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert response["Content-Length"] == str(stop - start)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=999999-1000000", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(asked, get):
    response = get(range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b", "bytes=۱-۲", "bytes=" + "9" * 40 + "-"]
)
def test_what_is_not_understood_brings_the_whole_file(asked, get):
    response = get(range=asked)
    assert (response.status_code, body(response), response["Accept-Ranges"]) == (200, make.PDF, "bytes")


def test_a_part_of_the_same_file_goes_on(get, pdf):
    assert get(range="bytes=0-4", if_range=f'"{pdf.stored_sha256}"').status_code == 206


def test_a_part_of_another_file_starts_anew(get):
    assert get(range="bytes=0-4", if_range='"other"').status_code == 200


def test_the_browsers_copy_is_good(get):
    first = get()
    assert first["ETag"].startswith('"')
    by_mark, by_time = get(if_none_match=first["ETag"]), get(if_modified_since=first["Last-Modified"])
    assert [(answer.status_code, answer.content) for answer in (by_mark, by_time)] == [(304, b""), (304, b"")]
    assert (by_mark["Cache-Control"], by_mark["ETag"]) == ("private, no-cache", first["ETag"])


def test_a_stranger_learns_nothing_from_a_mark(pdf, neda, at_home):
    mark = f'"{pdf.stored_sha256}"'
    response = at_home(neda).get(reverse("files:attachment", args=[pdf.pk]), headers={"if-none-match": mark})
    assert response.status_code == 404
