"""Crafted files as attackers and phones send them: what each claims, what it is, and what becomes of it; honest ones among them.

One row: the name it comes with, its bytes, then the kind and the name it is kept under, or the reason of its refusal.
test_check.py has the plain table of kinds; this one has what deceives, swells, hides or is only unusual.
"""

import hashlib
import struct
from io import BytesIO

import pytest
from PIL import Image

from autonax_support.files.checks import FileRefused, check
from tests.files import crafting as make

MEGABYTE = 1024 * 1024
PERSIAN = "کد ملي اشتباه است، پلاک خودرو"
GIF_JS = b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//;"
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
PDF_JS = make.PDF.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>")
JPEG, PNG, GIF = make.picture("JPEG"), make.picture("PNG"), make.picture("GIF", mode="P")


def turned(orientation: int) -> bytes:
    """Red at the top left of what the eye shall see, stored as a camera held this way stores it; with GPS."""
    image = Image.new("RGB", (80, 48), "white")
    image.paste("red", (0, 0, 40, 24))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Transpose that undoes what the reader does
    if orientation in back:
        image = image.transpose(Image.Transpose(back[orientation]))
    exif = image.getexif()
    exif[make.ORIENTATION] = orientation
    exif.get_ifd(make.GPS).update({1: "N", 2: (35.0, 41.0, 22.0)})
    target = BytesIO()
    image.save(target, format="JPEG", quality=95, exif=exif)
    return target.getvalue()


def two_in_one() -> bytes:
    """A phone's MPO: a JPEG with a second picture behind it."""
    target = BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    first.save(target, format="MPO", save_all=True, append_images=[second])
    return target.getvalue()


