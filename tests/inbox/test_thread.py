"""The page of one ticket, and what opening it does."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.persian.calendar import numeric
from autonax_support.persian.text import to_persian_digits
from tests.inbox.scenes import ago, hang
from tickets.models import Unread
from tickets.verbs.filing import Case


@pytest.fixture
def page_of(at_home):
    def shown(person, ticket):
        return at_home(person).get(f"/inbox/{ticket.pk}/").content.decode()

    return shown


def words(page):
    """The text of a page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_sara_sees_the_facts_of_the_guide_in_its_order(page_of, sara, a_ticket):
    ticket = a_ticket()
    text = words(page_of(sara, ticket))
    assert f"شماره تیکت #{to_persian_digits(ticket.pk)} پلاک خودرو اشتباه است" in text
    facts = text[text.index("مشخصات تیکت") :]
    in_order = ["شماره تیکت", "کد دفتر ۷۲۹۹۰۱۰۲۰۰۱", "موضوع پلاک خودرو", "شماره پیگیری ۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "شماره ملی ۸۵۲۰۳۴۲۲۷۲"]
    places = [facts.index(fact) for fact in in_order]
    assert places == sorted(places)


def test_status_department_and_sent_date_stand_in_one_line(page_of, sara, a_ticket):
    text = words(page_of(sara, a_ticket(at=ago(days=400))))
    assert re.search(
        r"وضعیت جدید در صف رسیدگی پشتیبانی بخش پشتیبانی فنی تاریخ ارسال [۰-۹]{4}/[۰-۹]{2}/[۰-۹]{2} ساعت [۰-۹]{1,2}:[۰-۹]{2}", text
    )


def test_neda_gets_404_for_it_and_for_one_that_is_not_there(at_home, neda, a_ticket):
    client = at_home(neda)
    statuses = [client.get(f"/inbox/{number}/").status_code for number in (a_ticket().pk, 999999, 2147483647, 9999999999, "x")]
    assert statuses == [404] * 5


def test_the_thread_is_oldest_first_with_name_and_side_of_each(page_of, sara, reza, omid, an_answered_ticket):
    an_answered_ticket.reply(by=reza, at=timezone.now(), body="پیوست شد")
    heads = re.findall(r'message__who">([^<]+)</bdi>\s*<span class="muted small">([^<]+)<', page_of(sara, an_answered_ticket))
    assert heads == [("سارا محمدی", "کاربر دفتر"), ("امید رستمی", "کارشناس پشتیبانی، پشتیبانی فنی"), ("رضا کریمی", "کاربر دفتر")]


def test_attachments_show_name_kind_and_size(page_of, sara, a_ticket):
    ticket = a_ticket()
    file = hang(ticket.messages.get(), "شرح <خطا>.txt")
    text = words(page_of(sara, ticket).replace("&lt;", "‹").replace("&gt;", "›"))
    assert f"{file.name.replace('<', '‹').replace('>', '›')} متن ، ۱ کیلوبایت" in text


def test_what_was_done_stands_between_the_messages(page_of, sara, omid, training, a_ticket):
    ticket = a_ticket()
    at = timezone.now()
    promised = timezone.localdate() + timedelta(days=9)
    ticket.read(by=omid, at=at)
    ticket.develop(by=omid, at=at, promised=promised)
    ticket.develop(by=omid, at=at, promised=promised + timedelta(days=1), reason="نسخه عقب افتاد")
    ticket.transfer(by=omid, at=at, to=training, reason="کار آموزش است")
    text = words(page_of(sara, ticket))
    first, second = numeric(promised), numeric(promised + timedelta(days=1))
    lines = [
        "امید رستمی تیکت را خواند",
        f"تیکت در دست توسعه است؛ موعد رفع مشکل {first}",
        f"موعد رفع مشکل از {first} به {second} تغییر کرد: نسخه عقب افتاد",
        "امید رستمی تیکت را از بخش پشتیبانی فنی به بخش آموزش ارجاع داد: کار آموزش است",
    ]
    assert [line for line in lines if line not in text] == []


def test_a_line_and_its_moment_are_kept_apart(page_of, sara, omid, training, a_ticket):
    ticket, at = a_ticket(), ago(minutes=5)
    ticket.read(by=omid, at=at)
    ticket.develop(by=omid, at=at, promised=timezone.localdate(), reason="نسخه لازم است.")
    ticket.transfer(by=omid, at=at, to=training, reason="کار آموزش است")
    text = " ".join(re.sub(r"<[^>]+>", "", page_of(sara, ticket)).split())
    endings = ["تیکت را خواند، ۵ دقیقه پیش", "نسخه لازم است. ۵ دقیقه پیش", "کار آموزش است، ۵ دقیقه پیش"]
    assert [ending for ending in endings if ending not in text] == []


def test_closing_reopening_and_rating_are_told(page_of, sara, omid, an_answered_ticket):
    ticket, at = an_answered_ticket, timezone.now()
    ticket.rate(by=sara, at=at, stars=4)
    ticket.close(by=omid, at=at, reason="other", remark="با تلفن حل شد")
    ticket.reopen(by=omid, at=at)
    ticket.close(by=sara, at=at, reason="by_office")
    text = words(page_of(sara, ticket))
    lines = [
        "سارا محمدی امتیاز ۴ ستاره داد",
        "امید رستمی تیکت را بست: دلیل دیگر، با تلفن حل شد",
        "امید رستمی تیکت را دوباره باز کرد",
        "سارا محمدی اعلام کرد مشکل حل شده و تیکت را بست",
    ]
    assert [line for line in lines if line not in text] == []


def test_notes_and_desk_matters_stay_at_the_desk(page_of, sara, omid, a_ticket):
    ticket = a_ticket()
    hang(ticket.note(by=omid, at=timezone.now(), body="مشکوک به جعل"), "محرمانه.txt")
    ticket.assign(by=omid, at=timezone.now(), to=omid)
    page = page_of(sara, ticket)
    assert [text for text in ("جعل", "محرمانه", "واگذار", "یادداشت داخلی") if text in page] == []


def test_opening_clears_the_mark_of_the_one_who_opens(page_of, reza, sara, an_answered_ticket):
    page_of(sara, an_answered_ticket)
    assert list(Unread.objects.values_list("user_id", flat=True)) == [reza.pk]


def test_an_unread_thread_says_where_the_new_begins_and_only_once(page_of, sara, an_answered_ticket):
    first, again = page_of(sara, an_answered_ticket), page_of(sara, an_answered_ticket)
    answer = an_answered_ticket.messages.get(kind="answer")
    assert (first.index('id="new"') < first.index(f'id="m{answer.pk}"'), 'id="new"' in again) == (True, False)


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_browser_that_guesses_the_next_click_has_read_nothing(at_home, sara, an_answered_ticket, headers):
    at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/", headers=headers)
    assert Unread.objects.filter(user=sara).count() == 1


def test_a_head_request_has_read_nothing(at_home, sara, an_answered_ticket):
    assert at_home(sara).head(f"/inbox/{an_answered_ticket.pk}/").status_code == 200
    assert Unread.objects.filter(user=sara).count() == 1


def test_the_header_counts_one_less_on_the_page_that_was_opened(at_home, sara, an_answered_ticket):
    assert at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/").context["header"].unread_answers == 0


def test_documents_of_the_case_are_one_click_away(page_of, settings, sara, a_ticket):
    settings.HOST_CASE_URL = "https://host.example/cases/{tracking_number}/?tab=docs"
    page = page_of(sara, a_ticket())
    link = '<a class="btn btn--wide" href="https://host.example/cases/99010294000040/?tab=docs" target="_blank" rel="noopener">'
    assert (link in page, "نمایش مستندات پرونده" in page) == (True, True)


@pytest.mark.parametrize(("template", "case"), [("", None), ("https://host.example/{tracking_number}", Case())])
def test_without_address_or_case_there_is_no_link_to_documents(page_of, settings, sara, a_ticket, template, case):
    settings.HOST_CASE_URL = template
    ticket = a_ticket(**({"case": case} if case else {}))
    assert "نمایش مستندات پرونده" not in page_of(sara, ticket)


def test_in_development_names_the_day_and_asks_not_to_phone(page_of, sara, omid, a_ticket):
    ticket = a_ticket()
    ticket.develop(by=omid, at=timezone.now(), promised=timezone.localdate())
    text = words(page_of(sara, ticket))
    assert f"در دست توسعه موعد رفع مشکل: {numeric(timezone.localdate())}" in text
    assert "تا موعد اعلام‌شده نیازی به تماس نیست." in text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (1, "این تیکت بسته شده است؛ با ارسال پاسخ دوباره باز می‌شود."),
        (31, "این تیکت بیش از ۳۰ روز پیش بسته شده است. پاسخ شما به‌صورت تیکت جدید و با لینک به این تیکت ثبت می‌شود."),
    ],
)
def test_a_closed_ticket_says_what_a_reply_will_do(page_of, sara, omid, a_ticket, days, sentence):
    ticket = a_ticket(at=ago(days=40))
    ticket.close(by=omid, at=ago(days=days), reason="solved")
    page = page_of(sara, ticket)
    assert (sentence in page, "مشکلم حل شد" in page) == (True, False)


