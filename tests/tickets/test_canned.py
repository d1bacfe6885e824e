"""What stands in braces in a canned reply, by tables; who sees and who keeps which; and what the database refuses."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, IntegrityError, transaction

from tests.journeys.naughty import TEXTS
from tickets import canned
from tickets.models import CannedReply

AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
VALUES = {
    "نام کاربر": "سارا محمدی",
    "شماره تیکت": "۱۰۰۴۸۱",
    "شماره پیگیری": "",
    "نام کارشناس": "امید رستمی",
    "مهلت": "",
    "موعد رفع مشکل": "",
}
ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("سلام {نام کاربر}،", "سلام سارا محمدی،"),
        ("{شماره تیکت}{شماره تیکت}", "۱۰۰۴۸۱۱۰۰۴۸۱"),
        (f"{{نام{ZWNJ}کاربر}}", "سارا محمدی"),
        ("{ نام  کاربر }", "سارا محمدی"),
        ("{نامکاربر}", "سارا محمدی"),
        ("{نام كارشناس}", "امید رستمی"),
        ("{شماره تيكت}", "۱۰۰۴۸۱"),
        ("{\u200fنام کاربر\u200f}", "سارا محمدی"),
        ("{{نام کاربر}}", "{سارا محمدی}"),
        ("پرونده {شماره پیگیری} تا {مهلت پاسخ}", "پرونده {شماره پیگیری} تا {مهلت پاسخ}"),
        ("{شماره ملی} {x} {} { نام کاربر", "{شماره ملی} {x} {} { نام کاربر"),
        ("{نام\nکاربر}", "{نام\nکاربر}"),
    ],
)
def test_places_are_filled_in_every_spelling(body, made):
    assert canned.filled(body, VALUES) == made


@pytest.mark.parametrize("name", ["{شماره ملی}", "{نام کارشناس}", "\\1 \\g<0> {شماره تیکت}", *TEXTS])
def test_a_name_is_put_in_as_it_is_and_never_read_again(name):
    assert canned.filled("{نام کاربر}، {نام کارشناس}", VALUES | {"نام کاربر": name}) == f"{name}، امید رستمی"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("سلام", []),
        ("{شماره پيگيري} و {شماره پیگیری}", ["شماره پیگیری"]),
        ("{مهلت پاسخ} {موعد} {نام‌کاربر}", ["مهلت", "موعد رفع مشکل", "نام کاربر"]),
        ("if (x) {return} {0} {} {شماره ملی} {{{", []),
    ],
)
def test_only_known_names_in_braces_count_as_unfilled(text, left):
    assert canned.unfilled(text, VALUES) == left


def test_a_person_called_like_a_place_holds_nothing_up():
    values = VALUES | {"نام کاربر": "{مهلت}"}
    assert canned.unfilled("سلام {مهلت}", values) == []
    assert canned.unfilled("سلام {مهلت}، {شماره پیگیری}", values) == ["شماره پیگیری"]


@pytest.mark.parametrize(
    ("body", "names", "is_loose"),
    [
        ("{نام کاربر} {شماره ملی} {شماره ملی}", ["شماره ملی"], False),
        ("{نام کاربر", [], True),
        ("نام کاربر} {x}", ["x"], True),
        ("بدون آکولاد", [], False),
    ],
)
def test_unknown_names_and_loose_braces_are_found(body, names, is_loose):
    assert (canned.unknown(body), canned.has_loose_brace(body)) == (names, is_loose)


def test_the_values_of_a_ticket_hold_no_national_id(a_ticket, omid):
    ticket = a_ticket()
    ticket.due_at = datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
    values = canned.values_for(ticket, by=omid, at=AT)
    assert list(values) == list(canned.PLACES)
    assert (values["نام کاربر"], values["نام کارشناس"]) == (ticket.filed_by_name, "امید رستمی")
    assert values["مهلت"] == "شنبه ۷ آذر، ساعت ۱۴:۳۰"
    assert "۸۵۲۰۳۴۲۲۷۲" not in str(values)
    assert ticket.national_id not in str(values)


def test_a_deadline_that_has_passed_is_promised_to_nobody(a_ticket, omid):
    ticket = a_ticket()
    ticket.due_at = AT
    assert canned.values_for(ticket, by=omid, at=AT)["مهلت"] == ""


def test_a_ticket_without_a_case_has_no_tracking_number(a_ticket, omid):
    ticket = a_ticket()
    ticket.tracking_number = ""
    assert canned.filled("{شماره پیگیری}", canned.values_for(ticket, by=omid, at=AT)) == "{شماره پیگیری}"


def test_a_reply_goes_to_the_end_in_a_paragraph_of_its_own():
    assert canned.joined("", "پاسخ") == "پاسخ"
    assert canned.joined("سلام \n", "پاسخ") == "سلام\n\nپاسخ"


@pytest.fixture
def replies(technical, training):
    rows = {"فنی": (technical, True), "آموزشی": (training, True), "مشترک": (None, True), "کنار": (technical, False)}
    return {title: CannedReply.objects.create(title=title, body="x", department=row[0], is_active=row[1]) for title, row in rows.items()}


@pytest.mark.parametrize(
    ("person", "sees", "keeps"),
    [
        ("omid", {"فنی", "مشترک"}, set()),
        ("mina", {"آموزشی", "مشترک"}, set()),
        ("sina", {"فنی", "مشترک"}, {"فنی", "کنار"}),
        ("kaveh", {"فنی", "آموزشی", "مشترک", "کنار"}, {"فنی", "آموزشی", "مشترک", "کنار"}),
        ("sara", set(), set()),
    ],
)
def test_who_sees_and_who_keeps_which(replies, request, person, sees, keeps):
    user = request.getfixturevalue(person)
    assert {reply.title for reply in CannedReply.objects.visible_to(user)} == sees
    assert {reply.title for reply in CannedReply.objects.kept_by(user)} == keeps


def test_who_is_gone_sees_and_keeps_nothing(replies, sina):
    sina.is_active = False
    assert not CannedReply.objects.visible_to(sina).exists()
    assert not CannedReply.objects.kept_by(sina).exists()


def test_a_ticket_is_offered_its_departments_and_the_common_ones(replies, a_ticket, kaveh):
    assert {reply.title for reply in CannedReply.objects.visible_to(kaveh).fitting(a_ticket())} == {"فنی", "مشترک"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "فنی"},
        {"title": ""},
        {"body": ""},
        {"title": "م" * 101},
        {"body": "م" * 20_001},
    ],
)
def test_the_database_refuses(replies, technical, wrong):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        CannedReply.objects.create(**({"title": "دیگر", "body": "x", "department": technical} | wrong))


def test_a_title_is_one_among_the_common_ones_too(replies, technical):
    CannedReply.objects.create(title="مشترک", body="x", department=technical)
    with pytest.raises(IntegrityError), transaction.atomic():
        CannedReply.objects.create(title="مشترک", body="x")
