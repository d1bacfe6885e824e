"""Whatever became of an archive on its way, checking it ends with a file or with a refusal."""

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.files.checks import FileRefused, check
from tests.files import crafting as make

METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
ARCHIVES = [*map(make.docx, METHODS), make.far_docx(), make.lying_docx()[-300:], make.locked_zip()]
TELLING = [b"\0\0", b"\1\0", b"\x0e\0", b"\xff\xff", b"\xff" * 4, b"\xff" * 8, b"PK\1\2", b"PK\3\4", b"PK\5\6", b"PK\6\6", b"PK\6\7"]
REASONS = {"content", "locked", "empty"}


@st.composite
def mutated(draw) -> bytes:
    """An archive with a few places overwritten, filled in or cut out, most often near the list at its end."""
    content = bytearray(draw(st.sampled_from(ARCHIVES)))
    for _ in range(draw(st.integers(1, 5))):
        room = max(0, len(content) - draw(st.sampled_from([250, len(content)])))
        place = draw(st.integers(min(room, len(content)), len(content)))
        written = draw(st.sampled_from(TELLING) | st.binary(max_size=4))
        content[place : place + draw(st.sampled_from([0, len(written), 12]))] = written
    return bytes(content)


def outcome(name: str, content: bytes) -> str:
    try:
        return check(make.upload(name, content)).kind
    except FileRefused as refusal:
        return refusal.reason


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(mutated())
def test_a_damaged_archive_is_a_file_or_a_refusal(content):
    assert outcome("a.docx", content) in {"word", *REASONS}
    assert outcome("a.zip", content) in {"zip", *REASONS}


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=400))
def test_any_bytes_behind_the_first_four_are_a_refusal(tail):
    assert outcome("a.docx", make.docx()[:4] + tail) in REASONS


@pytest.mark.parametrize("kind", ["docx", "xlsx", "zip", "pdf", "txt"])
def test_every_beginning_of_a_file_is_a_file_or_a_refusal(kind):
    whole = {"docx": make.docx, "xlsx": make.xlsx, "zip": make.locked_zip}.get(kind, lambda: make.PDF)()
    taken = {"docx": "word", "xlsx": "excel", "txt": "text"}.get(kind, kind)
    assert {outcome(f"a.{kind}", whole[:length]) for length in range(len(whole))} <= {taken, *REASONS}
