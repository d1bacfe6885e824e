"""Which files are taken and which are not: one table, controls among them."""

import zipfile

import pytest

from autonax_support.files.checks import FileRefused, check
from tests.files import crafting as make

MEGABYTE = 1024 * 1024

TAKEN = {
    "a JPEG": ("کارت ملی.jpg", make.picture("JPEG"), "picture", "image/jpeg"),
    "a JPEG in capitals": ("IMG_0001.JPEG", make.picture("JPEG"), "picture", "image/jpeg"),
    "a grey JPEG": ("scan.jpg", make.picture("JPEG", mode="L"), "picture", "image/jpeg"),
    "a printer's JPEG (CMYK)": ("scan.jpg", make.picture("JPEG", mode="CMYK"), "picture", "image/jpeg"),
    "a PNG": ("خطا.png", make.picture("PNG"), "picture", "image/png"),
    "a see-through PNG": ("خطا.png", make.picture("PNG", mode="RGBA"), "picture", "image/png"),
    "a PNG with a palette": ("خطا.png", make.picture("PNG", mode="P", transparency=0), "picture", "image/png"),
    "a black-and-white PNG": ("fax.png", make.picture("PNG", mode="1"), "picture", "image/png"),
    "a deep grey PNG": ("scan.png", make.picture("PNG", mode="I;16"), "picture", "image/png"),
    "a WEBP": ("عکس.webp", make.picture("WEBP"), "picture", "image/webp"),
    "a GIF": ("عکس.gif", make.picture("GIF", mode="P"), "picture", "image/gif"),
    "a moving GIF": ("فیلم صفحه.gif", make.moving("GIF"), "picture", "image/gif"),
    "a moving WEBP": ("فیلم صفحه.webp", make.moving("WEBP"), "picture", "image/webp"),
    "a picture with a tail": ("tail.png", make.picture("PNG") + make.HTML, "picture", "image/png"),
    "a picture and zip in one": ("both.png", make.picture("PNG") + make.archive({"a": b"x"}), "picture", "image/png"),
    "a PDF": ("سند.pdf", make.PDF, "pdf", "application/pdf"),
    "a Word text": ("نامه.docx", make.docx(), "word", None),
    "a Word text of the web edition": ("نامه.docx", make.office("word/document2.xml"), "word", None),
    "an Excel table": ("فهرست.xlsx", make.xlsx(), "excel", None),
    "a text": ("یادداشت.txt", "کد ملی اشتباه است".encode(), "text", "text/plain; charset=utf-8"),
    "an old program's text": ("یادداشت.txt", "کد ملي اشتباه است".encode("cp1256"), "text", "text/plain; charset=windows-1256"),
    "Notepad's Unicode text": ("یادداشت.txt", "کد ملی".encode("utf-16"), "text", "text/plain; charset=utf-16"),
    "HTML as plain text": ("page.txt", make.HTML, "text", "text/plain; charset=utf-8"),
    "a ZIP": ("مدارک.zip", make.archive({"a/b.pdf": make.PDF}), "zip", "application/zip"),
    "a file of exactly 10 MB": ("بزرگ.txt", b"x" * (10 * MEGABYTE), "text", "text/plain; charset=utf-8"),
}

