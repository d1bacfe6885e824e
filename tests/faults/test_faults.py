"""What breaks in earnest: killed, cut, full and gone. docs/faults.md says how a round is judged."""

import os
import random
import signal
import time

import pytest

from tests.faults.ledger import digest
from tests.faults.product import ROUNDS, Product
from tests.faults.service import GRACE
from tests.racing import LONG, PICTURE

pytestmark = pytest.mark.fault
AWAY = 10 if LONG else 0.3  # seconds
again = pytest.mark.parametrize("turn", range(ROUNDS))


def attachments(product: Product) -> list[dict]:
    """Those of sent messages, newest first, with the office that may read them."""
    return product.cluster.rows("""
        SELECT attachment.*, office.code AS office, message.ticket_id AS ticket FROM files_attachment AS attachment
          JOIN tickets_message AS message ON message.id = attachment.message_id
          JOIN tickets_ticket AS ticket ON ticket.number = message.ticket_id JOIN accounts_office AS office ON office.id = ticket.office_id
        WHERE message.kind <> 'note' ORDER BY attachment.created_at DESC
    """)


def a_scan(size: int) -> dict[str, bytes]:
    return {"مدرک.txt": b"x" * size}


def test_without_a_fault_everything_is_acknowledged(product):
    product.under_load(lambda: time.sleep(1))
    assert product.crowd.acted > 5
    assert product.count("unanswered") == 0
    assert all(entry.sendings == 1 for entry in product.ledger.entries())


@again
def test_a_web_worker_is_killed_in_an_upload(product, turn):
    sending = product.errand(files=a_scan(4_000_000))  # too large for memory

    def kill(line) -> bool:
        os.kill(product.service.worker_of(line), signal.SIGKILL)
        return True

    def strike() -> None:
        assert product.send_in_pieces(sending, random.random(), kill) == b""

    product.under_load(strike, limit=5)
    assert [person.name for person in product.people if person.unanswered > 1] == []
    assert list((product.folder / "tmp").iterdir()) == []


@again
def test_the_whole_web_service_is_killed(product, turn):
    def strike() -> None:
        product.service.kill_all()
        product.service.start()

    product.under_load(strike, limit=10)


@again
def test_postgresql_restarts_at_once(product, turn):
    workers = product.service.workers
    product.under_load(product.cluster.restart, limit=5)
    assert product.service.workers == workers


@again
def test_postgresql_is_away_for_a_while(product, turn):
    sending = product.errand()
    clerk = sending.visitor

    def strike() -> None:
        product.cluster.stop()
        try:
            assert product.service.ready() == (503, {"database": False, "attachments": True, "worker": False})
            for page in (clerk.get("/inbox/"), clerk.get("/accounts/login/"), clerk.post(sending.action, sending.form, sending.files)):
                assert (page.status, "سامانه در حال به‌روزرسانی است" in page.html, page.headers["retry-after"]) == (503, True, "30")
            time.sleep(AWAY)
        finally:
            product.cluster.start()

    product.under_load(strike, limit=5)


@again
def test_the_disk_of_the_attachments_is_full(product, turn):
    clerk, sending = product.errands[0], product.errand(files=a_scan(300_000) | {"خطا.png": PICTURE})
    office = [row for row in attachments(product) if row["office"] == clerk.office]

    def strike() -> None:
        product.fill_disk()
        try:
            assert product.send(sending) is None
            assert "فایل‌ها ذخیره نشد" in sending.shown.html
            key = sending.form["submission_key"][0]
            assert product.cluster.one("SELECT data->>'body' FROM tickets_draft WHERE key = %s", key) == sending.text
            assert clerk.get("/inbox/").status == 200
            read = clerk.get(f"/attachments/{office[0]['id']}/?download")
            assert (read.status, digest(read.content)) == (200, office[0]["stored_sha256"])
            status, told = product.service.ready()
            del told["worker"]  # one that an earlier round has killed is believed in for two minutes
            assert (status, told) == (503, {"database": True, "attachments": False})
        finally:
            product.free_disk()

    product.under_load(strike)


@again
def test_the_service_is_asked_to_end_while_it_works(product, turn):
    sending, took = product.errand(files=a_scan(300_000)), []

    def end(line) -> bool:
        product.service.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        return True

    def strike() -> None:
        answer = product.send_in_pieces(sending, random.uniform(0.1, 0.9), end)
        assert answer.startswith(b"HTTP/1.1 302"), answer.decode(errors="replace")
        took.append(product.service.terminate())
        product.service.start()

    product.under_load(strike, limit=10)
    assert took[0] <= GRACE
    assert product.ledger.entries()[sending.number - 1].sendings == 2


@again
@pytest.mark.parametrize("part", [random.random, lambda: 1.0], ids=["in the middle", "before the answer"])
def test_a_client_is_gone(product, turn, part):
    sending = product.errand(files=a_scan(200_000))

    def strike() -> None:
        product.send_in_pieces(sending, part(), lambda line: False)
        time.sleep(0.3)

    product.under_load(strike)


def test_what_lies_in_the_storage_is_damaged(product):
    clerk = product.errands[0]
    rows = [row for row in attachments(product) if row["office"] == clerk.office][:3]
    paths = [product.storage / row["storage_key"] for row in rows]
    contents = [path.read_bytes() for path in paths]
    try:
        paths[0].unlink()
        paths[1].write_bytes(bytes([contents[1][0] ^ 1]) + contents[1][1:])
        paths[2].write_bytes(b"")
        for row in rows:
            assert clerk.get(f"/inbox/{row['ticket']}/").status == 200
            assert clerk.get(f"/attachments/{row['id']}/").status in (200, 404)
        assert clerk.get(f"/attachments/{rows[0]['id']}/?download").status == 404
    finally:
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
    product.under_load(lambda: None)
