"""What clamd says while a person waits: malware is refused, and what could not be asked is taken and marked."""

import re
import socket
import time

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from autonax_support.files import scanning
from autonax_support.files.checks import FileRefused, check
from tests.files import crafting as make
from tests.files.clamd import EICAR, clamd, running_clamd, stopped_clamd
from tests.files.conftest import kept

__all__ = ["clamd", "running_clamd", "stopped_clamd"]

INFECTED = {
    "a text": ("eicar.txt", EICAR),
    "a Word text": ("نامه.docx", make.docx(word__embedded=EICAR)),
    "an Excel table": ("فهرست.xlsx", make.xlsx(xl__embedded=EICAR)),
    "a ZIP": ("مدارک.zip", make.archive({"a/b.txt": EICAR})),
    "a ZIP within a ZIP": ("مدارک.zip", make.archive({"inner.zip": make.archive({"b.txt": EICAR})})),
    "a PDF": ("سند.pdf", make.PDF.replace(b"%%EOF", EICAR + b"\n%%EOF")),
    "a picture with a tail": ("عکس.png", make.picture() + EICAR),
}
CLEAN = {"a picture": ("کارت ملی.png", make.picture()), "a PDF": ("سند.pdf", make.PDF), "a Word text": ("نامه.docx", make.docx())}


@pytest.mark.parametrize(("name", "content"), INFECTED.values(), ids=INFECTED)
def test_malware_is_refused_in_persian(clamd, name, content):
    with pytest.raises(FileRefused) as refused:
        check(make.upload(name, content))
    sentence = str(refused.value).translate({0x2066: None, 0x2068: None, 0x2069: None})
    assert (refused.value.reason, sentence) == (
        "virus",
        f"فایل «{name}» بدافزار دارد و نگه داشته نشد. فایل سالم آن را از رایانه دیگری بفرستید.",
    )


@pytest.mark.parametrize(("name", "content"), CLEAN.values(), ids=CLEAN)
def test_what_is_clean_is_kept_as_clean(clamd, sara_draft, name, content):
    assert kept(sara_draft, name, content).scan_state == "clean"


def test_without_a_clamd_nothing_is_asked_and_nothing_said(sara_draft, settings):
    settings.CLAMD_ADDRESS = ""
    attachment = kept(sara_draft, "eicar.txt", EICAR)
    assert (attachment.scan_state, "ویروس" in tiles(attachment)) == ("none", False)


def test_while_clamd_is_away_files_are_taken_and_marked(stopped_clamd, sara_draft):
    attachment = kept(sara_draft)
    assert attachment.scan_state == "none"
    for page in (tiles(attachment), render("_picker", kept=[attachment], errors=[])):
        assert "، ویروس‌یابی نشده</" in page


def test_a_clean_file_carries_no_mark(clamd, sara_draft):
    attachment = kept(sara_draft)
    assert "ویروس" not in tiles(attachment) + render("_picker", kept=[attachment], errors=[])


def test_a_file_longer_than_clamd_takes_is_kept_and_marked(clamd, sara_draft):
    attachment = kept(sara_draft, "بزرگ.txt", b"x" * (3 * 1024 * 1024))
    assert (attachment.scan_state, scanning.answers()) == ("none", True)


def test_a_clamd_that_hangs_is_waited_for_once(settings, monkeypatch, sara_draft):
    monkeypatch.setattr(scanning, "SECONDS", 0.4)
    monkeypatch.setattr(scanning, "PING_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{silent.getsockname()[1]}"
        waits = []
        for _ in range(2):
            began = time.monotonic()
            assert kept(sara_draft).scan_state == "none"
            waits.append(time.monotonic() - began)
    assert (0.4 <= waits[0] < 5, waits[1] < 0.4) == (True, True)


def test_a_clamd_that_stops_reading_gets_no_more_than_its_time(settings, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 0.4)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(scanning.NotScanned):
            scanning.scan(make.upload("بزرگ.txt", b"x" * (20 * 1024 * 1024)))
        assert time.monotonic() - began < 5


def test_sara_reads_why_her_file_was_not_taken(clamd, at_home, sara, technical):
    client = at_home(sara)
    form = client.get(reverse("tickets:new"), follow=True)
    keys = {name: re.search(rf'name="{name}" value="([^"]*)"', form.content.decode())[1] for name in ("submission_key", "draft_token")}
    fields = {"subject": "پلاک", "department": technical.pk, "tracking_number": "99010294000040", "body": "متن من", **keys}
    page = client.post(form.request["PATH_INFO"], fields | {"attachments": make.upload("eicar.txt", EICAR)})
    assert page.status_code == 200
    assert [text in page.content.decode() for text in ("بدافزار دارد و نگه داشته نشد", "متن من")] == [True, True]


def render(name, **context):
    return re.sub(r"\s+", " ", render_to_string(f"files/{name}.html", context))


def tiles(attachment):
    return render("_tiles", attachments=[attachment])
