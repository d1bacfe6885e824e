"""Nothing typed is lost: the session is gone, the CSRF check fails, or somebody else has signed in on the shared PC."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tickets.drafts import begin
from tickets.models import Draft, Event, Message, Ticket


def keys_of(page) -> dict[str, str]:
    html = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("submission_key", "draft_token")}


@pytest.fixture
def typed(at_home, sara, technical) -> dict[str, str]:
    """The filing form as Sara has filled it in, with the keys her page carries."""
    page = at_home(sara).get("/tickets/new/", follow=True)
    words = {"subject": "پلاک", "department": str(technical.pk), "tracking_number": "99010294000040", "body": "نیم ساعت نوشتن"}
    return words | keys_of(page)


def test_after_an_expired_session_the_text_is_kept_and_the_sign_in_page_says_so(client, typed, sara):
    client.logout()
    response = client.post("/tickets/new/", typed)
    draft = Draft.objects.get()
    assert (draft.owner, draft.data["body"]) == (sara, "نیم ساعت نوشتن")
    assert response.url == f"/accounts/login/?next=/tickets/new/%3Fdraft%3D{draft.key}&saved=1"
    assert "آنچه نوشته بودید ذخیره شده است" in client.get(response.url).content.decode()
    assert Ticket.objects.count() == 0


def test_after_signing_in_the_text_stands_in_its_form_and_can_be_sent(client, typed, sara):
    client.logout()
    onward = client.post("/tickets/new/", typed)
    signed_in = client.post(onward.url, {"username": "sara", "password": "demo-1405"})
    page = client.get(signed_in.url)
    assert "نیم ساعت نوشتن" in page.content.decode()
    assert "پیش‌نویس شما از" in page.content.decode()
    assert client.post("/tickets/new/", typed | keys_of(page)).status_code == 302
    assert (Message.objects.get().body, Draft.objects.count()) == ("نیم ساعت نوشتن", 0)


def test_a_reply_comes_back_under_its_ticket(client, at_home, a_ticket, sara):
    ticket = a_ticket()
    keys = keys_of(at_home(sara).get(f"/inbox/{ticket.pk}/"))
    client.logout()
    response = client.post(f"/inbox/{ticket.pk}/reply/", {"body": "پاسخ من", **keys})
    key = Draft.objects.get().key
    assert response.url == f"/accounts/login/?next=/inbox/{ticket.pk}/%3Fdraft%3D{key}%23reply&saved=1"
    page = at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()
    assert "پاسخ من" in page
    assert Message.objects.filter(kind="reply").count() == 0


def test_a_failed_csrf_check_keeps_the_text_and_executes_nothing(typed, sara):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sara)
    response = strict.post("/tickets/new/", typed)
    assert response.status_code == 403
    assert "متن شما به‌صورت پیش‌نویس ذخیره شده است" in response.content.decode()
    assert Draft.objects.get().data["body"] == "نیم ساعت نوشتن"
    assert Ticket.objects.count() == 0


def test_without_session_and_csrf_cookie_the_text_is_kept_as_well(typed):
    response = Client(enforce_csrf_checks=True).post("/tickets/new/", typed)
    assert (response.status_code, "saved=1" in response.url, Draft.objects.count()) == (302, True, 1)


@pytest.mark.parametrize("who", ["reza", "neda", "omid"])
def test_saras_form_is_never_executed_by_who_signed_in_since(client, typed, sara, reza, neda, omid, who):
    client.force_login({"reza": reza, "neda": neda, "omid": omid}[who])
    response = client.post("/tickets/new/", typed)
    assert response.status_code == 409
    assert "متن آن فرم به‌صورت پیش‌نویس همان حساب ذخیره شده است" in response.content.decode()
    assert Draft.objects.get().owner == sara
    assert (Ticket.objects.count(), Event.objects.count()) == (0, 0)


def test_the_other_person_does_not_see_the_draft(client, typed, reza):
    client.force_login(reza)
    client.post("/tickets/new/", typed)
    assert "نیم ساعت نوشتن" not in client.get("/tickets/new/", follow=True).content.decode()
    assert client.get(Draft.objects.get().get_absolute_url()).content.decode().count("نیم ساعت نوشتن") == 0
    assert client.get(f"/drafts/{Draft.objects.get().key}/").status_code == 404
    assert client.post(f"/drafts/{Draft.objects.get().key}/", {"discard": "1"}).status_code == 404


@pytest.mark.parametrize("token", ["", "forged", "WzEsICIi:1abc:xyz"])
def test_a_forged_token_keeps_nothing(client, typed, token):
    client.logout()
    response = client.post("/tickets/new/", typed | {"draft_token": token})
    assert (Draft.objects.count(), "saved=1" in response.url) == (0, False)


def test_the_text_of_somebody_who_was_locked_out_is_not_stored(client, typed, sara):
    client.logout()
    sara.is_active = False
    sara.save()
    client.post("/tickets/new/", typed)
    assert Draft.objects.count() == 0


def test_an_empty_form_leaves_no_draft(client, typed):
    client.logout()
    client.post("/tickets/new/", {name: typed[name] for name in ("submission_key", "draft_token", "department")})
    assert Draft.objects.count() == 0


def test_what_was_sent_already_is_not_kept_again(client, at_home, typed, sara):
    at_home(sara).post("/tickets/new/", typed)
    client.logout()
    client.post("/tickets/new/", typed)
    assert (Ticket.objects.count(), Draft.objects.count()) == (1, 0)


def test_a_draft_for_a_ticket_that_is_no_longer_visible_is_not_stored(client, a_ticket, sara, office_b):
    ticket = a_ticket()
    token = begin(sara, Draft.Kind.REPLY, ticket).token
    sara.office = office_b
    sara.save()
    client.post(f"/inbox/{ticket.pk}/reply/", {"body": "پاسخ", "draft_token": token})
    assert Draft.objects.count() == 0


def test_a_draft_is_saved_on_request_listed_and_thrown_away(at_home, typed, sara):
    client = at_home(sara)
    response = client.post("/tickets/new/", typed | {"save_draft": "1", "subject": ""})
    draft = Draft.objects.get()
    assert response.url == draft.get_absolute_url()
    assert "نیم ساعت نوشتن" in client.get("/drafts/").content.decode()
    assert client.get(f"/drafts/{draft.key}/").url == draft.get_absolute_url()
    client.post(f"/drafts/{draft.key}/", {"discard": "1"})
    assert Draft.objects.count() == 0
    assert "پیش‌نویسی ندارید." in client.get("/drafts/").content.decode()


def test_the_newest_draft_stands_in_the_form_and_others_stay_in_the_list(at_home, sara):
    for minute, words in enumerate(("کهنه", "تازه")):
        at = timezone.now() + timedelta(minutes=minute)
        Draft.objects.create(owner=sara, kind="filing", data={"body": words}, updated_at=at)
    page = at_home(sara).get("/tickets/new/", follow=True).content.decode()
    assert ("تازه" in page, "کهنه" in page) == (True, False)
