"""A line that breaks in the middle of a form is no shorter form."""

import io

import pytest

from autonax_support.body import WholeBody, whole


def body(sent: bytes, announced: int) -> WholeBody:
    return WholeBody(io.BytesIO(sent), announced)


@pytest.mark.parametrize("size", [-1, None, 0, 1, 4, 5, 9])
def test_a_whole_body_is_read_as_it_came(size):
    read, whole_body = b"", body(b"salam", 5)
    while piece := whole_body.read(size):
        read += piece
    assert read == (b"" if size == 0 else b"salam")
    assert whole_body.read() == (b"salam" if size == 0 else b"")


@pytest.mark.parametrize("size", [-1, None, 4, 5, 9])
def test_a_body_that_is_cut_is_an_error_and_no_end(size):
    cut = body(b"sal", 5)
    with pytest.raises(ConnectionResetError):
        list(iter(lambda: cut.read(size), b""))


def test_what_follows_the_announced_length_belongs_to_nobody():
    assert (body(b"salam next", 5).read(), body(b"sa\nlam", 5).readline()) == (b"salam", b"sa\n")


def test_lines_end_where_the_body_ends():
    lines = body(b"a\nb", 3)
    assert [lines.readline(), lines.readline(), lines.readline()] == [b"a\n", b"b", b""]
    with pytest.raises(ConnectionResetError):
        body(b"", 2).readline()


@pytest.mark.parametrize(("announced", "is_guarded"), [("3", True), ("", True), (None, True), ("-1", False), ("x", False), ("٣", False)])
def test_every_request_with_a_length_is_guarded(announced, is_guarded):
    environ = {"wsgi.input": io.BytesIO(b"abc")} | ({} if announced is None else {"CONTENT_LENGTH": announced})
    whole(lambda environ, start_response: [])(environ, None)
    assert isinstance(environ["wsgi.input"], WholeBody) == is_guarded
