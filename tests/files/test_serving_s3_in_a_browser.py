"""A thread whose files lie in an object storage, as a real browser gets it."""

import pytest
from django.conf import settings as configured

from tests.files.conftest import AT, a_draft, kept
from tests.files.object_storages import bucket, s3
from tickets.models import Ticket
from tickets.verbs.filing import Case

__all__ = ["bucket", "s3"]

pytestmark = pytest.mark.journey

NAME = "مدارک دفتر 100%.txt"


def test_pictures_are_drawn_and_files_are_saved_from_the_other_address(
    transactional_db, s3, bucket, pages, site, sara, technical, client, settings
):
    draft = a_draft(sara)
    kept(draft)
    kept(draft, NAME, "سلام".encode())
    case = Case(tracking_number="99010294000040", national_id="8520342272")
    ticket = Ticket.file(by=sara, at=AT, subject="خطا", department=technical, body="متن", case=case, draft=draft)
    policy = configured.CONTENT_SECURITY_POLICY["DIRECTIVES"]  # what settings.py does with such an environment
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy | {"img-src": [*policy["img-src"], s3]}}
    client.force_login(sara)
    page = pages()
    session = {"name": configured.SESSION_COOKIE_NAME, "value": client.cookies[configured.SESSION_COOKIE_NAME].value, "url": site}
    page.context.add_cookies([session])
    page.goto(f"{site}/inbox/{ticket.pk}/")
    page.wait_for_function(
        "() => { const small = document.querySelector('img.file__thumb'); return small.complete && small.naturalWidth; }"
    )
    assert page.locator("img.file__thumb").evaluate("small => [small.naturalWidth, small.naturalHeight]") == [192, 144]
    page.faults.expected.append("ERR_ABORTED")  # a download leaves the page where it is
    with page.expect_download() as download:
        page.get_by_role("link", name="مدارک").click()
    assert (download.value.suggested_filename, download.value.url.startswith(s3)) == (NAME, True)
