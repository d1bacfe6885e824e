"""Who may open a file, and what comes with it."""

import hashlib
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from autonax_support.files.models import Attachment
from tests.files import crafting as make
from tests.files.conftest import a_draft, kept


def address(attachment, what="attachment"):
    return reverse(f"files:{what}", args=[attachment.pk])


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("who", ["sara", "reza", "leila", "omid", "sina"])
def test_office_and_department_open_the_picture(who, picture, at_home, request):
    response = at_home(request.getfixturevalue(who)).get(address(picture))
    assert response.status_code == 200
    assert hashlib.sha256(body(response)).hexdigest() == picture.stored_sha256


def test_who_works_in_all_departments_opens_the_picture(picture, kaveh, at_home):
    kaveh.user_permissions.add(Permission.objects.get(codename="work_in_all_departments"))
    assert at_home(kaveh).get(address(picture)).status_code == 200


@pytest.mark.parametrize("who", ["neda", "mina"])
@pytest.mark.parametrize("what", ["attachment", "thumbnail"])
def test_strangers_get_the_404_of_a_file_that_is_not(who, what, picture, at_home, request):
    client = at_home(request.getfixturevalue(who))
    foreign, missing = client.get(address(picture, what)), client.get(reverse(f"files:{what}", args=[uuid4()]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert foreign.templates[0].name == missing.templates[0].name


def test_nobody_is_led_to_the_sign_in(picture, client):
    response = client.get(address(picture))
    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:login"))


@pytest.mark.parametrize("who", ["sara", "leila", "neda", "mina"])
def test_the_file_of_a_note_stays_at_the_desk(who, noted, at_home, request):
    client = at_home(request.getfixturevalue(who))
    assert [client.get(address(noted, what)).status_code for what in ("attachment", "thumbnail")] == [404, 404]


def test_omid_opens_the_file_of_a_note(noted, omid, at_home):
    assert at_home(omid).get(address(noted)).status_code == 200


def test_a_file_of_saras_draft_is_hers_alone(sara_draft, sara, reza, omid, client):
    attachment = kept(sara_draft)
    answers = []
    for person in (sara, reza, omid):
        client.force_login(person)
        answers.append(client.get(address(attachment)).status_code)
    assert answers == [200, 404, 404]


def test_visible_to_sees_what_the_view_shows(picture, pdf, noted, sara, neda, omid, mina):
    draft_file = kept(a_draft(sara), "a.txt", b"text")
    seen = {person.username: set(Attachment.objects.visible_to(person)) for person in (sara, neda, omid, mina)}
    assert seen == {"sara": {picture, pdf, draft_file}, "neda": set(), "omid": {picture, pdf, noted}, "mina": set()}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_file_is_only_read(method, picture, sara, at_home):
    assert getattr(at_home(sara), method)(address(picture)).status_code == 405


def test_a_picture_is_shown_in_the_page_and_nothing_in_it_can_run(picture, sara, at_home):
    response = at_home(sara).get(address(picture))
    name = quote("کارت ملی.png")
    assert {header: response[header] for header in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "image/png",
        "Content-Disposition": f"inline; filename*=utf-8''{name}",
        "X-Content-Type-Options": "nosniff",
    }
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert response["Cache-Control"] == "private, no-cache"


def test_a_picture_is_downloaded_when_asked_for(picture, sara, at_home):
    response = at_home(sara).get(address(picture) + "?download")
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('کارت ملی.png')}"


def test_a_pdf_is_never_shown_in_the_page(pdf, sara, at_home):
    response = at_home(sara).get(address(pdf))
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('شناسنامه - صفحه ۱.pdf')}"
    assert (response["Content-Type"], response["Content-Length"]) == ("application/pdf", str(len(make.PDF)))
    assert body(response) == make.PDF


def test_the_small_picture_comes_as_webp(picture, sara, at_home):
    response = at_home(sara).get(address(picture, "thumbnail"))
    assert (response["Content-Type"], body(response)[8:12]) == ("image/webp", b"WEBP")


def test_a_pdf_has_no_small_picture(pdf, sara, at_home):
    assert at_home(sara).get(address(pdf, "thumbnail")).status_code == 404


def test_head_brings_the_headers_alone(pdf, sara, at_home):
    response = at_home(sara).head(address(pdf))
    assert (response.status_code, response["Content-Length"], response.content) == (200, str(len(make.PDF)), b"")
