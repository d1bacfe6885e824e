import pytest
from django.contrib.sessions.models import Session


@pytest.mark.django_db
def test_an_invented_cookie_makes_no_session(client, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "invented0000000000000000000000000"
    for address in ("/healthz", "/accounts/login/", "/inbox/"):
        client.get(address)
    assert Session.objects.count() == 0


def test_a_post_without_a_session_leads_home_after_signing_in(client, a_ticket):
    response = client.post(f"/inbox/{a_ticket().pk}/close/")
    assert response.url == "/accounts/login/?next=/&expired=1"


def test_a_form_address_opened_as_a_page_says_so_in_persian(at_home, sara, a_ticket):
    response = at_home(sara).get(f"/inbox/{a_ticket().pk}/close/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "این صفحه با این نشانی باز نمی‌شود" in response.content.decode()


def test_a_post_without_a_session_leads_back_to_the_page_of_its_form(client, a_ticket):
    ticket = a_ticket()
    response = client.post(f"/inbox/{ticket.pk}/rate/", headers={"referer": f"http://testserver/inbox/{ticket.pk}/"})
    assert response.url == f"/accounts/login/?next=/inbox/{ticket.pk}/&expired=1"


@pytest.mark.parametrize("page", ["http://evil.example/inbox/", "//evil.example", "nonsense", "http://testserver"])
def test_a_page_that_is_not_ours_is_not_gone_back_to(client, a_ticket, page):
    assert client.post(f"/inbox/{a_ticket().pk}/rate/", headers={"referer": page}).url == "/accounts/login/?next=/&expired=1"


def test_the_words_of_a_405_are_as_long_as_announced(at_home, sara, a_ticket):
    response = at_home(sara).get(f"/inbox/{a_ticket().pk}/close/")
    assert int(response.headers["Content-Length"]) == len(response.content)
