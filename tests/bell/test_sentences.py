"""What each kind says, in the words of WORDS.md 3.9, and where it leads."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from autonax_support.notices.models import Notice
from autonax_support.persian.calendar import future, numeric, tehran
from autonax_support.persian.text import to_persian_digits as fa
from tests.bell.conftest import LIST, told


@pytest.fixture
def lines(at_home):
    """A function: the sentences on this person's first page, with where each leads."""

    def read(person):
        html = at_home(person).get(LIST).content.decode()
        return [line_of(item) for item in re.findall(r'<h2 class="told">(.*?)</h2>', html, re.DOTALL)]

    return read


def line_of(item):
    link = re.search(r'<a href="([^"]*)"', item)
    words = re.sub(r"<[^>]+>", "", item.replace("خوانده‌نشده: ", ""))
    return " ".join(unescape(words).split()), unescape(link[1]) if link else ""


def in_a_week():
    return tehran(timezone.now()).date() + timedelta(days=7)


def test_what_sara_is_told_of_her_ticket(lines, a_ticket, sara, reza, omid, training):
    ticket, at = a_ticket(at=timezone.now() - timedelta(hours=1)), timezone.now()
    ticket.answer(by=omid, at=at, body="پیوست شود")
    ticket.develop(by=omid, at=at, promised=in_a_week())
    ticket.develop(by=omid, at=at, promised=in_a_week() + timedelta(days=1), reason="نسخه دیرتر می‌آید")
    ticket.transfer(by=omid, at=at, to=training, reason="آموزشی است")
    ticket.close(by=reza, at=at, reason="by_office")
    number, address = fa(ticket.pk), f"/inbox/{ticket.pk}/#new"
    assert lines(sara) == [
        (f"تیکت {number} بسته شد", address),
        (f"تیکت {number} به بخش آموزش ارجاع داده شد", address),
        (f"موعد تیکت {number} به {numeric(in_a_week() + timedelta(days=1))} تغییر کرد", address),
        (f"تیکت {number} در دست توسعه است؛ موعد {numeric(in_a_week())}", address),
        (f"تیکت {number}: امید رستمی پاسخ داد", address),
    ]


def test_what_the_system_tells_sara(lines, a_ticket, sara, an_announcement):
    ticket, at = a_ticket(), timezone.now()
    closing = told(sara, "closing_soon", ticket, count=3, at=at)
    announcement = an_announcement("قطع <b>موقت</b>", level="urgent")
    Notice.objects.create(recipient=sara, kind="announced", announcement=announcement, at=at)
    assert lines(sara) == [
        ("فوری: قطع <b>موقت</b>", f"/announcements/{announcement.pk}/"),
        (f"تیکت {fa(ticket.pk)} تا {numeric(closing.at + timedelta(days=3))} منتظر شماست", f"/inbox/{ticket.pk}/#new"),
    ]


@pytest.mark.parametrize(
    ("had", "due", "words"),
    [
        (True, timedelta(days=2), "مهلت پاسخ تیکت {number} به {due} تغییر کرد"),
        (False, timedelta(days=2), "مهلت پاسخ تیکت {number} تعیین شد: {due}"),
        (True, None, "مهلت پاسخ تیکت {number} برداشته شد"),
    ],
)
def test_a_due_time_that_moved_is_read_as_on_the_day_of_the_notice(lines, a_ticket, sara, had, due, words):
    ticket, at = a_ticket(), timezone.now() - timedelta(days=3)
    before, after = {"due_at": at.isoformat() if had else None}, {"due_at": (at + due).isoformat() if due else None}
    event = ticket.events.create(verb="reschedule", source="worker", audience="office", before=before, after=after, at=at)
    told(sara, "due_moved", ticket, event=event, at=at)
    assert lines(sara)[0][0] == words.format(number=fa(ticket.pk), due=future(at + due, at) if due else "")