def container(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + b"mif1" + brand + bytes(100)


def nested() -> bytes:
    inside = make.archive({"a.txt": b"x" * 1000})
    for _ in range(5):
        inside = make.archive({f"{n}.zip": inside for n in range(4)})
    return inside


# fmt: off
KEPT = {  # the kind and the name that people then see
    "honest JPEG":                      ("کارت.jpg", JPEG, "picture", "کارت.jpg"),
    "honest PDF":                       ("سند.pdf", make.PDF, "pdf", "سند.pdf"),
    "honest Word text":                 ("نامه.docx", make.docx(), "word", "نامه.docx"),
    "honest ZIP":                       ("مدارک.zip", make.archive({"پوشه/سند.pdf": make.PDF}), "zip", "مدارک.zip"),
    "one letter":                       ("یک.txt", b"x", "text", "یک.txt"),
    "exactly the limit":                ("a.txt", b"x" * (10 * MEGABYTE), "text", "a.txt"),
    "text in UTF-16, big end first":    ("a.txt", b"\xfe\xff" + PERSIAN.encode("utf-16-be"), "text", "a.txt"),
    "text in CP1256":                   ("a.txt", PERSIAN.encode("cp1256"), "text", "a.txt"),
    "text with a mark of UTF-8":        ("a.txt", PERSIAN.encode("utf-8-sig"), "text", "a.txt"),
    "SVG sent as text, shown as text":  ("a.txt", make.SVG, "text", "a.txt"),
    "CMYK JPEG":                        ("a.jpg", make.picture("JPEG", mode="CMYK"), "picture", "a.jpg"),
    "16-bit PNG":                       ("a.png", make.picture("PNG", mode="I;16"), "picture", "a.png"),
    "palette with transparency":        ("a.png", make.picture("PNG", mode="P", transparency=0), "picture", "a.png"),
    "moving WEBP":                      ("a.webp", make.moving("WEBP"), "picture", "a.webp"),
    "moving GIF":                       ("a.gif", make.moving("GIF"), "picture", "a.gif"),
    "MPO of a phone":                   ("a.jpg", two_in_one(), "picture", "a.jpg"),
    "GIF called JPG":                   ("a.jpg", GIF, "picture", "a.gif"),
    "JPEG and ZIP in one":              ("a.jpg", JPEG + make.archive({"x.php": b"<?php"}), "picture", "a.jpg"),
    "GIF with a script behind":         ("a.gif", GIF + b"*/=1;alert(1)//", "picture", "a.gif"),
    "picture with a double extension":  ("shell.php.png", PNG, "picture", "shell.php.png"),
    "name with a path before it":       ("../../static/a.png", PNG, "picture", "a.png"),
    "name with a path of Windows":      ("C:\\temp\\a.png", PNG, "picture", "a.png"),
    "name turned round, a picture":     ("gpj\u202e.png", PNG, "picture", "gpj.png"),
    "name in isolates, Persian":        ("\u2067کارت\u2069.png", PNG, "picture", "کارت.png"),
    "name with a zero-width space":     ("a\u200b.p\u200bng", PNG, "picture", "a.png"),
    "name with a line break":           ("a\r\nX-Evil: 1.png", PNG, "picture", "a X-Evil: 1.png"),
    "extension alone":                  (".png", PNG, "picture", "فایل.png"),
    "name of dots":                     ("....png", PNG, "picture", "فایل.png"),
    # Sent for download alone (never inline), with `nosniff` and a sandbox: a script in it never runs in our origin.
    "PDF with JavaScript":              ("a.pdf", PDF_JS, "pdf", "a.pdf"),
    # A list of 4 names is read and no entry of it: what lies deeper is a matter of the reader's own machine.
    "ZIP in ZIP in ZIP":                ("a.zip", nested(), "zip", "a.zip"),
}
REFUSED = {
    "R01 SVG":                          ("logo.svg", make.SVG, "kind"),
    "R01 SVG as PNG":                   ("logo.png", make.SVG, "content"),
    "R02 page":                         ("a.html", make.HTML, "kind"),
    "R02 page as JPEG":                 ("a.jpg", make.HTML, "content"),
    "R02 page as PDF":                  ("a.pdf", make.HTML, "content"),
    "GIF that is a script":             ("a.gif", GIF_JS, "broken"),
    "PDF inside a ZIP's first bytes":   ("a.zip", make.PDF + make.archive({"a": b"x"}), "content"),
    "PDF and ZIP, ZIP first":           ("a.pdf", make.archive({"a": b"x"}) + make.PDF, "content"),
    "R20 .htaccess":                    (".htaccess", b"Options +ExecCGI", "kind"),
    "R20 zero-width .htaccess":         ("\u200b.htaccess", b"Options +ExecCGI", "kind"),
    "R20 zero-width inside":            (".ht\u200caccess", b"Options +ExecCGI", "kind"),
    "double extension":                 ("photo.png.php", PNG, "kind"),
    "extension and a dot":              ("photo.exe.", make.EXE, "kind"),
    "extension and a zero byte":        ("photo.php\x00.png", b"<?php", "content"),
    "extension in wide letters":        ("photo.\uff45\uff58\uff45", make.EXE, "kind"),
    "R47 RLO":                          ("photo\u202egnp.exe", make.EXE, "kind"),
    "R47 isolates, Persian beside":     ("کارت\u2067gnp\u2069.exe", make.EXE, "kind"),
    "R42 name of one space":            (" ", PNG, "kind"),
    "R42 name of nothing":              ("", PNG, "kind"),
    "R44 bomb of 100 000 x 100 000":    ("a.png", make.bomb_png(100_000, 100_000), "pixels"),
    "R44 GIF of too many frames":       ("a.gif", lambda: make.moving("GIF", frames=301, size=(4, 4)), "pixels"),
    "truncated JPEG":                   ("a.jpg", JPEG[:-200], "broken"),
    "truncated PNG":                    ("a.png", PNG[:-30], "broken"),
    "TIFF as JPEG":                     ("a.jpg", make.picture("TIFF"), "content"),
    "BMP":                              ("a.bmp", make.picture("BMP"), "kind"),
    "BMP as PNG":                       ("a.png", make.picture("BMP"), "content"),
    "HEIC":                             ("a.heic", container(b"heic"), "heic"),
    "HEIC as JPEG":                     ("a.jpg", container(b"heic"), "heic"),
    "AVIF":                             ("a.avif", container(b"avif"), "kind"),
    "AVIF as JPEG":                     ("a.jpg", container(b"avif"), "content"),
    "PDF without its end":              ("a.pdf", make.PDF.replace(b"%%EOF", b""), "content"),
    "docx with a password":             ("a.docx", make.OLE, "locked"),
    "docm":                             ("a.docm", make.docx(), "locked"),
    "docm as docx":                     ("a.docx", make.docx(word__vbaProject_bin=b"x"), "locked"),
    "docx with XXE":                    ("a.docx", make.docx(**{"word__styles.xml": XXE}), "content"),
    "docx with a DTD beside":           ("a.docx", make.docx(**{"docProps__app.xml": "<!DOCTYPE x>"}), "content"),
    "docx that is any ZIP":             ("a.docx", make.archive({"a.txt": b"x"}), "content"),
    "bomb ZIP":                         ("a.zip", lambda: make.archive({"a.bin": bytes(101 * MEGABYTE)}), "content"),
    "R21 zip slip":                     ("a.zip", make.archive({"a/../../x": b"x"}), "content"),
    "R21 zip slip of Windows":          ("a.zip", make.archive({"..\\..\\x": b"x"}), "content"),
    "R21 drive letter":                 ("a.zip", make.archive({"C:\\x": b"x"}), "content"),
    "R21 zip slip in docx":             ("a.docx", make.docx(**{"../../x": b"x"}), "content"),
    "ZIP of 10 000 entries":            ("a.zip", lambda: make.archive({f"{n}": b"" for n in range(10_000)}), "content"),
    "nothing":                          ("a.png", b"", "empty"),
    "one byte of a picture":            ("a.png", b"\x89", "content"),
    "one byte of a PDF":                ("a.pdf", b"%", "content"),
    "one byte too many":                ("a.txt", b"x" * (10 * MEGABYTE + 1), "too_large"),
    "binary as text":                   ("a.txt", bytes(range(256)), "content"),
    "program as text":                  ("a.txt", make.EXE, "content"),
}
# fmt: on


@pytest.mark.parametrize(("name", "content", "kind", "kept_as"), KEPT.values(), ids=KEPT)
def test_it_is_kept(name, content, kind, kept_as):
    checked = check(make.upload(name, content))
    assert (checked.kind, checked.name) == (kind, kept_as)


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_this_reason(name, content, reason):
    with pytest.raises(FileRefused) as refusal:
        check(make.upload(name, content))
    assert refusal.value.reason == reason


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_however_the_phone_was_held_and_says_not_where(orientation):
    before = turned(orientation)
    assert Image.open(BytesIO(before)).getexif().get_ifd(make.GPS)
    checked = check(make.upload("a.jpg", before))
    drawn = Image.open(checked.content)
    colours = [drawn.getpixel(place) for place in ((10, 10), (70, 10), (10, 40), (70, 40))]
    assert (drawn.size, [green < 100 for _, green, _ in colours]) == ((80, 48), [True, False, False, False])
    assert dict(drawn.getexif()) == {}


@pytest.mark.parametrize("content", [JPEG + make.archive({"x.php": b"<?php"}), two_in_one()], ids=["a ZIP", "a second picture"])
def test_what_hung_behind_a_picture_is_gone(content):
    checked = check(make.upload("a.jpg", content))
    stored = checked.content.seek(0) or checked.content.read()
    assert (b"PK\x03\x04" in stored, stored.count(b"\xff\xd8\xff"), b"MPF" in stored) == (False, 1, False)
    assert hashlib.sha256(stored).hexdigest() == checked.stored_sha256
