"""The filing form with the case of a launch in hand, and further samples of the same fault."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.launched import launched
from tests.tickets.test_new import errors, field
from tickets.models import CaseReference, Draft, Ticket

A, B = "99010294000040", "99010294000099"
FILING_COSTS = 34  # with five references, however many drafts and tickets there are
NEW = "/tickets/new/"
LOCKED = re.compile(r'<span class="locked">.*?name="(\w+)"', re.DOTALL)


@pytest.fixture
def client(at_home, sara):
    return at_home(sara)


@pytest.fixture
def at_form(client):
    """Sara's form of case A: its page, and a function that posts it but for `changes`."""

    def arrive(**case):
        launched(client, **({"tracking_number": A, "national_id": "8520342272", "subject": "تمدید پروانه"} | case))
        return client.get(NEW, follow=True)

    return arrive


def posted(client, page, department, **changes):
    names = ("submission_key", "draft_token", "draft_version", "draft_page", "case_for", "case_kind")
    html = page.content.decode()
    kept = {name: found[1] for name in names if (found := re.search(rf'name="{name}" value="([^"]*)"', html))}
    typed = {"subject": "خطا", "department": department.pk, "tracking_number": A, "national_id": "8520342272", "body": "متن پیام"}
    return client.post(NEW, kept | typed | changes)


def rows(ticket) -> list[tuple]:
    return list(ticket.references.order_by("role", "position").values_list("role", "position", "tracking_number", "national_id"))


def test_the_form_stands_filled_and_locked_and_the_header_says_the_case(at_form):
    html = at_form().content.decode()
    assert LOCKED.findall(html) == ["tracking_number", "national_id"]
    assert ('value="تمدید پروانه"' in html, f'value="{to_persian_digits(A)}"' in html, 'name="no_case"' in html) == (True, True, False)
    assert 'شماره پیگیری <bdi class="num">۹۹۰۱۰۲۹۴۰۰۰۰۴۰</bdi>' in html
    assert "از پرونده جاری در اتوناکس پر شده است." in html


def test_the_header_of_every_page_of_a_clerk_shows_it_and_the_desk_does_not(client, at_home, at_form, omid):
    at_form()
    assert all("۹۹۰۱۰۲۹۴۰۰۰۰۴۰" in client.get(path).content.decode() for path in ("/inbox/", "/drafts/", "/help/", reverse("accounts:me")))
    staff = at_home(omid)
    launched(staff, tracking_number=A)
    assert "پرونده جاری در اتوناکس" not in staff.get("/help/").content.decode()


def test_a_case_without_a_national_id_leaves_that_field_open(at_form):
    assert LOCKED.findall(at_form(national_id="").content.decode()) == ["tracking_number"]


@pytest.mark.parametrize(
    ("kind", "names"), [("assistant", ["owner"]), ("trade", ["buyer", "seller"]), ("other", []), ("none", []), ("<b>", [])]
)
def test_each_kind_asks_for_its_own_persons_and_then_needs_no_tip(at_form, kind, names):
    html = at_form(kind=kind).content.decode()
    assert [name for name in ("owner", "buyer", "seller") if f'name="{name}_national_id"' in html] == names
    assert ("کد ملی مالک خودرو را در متن پیام" in html) == (not names)


def test_persons_of_a_trade_are_stored(client, at_form, technical):
    page = at_form(kind="trade")
    posted(client, page, technical, buyer_national_id="۸۵۲۰۳۴۲۲۷۲", seller_national_id="")
    ticket = Ticket.objects.get()
    assert (ticket.case_kind, rows(ticket)) == ("trade", [("buyer", 1, "", "8520342272")])


IN_WORDS = "متن پیام\nکد ملی خریدار: ۸۵۲۰۳۴۲۲۷۲\nکد ملی فروشنده: ۱۲"


def test_persons_of_a_kind_that_the_case_has_no_more_are_lines_of_the_text(client, at_form, technical):
    page = at_form(kind="trade")
    at_form(kind="assistant")
    held = posted(client, page, technical, buyer_national_id="۸۵۲۰۳۴۲۲۷۲", seller_national_id="12")
    assert ("نوع این پرونده در اتوناکس تغییر کرده است." in held.content.decode(), Ticket.objects.count()) == (True, 0)
    assert held.context["form"]["body"].value() == IN_WORDS
    assert posted(client, held, technical, body=IN_WORDS, owner_national_id="0084575948").status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.case_kind, rows(ticket)) == ("assistant", [("owner", 1, "", "0084575948")])
    assert ticket.messages.get().body == IN_WORDS


def test_and_so_they_are_when_their_draft_comes_back(client, at_form, technical):
    typed = {"buyer_national_id": "8520342272", "seller_national_id": "12", "save_draft": "1"}
    posted(client, at_form(kind="trade"), technical, **typed)
    form = at_form(kind="other").context["form"]
    assert (form["body"].value(), form.asked, form.has_strays) == (IN_WORDS, [], True)
    form = at_form(kind="trade").context["form"]
    assert (form["body"].value(), [field.value() for field in form.asked], form.has_strays) == ("متن پیام", ["8520342272", "12"], False)