def test_what_omid_is_told(lines, a_ticket, sara, omid, sina):
    ticket, at = a_ticket(), timezone.now()
    ticket.assign(by=sina, at=at, to=omid)
    ticket.reply(by=sara, at=at, body="نشد")
    told(omid, "breach_near", ticket, count=135)
    told(omid, "breach_near", ticket)
    told(omid, "breached", ticket)
    number, address = fa(ticket.pk), f"/admin/tickets/ticket/{ticket.pk}/change/"
    assert lines(omid) == [
        (f"تیکت {number} از مهلت گذشت", address),
        (f"مهلت تیکت {number} رو به پایان است", address),
        (f"مهلت تیکت {number} رو به پایان است: ۲ ساعت و ۱۵ دقیقه کاری", address),
        (f"تیکت {number}: دفتر پاسخ داد", address),
        (f"سینا کاظمی تیکت {number} را به شما واگذار کرد", address),
    ]


def test_a_digest_is_a_button_until_it_is_read_and_then_a_link(lines, omid, technical):
    digest = told(omid, "queue_digest", count=12, department=technical)
    assert lines(omid) == [("۱۲ تیکت جدید بدون کارشناس", "")]
    Notice.objects.filter(pk=digest.pk).mark_read(timezone.now())
    assert lines(omid) == [("۱۲ تیکت جدید بدون کارشناس", f"/admin/tickets/ticket/?view=unassigned&department={technical.pk}")]


def test_the_subject_stands_below_without_a_national_id(at_home, a_ticket, sara, omid):
    ticket = a_ticket(subject="خطای <i>Error</i> برای 8520342272")
    ticket.answer(by=omid, at=timezone.now(), body="پاسخ")
    html = at_home(sara).get(LIST).content.decode()
    assert '<bdi dir="rtl">خطای &lt;i&gt;Error&lt;/i&gt; برای \u2066852****272\u2069</bdi>' in html
    assert "8520342272" not in html


def test_a_ticket_that_went_to_another_department_is_not_spoken_of(lines, at_home, a_ticket, sara, omid, sina, mina, training):
    ticket = a_ticket()
    ticket.assign(by=sina, at=timezone.now(), to=omid)
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزشی است")
    assert lines(omid) == [("تیکت این اعلان برای حساب شما باز نیست", "")]
    html = at_home(omid).get(LIST).content.decode()
    assert [words in html for words in (fa(ticket.pk), str(ticket.pk), ticket.subject, "سینا")] == [False] * 4


def test_a_clerk_who_moved_to_another_office_reads_nothing_of_the_old_one(lines, an_answered_ticket, sara, office_b):
    sara.office = office_b
    sara.save()
    assert lines(sara) == [("تیکت این اعلان برای حساب شما باز نیست", "")]


def test_an_announcement_that_is_over_is_not_quoted(lines, at_home, sara, an_announcement):
    over = an_announcement("قطع موقت", expires_at=timezone.now() - timedelta(minutes=1))
    told(sara, "announced", announcement=over)
    assert lines(sara) == [("این اطلاعیه اکنون منتشر نیست", "")]
    assert "قطع موقت" not in at_home(sara).get(LIST).content.decode()


def test_every_kind_has_a_sentence_and_an_icon(lines, at_home, a_ticket, sara, an_announcement, technical):
    ticket, kinds = a_ticket(), Notice.Kind
    event = ticket.events.get()
    given = {
        kinds.ANNOUNCED: {"announcement": an_announcement()},
        kinds.QUEUE_DIGEST: {"count": 1, "department": technical},
        kinds.CLOSING_SOON: {"ticket": ticket, "count": 1},
        kinds.BREACH_NEAR: {"ticket": ticket},
        kinds.BREACHED: {"ticket": ticket},
    }
    for kind in kinds:
        told(sara, kind, **given.get(kind, {"ticket": ticket, "event": event}))
    assert [words for words, _ in lines(sara) if not words] == []
    assert 'icons.svg#"' not in at_home(sara).get(LIST).content.decode()
