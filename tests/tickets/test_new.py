"""The filing form over HTTP, as a browser without scripts sends it."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tickets.models import Draft, Message, Ticket

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def field(page, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1]


@pytest.fixture
def form(at_home, sara, technical):
    """A function that opens the form as Sara and posts it, filled in rightly but for `changes`."""
    client = at_home(sara)

    def post(**changes):
        page = client.get("/tickets/new/", follow=True)
        typed = {
            "subject": "خطای کد ملی - تمدید پروانه تاکسیرانی",
            "department": technical.pk,
            "tracking_number": "۹۹۰۱۰۲۹۴۰۰۰۰۴۰",
            "national_id": "٨٥٢٠٣٤٢٢٧٢",
            "body": "کد ملی پذیرفته نمی‌شود",
            "submission_key": field(page, "submission_key"),
            "draft_token": field(page, "draft_token"),
        }
        return client.post("/tickets/new/", {name: value for name, value in (typed | changes).items() if value is not None})

    return post


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 200
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_sara_files_and_comes_to_her_ticket(form):
    response = form()
    ticket = Ticket.objects.get()
    assert (response.status_code, response.url) == (302, f"/inbox/{ticket.pk}/")
    assert (ticket.tracking_number, ticket.national_id) == ("99010294000040", "8520342272")
    assert Draft.objects.count() == 0


def test_the_form_shows_the_steps_and_tips_of_the_guide(at_home, sara):
    page = at_home(sara).get("/tickets/new/", follow=True).content.decode()
    for words in (
        "مثلاً: خطای کد ملی - تمدید پروانه تاکسیرانی",
        "پشتیبانی فنی",
        "آموزش",
        "اجرا و راه‌اندازی سیستم",
        "تماس‌های تلفنی غیرضروری",
        "اطلاعات ۳ نمونه",
        "پرونده کمکی",
        "پرونده خرید و فروش",
        "مدرک مرتبط را بارگذاری کنید",
        "ثبت تیکت",
        "توجه!",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"subject": "  "}, "subject", "موضوع را بنویسید؛ مثلاً: خطای کد ملی - تمدید پروانه تاکسیرانی."),
        ({"body": "\u200c"}, "body", "متن پیام را بنویسید تا کارشناس بداند مشکل چیست."),
        ({"department": None}, "department", "واحد مسئول را انتخاب کنید."),
        ({"department": "999"}, "department", "این گزینه دیگر نیست. یکی از گزینه‌های فهرست را انتخاب کنید."),
        ({"department": "x\x00"}, "department", "این گزینه دیگر نیست. یکی از گزینه‌های فهرست را انتخاب کنید."),
        (
            {"tracking_number": ""},
            "tracking_number",
            "شماره پیگیری را وارد کنید یا گزینه «این موضوع به پرونده‌ای مربوط نیست» را علامت بزنید.",
        ),
        ({"tracking_number": "99-01"}, "tracking_number", "شماره پیگیری فقط رقم دارد. حرف، فاصله و خط تیره را بردارید."),
        ({"tracking_number": "۱۲۳۴۵۶۷۸۹"}, "tracking_number", "شماره پیگیری ۱۰ تا ۱۶ رقم است؛ اکنون ۹ رقم وارد شده است."),
        ({"tracking_number": "1" * 17}, "tracking_number", "شماره پیگیری ۱۰ تا ۱۶ رقم است؛ اکنون ۱۷ رقم وارد شده است."),
        ({"national_id": "85203422ab"}, "national_id", "شماره ملی فقط رقم دارد. حرف، فاصله و خط تیره را بردارید."),
        (
            {"national_id": "852034227"},
            "national_id",
            "شماره ملی ۱۰ رقم است؛ اکنون ۹ رقم وارد شده است. صفرهای ابتدای آن را هم بنویسید.",
        ),
        (
            {"national_id": "1111111111"},
            "national_id",
            "شماره ملی از ده رقم یکسان ساخته نمی‌شود. شماره روی کارت ملی را بنویسید یا این قسمت را خالی بگذارید.",
        ),
        (
            {"subject": "م" * 201},
            "subject",
            "این متن ۲۰۱ نویسه است؛ حداکثر ۲۰۰ نویسه پذیرفته می‌شود. آن را کوتاه کنید.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(form, changes, name, sentence):
    response = form(**changes)
    assert errors(response) == {name: [sentence]}
    assert "کد ملی پذیرفته نمی‌شود" in response.content.decode() or name == "body"
    assert (Ticket.objects.count(), Draft.objects.count()) == (0, 1)


def test_a_button_pressed_over_an_empty_form_leaves_no_draft(form):
    assert len(errors(form(subject="", department=None, tracking_number="", national_id="", body=""))) == 4
    assert Draft.objects.count() == 0


def test_a_wrong_check_digit_warns_and_files_once_confirmed(form):
    response = form(national_id="8520342273")
    assert list(errors(response)) == ["confirm_national_id"]
    assert "رقم آخر با رقم‌های دیگر این شماره ملی سازگار نیست." in response.content.decode()
    assert form(national_id="8520342273", confirm_national_id="1").status_code == 302
    assert Ticket.objects.get().national_id == "8520342273"


def test_the_national_id_may_be_left_out(form):
    assert form(national_id="").status_code == 302


def test_a_matter_without_a_case_needs_no_tracking_number(form):
    assert form(tracking_number="", national_id="", no_case="1").status_code == 302
    assert Ticket.objects.get().case_kind == "none"


def test_a_tracking_number_and_no_case_contradict_each_other(form):
    assert list(errors(form(no_case="1"))) == ["tracking_number"]


def test_a_department_that_closed_meanwhile_is_named(form, technical):
    technical.is_active = False
    technical.save()
    (sentence,) = errors(form())["department"]
    assert sentence.startswith("بخش پشتیبانی فنی دیگر تیکت نمی‌پذیرد.")


def test_200_kilobytes_of_text_come_back_with_the_count(form):
    (sentence,) = errors(form(body="م" * 200_000))["body"]
    assert sentence.startswith("این متن ۲۰۰٬۰۰۰ نویسه است؛ حداکثر ۲۰٬۰۰۰ نویسه پذیرفته می‌شود.")
    assert len(Draft.objects.get().data["body"]) == 200_000


def test_characters_no_database_stores_are_taken_out(form):
    assert form(body="سلام\x00 \u202eدنیا\u202c", subject="موضوع\x00").status_code == 302
    assert (Message.objects.get().body, Ticket.objects.get().subject) == ("سلام دنیا", "موضوع")


def test_filing_twice_with_the_same_key_gives_one_ticket(at_home, sara, form):
    page = at_home(sara).get("/tickets/new/", follow=True)
    keys = {"submission_key": field(page, "submission_key"), "draft_token": field(page, "draft_token")}
    first, second = form(**keys), form(**keys)
    assert first.url == second.url
    assert Ticket.objects.count() == 1


def test_a_good_file_is_kept_when_another_is_refused_and_filed_with_the_ticket(form):
    files = [SimpleUploadedFile("خطا.png", PNG, "image/png"), SimpleUploadedFile("بد.exe", b"MZ", "application/x-msdownload")]
    response = form(attachments=files)
    page = response.content.decode()
    assert Ticket.objects.count() == 0
    assert "بد.exe" in page
    assert "خطا.png" in page
    keys = {"submission_key": field(response, "submission_key"), "draft_token": field(response, "draft_token")}
    assert form(**keys).status_code == 302
    assert [file.name for file in Message.objects.get().attachments.all()] == ["خطا.png"]


def test_a_kept_file_can_be_taken_out_again(form):
    response = form(subject="", attachments=[SimpleUploadedFile("خطا.png", PNG, "image/png")])
    keys = {"submission_key": field(response, "submission_key"), "draft_token": field(response, "draft_token")}
    kept = str(Draft.objects.get().attachments.get().pk)
    assert form(remove=kept, **keys).status_code == 302
    assert Message.objects.get().attachments.count() == 0


def test_a_double_click_with_a_file_attaches_it_once(form):
    response = form(subject="", attachments=[SimpleUploadedFile("خطا.png", PNG, "image/png")])
    keys = {"submission_key": field(response, "submission_key"), "draft_token": field(response, "draft_token")}
    form(subject="", attachments=[SimpleUploadedFile("خطا.png", PNG, "image/png")], **keys)
    assert Draft.objects.get().attachments.count() == 1


def test_staff_are_led_to_the_desk(at_home, omid):
    assert at_home(omid).get("/tickets/new/").url == "/admin/"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(at_home, sara, method):
    assert getattr(at_home(sara), method)("/tickets/new/").status_code == 405


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_form_costs_at_most_8_queries(at_home, sara, rows, django_assert_max_num_queries):
    client = at_home(sara)
    address = f"/tickets/new/?draft={uuid.uuid4()}"
    client.get(address)
    at = timezone.now()
    Draft.objects.bulk_create([Draft(owner=sara, kind="filing", data={"body": "متن"}, updated_at=at) for _ in range(rows)])
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_beside_a_draft_that_came_back_an_empty_form_is_offered(at_home, sara):
    Draft.objects.create(owner=sara, kind="filing", data={"body": "نیمه‌کاره"}, updated_at=timezone.now())
    client = at_home(sara)
    page = client.get("/tickets/new/", follow=True)
    assert "نیمه‌کاره" in page.content.decode()
    empty = client.get(page.context["empty"])
    assert (empty.status_code, "نیمه‌کاره" in empty.content.decode(), Draft.objects.count()) == (200, False, 1)
