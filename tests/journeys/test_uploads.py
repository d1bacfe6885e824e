"""Files go up while Sara still writes: chosen, dropped or pasted, cancelled, tried again, made smaller, and sent once."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from autonax_support.files.models import Attachment, Upload
from tests.files.crafting import PDF, phone_photograph, picture
from tests.journeys.steps import BODY, PICTURE, TEXT_FILE, attach, fill_in_ticket, number_on, press
from tickets.models import Draft, Ticket

ROWS = "[data-upload]:not([hidden])"
PAPER = {"name": "شناسنامه - صفحه ۱.pdf", "mimeType": "application/pdf", "buffer": PDF}


def names(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(f"{ROWS} .upload__name").all_inner_texts()]


def wait_until_done(page: Page, count: int) -> None:
    expect(page.locator(f'{ROWS}[data-state="done"]')).to_have_count(count, timeout=20_000)


@pytest.fixture
def form(page_of, sara, technical) -> Page:
    return page_of(sara, "/tickets/new/")


class Gate:
    """Holds the chunks of a page back until it is opened."""

    def __init__(self, page: Page) -> None:
        self.page, self.held, self.is_open = page, [], False
        page.route(re.compile(r"/uploads/.+"), self.pass_by)

    def pass_by(self, route) -> None:
        if route.request.method == "PUT" and not self.is_open:
            self.held.append(route)
        else:
            route.continue_()

    def open(self) -> None:
        self.is_open = True
        for route in self.held:
            with suppress(Error):  # its row was cancelled
                route.continue_()


def test_chosen_files_go_up_while_sara_writes_and_are_sent_once(form):
    sent = []
    form.on("request", lambda request: sent.append(request) if request.method == "POST" and "/tickets/" in request.url else None)
    attach(form, PICTURE, TEXT_FILE, PAPER)
    wait_until_done(form, 3)
    assert names(form) == [PICTURE["name"], TEXT_FILE["name"], PAPER["name"]]
    assert form.locator("#files").evaluate("input => input.files.length") == 0
    assert "بارگذاری شد، " in form.locator("[data-said]").inner_text()
    fill_in_ticket(form)
    press(form, "ثبت تیکت")
    assert form.locator(".file__name").all_inner_texts() == [PICTURE["name"], TEXT_FILE["name"], PAPER["name"]]
    assert len(sent) == 1
    assert b'filename=""' in sent[0].post_data_buffer
    assert (Ticket.objects.get().pk, Draft.objects.count()) == (number_on(form), 0)


DROP = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: "text/plain" }));
  const drop = new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
  document.querySelector("[data-dropzone]").dispatchEvent(drop);
}"""
PASTE = """(bytes) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], "image.png", { type: "image/png" }));
  const paste = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
  document.querySelector("#id_body").dispatchEvent(paste);
}"""


def test_a_dropped_file_and_a_pasted_screenshot_go_up(form):
    form.evaluate(DROP, ["نامه‌ها.txt", "سلام"])
    form.evaluate(PASTE, list(picture()))
    wait_until_done(form, 2)
    dropped, pasted = names(form)
    assert dropped == "نامه‌ها.txt"
    assert re.fullmatch("عکس صفحه [۰-۹]{2}-[۰-۹]{2}.png", pasted)
    assert set(Attachment.objects.values_list("name", flat=True)) == {dropped, pasted}


def test_sending_waits_for_the_files_and_says_so(form):
    gate = Gate(form)
    fill_in_ticket(form)
    attach(form, TEXT_FILE)
    button = form.get_by_role("button", name="ثبت تیکت", exact=True)
    button.click()
    waiting = form.locator("button[aria-busy=true]")
    expect(waiting).to_have_text("پس از بارگذاری فایل‌ها ارسال می‌شود…")
    waiting.click()
    assert Ticket.objects.count() == 0
    with form.expect_event("load"):
        gate.open()
    assert form.locator(".file__name").all_inner_texts() == [TEXT_FILE["name"]]
    assert Ticket.objects.count() == 1


