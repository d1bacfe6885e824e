"""An 8 MB scan gets through a line that breaks again and again, whole."""

import hashlib

import pytest
from playwright.sync_api import expect

from autonax_support.files.models import Attachment, Upload
from tests.files.crafting import scan
from tests.files.test_keep import stored
from tests.journeys.line import Line, a_line

SCAN = scan(8)


def send_over(page_of, sara, site, line: Line, minutes: float) -> None:
    page = page_of(sara, line.url + "/tickets/new/")
    page.faults.expected += ["net::ERR_", "status of 409"]
    page.locator("#files").set_input_files([{"name": "اسکن.pdf", "mimeType": "application/pdf", "buffer": SCAN}])
    expect(page.locator('[data-upload][data-state="done"]')).to_have_count(1, timeout=minutes * 60_000)
    attachment = Attachment.objects.get()
    assert (attachment.received_sha256, attachment.size) == (hashlib.sha256(SCAN).hexdigest(), len(SCAN))
    assert stored(attachment.storage_key) == SCAN
    assert Upload.objects.count() == 0


def test_a_scan_of_8_mb_gets_through_a_line_that_drops_every_second_or_two_megabytes(page_of, sara, site):
    with a_line(site, bytes_each=2_000_000, seconds_each=1) as line:
        send_over(page_of, sara, site, line, minutes=1)
        assert line.cuts >= 4
        assert line.carried < 2 * len(SCAN)  # what was received is not sent again


@pytest.mark.long
def test_a_scan_gets_through_a_line_that_is_slow_and_drops_every_second(page_of, sara, site):
    with a_line(site, seconds_each=1, speed=1_500_000) as line:
        send_over(page_of, sara, site, line, minutes=5)
        assert line.cuts >= 5


@pytest.mark.long
def test_a_scan_of_8_mb_gets_through_a_line_of_60_kb_a_second_that_breaks_every_20_seconds(page_of, sara, site):
    with a_line(site, seconds_each=20, speed=60_000) as line:
        send_over(page_of, sara, site, line, minutes=10)
        assert line.cuts >= 5
