"""Files made by hand, honest and hostile: every function returns the bytes of one file."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

GPS = 0x8825
ORIENTATION = 0x0112
MAKER = 0x010F
WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def upload(name: str, content: bytes | Callable[[], bytes]) -> SimpleUploadedFile:
    """Sets the name past Django's own cleaning, as a caller other than the form parser could.

    Tables of files that take long to make hold the function: a table is read by every process that only collects the tests.
    """
    file = SimpleUploadedFile("x", content() if callable(content) else content)
    file._name = name
    return file


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **saving) -> bytes:
    target = BytesIO()
    Image.new(mode, size, color=1).save(target, format=kind, **saving)
    return target.getvalue()


def photograph() -> bytes:
    """A phone's JPEG lying on its side: red at the top left, GPS, maker, comment and an appended script."""
    image = Image.new("RGB", (80, 40), "white")
    image.paste("red", (0, 0, 40, 40))
    exif = image.getexif()
    exif[ORIENTATION], exif[MAKER] = 6, "SECRETMAKER"
    exif.get_ifd(GPS).update({1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (51.0, 23.0, 20.0)})
    target = BytesIO()
    image.save(target, format="JPEG", exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE")
    return target.getvalue() + b"<script>SECRETTAIL</script>"


def talkative_png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "SECRETTEXT")
    return picture(pnginfo=words, icc_profile=b"SECRETPROFILE")


def moving(kind: str, frames: int = 3, size: tuple[int, int] = (20, 20)) -> bytes:
    pictures = [Image.new("RGB", size, (90 * index % 256, 10, 200)) for index in range(frames)]
    target = BytesIO()
    pictures[0].save(target, format=kind, save_all=True, append_images=pictures[1:], duration=120, loop=0)
    return target.getvalue()


def bomb_png(width: int, height: int) -> bytes:
    """A true header and next to no data."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def archive(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return target.getvalue()


def office(main: str = "word/document.xml", main_type: str = WORD_MAIN, method: int = zipfile.ZIP_DEFLATED, **more: bytes | str) -> bytes:
    """`more` are further parts; a double underscore stands for the slash of a path."""
    types = f'<?xml version="1.0"?><Types><Override PartName="/{main}" ContentType="{main_type}"/></Types>'
    parts = {"[Content_Types].xml": types, main: '<?xml version="1.0"?><x/>'}
    return archive(parts | {name.replace("__", "/"): content for name, content in more.items()}, method)


def docx(method: int = zipfile.ZIP_DEFLATED, **more: bytes | str) -> bytes:
    return office(method=method, **more)


def xlsx(**more: bytes | str) -> bytes:
    return office("xl/workbook.xml", EXCEL_MAIN, **more)


def locked_zip() -> bytes:
    """The encryption bit set on its only entry, in both headers."""
    content = bytearray(archive({"a.txt": b"x"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def lying_docx() -> bytes:
    """Its list says that the big part is small."""
    content = bytearray(docx(word__big=bytes(3_000_000)))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 10)
    return bytes(content)


def far_docx() -> bytes:
    """Its list says, in the field for archives beyond 4 GB, that a part begins where no number of the machine reaches."""
    content = bytearray(docx())
    entry, end = content.index(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    more = struct.pack("<HHQ", 1, 8, 2**63 + 5)
    name, size = struct.unpack_from("<H", content, entry + 28)[0], struct.unpack_from("<L", content, end + 12)[0]
    struct.pack_into("<L", content, end + 12, size + len(more))
    struct.pack_into("<H", content, entry + 30, len(more))
    struct.pack_into("<L", content, entry + 42, 0xFFFFFFFF)
    content[entry + 46 + name : entry + 46 + name] = more
    return bytes(content)


def scan(megabytes: float) -> bytes:
    """A PDF of this size that compresses to nothing less, as scans do."""
    return PDF.replace(b"%%EOF\n", b"") + random.Random(1).randbytes(int(megabytes * 1024 * 1024) - len(PDF)) + b"\n%%EOF\n"


def phone_photograph(size: tuple[int, int] = (2700, 1480), quality: int = 96) -> bytes:
    """A JPEG of some megabytes: coarse noise, as grainy as a photograph by lamplight, lying on its side."""
    grain = Image.frombytes("RGB", (size[0] // 3, size[1] // 3), random.Random(2).randbytes(size[0] // 3 * (size[1] // 3) * 3))
    image = grain.resize(size, Image.Resampling.BILINEAR)
    exif = image.getexif()
    exif[ORIENTATION] = 6
    target = BytesIO()
    image.save(target, format="JPEG", quality=quality, exif=exif)
    return target.getvalue()
