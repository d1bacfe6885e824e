"""/companion.js, the one thing of ours that another site may load."""

import gzip

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.project.running import ROOT

FILE = ROOT / "static" / "companion.js"


@pytest.fixture
def answer(db):
    return Client().get("/companion.js")


def test_any_site_may_load_it_and_browsers_ask_again_after_minutes(answer):
    shown = {name: answer.headers.get(name) for name in ("Content-Type", "Cache-Control", "Cross-Origin-Resource-Policy")}
    assert shown == {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": "public, max-age=300",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    assert answer.content == FILE.read_bytes()


def test_nothing_else_of_ours_may_be_loaded_by_another_site(client, db):
    assert client.get("/accounts/login/").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_who_has_it_is_told_so(answer, client, db):
    again = client.get("/companion.js", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["Cross-Origin-Resource-Policy"]) == (304, b"", "cross-origin")
    assert again.headers["Cache-Control"] == "public, max-age=300"


def test_it_comes_packed_to_who_can_unpack(client, db):
    answer = client.get("/companion.js", headers={"accept-encoding": "gzip, br"})
    assert (answer.headers["Content-Encoding"], gzip.decompress(answer.content)) == ("gzip", FILE.read_bytes())
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_it_asks_for_no_session_and_makes_none(answer, django_assert_num_queries):
    with django_assert_num_queries(0):
        again = Client().get("/companion.js")
    assert (dict(answer.cookies), again.headers["Vary"], Session.objects.count()) == ({}, "Accept-Encoding", 0)


@pytest.mark.bare
def test_it_is_small_and_stands_alone():
    text = FILE.read_text()
    assert len(text.encode()) < 10_000
    forbidden = (
        "innerHTML",
        "eval(",
        "new Function",
        "document.write",
        "import ",
        "localStorage",
        "sessionStorage",
        "document.cookie",
        ".style.",
    )
    assert [word for word in forbidden if word in text] == []