def test_saving_the_draft_waits_for_the_files_and_does_not_speak_of_sending(form):
    gate = Gate(form)
    attach(form, TEXT_FILE)
    form.get_by_role("button", name="ذخیره پیش‌نویس").click()
    expect(form.locator("button[aria-busy=true]")).to_have_text("پس از بارگذاری فایل‌ها ذخیره می‌شود…")
    with form.expect_event("load"):
        gate.open()
    assert names(form) == [TEXT_FILE["name"]]
    assert Ticket.objects.count() == 0


def test_an_empty_file_is_refused_without_an_error_in_the_page(form):
    form.faults.expected.append("status of 422")
    attach(form, {"name": "خالی.pdf", "mimeType": "application/pdf", "buffer": b""})
    expect(form.locator(f'{ROWS}[data-state="refused"]')).to_contain_text("خالی است")


def test_a_file_refused_meanwhile_stops_the_sending_and_is_shown(form):
    gate = Gate(form)
    fill_in_ticket(form)
    attach(form, {"name": "عکس.png", "mimeType": "image/png", "buffer": b"<html>"})
    form.get_by_role("button", name="ثبت تیکت", exact=True).click()
    expect(form.locator("button[aria-busy=true]")).to_have_count(1)
    gate.open()
    refused = form.locator(f'{ROWS}[data-state="refused"]')
    expect(refused).to_be_focused()
    assert "با نوع آن نمی‌خواند" in refused.inner_text()
    assert form.get_by_label("متن پیام").input_value() == BODY
    assert Ticket.objects.count() == 0
    press(form, "ثبت تیکت")  # it was seen: the rest goes
    assert (Ticket.objects.count(), Attachment.objects.count()) == (1, 0)


def test_cancelling_stops_the_upload_and_focus_stays_near(form):
    form.faults.expected.append("net::ERR_")
    gate = Gate(form)
    attach(form, TEXT_FILE, PAPER)
    expect(form.locator(ROWS)).to_have_count(2)
    first, second = (form.get_by_role("button", name=f"لغو بارگذاری {file['name']}") for file in (TEXT_FILE, PAPER))
    first.focus()
    with form.expect_response(lambda response: response.request.method == "DELETE"):
        first.press("Enter")
    expect(second).to_be_focused()
    assert names(form) == [PAPER["name"]]
    assert form.locator("[data-said]").inner_text() == f"{TEXT_FILE['name']}: بارگذاری لغو شد"
    gate.open()
    wait_until_done(form, 1)
    assert (Attachment.objects.get().name, Upload.objects.count()) == (PAPER["name"], 0)


def test_a_failed_upload_is_tried_again(form):
    form.faults.expected.append("status of 500")
    form.route(re.compile(r"/uploads/.+"), lambda route: route.fulfill(status=500, body="<h1>خطا</h1>", content_type="text/html"))
    attach(form, TEXT_FILE)
    failed = form.locator(f'{ROWS}[data-state="failed"]')
    expect(failed).to_contain_text("بارگذاری کامل نشد.")
    form.unroute_all()
    form.get_by_role("button", name="تلاش دوباره").click()
    wait_until_done(form, 1)
    assert (Attachment.objects.count(), Upload.objects.count()) == (1, 0)


def test_removing_a_finished_file_needs_no_sending(form):
    attach(form, TEXT_FILE)
    wait_until_done(form, 1)
    with form.expect_response(lambda response: response.request.method == "DELETE"):
        form.get_by_role("button", name="حذف فایل").click()
    expect(form.locator(ROWS)).to_have_count(0)
    expect(form.locator("#files")).to_be_focused()
    assert (Attachment.objects.count(), Draft.objects.count()) == (0, 0)


def test_the_same_file_chosen_twice_is_one_row(form):
    attach(form, TEXT_FILE)
    attach(form, TEXT_FILE)
    wait_until_done(form, 1)
    assert (names(form), Attachment.objects.count()) == ([TEXT_FILE["name"]], 1)