def test_persons_stay_with_a_matter_of_no_case(client, at_form, technical):
    page = posted(client, at_form(kind="trade"), technical, change_case="tracking_number")
    posted(client, page, technical, tracking_number="", no_case="1", buyer_national_id="8520342272")
    assert rows(Ticket.objects.get()) == [("buyer", 1, "", "8520342272")]


@pytest.mark.parametrize("name", ["tracking_number", "national_id"])
def test_after_the_change_button_she_stands_in_the_field_and_reads_what_it_means(client, at_form, technical, name):
    page = at_form()
    html = page.content.decode()
    assert (html.count("<small>اختیاری</small>"), f'name="change_case" value="{name}"' in html) == (4, True)  # of the samples and the files
    html = posted(client, page, technical, change_case=name).content.decode()
    assert re.findall(r'name="(\w+)"[^>]* autofocus', html) == [name]
    assert html.count("از این پس این قسمت را خودتان پر می‌کنید.") == 1


def test_what_is_locked_comes_from_the_session(client, at_form, technical):
    page = at_form(kind="assistant")
    assert posted(client, page, technical, tracking_number=B, national_id="", case_kind="trade", no_case="1").status_code == 302
    ticket = Ticket.objects.get()
    assert (ticket.tracking_number, ticket.national_id, ticket.case_kind) == (A, "8520342272", "assistant")


def test_after_the_change_button_the_own_values_count_and_nothing_is_lost(client, at_form, technical):
    page = posted(client, at_form(), technical, change_case="1", body="نیمه‌کاره")
    html = page.content.decode()
    assert (LOCKED.findall(html), "نیمه‌کاره" in html, f'value="{A}"' in html, 'name="case_for" value' in html) == ([], True, True, False)
    again = client.get(NEW, {"draft": field(page, "submission_key")})
    assert LOCKED.findall(again.content.decode()) == []
    posted(client, page, technical, tracking_number=B)
    assert Ticket.objects.get().tracking_number == B


def test_another_case_opened_meanwhile_is_not_filed_for_unasked(client, at_form, technical):
    page = at_form()
    launched(client, tracking_number=B)
    held = posted(client, page, technical)
    html = held.content.decode()
    assert (held.status_code, Ticket.objects.count(), LOCKED.findall(html)) == (200, 0, [])
    assert 'این تیکت برای پرونده <bdi class="num">۹۹۰۱۰۲۹۴۰۰۰۰۴۰</bdi> نوشته شده است.' in html
    assert 'پرونده جاری در اتوناکس اکنون <bdi class="num">۹۹۰۱۰۲۹۴۰۰۰۰۹۹</bdi> است.' in html
    assert posted(client, held, technical).status_code == 302
    assert Ticket.objects.get().tracking_number == A


def test_a_case_that_is_gone_with_its_session_is_asked_about_too(client, at_form, technical):
    page = at_form()
    session = client.session
    session.pop("case")
    session.save()
    assert (posted(client, page, technical).status_code, Ticket.objects.count()) == (200, 0)


def test_a_draft_of_another_case_waits_and_the_form_is_that_of_the_launched_one(client, sara, at_form):
    draft = Draft.objects.create(owner=sara, kind="filing", data={"body": "کهنه", "tracking_number": B}, updated_at=timezone.now())
    page = at_form()
    assert ("کهنه" in page.content.decode(), field(page, "case_for")) == (False, A)
    older = client.get(draft.get_absolute_url()).content.decode()
    assert ("کهنه" in older, "نوشته شده است." in older, LOCKED.findall(older)) == (True, True, [])
    assert "ثبت تیکت برای پرونده جاری" in older


def test_a_draft_of_this_case_comes_back_locked(client, sara, at_form):
    Draft.objects.create(owner=sara, kind="filing", data={"body": "همین", "tracking_number": A, "case_for": A}, updated_at=timezone.now())
    html = at_form().content.decode()
    assert ("همین" in html, LOCKED.findall(html)) == (True, ["tracking_number", "national_id"])


