"""An open ticket of the same case is shown before another is filed; what was typed may go along to it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.journeys.forms import Reader
from tests.launched import launched
from tests.racing import at_once, browser_of, rounds
from tests.tickets.test_case_fields import NEW, A, B, client, posted
from tests.tickets.test_new import PNG, errors
from tickets.models import Draft, Message, Ticket
from tickets.verbs.filing import Case, Reference

__all__ = ["client"]
SAMPLE = Case(B, references=(Reference("sample", 1, A, "0084575948"),))


@pytest.fixture
def at_form(client):
    return client.get(NEW, follow=True)


def test_the_open_ticket_is_shown_first_and_nothing_is_lost(client, at_form, technical, a_ticket):
    there = a_ticket()
    response = posted(client, at_form, technical)
    html = response.content.decode()
    assert list(errors(response)) == ["file_anyway"]
    assert (f'name="add_to" value="{there.pk}"' in html, there.subject in html, "متن پیام" in html) == (True, True, True)
    assert (Ticket.objects.count(), Draft.objects.get().data["body"]) == (1, "متن پیام")


def test_the_enter_key_in_a_field_leaves_the_text_in_its_form(client, at_form, technical, a_ticket):
    """It presses the first button, which is not the one that takes the text along to the other ticket."""
    a_ticket()
    html = posted(client, at_form, technical).content.decode()
    form = next(form for form in Reader(html).forms if "add_to" in [name for _, name, _ in form.buttons])
    assert form.buttons[0][1] == "save_draft"


def test_a_separate_ticket_is_filed_once_that_is_said(client, at_form, technical, a_ticket):
    a_ticket()
    posted(client, at_form, technical)
    assert posted(client, at_form, technical, file_anyway="on").status_code == 302
    assert Ticket.objects.count() == 2


def test_a_ticket_that_names_the_case_as_a_sample_is_shown_too(client, at_form, technical, a_ticket):
    a_ticket(case=SAMPLE)
    assert list(errors(posted(client, at_form, technical))) == ["file_anyway"]


@pytest.mark.parametrize("whose", ["closed", "another office", "another case", "none"])
def test_no_other_ticket_holds_it_back(client, at_form, technical, a_ticket, omid, neda, whose):
    if whose == "closed":
        a_ticket().close(by=omid, at=timezone.now(), reason="solved")
    elif whose == "another office":
        a_ticket(by=neda)
    elif whose == "another case":
        a_ticket(case=Case(B))
    assert posted(client, at_form, technical).status_code == 302


def test_the_same_post_again_comes_to_its_own_ticket(client, at_form, technical):
    assert posted(client, at_form, technical).url == posted(client, at_form, technical).url
    assert Ticket.objects.count() == 1


def test_text_samples_and_files_go_along_to_the_reply_box_and_nothing_is_sent(client, at_form, technical, a_ticket, sara):
    there = a_ticket()
    picture = SimpleUploadedFile("خطا.png", PNG, "image/png")
    response = posted(client, at_form, technical, add_to=there.pk, attachments=picture, sample_tracking_1=B)
    draft = Draft.objects.get()
    assert (draft.kind, draft.ticket, draft.owner, draft.attachments.get().name) == ("reply", there, sara, "خطا.png")
    assert draft.data["body"] == "خطا\n\nمتن پیام\n\nنمونه پرونده: ۹۹۰۱۰۲۹۴۰۰۰۰۹۹"
    assert response.url == draft.get_absolute_url()
    assert "متن پیام" in client.get(response.url.split("#")[0]).content.decode()
    assert (Message.objects.count(), Ticket.objects.count()) == (1, 1)


def test_every_typed_word_goes_along_though_there_is_no_text(client, at_form, technical, a_ticket):
    there = a_ticket()
    typed = {"tracking_number": B, "national_id": "۰۰۸۴۵۷۵۹۴۸", "buyer_national_id": "8520342272", "seller_national_id": "12"}
    posted(client, at_form, technical, add_to=there.pk, subject="پلاک", body="", case_kind="trade", **typed)
    lines = ("شماره پیگیری: ۹۹۰۱۰۲۹۴۰۰۰۰۹۹", "شماره ملی: ۰۰۸۴۵۷۵۹۴۸", "کد ملی فروشنده: ۱۲")  # the buyer's the ticket says itself
    assert Draft.objects.get().data["body"] == "پلاک\n\n" + "\n".join(lines)


def test_what_the_launch_filled_in_nobody_typed(client, technical, a_ticket):
    launched(client, tracking_number=A, national_id="0084575948", subject="تمدید پروانه")
    there = a_ticket()
    page, filled = client.get(NEW, follow=True), {"tracking_number": to_persian_digits(A), "national_id": "۰۰۸۴۵۷۵۹۴۸"}
    posted(client, page, technical, add_to=there.pk, subject="تمدید پروانه", body="", **filled)
    assert Draft.objects.count() == 0
    posted(client, page, technical, add_to=there.pk, subject="تمدید پروانه تاکسی", body="", **filled)
    assert Draft.objects.get().data["body"] == "تمدید پروانه تاکسی"


def test_an_empty_form_leads_to_the_ticket_and_leaves_nothing(client, at_form, technical, a_ticket):
    there = a_ticket()
    response = posted(client, at_form, technical, add_to=there.pk, subject=there.subject, body="")
    assert (response.url, Draft.objects.count()) == (f"/inbox/{there.pk}/#reply", 0)


@pytest.mark.parametrize("number", ["{}", "x", "9" * 40, "-1", "۱۲", "", "\x00"])
def test_a_forged_number_is_no_ticket_and_the_text_stays(client, at_form, technical, a_ticket, neda, number):
    foreign = a_ticket(by=neda)
    assert posted(client, at_form, technical, add_to=number.format(foreign.pk)).status_code == 404
    assert Draft.objects.get().data["body"] == "متن پیام"


def test_it_is_said_before_a_word_is_written_when_the_case_was_launched(client, a_ticket, neda):
    launched(client, tracking_number=A)
    a_ticket(by=neda)
    assert "تیکت باز" not in client.get(NEW, follow=True).content.decode()
    there = a_ticket()
    html = client.get(NEW, follow=True).content.decode()
    assert ("برای این پرونده تیکت باز" in html, f'href="/inbox/{there.pk}/"' in html) == (True, True)


@pytest.mark.parametrize("number", [A, "0084575948"])
def test_references_are_found_by_office_and_desk(client, at_home, a_ticket, omid, neda, number):
    ours, theirs = a_ticket(case=SAMPLE), a_ticket(by=neda, case=SAMPLE)
    assert [row.pk for row in client.get("/inbox/", {"q": number}).context["page"].rows] == [ours.pk]
    found = at_home(omid).get("/admin/tickets/ticket/", {"q": number, "view": "all"}).context["cl"].result_list
    assert {row.pk for row in found} == {ours.pk, theirs.pk}


def test_thread_and_desk_show_the_references_and_the_desk_masks_the_persons(client, at_home, a_ticket, omid):
    ticket = a_ticket(case=Case(B, kind="trade", references=(*SAMPLE.references, Reference("buyer", 1, "", "8520342272"))))
    other = a_ticket()
    thread = client.get(f"/inbox/{ticket.pk}/").content.decode()
    assert [words in thread for words in ("نمونه‌های پرونده", "۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "کد ملی خریدار", "۸۵۲۰۳۴۲۲۷۲")] == [True] * 4
    desk, address = at_home(omid), f"/admin/tickets/ticket/{ticket.pk}/"
    page = desk.get(f"{address}change/").content.decode()
    assert [words in page for words in ("نمونه‌های پرونده", "۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "۸۵۲۰۳۴۲۲۷۲", "نمایش شماره ملی")] == [True, True, False, True]
    assert f"{address}change/" in desk.get(f"/admin/tickets/ticket/{other.pk}/change/").content.decode()
    desk.post(f"{address}reveal/")
    page = desk.get(f"{address}change/").content.decode()
    assert ("۸۵۲۰۳۴۲۲۷۲" in page, "۰۰۸۴۵۷۵۹۴۸" in page) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_two_clerks_who_file_one_case_at_once_both_do_and_nothing_is_lost(sara, reza, technical):
    for turn in range(1, rounds(4, 40) + 1):
        number = f"99010294{turn:06}"
        clients = [browser_of(person) for person in (sara, reza)]
        for browser in clients:
            launched(browser, tracking_number=number)
        pages = [browser.get(NEW, follow=True) for browser in clients]
        bodies = [f"متن {turn} از {person.username}" for person in (sara, reza)]

        def file(place, clients=clients, pages=pages, bodies=bodies):
            return posted(clients[place], pages[place], technical, body=bodies[place])

        for place, answer in enumerate(at_once(file, range(2))):
            if answer.status_code == 200:  # the other one was quicker by that much
                assert list(errors(answer)) == ["file_anyway"]
                assert Draft.objects.get().data["body"] == bodies[place]
                assert posted(clients[place], answer, technical, body=bodies[place], file_anyway="on").status_code == 302
        filed = Message.objects.filter(ticket__tracking_number=number).values_list("body", "author__username")
        assert sorted(filed) == sorted(zip(bodies, ("sara", "reza"), strict=True))
    assert Draft.objects.count() == 0
