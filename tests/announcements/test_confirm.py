import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from announcements.models import Receipt, Refused
from tests.announcements.conftest import DAY, NOW

AGAIN = "متن این اطلاعیه تغییر کرده است؛ آن را بخوانید و دوباره اعلام آگاهی کنید."


@pytest.fixture
def to_confirm(an_announcement):
    return an_announcement("الزام معاینه فنی", needs_confirmation=True)


def address(announcement):
    return reverse("announcements:confirm", args=[announcement.pk])


def confirmed(user):
    return list(Receipt.objects.filter(user=user).values_list("confirmed_version", flat=True))


def test_sara_confirms_and_reads_that_she_did(sara, signed_in, to_confirm):
    client = signed_in(sara)
    page = client.get(reverse("announcements:page", args=[to_confirm.pk])).content.decode()
    assert ["لازم است آگاهی خود را اعلام کنید" in page, sara.full_name in page] == [True, True]
    after = client.post(address(to_confirm), {"version": "1"}, follow=True).content.decode()
    assert ["آگاهی شما ثبت شد" in after, "خواندم و آگاه شدم" in after] == [True, False]
    assert confirmed(sara) == [1]


def test_one_persons_confirmation_is_not_anothers(sara, reza, signed_in, to_confirm):
    to_confirm.confirm(by=sara, at=timezone.now())
    page = signed_in(reza).get(reverse("announcements:page", args=[to_confirm.pk])).content.decode()
    assert "خواندم و آگاه شدم" in page


def test_the_first_confirmation_stays(sara, an_announcement):
    announcement = an_announcement(published_at=NOW, needs_confirmation=True)
    announcement.confirm(by=sara, at=NOW)
    assert announcement.confirm(by=sara, at=NOW + DAY).confirmed_at == NOW


def test_a_new_version_asks_again(sara, kaveh, signed_in, to_confirm):
    to_confirm.confirm(by=sara, at=timezone.now())
    to_confirm.revise(by=kaveh, at=timezone.now())
    client = signed_in(sara)
    assert AGAIN in client.get(reverse("announcements:page", args=[to_confirm.pk])).content.decode()
    client.post(address(to_confirm), {"version": "2"})
    assert confirmed(sara) == [2]


def test_the_old_text_on_the_screen_does_not_confirm_the_new_one(sara, kaveh, signed_in, to_confirm):
    to_confirm.revise(by=kaveh, at=timezone.now())
    page = signed_in(sara).post(address(to_confirm), {"version": "1"}, follow=True).content.decode()
    assert (AGAIN in page, confirmed(sara)) == (True, [1])


def test_a_version_that_never_was_confirms_what_there_is(sara, to_confirm):
    assert to_confirm.confirm(by=sara, at=timezone.now(), version=99).confirmed_version == 1


@pytest.mark.parametrize("version", ["x", "0", "-1", "99999999999", "1\x00"])
def test_a_garbage_version_confirms_nothing(sara, signed_in, to_confirm, version):
    response = signed_in(sara).post(address(to_confirm), {"version": version})
    assert (response.status_code, confirmed(sara)) == (302, [])


def test_what_needs_no_confirmation_refuses_it(sara, signed_in, an_announcement):
    announcement = an_announcement()
    page = signed_in(sara).post(address(announcement), follow=True).content.decode()
    assert ("این اطلاعیه به اعلام آگاهی نیاز ندارد." in page, confirmed(sara)) == (True, [None])
    with pytest.raises(Refused):
        announcement.confirm(by=sara, at=timezone.now())


def test_what_is_not_out_is_not_found(sara, signed_in, an_announcement):
    draft = an_announcement(published_at=None, needs_confirmation=True)
    assert signed_in(sara).post(address(draft)).status_code == 404
    with pytest.raises(Refused):
        draft.confirm(by=sara, at=NOW)


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_a_post_confirms(sara, signed_in, to_confirm, method):
    assert (getattr(signed_in(sara), method)(address(to_confirm)).status_code, confirmed(sara)) == (405, [])


def test_a_post_without_its_token_is_refused(sara, to_confirm):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(sara)
    assert (client.post(address(to_confirm)).status_code, confirmed(sara)) == (403, [])


@pytest.mark.parametrize("half", [{"confirmed_at": NOW}, {"confirmed_version": 1}, {"confirmed_at": NOW, "confirmed_version": 0}])
def test_the_database_knows_no_half_confirmation(sara, to_confirm, half):
    with pytest.raises(IntegrityError):
        Receipt.objects.create(announcement=to_confirm, user=sara, read_at=NOW, **half)


def test_the_database_keeps_one_receipt_a_person(sara, to_confirm):
    to_confirm.read(by=sara, at=timezone.now())
    with pytest.raises(IntegrityError):
        Receipt.objects.create(announcement=to_confirm, user=sara, read_at=NOW)