@pytest.mark.parametrize("number", [A, "۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "٩٩٠١٠٢٩٤٠٠٠٠٤٠"])
def test_it_comes_back_however_its_digits_stand_and_whatever_was_written_since(client, sara, at_form, number):
    at = timezone.now()
    older, this, newest = {"body": "کهنه", "tracking_number": A}, {"body": "همین", "tracking_number": number}, {"body": "پلاک"}
    for minutes, data in ((9, older), (5, this), (0, newest)):
        Draft.objects.create(owner=sara, kind="filing", data=data, updated_at=at - timedelta(minutes=minutes))
    assert at_form().context["form"]["body"].value() == "همین"


def test_what_was_typed_for_a_case_is_there_when_the_case_is_launched_again(client, at_form, technical):
    page = at_form()
    as_shown = {"tracking_number": to_persian_digits(A), "national_id": to_persian_digits("8520342272")}
    posted(client, page, technical, **as_shown, body="نیمه‌کاره", save_draft="1")
    html = at_form().content.decode()
    assert ("نیمه‌کاره" in html, LOCKED.findall(html)) == (True, ["tracking_number", "national_id"])


@pytest.mark.parametrize("kind", ["none", "x", "\x00", "trade' --"])
def test_a_forged_kind_is_refused_without_a_launch(client, technical, kind):
    response = posted(client, client.get(NEW, follow=True), technical, case_kind=kind)
    assert list(errors(response)) == ["case_kind"]


def test_a_clerk_without_a_launch_files_an_ordinary_case(client, technical):
    posted(client, client.get(NEW, follow=True), technical)
    assert (Ticket.objects.get().case_kind, CaseReference.objects.count()) == ("other", 0)


def test_samples_are_stored_in_their_order_once(client, technical):
    page = client.get(NEW, follow=True)
    more = {"sample_tracking_1": "", "sample_tracking_2": "۹۹۰۱۰۲۹۴۰۰۰۰۴۱", "sample_national_id_2": "8520342272", "sample_tracking_3": B}
    first, second = (posted(client, page, technical, **more) for _ in range(2))
    assert (first.url, Draft.objects.count()) == (second.url, 0)
    assert rows(Ticket.objects.get()) == [("sample", 1, "99010294000041", "8520342272"), ("sample", 2, B, "")]


@pytest.mark.parametrize(
    ("typed", "name", "sentence"),
    [
        ({"sample_national_id_1": "8520342272"}, "sample_tracking_1", "شماره پیگیری این نمونه را وارد کنید یا آن را حذف کنید."),
        ({"sample_tracking_2": A}, "sample_tracking_2", "این نمونه همان پرونده بالاست. پرونده دیگری را وارد کنید."),
        ({"sample_tracking_1": B, "sample_tracking_3": B}, "sample_tracking_3", "این نمونه همان پرونده بالاست. پرونده دیگری را وارد کنید."),
        ({"sample_tracking_1": "12-3"}, "sample_tracking_1", "شماره پیگیری فقط رقم دارد. حرف، فاصله و خط تیره را بردارید."),
        ({"sample_tracking_1": "123"}, "sample_tracking_1", "شماره پیگیری ۱۰ تا ۱۶ رقم است؛ اکنون ۳ رقم وارد شده است."),
        (
            {"sample_tracking_1": B, "sample_national_id_1": "1111111111"},
            "sample_national_id_1",
            "شماره ملی از ده رقم یکسان ساخته نمی‌شود. شماره روی کارت ملی را بنویسید یا این قسمت را خالی بگذارید.",
        ),
    ],
)
def test_a_wrong_sample_is_said_at_its_field_and_kept(client, technical, typed, name, sentence):
    response = posted(client, client.get(NEW, follow=True), technical, **typed)
    assert errors(response) == {name: [sentence]}
    html = response.content.decode()
    assert (re.search(r"<details class=\"samples[^>]* open>", html) is not None, Ticket.objects.count()) == (True, 0)
    assert Draft.objects.get().data.items() >= typed.items()


def test_a_repeated_post_with_another_sample_is_kept_as_a_draft(client, technical):
    page = client.get(NEW, follow=True)
    posted(client, page, technical, sample_tracking_1=B)
    posted(client, page, technical, sample_tracking_1="99010294000077")
    assert (Ticket.objects.count(), Draft.objects.get().data["sample_tracking_1"]) == (1, "99010294000077")


@pytest.mark.parametrize("drafts", [10, 1000])
def test_the_form_of_a_launched_case_costs_at_most_8_queries(client, sara, a_ticket, drafts, django_assert_max_num_queries):
    a_ticket()
    launched(client, tracking_number=A)
    address = f"{NEW}?draft={uuid.uuid4()}"
    client.get(address)
    at = timezone.now()
    Draft.objects.bulk_create([Draft(owner=sara, kind="filing", data={"body": "متن"}, updated_at=at) for _ in range(drafts)])
    with django_assert_max_num_queries(8):
        assert "برای این پرونده تیکت باز" in client.get(address).content.decode()


@pytest.mark.parametrize("others", [1, 40])
def test_filing_a_launched_case_costs_at_most_so_many_queries(
    client, sara, at_form, technical, omid, a_ticket, others, django_assert_max_num_queries
):
    samples = {"sample_tracking_1": B, "sample_tracking_2": "99010294000041", "sample_tracking_3": "99010294000042"}
    persons = {"buyer_national_id": "8520342272", "seller_national_id": "0084575948"}
    posted(client, at_form(kind="trade"), technical, **persons)  # what is prepared is prepared
    at = timezone.now()
    Draft.objects.bulk_create([Draft(owner=sara, kind="filing", data={"body": "متن"}, updated_at=at) for _ in range(others)])
    for _ in range(others):
        a_ticket().close(by=omid, at=at, reason="solved")
    page = at_form(kind="trade")
    with django_assert_max_num_queries(FILING_COSTS):
        assert posted(client, page, technical, file_anyway="on", **persons, **samples).status_code == 302
    assert len(rows(Ticket.objects.order_by("-number").first())) == 5
