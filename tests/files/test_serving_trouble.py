"""Files that are there no more, and a storage that does not answer."""

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from autonax_support.files.models import Attachment
from tests.files.conftest import AT
from tickets.models import Event

BOTH = ["attachment", "thumbnail"]


def address(attachment, what="attachment"):
    return reverse(f"files:{what}", args=[attachment.pk])


def views():
    return Event.objects.filter(verb="see_file").count()


def told(caplog):
    return [record.getMessage() for record in caplog.records if record.name.startswith("autonax_support.files")]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("what", BOTH)
def test_an_object_that_is_gone_is_a_persian_page_and_a_line_in_the_log(what, method, picture, omid, at_home, caplog):
    for key in (picture.storage_key, picture.thumbnail_key):
        storages["attachments"].delete(key)
    response = getattr(at_home(omid), method)(address(picture, what))
    assert (response.status_code, told(caplog), views()) == (404, [f"attachment {picture.pk} cannot be read: FileNotFoundError"], 0)
    assert method == "head" or "این فایل در جای نگهداری خود پیدا نشد" in response.content.decode()


@pytest.mark.parametrize("accel", ["", "/protected/"])
@pytest.mark.parametrize("what", BOTH)
def test_a_storage_in_trouble_says_so_and_asks_to_come_again(what, accel, picture, omid, at_home, settings, attachments_folder, caplog):
    settings.ATTACHMENTS_ACCEL = accel
    for key in (picture.storage_key, picture.thumbnail_key):
        (attachments_folder / key).unlink()
        (attachments_folder / key).symlink_to(key.rsplit("/")[-1])  # a circle: an error of the disk, not an absence
    response = at_home(omid).get(address(picture, what))
    assert (response.status_code, response["Retry-After"], views()) == (503, "30", 0)
    assert "فایل‌ها اکنون باز نمی‌شوند" in response.content.decode()
    assert told(caplog) == [f"attachment {picture.pk} cannot be read: OSError"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"erased_at": AT}, "این فایل پاک شده است."),
        ({"scan_state": "infected", "erased_at": AT}, "این فایل بدافزار دارد و به کسی داده نمی‌شود."),
    ],
)
def test_what_is_not_given_any_more_says_why(changes, sentence, picture, omid, neda, client):
    Attachment.objects.filter(pk=picture.pk).update(**changes)
    client.force_login(omid)
    response, small = client.get(address(picture)), client.get(address(picture, "thumbnail"))
    assert (response.status_code, sentence in response.content.decode(), small.status_code, views()) == (410, True, 404, 0)
    client.force_login(neda)
    assert client.get(address(picture)).status_code == 404


def test_the_thread_does_not_ask_the_storage(picture, ticket, sara, at_home, attachments_folder):
    for path in sorted(attachments_folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    response = at_home(sara).get(f"/inbox/{ticket.pk}/")
    assert (response.status_code, "کارت ملی.png" in response.content.decode()) == (200, True)
