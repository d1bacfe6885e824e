"""Files and pages as they arrive in a browser: through nginx, with TLS, from gunicorn with production settings."""

import hashlib
import re
import socket
import time
from urllib.parse import quote

import pytest

from autonax_support.files.models import Attachment
from tests.files import crafting as make
from tests.files.conftest import AT, a_draft, kept
from tests.tickets_fixtures import GUIDE_CASE
from tickets.models import Event, Ticket

pytestmark = pytest.mark.once

NAME = "پرونده\u200cهای «دفتر» 100%.txt"
TEXT = "سلام".encode("cp1256")
PDF = make.PDF.replace(b"endobj", b"endobj\n%" + b"x" * 300_000)
NATIONAL_ID = "8520342272"

ONCE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Cache-Control": "private, no-cache",
    "Accept-Ranges": "bytes",
}


@pytest.fixture
def files(shared_attachments, transactional_db, sara, technical):
    """A picture, a text and a PDF on Sara's ticket."""
    draft = a_draft(sara)
    for name, content in (("کارت ملی.png", make.picture()), (NAME, TEXT), ("شناسنامه.pdf", PDF)):
        kept(draft, name, content)
    Ticket.file(by=sara, at=AT, subject="خطای کد ملی", department=technical, body="متن", case=GUIDE_CASE, draft=draft)
    return list(Attachment.objects.order_by("position"))


def address(attachment):
    return f"/attachments/{attachment.pk}/"


def test_a_picture_comes_inline_with_every_safe_header_once(deployed, files, sara, signed_in):
    picture, me = files[0], signed_in(sara)
    answer = deployed.ask(address(picture), me)
    assert (answer.status, hashlib.sha256(answer.content).hexdigest()) == (200, picture.stored_sha256)
    assert {name: answer.headers.get_all(name) for name in ONCE} == {name: [value] for name, value in ONCE.items()}
    assert answer.headers["Content-Disposition"] == f"inline; filename*=utf-8''{quote('کارت ملی.png')}"
    assert (answer.headers["Content-Type"], answer.headers.get_all("ETag")) == ("image/png", [f'"{picture.stored_sha256}"'])
    assert [policy.split(";")[0] for policy in answer.headers.get_all("Content-Security-Policy")] == ["sandbox"]
    assert [name for name in answer.headers if name.lower().startswith("x-accel")] == []
    small = deployed.ask(address(picture) + "thumbnail/", me)
    assert (small.status, small.headers["Content-Type"], small.content[8:12]) == (200, "image/webp", b"WEBP")


def test_a_persian_text_keeps_its_name_and_charset(deployed, files, sara, signed_in):
    answer = deployed.ask(address(files[1]), signed_in(sara))
    assert (answer.content, answer.headers["Content-Type"]) == (TEXT, "text/plain; charset=windows-1256")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''" + quote(NAME)


def test_a_pdf_comes_in_parts_and_is_asked_for_again(deployed, files, omid, signed_in):
    pdf, me = files[2], signed_in(omid)
    mark = f'"{pdf.stored_sha256}"'
    part = deployed.ask(address(pdf), me, Range="bytes=100000-100009")
    assert (part.status, part.content, part.headers["Content-Range"]) == (206, PDF[100000:100010], f"bytes 100000-100009/{len(PDF)}")
    modified = part.headers["Last-Modified"]
    asked = {
        206: ({"Range": "bytes=0-4", "If_Range": mark}, {"Range": "bytes=0-4", "If_Range": modified}),
        200: ({"Range": "bytes=0-4", "If_Range": '"other"'}, {"If_None_Match": '"other"'}, {"If_Match": mark}),
        304: ({"If_None_Match": mark}, {"If_Modified_Since": modified}, {"If_None_Match": mark, "Range": "bytes=0-4"}),
        412: ({"If_Match": '"other"'},),
        416: ({"Range": "bytes=9999999-"},),
    }
    statuses = {status: [deployed.ask(address(pdf), me, **headers).status for headers in tried] for status, tried in asked.items()}
    assert statuses == {status: [status] * len(tried) for status, tried in asked.items()}
    head = deployed.ask(address(pdf), me, "HEAD")
    assert (head.status, head.headers["Content-Length"], head.headers.get_all("ETag")) == (200, str(len(PDF)), [mark])
    assert Event.objects.filter(verb="see_file").count() == 1


