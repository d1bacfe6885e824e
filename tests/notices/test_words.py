"""What mails and SMS say, in WORDS' wording, and what they never say."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.template.loader import get_template

from autonax_support.notices.gateways import Refused
from autonax_support.notices.gateways.mail import message_of
from autonax_support.notices.models import Delivery
from autonax_support.persian.calendar import day_of, long
from autonax_support.persian.templatetags.persian import fa
from tests.notices.conftest import AT
from tests.notices.telling import deliveries, letter_of, reachable
from tickets.models import Department, Ticket

BY_DAY = AT + timedelta(hours=12)
ID = "8520342272"


@pytest.fixture
def ticket(a_ticket, sara):
    reachable(sara, email="sara@example.ir", mobile="09121234567")
    return a_ticket(at=AT - timedelta(hours=1))


def mail(at=BY_DAY):
    return letter_of(deliveries()[0], at)


def sms(at=BY_DAY):
    return letter_of(deliveries("sms")[0], at)


def lines(text):
    return [line for line in text.translate({0x2068: None, 0x2069: None}).splitlines() if line]


def as_sent(letter):
    return message_from_bytes(message_of(letter).message().as_bytes(), policy=policy.default)


def test_an_answer(ticket, omid):
    ticket.answer(by=omid, at=BY_DAY, body=f"پاسخ محرمانه {ID}")
    assert mail().subject == f"تیکت {fa(ticket.pk)}: پاسخ جدید"
    assert lines(mail().text) == [
        "سارا محمدی گرامی،",
        f"امید رستمی به تیکت {fa(ticket.pk)} پاسخ داد. پاسخ را بخوانید و اگر مشکل مانده است، زیر همان پاسخ بنویسید.",
        f"مشاهده تیکت: http://127.0.0.1:8000/inbox/{ticket.pk}/",
        "واحد پشتیبانی فنی، پشتیبانی اتوناکس",
        "این ایمیل خودکار است. برای پاسخ، تیکت را باز کنید. راه‌های خبررسانی را در «حساب من» تغییر دهید.",
    ]
    assert "محرمانه" not in mail().text + mail().html
    assert sms().text == f"اتوناکس: تیکت {fa(ticket.pk)} پاسخ گرفت. صندوق پیام را ببینید."


def test_a_transfer_tells_where_and_why_without_a_national_id(ticket, omid, training):
    ticket.transfer(by=omid, at=BY_DAY, to=training, reason=f"مالک {ID} است.")
    assert mail().subject == f"تیکت {fa(ticket.pk)}: ارجاع به بخش آموزش"
    assert (
        "دلیل: مالک \u2066852****272\u2069 است." in mail().text.replace("\u2068", "").replace("\u2069.", ".") or "852****272" in mail().text
    )
    assert ID not in mail().text + mail().html + mail().subject


def test_a_transfer_tells_of_the_promise_where_there_is_one(ticket, omid, training):
    ticket.transfer(by=omid, at=BY_DAY, to=training, reason="دلیل")
    due = long(Ticket.objects.get(pk=ticket.pk).due_at, BY_DAY)
    assert f"مهلت پاسخ: {due}." in mail().text
    Ticket.objects.update(due_at=None)
    assert "مهلت پاسخ" not in mail().text


def test_a_promised_date(ticket, omid):
    ticket.develop(by=omid, at=BY_DAY, promised=day_of(BY_DAY) + timedelta(days=9))
    assert mail().subject == f"تیکت {fa(ticket.pk)}: موعد رفع مشکل ۱۴۰۵/۰۹/۱۴"
    assert "موعد رفع مشکل: شنبه ۱۴ آذر. تا آن روز نیازی به تماس نیست." in mail().text
    assert (sms().text, sms().parameters) == (
        f"اتوناکس: موعد رفع مشکل تیکت {fa(ticket.pk)}، ۱۴۰۵/۰۹/۱۴ است.",
        {"number": str(ticket.pk), "date": "1405/09/14"},
    )


def test_a_moved_date_tells_why(ticket, omid):
    ticket.develop(by=omid, at=AT - timedelta(minutes=30), promised=day_of(BY_DAY) + timedelta(days=1))
    Delivery.objects.all().delete()
    ticket.develop(by=omid, at=BY_DAY, promised=day_of(BY_DAY) + timedelta(days=9), reason="نسخه جدید به تأخیر افتاد.")
    assert "به شنبه ۱۴ آذر تغییر کرد. دلیل: نسخه جدید به تأخیر افتاد." in lines(mail().text)[1]


@pytest.mark.parametrize(
    ("who", "reason", "said"),
    [
        ("omid", "solved", "امید رستمی تیکت {} را بست. دلیل: مشکل برطرف شد. اگر"),
        (None, "quiet", "تیکت {} خودکار بسته شد. دلیل: بستن خودکار. اگر"),
    ],
)
def test_a_closing(ticket, omid, who, reason, said):
    ticket.answer(by=omid, at=AT - timedelta(minutes=30), body="پاسخ")
    Delivery.objects.all().delete()
    ticket.close(by=omid if who else None, at=BY_DAY, reason=reason)
    assert lines(mail().text)[1].startswith(said.format(fa(ticket.pk)))
    assert "تا ۳۰ روز با ارسال پاسخ دوباره باز می‌شود. در صورت تمایل به آن امتیاز دهید." in mail().text


def test_a_closing_for_another_reason_quotes_it(ticket, omid):
    ticket.close(by=omid, at=BY_DAY, reason="other", remark=f"شماره {ID} تکراری")
    assert "دلیل: شماره" in lines(mail().text)[1]
    assert (ID in mail().text, "دلیل دیگر" in mail().text) == (False, False)


def test_experts_are_led_to_the_desk(ticket, omid, sina):
    reachable(sina, email="sina@example.ir")
    ticket.assign(by=omid, at=BY_DAY, to=sina)
    due = long(Ticket.objects.get(pk=ticket.pk).due_at, BY_DAY)
    told = f"امید رستمی تیکت {fa(ticket.pk)} از دفتر شهر نمونه ۱ را به شما واگذار کرد. مهلت پاسخ: {due}."
    assert lines(mail().text)[1] == told
    assert f"/admin/tickets/ticket/{ticket.pk}/change/" in mail().text


def test_a_reply_to_the_expert(ticket, omid, sara):
    reachable(omid, email="omid@example.ir")
    ticket.assign(by=omid, at=AT - timedelta(minutes=30), to=omid)
    ticket.reply(by=sara, at=BY_DAY, body=f"متن {ID}")
    due = long(Ticket.objects.get(pk=ticket.pk).due_at, BY_DAY)
    assert (mail().subject, lines(mail().text)[1]) == (
        f"تیکت {fa(ticket.pk)}: پاسخ دفتر",
        f"دفتر شهر نمونه ۱ به تیکت {fa(ticket.pk)} پاسخ داد. مهلت پاسخ: {due}.",
    )


def test_several_are_told_together(ticket, omid):
    ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
    ticket.close(by=omid, at=BY_DAY, reason="solved")
    assert mail().subject == f"تیکت {fa(ticket.pk)}: ۲ خبر تازه"
    assert [line[:12] for line in lines(mail().text)[1:3]] == ["امید رستمی ب", "امید رستمی ت"]
    assert (sms().kind, sms().text) == ("several", f"اتوناکس: ۲ خبر تازه درباره تیکت {fa(ticket.pk)} دارید.")
    assert sms().parameters == {"number": str(ticket.pk), "date": "", "count": "2"}


def test_every_sms_is_one_part_with_a_number_of_eight_digits(ticket, omid, settings):
    words = {"number": 99999999, "date": "۱۴۰۵/۰۹/۱۴", "several": ["x"] * 12, "count": 12}
    for kind in ("answered", "developed", "promise_moved", "closed", "closing_soon", "several"):
        text = str(get_template(f"mail/words/{kind}.html").template.make_module(words).sms)
        assert len(text.encode("utf-16-le")) // 2 <= 70, text
        assert text.startswith("اتوناکس:")


def test_the_mail_is_persian_in_both_its_parts_and_nobody_answers_it(ticket, omid):
    ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
    [delivery] = deliveries()
    sent = as_sent(mail())
    assert (sent["To"], sent["Subject"], sent["From"]) == ("sara@example.ir", mail().subject, "noreply@127.0.0.1")
    assert (sent["Message-ID"], sent["References"]) == (f"<delivery-{delivery.pk}@127.0.0.1>", f"<ticket-{ticket.pk}@127.0.0.1>")
    assert (sent["Auto-Submitted"], sent["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]
    html = sent.get_body(("html",)).get_content()
    assert '<html lang="fa" dir="rtl">' in html
    assert "<bdi>سارا محمدی</bdi> گرامی،" in html
    assert as_sent(mail())["Message-ID"] == sent["Message-ID"]


def test_what_people_type_is_text_in_the_mail(ticket, omid, training):
    ticket.transfer(by=omid, at=BY_DAY, to=training, reason='<b>"پلاک" & <script>کارت</script></b>')
    assert "<bdi>&lt;b&gt;&#34;پلاک&#34; &amp; &lt;script&gt;" in mail().html
    assert 'دلیل: \u2068<b>"پلاک" & <script>کارت</script></b>\u2069.' in mail().text


def test_a_line_break_in_a_name_makes_no_header(ticket, omid, training):
    Department.objects.filter(pk=training.pk).update(name="آموزش\r\nBcc: thief@example.com\r\n\r\nbody")
    ticket.transfer(by=omid, at=BY_DAY, to=training, reason="دلیل")
    sent = as_sent(mail())
    assert (sent["Bcc"], sent["Subject"].strip().startswith(f"تیکت {fa(ticket.pk)}: ارجاع به بخش آموزش Bcc")) == (None, True)
    assert len(sent["Subject"]) <= 60


@pytest.mark.parametrize("target", ["", "sara", "sara@", "a@b.ir, c@d.ir", "a@b.ir\r\nBcc: c@d.ir", "سارا <a@b.ir>"])
def test_what_is_no_address_is_never_written_to(ticket, omid, target):
    ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
    Delivery.objects.update(target=target)
    with pytest.raises(Refused):
        message_of(mail())


def test_long_reasons_are_cut_after_what_must_be_hidden(ticket, omid, training):
    ticket.transfer(by=omid, at=BY_DAY, to=training, reason="الف " * 49 + ID + " و " * 50)
    assert re.search(r"\d{4,9}[…]", mail().text) is None
    assert ID[:6] not in mail().text


def test_the_words_of_one_cost_six_statements_at_most(ticket, omid, django_assert_max_num_queries):
    ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
    [delivery] = deliveries()
    with django_assert_max_num_queries(6):
        letter_of(delivery)
