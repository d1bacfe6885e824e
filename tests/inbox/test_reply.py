"""The reply box: sent once, never past news, never lost."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.notices.models import Notice
from tests.inbox.scenes import a_text_file, ago
from tickets.models import Draft, Message, Ticket


@pytest.fixture
def send(at_home):
    """A function that replies as this person through the page, with what the page gave along."""

    def sent(person, ticket, **changes):
        client = at_home(person)
        page = client.get(f"/inbox/{ticket.pk}/").context
        form = {"submission_key": page["writing"].key, "draft_token": page["writing"].token, "seen": page["seen"], "body": "پیوست شد"}
        return client.post(f"/inbox/{ticket.pk}/reply/", form | changes)

    return sent


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def test_sara_replies_and_the_ball_is_with_support(send, sara, an_answered_ticket):
    response = send(sara, an_answered_ticket)
    message = an_answered_ticket.messages.last()
    assert (response.status_code, response.url) == (302, f"/inbox/{an_answered_ticket.pk}/")
    assert (message.kind, message.body, message.author, fresh(an_answered_ticket).status) == ("reply", "پیوست شد", sara, "followed_up")


def test_the_reply_writes_its_event_and_tells_the_expert(send, sara, omid, an_answered_ticket):
    send(sara, an_answered_ticket)
    event = an_answered_ticket.events.last()
    assert (event.verb, event.actor, event.source) == ("reply", sara, "web")
    assert list(Notice.objects.filter(event=event).values_list("recipient", "kind")) == [(omid.pk, "replied")]


def test_the_page_confirms_it(send, client, sara, an_answered_ticket):
    page = client.get(send(sara, an_answered_ticket).url).content.decode()
    assert "پاسخ شما ثبت شد." in page


def test_files_go_along_and_alone_are_a_reply(send, sara, an_answered_ticket):
    send(sara, an_answered_ticket, body="", attachments=[a_text_file("یک.txt"), a_text_file("دو.txt")])
    message = an_answered_ticket.messages.last()
    assert (message.body, sorted(message.attachments.values_list("name", flat=True))) == ("", ["دو.txt", "یک.txt"])


def test_an_empty_reply_is_refused_at_the_field(send, sara, an_answered_ticket):
    response = send(sara, an_answered_ticket, body="")
    assert response.context["reply"].errors == {"body": ["متن پیام را بنویسید یا فایلی پیوست کنید."]}
    assert (an_answered_ticket.messages.count(), Draft.objects.count()) == (2, 0)


def test_a_refused_file_keeps_the_text_and_the_good_file(send, sara, an_answered_ticket):
    response = send(sara, an_answered_ticket, attachments=[a_text_file("خوب.txt"), a_text_file("بد.exe")])
    page = response.content.decode()
    assert (len(response.context["file_errors"]), [file.name for file in response.context["kept"]]) == (1, ["خوب.txt"])
    assert (">\nپیوست شد</textarea>" in page, an_answered_ticket.messages.count()) == (True, 2)


def test_the_second_try_sends_the_kept_file(send, sara, an_answered_ticket):
    send(sara, an_answered_ticket, attachments=[a_text_file("خوب.txt"), a_text_file("بد.exe")])
    send(sara, an_answered_ticket)
    message = an_answered_ticket.messages.last()
    assert ([file.name for file in message.attachments.all()], Draft.objects.count()) == (["خوب.txt"], 0)


def test_a_text_that_is_too_long_is_refused_with_the_counts(send, sara, an_answered_ticket):
    response = send(sara, an_answered_ticket, body="م" * 20_001)
    assert response.context["reply"].errors["body"] == [
        "این متن ۲۰٬۰۰۱ نویسه است؛ حداکثر ۲۰٬۰۰۰ نویسه پذیرفته می‌شود. آن را کوتاه کنید یا ادامه را در فایل پیوست بفرستید."
    ]
    assert Draft.objects.get().data["body"] == "م" * 20_001


def test_sending_twice_makes_one_message(send, sara, an_answered_ticket):
    key = uuid.uuid4()
    addresses = [send(sara, an_answered_ticket, submission_key=key, draft_token="").url for _ in range(2)]
    assert addresses == [f"/inbox/{an_answered_ticket.pk}/"] * 2
    assert an_answered_ticket.messages.filter(kind="reply").count() == 1


def test_reza_cannot_send_under_saras_key(send, sara, reza, an_answered_ticket):
    key = uuid.uuid4()
    send(sara, an_answered_ticket, submission_key=key, draft_token="")
    assert send(reza, an_answered_ticket, submission_key=key, draft_token="").status_code == 404


def test_an_answer_that_came_meanwhile_is_read_first(send, sara, omid, an_answered_ticket):
    seen = an_answered_ticket.messages.last().pk
    an_answered_ticket.answer(by=omid, at=timezone.now(), body="یک پرسش دیگر")
    page = send(sara, an_answered_ticket, seen=seen).content.decode()
    assert "پیش از ارسال شما پیام جدیدی رسید. آن را بخوانید؛ متن شما سر جای خود است." in page
    assert (">\nپیوست شد</textarea>" in page, 'id="new"' in page) == (True, True)
    assert (an_answered_ticket.messages.filter(kind="reply").count(), Draft.objects.get().data) == (0, {"body": "پیوست شد"})


def test_news_are_told_beside_a_refused_file_too(send, sara, omid, an_answered_ticket):
    seen = an_answered_ticket.messages.last().pk
    an_answered_ticket.answer(by=omid, at=timezone.now(), body="یک پرسش دیگر")
    response = send(sara, an_answered_ticket, seen=seen, attachments=[a_text_file("بد.exe")])
    assert (response.context["news"], len(response.context["file_errors"])) == (True, 1)


def test_having_seen_the_news_the_same_text_is_sent(send, sara, omid, an_answered_ticket):
    seen = an_answered_ticket.messages.last().pk
    an_answered_ticket.answer(by=omid, at=timezone.now(), body="یک پرسش دیگر")
    again = send(sara, an_answered_ticket, seen=seen).context["seen"]
    assert send(sara, an_answered_ticket, seen=again).status_code == 302
    assert (an_answered_ticket.messages.last().kind, Draft.objects.count()) == ("reply", 0)


def test_a_transfer_or_a_message_of_ones_own_is_no_news(send, sara, omid, training, an_answered_ticket):
    seen = an_answered_ticket.messages.last().pk
    an_answered_ticket.reply(by=sara, at=timezone.now(), body="از رایانه دیگر")
    an_answered_ticket.transfer(by=omid, at=timezone.now(), to=training, reason="کار آموزش است")
    assert send(sara, an_answered_ticket, seen=seen).status_code == 302


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "\x00"])
def test_garbage_in_seen_stops_nothing(send, sara, an_answered_ticket, seen):
    assert send(sara, an_answered_ticket, seen=seen).status_code == 302


def test_what_no_database_stores_is_left_out_of_the_text(send, sara, an_answered_ticket):
    send(sara, an_answered_ticket, body="پیوست\x00 شد\u202e")
    assert an_answered_ticket.messages.last().body == "پیوست شد"


def test_a_reply_within_thirty_days_opens_a_closed_ticket_again(send, sara, omid, an_answered_ticket):
    an_answered_ticket.close(by=omid, at=timezone.now(), reason="solved")
    send(sara, an_answered_ticket)
    assert (fresh(an_answered_ticket).status, fresh(an_answered_ticket).reopened_count) == ("followed_up", 1)


def test_later_it_files_a_new_ticket_and_leads_there(send, client, sara, omid, a_ticket):
    old = a_ticket(at=ago(days=40))
    old.close(by=omid, at=timezone.now() - timedelta(days=31), reason="solved")
    response = send(sara, old)
    new = Ticket.objects.get(continues=old)
    assert (response.url, new.messages.get().body) == (f"/inbox/{new.pk}/", "پیوست شد")
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
    assert f"تیکت {new.pk} در ادامه تیکت {old.pk} ثبت شد.".translate(digits) in client.get(response.url).content.decode()


def test_neda_gets_404_and_nothing_is_written(at_home, neda, an_answered_ticket):
    response = at_home(neda).post(f"/inbox/{an_answered_ticket.pk}/reply/", {"body": "من"})
    assert (response.status_code, Message.objects.filter(kind="reply").count(), Draft.objects.count()) == (404, 0, 0)


def test_who_comes_back_to_its_address_is_led_to_the_ticket(at_home, sara, an_answered_ticket):
    assert at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/reply/").url == f"/inbox/{an_answered_ticket.pk}/"


def test_omid_is_led_to_the_desk(at_home, omid, an_answered_ticket):
    assert at_home(omid).post(f"/inbox/{an_answered_ticket.pk}/reply/", {"body": "من"}).url == "/admin/"


def test_a_draft_stands_in_the_box_again_and_can_be_discarded(at_home, sara, an_answered_ticket):
    draft = Draft.objects.create(owner=sara, kind="reply", ticket=an_answered_ticket, data={"body": "نیمه‌کاره"}, updated_at=timezone.now())
    page = at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/").content.decode()
    assert ("نیمه‌کاره</textarea>" in page, f'action="/drafts/{draft.key}/"' in page) == (True, True)
    assert "آن را مرور کنید و «ارسال پاسخ» را بزنید." in page
