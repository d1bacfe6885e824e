"""What a real browser makes of a file's address."""

import pytest
from django.conf import settings

from tests.files import crafting as make
from tests.files.conftest import a_draft, kept

pytestmark = pytest.mark.journey


@pytest.fixture
def sara_page(transactional_db, pages, site, sara, client):
    client.force_login(sara)
    page = pages()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": site}]
    )
    return page


def test_a_picture_is_drawn_in_spite_of_the_sandbox(sara_page, site, sara):
    attachment = kept(a_draft(sara), "photo.jpg", make.photograph())
    sara_page.faults.expected.append("Applying inline style violates")  # Chromium's own picture viewer, not our page
    sara_page.goto(f"{site}/attachments/{attachment.pk}/")
    assert sara_page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]") == [40, 80]


def test_a_page_called_a_text_is_downloaded_under_its_persian_name(sara_page, site, sara):
    attachment = kept(a_draft(sara), "خطای کد ملی.txt", make.HTML)
    sara_page.faults.expected.append("ERR_ABORTED")
    with sara_page.expect_download() as download, pytest.raises(Exception, match="Download is starting"):
        sara_page.goto(f"{site}/attachments/{attachment.pk}/")
    assert download.value.suggested_filename == "خطای کد ملی.txt"
