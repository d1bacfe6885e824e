"""Attachments in an S3-compatible storage that really listens on this machine."""

import http.client
import socket
import time
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from botocore.config import Config
from django.core.files.storage import storages
from django.urls import reverse

from autonax_support.files.object_storage import ATTEMPTS, CONNECT_SECONDS, SILENCE_SECONDS
from tests.files import crafting as make
from tests.files.conftest import AT, a_draft, kept
from tests.files.object_storages import bucket, s3, use
from tickets.models import Event

pytestmark = pytest.mark.once

__all__ = ["bucket", "s3"]

NAME = "پرونده\u200cها.txt"


@pytest.fixture
def text(bucket, ticket, sara):
    draft = a_draft(sara, "reply", ticket)
    kept(draft, NAME, "سلام".encode("cp1256"))
    return ticket.reply(by=sara, at=AT, body="پیوست شد", draft=draft).attachments.get()


def address(attachment, what="attachment"):
    return reverse(f"files:{what}", args=[attachment.pk])


def views():
    return Event.objects.filter(verb="see_file").count()


def follow(link, **headers):
    """As a browser does: the answer of the storage and its body."""
    parts = urlsplit(link)
    line = http.client.HTTPConnection(parts.netloc, timeout=10)
    line.request("GET", f"{parts.path}?{parts.query}", headers=headers)
    answer = line.getresponse()
    return answer, answer.read()


def test_a_download_is_a_short_link_that_says_what_the_storage_must_say(text, omid, at_home):
    response = at_home(omid).get(address(text))
    assert (response.status_code, response["Cache-Control"], views()) == (302, "no-store", 1)
    query = parse_qs(urlsplit(response.url).query)
    assert (query["X-Amz-Algorithm"], int(query["X-Amz-Expires"][0]) <= 60) == (["AWS4-HMAC-SHA256"], True)
    answer, content = follow(response.url)
    assert (answer.status, content.decode("cp1256"), answer.headers["Cache-Control"]) == (200, "سلام", "private, no-store")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''" + quote(NAME)
    assert answer.headers["Content-Type"] == "text/plain; charset=windows-1256"


def test_only_a_redrawn_picture_is_shown_in_the_page(bucket, picture, sara, at_home):
    client = at_home(sara)
    answers = [follow(client.get(address(picture, what)).url)[0] for what in ("attachment", "thumbnail")]
    told = [(answer.status, answer.headers["Content-Type"], answer.headers["Content-Disposition"].split(";")[0]) for answer in answers]
    assert told == [(200, "image/png", "inline"), (200, "image/webp", "inline")]


def test_the_storage_gives_parts(bucket, pdf, omid, at_home):
    response = at_home(omid).get(address(pdf), headers={"range": "bytes=0-4"})
    answer, content = follow(response.url, Range="bytes=0-4")
    assert (answer.status, content) == (206, make.PDF[:5])


def test_without_its_signature_the_link_opens_nothing_for_strangers(bucket, pdf, neda, at_home):
    assert at_home(neda).get(address(pdf)).status_code == 404
    grants = bucket.Object(pdf.storage_key).Acl().grants
    assert [(grant["Permission"], grant["Grantee"]["Type"]) for grant in grants] == [("FULL_CONTROL", "CanonicalUser")]


def test_head_and_304_are_answered_here_and_are_no_views(bucket, pdf, omid, at_home):
    client = at_home(omid)
    head = client.head(address(pdf))
    again = client.get(address(pdf), headers={"if-none-match": head["ETag"]})
    assert (head.status_code, head["Content-Length"], again.status_code, views()) == (200, str(len(make.PDF)), 304, 0)


def test_an_object_that_is_gone_is_a_page_of_ours(bucket, pdf, omid, at_home, caplog):
    bucket.Object(pdf.storage_key).delete()
    response = at_home(omid).get(address(pdf))
    assert (response.status_code, "پیدا نشد" in response.content.decode(), views()) == (404, True, 0)
    assert f"attachment {pdf.pk} cannot be read: FileNotFoundError" in caplog.messages


def test_where_browsers_do_not_reach_it_the_program_fetches(bucket, pdf, sara, at_home, s3, settings):
    use(settings, s3, links=False)
    client = at_home(sara)
    whole, part = client.get(address(pdf)), client.get(address(pdf), headers={"range": "bytes=-6"})
    assert [(answer.status_code, b"".join(answer.streaming_content)) for answer in (whole, part)] == [(200, make.PDF), (206, make.PDF[-6:])]
    assert whole["Content-Security-Policy"].startswith("sandbox;")


def test_an_object_is_never_written_over(bucket):
    storage = storages["attachments"]
    names = [storage.save("never/same", make.upload("a.txt", content)) for content in (b"first", b"second")]
    assert sorted(storage.listdir("never")[1]) == sorted(name.removeprefix("never/") for name in names)
    assert (names[0] != names[1], storage.open(names[0]).read(), storage.open(names[1]).read()) == (True, b"first", b"second")


@pytest.mark.parametrize("links", [True, False])
def test_a_storage_that_is_down_is_a_503_and_not_a_fault(links, bucket, picture, omid, at_home, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # and nobody listens
        use(settings, f"http://127.0.0.1:{closed.getsockname()[1]}", links=links)
        client = at_home(omid)
        answers = [client.get(address(picture)), client.get("/readyz"), client.get(address(picture, "thumbnail"))]
    assert [answer.status_code for answer in answers] == [503, 503, 302 if links else 503]
    assert (answers[0]["Retry-After"], "فایل‌ها اکنون باز نمی‌شوند" in answers[0].content.decode(), views()) == ("30", True, 0)


@pytest.fixture
def silent():
    """A storage that takes every call and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_silent_storage_is_given_up(silent, bucket, picture, omid, at_home, settings):
    impatient = storages["attachments"].client_config.merge(Config(read_timeout=0.2))
    use(settings, silent, client_config=impatient)
    assert (at_home(omid).get(address(picture)).status_code, views()) == (503, 0)


def test_nobody_waits_longer_than_ten_seconds(bucket):
    config = storages["attachments"].connection.meta.client.meta.config  # of the client itself, not of what it was asked for
    assert (config.connect_timeout, config.read_timeout, config.retries["total_max_attempts"]) == (
        CONNECT_SECONDS,
        SILENCE_SECONDS,
        ATTEMPTS,
    )
    longest_pause = 1
    assert (CONNECT_SECONDS + SILENCE_SECONDS) * ATTEMPTS + longest_pause <= 10


@pytest.mark.long
def test_it_is_not_longer_than_ten_seconds_by_the_clock(silent, bucket, picture, omid, at_home, settings):
    use(settings, silent)
    began = time.monotonic()
    status = at_home(omid).get(address(picture)).status_code
    assert (status, time.monotonic() - began < 10) == (503, True)
