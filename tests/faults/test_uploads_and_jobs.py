"""What breaks while a file comes in chunks, and while a worker has it in hand."""

import os
import random
import signal
from io import BytesIO

import pytest
from PIL import Image

from tests.faults.product import ROUNDS, in_pieces
from tests.faults.service import WORKER
from tests.faults.uploading import Going

pytestmark = pytest.mark.fault
again = pytest.mark.parametrize("turn", range(ROUNDS))
LEASE = 2.0  # seconds


def a_large_picture() -> bytes:
    """Small on the line, long under the hands of whoever draws it anew: 24 megapixels."""
    content = BytesIO()
    Image.linear_gradient("L").resize((6000, 4000)).convert("RGB").save(content, "JPEG", quality=60)
    return content.getvalue()


@again
def test_a_web_worker_is_killed_in_a_chunk(product, turn):
    content = f"مدرک {turn} ".encode() * 20_000
    sending = product.errand(files={"مدرک.txt": content})
    going = Going(sending, "مدرک.txt", content, chunk=64 * 1024)
    sending.files = {}  # the form itself brings none

    def kill(line) -> bool:
        os.kill(product.service.worker_of(line), signal.SIGKILL)
        return True

    def strike() -> None:
        chunk = going.next_chunk()
        line = going.visitor.begin("PUT", going.address, chunk, going.head())
        assert in_pieces(line, chunk, random.random(), kill) == b""
        assert going.go_on()["state"] == "done"

    product.under_load(strike, limit=5)


@again
def test_a_worker_is_killed_in_a_job(product, turn):
    content = a_large_picture()
    sending = product.errand(files={"اسکن.jpg": content})
    going = Going(sending, "اسکن.jpg", content, chunk=512 * 1024)
    sending.files = {}
    product.service.start_worker(LEASE)

    def in_hand() -> list[dict]:
        return product.cluster.rows("SELECT * FROM notices_job WHERE kind = 'check_upload' AND leased_by LIKE %s", f"{WORKER}:%")

    def strike() -> None:
        assert going.go_on()["state"] == "checking"
        product.service.wait_for(in_hand, 30)  # a worker of a busy machine starts slowly
        product.service.kill_worker()
        assert len(in_hand()) == 1  # nobody knows yet that its holder is dead
        assert going.ask()["state"] == "checking"
        product.service.start_worker(LEASE)
        product.service.wait_for(lambda: going.ask()["state"] == "done", 20)
        product.service.kill_worker()

    product.under_load(strike)
