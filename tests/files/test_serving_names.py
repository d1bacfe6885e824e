"""What a browser is told a file is called."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from autonax_support.files.models import Attachment
from autonax_support.files.serving import disposition
from tests.files.conftest import kept

ENCODED = {
    "کارت ملی.png": "کارت ملی.png",
    "پرونده\u200cها.pdf": "پرونده\u200cها.pdf",
    'say "hi".txt': 'say "hi".txt',
    "100%25.txt": "100%25.txt",
    "a;b=c.txt": "a;b=c.txt",
    "a'b.txt": "a'b.txt",
    "سند\u202egnp.exe.txt": "سندgnp.exe.txt",
    "\u2066سند\u2069\u200f.pdf": "سند.pdf",
    "سند\r\nSet-Cookie: a=b.txt": "سند Set-Cookie: a=b.txt",
}


@pytest.mark.parametrize(("name", "told"), ENCODED.items(), ids=map(ascii, ENCODED))
def test_a_name_arrives_as_it_is_and_turns_nothing_around(name, told):
    assert disposition("attachment", name) == "attachment; filename*=utf-8''" + quote(told, safe="")


def test_a_plain_name_is_written_plainly():
    assert disposition("inline", "IMG_0001 (2).jpg") == "inline; filename*=utf-8''IMG_0001%20%282%29.jpg"
    assert disposition("inline", "\u2066scan\u2069 1.jpg") == 'inline; filename="scan 1.jpg"'


def test_a_row_with_a_turned_name_is_served_with_a_clean_one(sara_draft, sara, at_home):
    attachment = kept(sara_draft, "a.txt", b"text")
    Attachment.objects.filter(pk=attachment.pk).update(name="فاکتور\u202efdp.txt")
    response = at_home(sara).get(reverse("files:attachment", args=[attachment.pk]))
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('فاکتورfdp.txt')}"


@pytest.mark.parametrize(("content", "charset"), [("سلام".encode(), "utf-8"), ("سلام".encode("cp1256"), "windows-1256")])
def test_a_persian_text_keeps_its_charset(content, charset, sara_draft, sara, at_home):
    attachment = kept(sara_draft, "متن.txt", content)
    response = at_home(sara).get(reverse("files:attachment", args=[attachment.pk]))
    assert response["Content-Type"] == f"text/plain; charset={charset}"
