"""Documents and archives: shape, sizes and forbidden parts are checked; nothing is ever unpacked to disk or run."""

import codecs
import re
import struct
import zipfile
import zlib
from pathlib import PureWindowsPath
from typing import IO

from .refusals import FileRefused

MAX_ENTRIES = 2000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
RATIO_MATTERS_FROM = 1024 * 1024
CHUNK = 256 * 1024

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_HEADER = b"PK\x03\x04"
ZIP_DIRECTORY_ENTRY = b"PK\x01\x02"
CONTENT_TYPES = "[Content_Types].xml"
MAIN_PARTS = {
    "word": (re.compile(r"word/document\d*\.xml"), b"wordprocessingml.document.main+xml"),
    "excel": (re.compile(r"xl/workbook\d*\.xml"), b"spreadsheetml.sheet.main+xml"),
}
PLAIN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # all that OOXML allows; LZMA could claim gigabytes of memory
FORBIDDEN_MARKUP = (b"<!DOCTYPE", b"<!ENTITY")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x19\x1b-\x1f]")
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, OverflowError, RuntimeError, ValueError
)  # fmt: skip


def check_pdf(file: IO[bytes], name: str, size: int) -> None:
    file.seek(0)
    starts_right = file.read(5) == b"%PDF-"
    file.seek(max(0, size - 1024))
    if not starts_right or b"%%EOF" not in file.read():
        raise FileRefused("content", name=name)


def check_text(file: IO[bytes], name: str) -> str:
    """Returns the charset; Notepad's «Unicode» is UTF-16 with a mark, older programs write CP1256."""
    file.seek(0)
    content = file.read()
    charset = _charset(content)
    if not charset or _CONTROLS.search(content.decode(charset)):
        raise FileRefused("content", name=name)
    return charset


def check_office(file: IO[bytes], name: str, kind: str) -> None:
    file.seek(0)
    if file.read(8) == OLE_HEADER:  # an OOXML file with a password is wrapped into the old container
        raise FileRefused("locked", name=name)
    try:
        with _open(file, name) as archive:
            _check_parts(archive, name, kind)
            _read_within_limits(archive, name)
    except _UNREADABLE as error:
        raise FileRefused("content", name=name) from error


def check_zip(file: IO[bytes], name: str) -> None:
    """Only the list is read."""
    try:
        with _open(file, name) as archive:
            entries = archive.infolist()
    except _UNREADABLE as error:
        raise FileRefused("content", name=name) from error
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FileRefused("content", name=name)


def _charset(content: bytes) -> str:
    charset = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    for candidate in (charset, "windows-1256"):
        try:
            content.decode(candidate)
        except UnicodeDecodeError:
            continue
        return candidate
    return ""


def _open(file: IO[bytes], name: str) -> zipfile.ZipFile:
    file.seek(0)
    content = file.read()
    # Counted before zipfile reads its list: the list itself could be the bomb.
    if not content.startswith(ZIP_HEADER) or content.count(ZIP_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise FileRefused("content", name=name)
    file.seek(0)
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("locked", name=name)
    if not entries or any(_leaves_its_folder(entry.filename) for entry in entries):
        raise FileRefused("content", name=name)
    return archive


def _leaves_its_folder(path: str) -> bool:
    pure = PureWindowsPath(path)  # reads / and \\ and drive letters alike
    return bool(pure.anchor) or ".." in pure.parts


def _check_parts(archive: zipfile.ZipFile, name: str, kind: str) -> None:
    parts = archive.namelist()
    main_part, main_type = MAIN_PARTS[kind]
    methods = {entry.compress_type for entry in archive.infolist()}
    if CONTENT_TYPES not in parts or len(parts) != len(set(parts)) or not methods <= PLAIN_METHODS:
        raise FileRefused("content", name=name)
    with archive.open(CONTENT_TYPES) as listing:
        types = listing.read(RATIO_MATTERS_FROM)
    macros = ("vbaproject", "vbadata", "macrosheets/")
    if b"macroEnabled" in types or any(word in part.casefold() for part in parts for word in macros):
        raise FileRefused("locked", name=name)
    if main_type not in types or not any(main_part.fullmatch(part) for part in parts):
        raise FileRefused("content", name=name)


def _read_within_limits(archive: zipfile.ZipFile, name: str) -> None:
    """Counts the bytes that really come out; what the list says is only a claim."""
    left = MAX_UNPACKED
    for entry in archive.infolist():
        with archive.open(entry) as part:
            left -= _read_part(part, entry, left, name)


def _read_part(part: IO[bytes], entry: zipfile.ZipInfo, left: int, name: str) -> int:
    is_markup = entry.filename.casefold().endswith((".xml", ".rels", ".vml"))
    total, before = 0, b""
    while chunk := part.read(CHUNK):
        total += len(chunk)
        if total > left or (total > RATIO_MATTERS_FROM and total > MAX_RATIO * max(entry.compress_size, 1)):
            raise FileRefused("content", name=name)
        # Without the zero bytes UTF-16 markup reads like ASCII; the overlap catches a word cut in two.
        seen = before + chunk.replace(b"\0", b"")
        if is_markup and any(word in seen for word in FORBIDDEN_MARKUP):
            raise FileRefused("content", name=name)
        before = seen[-16:]
    return total
