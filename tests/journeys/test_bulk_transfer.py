"""Bulk work in a browser: Sina, head of technical support, transfers what is not his department's; with scripts, without, and as a job."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from autonax_support.notices.models import Job
from autonax_support.work import worker
from tests.desk.reading import QUEUE
from tests.journeys.eyes import faults_of
from tests.journeys.steps import press, row_of, shown_numbers
from tickets.models import Ticket

BAR = "کار گروهی"


@pytest.fixture
def tickets(a_ticket) -> list[Ticket]:
    return [a_ticket() for _ in range(4)]


def tick(page, *tickets) -> None:
    for ticket in tickets:
        row_of(page, ticket.pk).get_by_role("checkbox").check()


def at(department) -> list[int]:
    return list(Ticket.objects.filter(department=department).order_by("pk").values_list("pk", flat=True))


def work_off() -> None:
    """What the worker would do a moment later."""
    running = worker()
    running.every = {}
    while Job.objects.filter(kind__startswith="bulk", state="queued", run_at__lte=timezone.now()).exists():
        running.step()


def test_sina_transfers_three_and_takes_them_back(page_of, sina, tickets, technical, training):
    page = page_of(sina, QUEUE)
    bar = page.get_by_role("group", name=BAR)
    expect(bar).to_be_hidden()
    tick(page, *tickets[:3])
    expect(bar.get_by_role("status")).to_have_text("۳ تیکت انتخاب شد")
    press(page, "ارجاع به بخش دیگر")
    expect(page.get_by_text("۳ تیکت انتخاب شد.")).to_be_visible()
    page.get_by_label("بخش مقصد").select_option(label="آموزش")
    press(page, "ارجاع")
    assert page.get_by_label("بخش مقصد").input_value() == str(training.pk)  # the reason is missing, and nothing is lost
    page.get_by_label("دلیل").fill("مربوط به آموزش است")
    press(page, "ارجاع")
    expect(page.get_by_text("۳ تیکت به بخش آموزش ارجاع داده شد.")).to_be_visible()
    assert (shown_numbers(page), at(training)) == ([tickets[3].pk], [ticket.pk for ticket in tickets[:3]])
    press(page, "برگرداندن")
    expect(page.get_by_text("۳ تیکت به حالت قبل برگشت.")).to_be_visible()
    assert (len(shown_numbers(page)), at(technical)) == (4, [ticket.pk for ticket in tickets])


def test_mina_finds_them_in_her_queue_and_the_office_reads_why(page_of, sina, mina, sara, tickets, training):
    page = page_of(sina, QUEUE)
    tick(page, *tickets[:2])
    press(page, "ارجاع به بخش دیگر")
    page.get_by_label("بخش مقصد").select_option(label="آموزش")
    page.get_by_label("دلیل").fill("مربوط به آموزش است")
    press(page, "ارجاع")
    assert shown_numbers(page_of(mina, QUEUE)) == [ticket.pk for ticket in tickets[:2]]
    expect(page_of(sara, f"/inbox/{tickets[0].pk}/").get_by_text("مربوط به آموزش است").first).to_be_visible()


def test_without_scripts_the_bar_is_always_there_and_does_the_same(page_of, sina, tickets, training):
    page = page_of(sina, QUEUE, java_script_enabled=False)
    expect(page.get_by_role("group", name=BAR)).to_be_visible()
    press(page, "واگذاری به من")
    expect(page.get_by_text("نخست یک یا چند تیکت را انتخاب کنید.").first).to_be_visible()
    tick(page, *tickets[:2])
    press(page, "ارجاع به بخش دیگر")
    page.get_by_label("بخش مقصد").select_option(label="آموزش")
    page.get_by_label("دلیل").fill("مربوط به آموزش است")
    press(page, "ارجاع")
    expect(page.get_by_text("۲ تیکت به بخش آموزش ارجاع داده شد.")).to_be_visible()
    press(page, "برگرداندن")
    assert at(training) == []


def test_all_of_the_page_is_one_tick(page_of, sina, tickets):
    page = page_of(sina, QUEUE)
    page.get_by_label("انتخاب همه تیکت‌های این صفحه").check()
    expect(page.get_by_role("group", name=BAR).get_by_role("status")).to_have_text("۴ تیکت انتخاب شد")
    row_of(page, tickets[0].pk).get_by_role("checkbox").uncheck()
    press(page, "واگذاری به من")
    expect(page.get_by_text("۳ تیکت به سینا کاظمی واگذار شد.")).to_be_visible()


def test_who_unticks_one_of_the_whole_view_does_not_mean_the_whole_view(page_of, sina, tickets):
    page = page_of(sina, QUEUE)
    tick(page, tickets[0])
    whole = page.get_by_label("همه این نما، تا ۵۰۰ تیکت")
    whole.check()
    assert page.locator("tbody input:checked").count() == 4
    row_of(page, tickets[3].pk).get_by_role("checkbox").uncheck()
    expect(page.get_by_role("group", name=BAR).get_by_role("status")).to_have_text("۳ تیکت انتخاب شد")
    press(page, "واگذاری به من")
    assert list(Ticket.objects.filter(assignee=None)) == [tickets[3]]


def test_the_enter_key_in_a_box_does_nothing(page_of, sina, tickets):
    page = page_of(sina, QUEUE)
    tick(page, tickets[0])
    row_of(page, tickets[0].pk).get_by_role("checkbox").press("Enter")
    page.wait_for_timeout(300)
    assert Ticket.objects.filter(assignee=sina).count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_whole_view_of_many_is_a_job_with_a_page_of_its_own(page_of, a_ticket, sina, scripts):
    for _ in range(52):
        a_ticket()
    page = page_of(sina, QUEUE, java_script_enabled=scripts)
    if scripts:
        tick(page, Ticket.objects.order_by("pk").first())
    page.get_by_label("همه این نما، تا ۵۰۰ تیکت").check()
    press(page, "واگذاری به من")
    press(page, "واگذاری")
    expect(page.get_by_text("۰ تیکت از ۵۲ تیکت انجام شد.")).to_be_visible()
    work_off()
    if not scripts:
        page.get_by_role("link", name="تازه کردن صفحه").click()
    expect(page.get_by_text("۵۲ تیکت به سینا کاظمی واگذار شد.")).to_be_visible()
    press(page, "برگرداندن")
    work_off()
    if not scripts:
        page.get_by_role("link", name="تازه کردن صفحه").click()
    expect(page.get_by_text("۵۲ تیکت به حالت قبل برگشت.")).to_be_visible()
    assert Ticket.objects.exclude(assignee=None).count() == 0


def test_its_pages_are_open_to_everybody(page_of, sina, omid, tickets, training, a_ticket):
    page = page_of(sina, QUEUE, bypass_csp=True)
    faults = {}
    tickets[3].close(by=omid, at=timezone.now(), reason="solved")
    page.goto(f"{QUEUE}?view=all")
    tick(page, *tickets)
    faults["ticked"] = faults_of(page)
    press(page, "ارجاع به بخش دیگر")
    press(page, "ارجاع")
    faults["asked, with errors"] = faults_of(page)
    page.get_by_label("بخش مقصد").select_option(label="آموزش")
    page.get_by_label("دلیل").fill("مربوط به آموزش است")
    press(page, "ارجاع")
    faults["told"] = faults_of(page)
    press(page, "برگرداندن")
    for _ in range(52):
        a_ticket()
    page.goto(f"{QUEUE}?view=next")
    page.get_by_label("انتخاب همه تیکت‌های این صفحه").check()
    page.get_by_label("همه این نما، تا ۵۰۰ تیکت").check()
    press(page, "برداشتن کارشناس مسئول")
    press(page, "برداشتن کارشناس مسئول")
    faults["under way"] = faults_of(page)
    assert faults == dict.fromkeys(faults, [])