def test_a_thread_that_continues_another_is_linked_both_ways(page_of, sara, omid, a_ticket):
    old = a_ticket(at=ago(days=40))
    old.close(by=omid, at=ago(days=35), reason="solved")
    new = old.reply(by=sara, at=timezone.now(), body="دوباره").ticket
    assert f'<a href="/inbox/{new.pk}/">تیکت {to_persian_digits(new.pk)}</a> است' in page_of(sara, old)
    assert f'<a href="/inbox/{old.pk}/">تیکت {to_persian_digits(old.pk)}</a> ثبت شد' in page_of(sara, new)


def test_markup_stays_text_everywhere(page_of, sara, omid, training, a_ticket):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    ticket = a_ticket(subject=hostile, body=hostile)
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason=hostile)
    page = page_of(sara, ticket)
    assert (page.count("<script>"), page.count("<img src=x"), page.count("&lt;img src=x") >= 4) == (0, 0, True)


def test_omid_is_led_to_the_desk(at_home, omid, a_ticket):
    response = at_home(omid).get(f"/inbox/{a_ticket().pk}/")
    assert (response.status_code, response.url) == (302, "/admin/")


def test_the_page_takes_no_post(at_home, sara, a_ticket):
    assert at_home(sara).post(f"/inbox/{a_ticket().pk}/").status_code == 405