def test_a_phone_picture_goes_up_small_and_in_full_size_on_request(form):
    photograph = phone_photograph()
    attach(form, {"name": "مدرک.jpeg", "mimeType": "image/jpeg", "buffer": photograph})
    wait_until_done(form, 1)
    row = form.locator(ROWS)
    expect(row).to_contain_text("برای ارسال سریع‌تر کوچک شد")
    small = Attachment.objects.get()
    assert (small.name, small.width, small.height) == ("مدرک.jpg", 1403, 2560)  # upright
    with form.expect_response(lambda response: response.request.method == "PUT"):
        row.get_by_role("button", name="ارسال اندازه اصلی").click()
    wait_until_done(form, 1)
    full = Attachment.objects.get()
    assert (full.width, full.height, Upload.objects.count()) == (1480, 2700, 0)
    assert "کوچک شد" not in row.inner_text()


def test_rows_stay_on_a_rejected_form_and_after_a_reload(form):
    attach(form, TEXT_FILE)
    wait_until_done(form, 1)
    form.get_by_label("متن پیام").fill("متن")
    form.get_by_role("button", name="ثبت تیکت", exact=True).click()
    form.wait_for_selector("[data-errors]:focus")
    assert names(form) == [TEXT_FILE["name"]]
    form.goto("/tickets/new/")
    assert names(form) == [TEXT_FILE["name"]]
    assert form.get_by_label("متن پیام").input_value() == "متن"


def test_an_interrupted_upload_is_shown_after_a_reload_and_chosen_anew(form):
    form.faults.expected.append("net::ERR_")
    gate = Gate(form)
    with form.expect_request(lambda request: request.method == "PUT"):
        attach(form, TEXT_FILE)
    form.goto("/tickets/new/")
    gate.is_open = True
    expect(form.locator(f'{ROWS}[data-state="failed"]')).to_contain_text("بارگذاری کامل نشد.")
    attach(form, TEXT_FILE)
    wait_until_done(form, 1)
    expect(form.locator(ROWS)).to_have_count(1)
    assert (Attachment.objects.count(), Upload.objects.count()) == (1, 0)


def test_where_nothing_can_go_up_first_the_form_carries_the_file(form):
    form.faults.expected.append("status of 404")
    form.route("**/uploads/", lambda route: route.fulfill(status=404, body="<h1>404</h1>", content_type="text/html"))
    fill_in_ticket(form)
    attach(form, TEXT_FILE)
    expect(form.locator(".dropzone__names bdi")).to_have_text(TEXT_FILE["name"])
    press(form, "ثبت تیکت")
    assert form.locator(".file__name").all_inner_texts() == [TEXT_FILE["name"]]


def test_without_scripts_the_tick_removes_and_the_form_carries(page_of, sara, technical):
    page = page_of(sara, "/tickets/new/", java_script_enabled=False)
    page.get_by_label("متن پیام").fill("متن")
    attach(page, TEXT_FILE, PAPER)
    press(page, "ثبت تیکت")
    assert names(page) == [TEXT_FILE["name"], PAPER["name"]]
    expect(page.get_by_role("button", name="لغو بارگذاری")).to_have_count(0)
    page.get_by_label("حذف فایل").first.check()
    fill_in_ticket(page)
    press(page, "ثبت تیکت")
    assert page.locator(".file__name").all_inner_texts() == [PAPER["name"]]


def test_omid_pastes_a_screenshot_into_his_answer(page_of, a_ticket, omid):
    page = page_of(omid, f"/admin/tickets/ticket/{a_ticket().pk}/change/")
    page.evaluate(PASTE, list(picture()))
    wait_until_done(page, 1)
    page.locator("#answer").get_by_label("متن پیام").fill("پاسخ")
    press(page, "ارسال پاسخ")
    assert page.locator(".file__name").count() == 1


def test_sara_replies_with_an_uploaded_file_alone(page_of, an_answered_ticket, sara):
    page = page_of(sara, f"/inbox/{an_answered_ticket.pk}/")
    attach(page, PICTURE)
    wait_until_done(page, 1)
    press(page, "ارسال پاسخ")
    assert page.locator(".file__name").all_inner_texts() == [PICTURE["name"]]