def test_strangers_and_who_guesses_the_inner_address_get_nothing(deployed, files, neda, sara, signed_in):
    key = files[0].storage_key
    inner = [
        f"/protected/{key}",
        f"//protected/{key}",
        f"/static/..%2fprotected/{key}",
        f"/protected/./{key}",
        "/protected/",
        "/autonax-away.html",
    ]
    foreign = deployed.ask(address(files[0]), signed_in(neda), Range="bytes=0-4")
    guessed = [deployed.ask(path, signed_in(sara)) for path in inner]
    assert [answer.status for answer in (foreign, *guessed)] == [404] * 7
    assert ["این صفحه پیدا نشد" in answer.content.decode() for answer in (foreign, *guessed)] == [True] * 7
    nobody = deployed.ask(address(files[0]))
    assert (nobody.status, nobody.headers["Location"]) == (302, f"/accounts/login/?next={address(files[0])}")


def test_a_file_that_nginx_may_not_read_is_a_persian_page(deployed, files, shared_attachments, sara, signed_in):
    (shared_attachments / files[2].storage_key).chmod(0)
    answer = deployed.ask(address(files[2]), signed_in(sara))
    assert (answer.status, "چند دقیقه دیگر" in answer.content.decode(), answer.headers["Retry-After"]) == (503, True, "30")
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("text/html; charset=utf-8", "nosniff")


def test_a_ticket_with_a_file_is_filed_through_it(deployed, shared_attachments, transactional_db, sara, technical, signed_in):
    me = signed_in(sara)
    page = deployed.ask("/tickets/new/", me)
    if page.status == 302:  # to the address with its key
        page = deployed.ask(page.headers["Location"], me)
    csrf = re.search(r"__Host-csrf=([^;]+)", page.headers["Set-Cookie"])[1]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    written = {"subject": "پلاک خودرو", "department": technical.pk, "no_case": "on", "body": "متن تیکت"}
    kind, body = multipart(hidden | written, "شناسنامه\u200cها.pdf", PDF)
    sent = {"Origin": "https://support.example.ir", "Content_Type": kind}
    # what a sender says in nginx's name must not be believed
    sent |= {"X_Forwarded_Ssl": "off", "X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http"}
    answer = deployed.ask("/tickets/new/", f"{me}; __Host-csrf={csrf}", "POST", body, **sent)
    ticket = Ticket.objects.get()
    assert (answer.status, answer.headers["Location"]) == (302, f"/inbox/{ticket.pk}/")
    filed = Attachment.objects.get(message__ticket=ticket)
    assert deployed.ask(address(filed), me).content == PDF


def test_no_search_and_no_page_before_it_is_written_down(deployed, gunicorn, transactional_db, sara, signed_in):
    searched = f"/inbox/?q={NATIONAL_ID}"
    came_from = f"https://support.example.ir{searched}"
    answers = [
        deployed.ask(path, signed_in(sara), Referer=came_from)
        for path in (searched, f"/nowhere/?q={NATIONAL_ID}", f"/tickets/new/?{NATIONAL_ID}")
    ]
    plain = raw(deployed.plain_port, f"GET {searched} HTTP/1.1\r\nHost: support.example.ir\r\nReferer: {came_from}\r\n\r\n")
    to_gunicorn = raw(gunicorn, f"GET {searched}\r\n\r\n")
    broken = raw(deployed.plain_port, f"GET {searched} HTTP/9\r\n\r\n")
    assert [answer.status for answer in answers] == [200, 404, 302]
    statuses = [text.split()[1] for text in (plain, broken, to_gunicorn)]
    assert (statuses, f"Location: {came_from}" in plain) == (["301", "505", "400"], True)
    written = until(lambda: deployed.written(), lambda log: log.count('"GET /nowhere/ HTTP/1.1"') == 2)  # nginx's and gunicorn's
    assert ("/inbox/?…" in written, NATIONAL_ID in written, "?" in written.replace("?…", "")) == (True, False, False)


def test_a_flood_and_a_program_that_is_away_are_persian_pages_too(before_nobody):
    flood = before_nobody.ask("/tickets/new/", method="POST", Content_Length=str(200 * 1024 * 1024))
    away = before_nobody.ask(f"/inbox/?q={NATIONAL_ID}")
    assert [(answer.status, 'lang="fa" dir="rtl"' in answer.content.decode()) for answer in (flood, away)] == [(413, True), (503, True)]
    assert (away.headers["Retry-After"], away.headers["Content-Security-Policy"].split(";")[0]) == ("30", "default-src 'none'")
    written = until(before_nobody.written, lambda log: '"GET /inbox/ HTTP/1.1" 503' in log)
    assert NATIONAL_ID not in written


def multipart(fields, name, content):
    edge = "--------edge"
    parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode() for field, value in fields.items()]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="attachments"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
    return f"multipart/form-data; boundary={edge}", b"".join([*parts, head.encode(), content, f"\r\n--{edge}--\r\n".encode()])


def raw(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(request.encode())
        return line.recv(4096).decode()


def until(look, is_enough):
    """Logs are written after the answer."""
    for _ in range(100):
        seen = look()
        if is_enough(seen):
            return seen
        time.sleep(0.05)
    raise AssertionError(seen)
