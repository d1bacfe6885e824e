"""Canned replies kept in the admin: by heads for their departments, by managers for all."""

from html import unescape

import pytest

from autonax_support.accounts.models import AuditEntry
from tests.cast import a_member
from tests.journeys.naughty import TEXTS
from tickets.models import CannedReply

LIST = "/admin/tickets/cannedreply/"


def form(department, title="تصویر مدرک", body="سلام {نام کاربر}", **more):
    return {"department": department.pk if department else "", "title": title, "body": body, "position": "1", "is_active": "on"} | more


@pytest.fixture
def foreign(training):
    return CannedReply.objects.create(title="آموزشی", body="x", department=training)


@pytest.fixture
def common(db):
    return CannedReply.objects.create(title="مشترک", body="x")


def test_sina_adds_and_changes_one_and_it_is_on_record(at_home, sina, technical):
    client = at_home(sina)
    assert client.post(f"{LIST}add/", form(technical)).status_code == 302
    reply = CannedReply.objects.get()
    assert client.post(f"{LIST}{reply.pk}/change/", form(technical, title="مدرک")).status_code == 302
    assert CannedReply.objects.get().title == "مدرک"
    entries = AuditEntry.objects.filter(actor=sina, data__model="tickets.cannedreply")
    assert [entry.verb for entry in entries.order_by("pk")] == ["created", "changed"]


def test_sina_meets_no_foreign_and_no_common_one(at_home, sina, foreign, common, training):
    client = at_home(sina)
    page = client.get(LIST).content.decode()
    assert (foreign.title in page, common.title in page) == (False, False)
    for reply in (foreign, common):
        assert client.get(f"{LIST}{reply.pk}/change/").status_code == 404
        assert client.post(f"{LIST}{reply.pk}/change/", form(training)).status_code == 404
        assert client.get(f"{LIST}{reply.pk}/history/").status_code == 404


@pytest.mark.parametrize("place", ["foreign", "common"])
def test_sina_puts_none_into_another_department(at_home, sina, technical, training, place):
    client = at_home(sina)
    to = training if place == "foreign" else None
    own = CannedReply.objects.create(title="فنی", body="x", department=technical)
    assert client.post(f"{LIST}add/", form(to)).status_code == 200
    assert client.post(f"{LIST}{own.pk}/change/", form(to)).status_code == 200
    assert list(CannedReply.objects.values_list("department", flat=True)) == [technical.pk]


def test_a_head_of_two_sees_both_and_picks_one(at_home, sina, technical, foreign, training):
    a_member(sina, training, is_head=True)
    own = CannedReply.objects.create(title="فنی‌ها", body="x", department=technical)
    client = at_home(sina)
    assert {reply.pk for reply in client.get(LIST).context["cl"].result_list} == {own.pk, foreign.pk}
    picked = client.get(LIST, {"department": str(training.pk)})
    assert [reply.pk for reply in picked.context["cl"].result_list] == [foreign.pk]


def test_kaveh_keeps_all_and_the_common_ones(at_home, kaveh, foreign, common, technical):
    client = at_home(kaveh)
    assert client.get(LIST).context["cl"].result_count == 2
    assert [row.pk for row in client.get(LIST, {"department": "common"}).context["cl"].result_list] == [common.pk]
    assert client.post(f"{LIST}{foreign.pk}/change/", form(None)).status_code == 302
    foreign.refresh_from_db()
    assert foreign.department is None


@pytest.mark.parametrize("value", ["0", "-1", "x", "9" * 30, "\x00"])
def test_a_made_up_department_in_the_address_is_no_crash(at_home, kaveh, common, value):
    assert at_home(kaveh).get(LIST, {"department": value}).status_code in (200, 302, 400)


def test_an_expert_may_not_and_nobody_deletes(at_home, omid, kaveh, foreign):
    client = at_home(omid)
    for path in ("", "add/", f"{foreign.pk}/change/"):
        assert client.get(f"{LIST}{path}").status_code == 403
    assert "پاسخ‌های آماده" not in client.get("/admin/").content.decode()
    assert at_home(kaveh).post(f"{LIST}{foreign.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_head_finds_them_on_the_first_page(at_home, sina):
    assert LIST in at_home(sina).get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{شماره ملی}", "«{شماره ملی}» شناخته نشد. این‌ها پر می‌شوند: {نام کاربر}، {شماره تیکت}"),
        ("سلام {نام کاربر", "یک آکولاد باز یا بسته جا مانده است."),
        ("", "این قسمت را پر کنید."),
        ("م" * 20_001, "این متن ۲۰٬۰۰۱ نویسه است؛ حداکثر ۲۰٬۰۰۰ نویسه پذیرفته می‌شود."),
    ],
)
def test_what_is_wrong_is_said_and_the_text_stays(at_home, sina, technical, body, said):
    page = at_home(sina).post(f"{LIST}add/", form(technical, body=body))
    assert page.status_code == 200
    text = unescape(page.content.decode())
    assert said in text
    assert body in text
    assert not CannedReply.objects.exists()


def test_a_second_of_the_same_title_is_refused_at_the_title(at_home, kaveh, technical, common):
    client = at_home(kaveh)
    assert client.post(f"{LIST}add/", form(technical, title="مشترک")).status_code == 302
    for department in (None, technical):
        page = client.post(f"{LIST}add/", form(department, title="مشترك"))
        assert page.context["adminform"].form.errors["title"] == ["پاسخ آماده دیگری با این عنوان در همین بخش هست. عنوان دیگری بنویسید."]


def test_the_form_explains_what_is_filled_in(at_home, sina):
    page = at_home(sina).get(f"{LIST}add/").content.decode()
    for name in ("نام کاربر", "شماره تیکت", "شماره پیگیری", "نام کارشناس", "مهلت"):
        assert f"<bdi>{{{name}}}</bdi>" in page


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_texts_are_taken_or_refused_in_words(at_home, sina, technical, text):
    fields = form(technical, title=text[:100], body=text)
    fields = {name: value.encode("utf-8", "ignore").decode() if isinstance(value, str) else value for name, value in fields.items()}
    assert at_home(sina).post(f"{LIST}add/", fields).status_code in (200, 302)


@pytest.mark.parametrize("position", ["-1", "99999999999999999999", "x"])
def test_a_position_that_no_database_takes_is_refused(at_home, sina, technical, position):
    assert at_home(sina).post(f"{LIST}add/", form(technical, position=position)).status_code == 200