REFUSED = {
    "a program": ("setup.exe", make.EXE, "kind"),
    "a program called a picture": ("setup.jpg", make.EXE, "content"),
    "a program called a PDF": ("setup.pdf", make.EXE, "content"),
    "a program called a text": ("setup.txt", make.EXE, "content"),
    "a program called a ZIP": ("setup.zip", make.EXE, "content"),
    "a program under a turned name": ("exe\u202egpj.exe", make.EXE, "kind"),
    "a turned name ending in the picture of a program": ("photo\u202egpj.exe", make.picture("JPEG"), "kind"),
    "an extension behind a hidden space": (".ht\u200baccess", b"Options", "kind"),
    "a page": ("page.html", make.HTML, "kind"),
    "a page called a picture": ("page.png", make.HTML, "content"),
    "a page called a GIF": ("page.gif", b"GIF89a/*" + make.HTML, "broken"),
    "an SVG": ("logo.svg", make.SVG, "kind"),
    "an SVG called a PNG": ("logo.png", make.SVG, "content"),
    "a script": ("app.js", b"alert(1)", "kind"),
    "no extension": ("README", b"text", "kind"),
    "a name of one space": (" ", b"text", "kind"),
    "an iPhone's photograph": ("IMG_1.HEIC", make.HEIC, "heic"),
    "an iPhone's photograph renamed": ("IMG_1.jpg", make.HEIC, "heic"),
    "an empty picture": ("a.jpg", b"", "empty"),
    "an empty text": ("a.txt", b"", "empty"),
    "10 MB and one byte": ("a.txt", b"x" * (10 * MEGABYTE + 1), "too_large"),
    "a bomb of pixels": ("bomb.png", make.bomb_png(30_000, 30_000), "pixels"),
    "a small bomb of pixels": ("bomb.png", make.bomb_png(8_000, 6_300), "pixels"),
    "a moving bomb": ("bomb.gif", lambda: make.moving("GIF", frames=60, size=(1000, 1000)), "pixels"),
    "a PNG without its data": ("half.png", make.bomb_png(400, 300), "broken"),
    "half a JPEG": ("half.jpg", make.picture("JPEG", size=(400, 300))[:600], "broken"),
    "a JPEG header and nothing else": ("half.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "broken"),
    "a PDF with something before it": ("a.pdf", b"MZ" + make.PDF, "content"),
    "a PDF cut short": ("a.pdf", make.PDF[:40], "content"),
    "a PDF far from its end": ("a.pdf", make.PDF + bytes(2000), "content"),
    "a Word text with a password": ("a.docx", make.OLE, "locked"),
    "a Word text with a macro": ("a.docx", make.docx(word__vbaProject_bin=b"x"), "locked"),
    "a Word text that says it has macros": (
        "a.docx",
        make.office(main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "locked",
    ),
    "an Excel table of the macro kind": ("a.xlsm", make.xlsx(), "locked"),
    "an Excel table with an old macro sheet": ("a.xlsx", make.xlsx(xl__macrosheets__sheet1=b"x"), "locked"),
    "any ZIP called a Word text": ("a.docx", make.archive({"a.txt": b"x"}), "content"),
    "an Excel table called a Word text": ("a.docx", make.xlsx(), "content"),
    "a Word text with a DTD": ("a.docx", make.office(word__styles_xml="", **{"a.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]>"}), "content"),
    "a Word text with a DTD in UTF-16": ("a.docx", make.docx(**{"a.xml": "<!DOCTYPE x>".encode("utf-16")}), "content"),
    "a Word text that swells": ("a.docx", lambda: make.docx(word__big=bytes(20 * MEGABYTE)), "content"),
    "a Word text that lies about its size": ("a.docx", make.lying_docx(), "content"),
    "a Word text of too many parts": ("a.docx", lambda: make.docx(**{f"p{n}": b"" for n in range(2100)}), "content"),
    "a Word text packed with LZMA": ("a.docx", make.docx(zipfile.ZIP_LZMA), "content"),
    "a Word text packed with BZIP2": ("a.docx", make.docx(zipfile.ZIP_BZIP2), "content"),
    "a Word text whose part lies beyond every file": ("a.docx", make.far_docx(), "content"),
    "an old Word text": ("a.doc", make.OLE, "kind"),
    "a ZIP with a password": ("a.zip", make.locked_zip(), "locked"),
    "a ZIP that climbs": ("a.zip", make.archive({"../../etc/passwd": b"x"}), "content"),
    "a ZIP with a path from the root": ("a.zip", make.archive({"/etc/passwd": b"x"}), "content"),
    "a ZIP of too many entries": ("a.zip", make.archive({f"{n}": b"" for n in range(2100)}), "content"),
    "a ZIP that would fill 200 MB": ("a.zip", make.archive({"a": bytes(200 * MEGABYTE)}), "content"),
    "a ZIP behind a page": ("a.zip", make.HTML + make.archive({"a": b"x"}), "content"),
    "an empty ZIP": ("a.zip", make.archive({}), "content"),
    "half a ZIP": ("a.zip", make.archive({"a": b"x" * 99}, zipfile.ZIP_STORED)[:80], "content"),
    "a text with a zero byte": ("a.txt", b"text\x00text", "content"),
    "a text with control characters": ("a.txt", b"text\x1b[2Jtext", "content"),
}


@pytest.mark.parametrize(("name", "content", "kind", "content_type"), TAKEN.values(), ids=TAKEN)
def test_it_is_taken(name, content, kind, content_type):
    checked = check(make.upload(name, content))
    assert (checked.kind, checked.name) == (kind, name)
    assert content_type is None or checked.content_type == content_type


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused(name, content, reason):
    with pytest.raises(FileRefused) as refusal:
        check(make.upload(name, content))
    assert refusal.value.reason == reason


def test_the_sentence_names_the_file_and_what_is_allowed():
    with pytest.raises(FileRefused) as refusal:
        check(make.upload("اسکن مدارک.exe", make.EXE))
    assert str(refusal.value) == (
        "فایل «\u2068اسکن مدارک.exe\u2069» پذیرفته نمی‌شود. "
        "عکس (\u2068JPG\u2069، \u2068PNG\u2069، \u2068WEBP\u2069، \u2068GIF\u2069)، "
        "\u2068PDF\u2069، \u2068Word\u2069، \u2068Excel\u2069، متن یا \u2068ZIP\u2069 بفرستید."
    )


def test_one_byte_too_many_is_not_said_to_be_ten_megabytes():
    with pytest.raises(FileRefused) as refusal:
        check(make.upload("a.txt", b"x" * (10 * MEGABYTE + 1)))
    assert str(refusal.value) == (
        "فایل «\u2068a.txt\u2069» ۱۰٫۱ مگابایت است؛ هر فایل تا ۱۰ مگابایت پذیرفته می‌شود. فایل را کوچک‌تر کنید یا در چند فایل بفرستید."
    )
