"""Handed to nginx: what this program says then. What nginx makes of it is in tests/deploy."""

import pytest
from django.urls import reverse

from tests.files import crafting as make
from tests.files.conftest import kept
from tickets.models import Event

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def by_nginx(settings):
    settings.ATTACHMENTS_ACCEL = "/protected/"


def address(attachment, what="attachment"):
    return reverse(f"files:{what}", args=[attachment.pk])


@pytest.mark.parametrize("method", ["get", "head"])
def test_the_body_is_left_to_nginx_and_every_header_is_there(method, pdf, sara, at_home):
    response = getattr(at_home(sara), method)(address(pdf))
    assert (response.status_code, response.content) == (200, b"")
    expected = {
        "Content-Type": "application/pdf",
        "ETag": f'"{pdf.stored_sha256}"',
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if method == "get":
        expected["X-Accel-Redirect"] = f"/protected/{pdf.storage_key}"
    assert {name: response.get(name) for name in expected} == expected
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none';")


def test_the_small_picture_too(picture, sara, at_home):
    response = at_home(sara).get(address(picture, "thumbnail"))
    assert (response["X-Accel-Redirect"], response["Content-Type"]) == (f"/protected/{picture.thumbnail_key}", "image/webp")


@pytest.mark.parametrize("who", ["neda", "mina"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_strangers_are_not_handed_on(who, method, picture, noted, at_home, request):
    client = at_home(request.getfixturevalue(who))
    answers = [getattr(client, method)(address(file, what)) for file in (picture, noted) for what in ("attachment", "thumbnail")]
    assert [(answer.status_code, "X-Accel-Redirect" in answer) for answer in answers] == [(404, False)] * 4


def test_an_unchanged_file_is_answered_here(pdf, omid, at_home):
    response = at_home(omid).get(address(pdf), headers={"if-none-match": f'"{pdf.stored_sha256}"'})
    assert (response.status_code, "X-Accel-Redirect" in response, Event.objects.filter(verb="see_file").count()) == (304, False, 0)


def test_a_part_that_is_not_there_is_refused_here(pdf, omid, at_home):
    response = at_home(omid).get(address(pdf), headers={"range": "bytes=99999-"})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(make.PDF)}")
    assert Event.objects.filter(verb="see_file").count() == 0


def test_conditions_that_nginx_would_judge_by_its_own_marks_are_met_here(pdf, sara, at_home):
    response = at_home(sara).get(address(pdf), headers={"if-match": f'"{pdf.stored_sha256}"'})
    assert (response.status_code, "X-Accel-Redirect" in response, b"".join(response.streaming_content)) == (200, False, make.PDF)


def test_a_file_for_nginx_can_be_read_by_its_group(sara_draft, settings, attachments_folder):
    disk = settings.STORAGES["attachments"]
    modes = {"file_permissions_mode": 0o640, "directory_permissions_mode": 0o750}
    settings.STORAGES = settings.STORAGES | {"attachments": disk | {"OPTIONS": disk["OPTIONS"] | modes}}
    path = attachments_folder / kept(sara_draft).storage_key
    assert (oct(path.stat().st_mode & 0o777), oct(path.parent.stat().st_mode & 0o777)) == ("0o640", "0o750")
