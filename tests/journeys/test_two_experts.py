"""Omid and Sina at one ticket: each sees the other, hears of what comes in, and no text is lost whoever presses first."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.desk.reading import address
from tests.journeys.steps import press, thread_of
from tickets.models import Draft, Message

BOX = "#id_body"
NEWS = "پیام جدیدی در این تیکت رسیده است."


def at_the_ticket(page_of, person, ticket, **options) -> Page:
    return page_of(person, address(ticket), **options)


def hear(page: Page) -> None:
    """What the page asks every fifteen seconds, at once, as when somebody comes back to it."""
    with page.expect_response("**/meanwhile/**"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def type_and_wait(page: Page, text: str) -> None:
    with page.expect_response("**/drafts/**"):
        page.locator(BOX).press_sequentially(text)
    expect(page.locator("[data-draft-mark]")).to_contain_text("پیش‌نویس ذخیره شد")


def test_each_sees_the_other_write_and_stop(page_of, a_ticket, omid, sina):
    ticket = a_ticket()
    his, hers = at_the_ticket(page_of, omid, ticket), at_the_ticket(page_of, sina, ticket)
    type_and_wait(his, "پلاک را اصلاح")
    hear(hers)
    strip = hers.locator("#answer [role=status] #meanwhile")
    expect(strip).to_have_text("امید رستمی در حال پاسخ است")
    his.get_by_role("button", name="ارسال پاسخ", exact=True).click()
    expect(his.locator(".message__body").last).to_contain_text("پلاک را اصلاح")
    hear(hers)
    expect(strip).to_have_text(f"{NEWS}دیدن پیام جدید")


def test_a_new_message_is_shown_in_place_and_what_is_typed_stays(page_of, a_ticket, omid, sara):
    ticket = a_ticket()
    page = at_the_ticket(page_of, omid, ticket)
    page.locator(BOX).press_sequentially("نیمه‌کاره")
    ticket.reply(by=sara, at=timezone.now(), body="خودش درست شد")
    hear(page)
    expect(page.locator("#meanwhile")).to_contain_text(NEWS)
    page.get_by_role("link", name="دیدن پیام جدید").click()
    expect(page.locator("#newest")).to_contain_text("خودش درست شد")
    expect(page.locator("#meanwhile")).to_have_text("")
    assert (page.locator(BOX).input_value(), page.locator("#seen").input_value()) == ("نیمه‌کاره", str(ticket.messages.latest("pk").pk))
    assert page.evaluate("document.activeElement.id") == "newest"
    page.locator(BOX).press_sequentially("، تمام")
    press(page, "ارسال پاسخ")
    assert thread_of(page)[-1] == "امید رستمی: نیمه‌کاره، تمام"


def test_both_press_send_and_both_texts_are_safe(page_of, a_ticket, omid, sina):
    ticket = a_ticket()
    his, hers = at_the_ticket(page_of, omid, ticket), at_the_ticket(page_of, sina, ticket)
    his.locator(BOX).fill("پاسخ امید")
    hers.locator(BOX).fill("پاسخ سینا")
    press(his, "ارسال پاسخ")
    press(hers, "ارسال پاسخ")
    expect(hers.get_by_role("alert")).to_contain_text("پیش از ارسال شما، تیکت تغییر کرد")
    assert (thread_of(hers)[-1], hers.locator(BOX).input_value()) == ("امید رستمی: پاسخ امید", "پاسخ سینا")
    assert (Message.objects.filter(kind="answer").count(), Draft.objects.get(owner=sina).data["body"]) == (1, "پاسخ سینا")
    press(hers, "با این حال ارسال شود")
    assert thread_of(hers)[-2:] == ["امید رستمی: پاسخ امید", "سینا کاظمی: پاسخ سینا"]


def test_a_text_comes_back_when_the_browser_dies(page_of, a_ticket, omid):
    ticket = a_ticket()
    page = at_the_ticket(page_of, omid, ticket)
    type_and_wait(page, "پیش از آنکه برق برود")
    page.evaluate("navigator.sendBeacon = () => true")  # a crash sends nothing more
    page.close()
    again = at_the_ticket(page_of, omid, ticket)
    assert again.locator(BOX).input_value() == "پیش از آنکه برق برود"


def test_a_page_whose_ticket_is_taken_away_says_so_and_keeps_the_text(page_of, a_ticket, omid, sina, training):
    ticket = a_ticket()
    page = at_the_ticket(page_of, omid, ticket)
    page.locator(BOX).fill("نیمه‌کاره")
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    hear(page)
    expect(page.locator("#answer [role=status]").first).to_contain_text("به بخش آموزش ارجاع داده شده است")
    assert page.locator(BOX).input_value() == "نیمه‌کاره"


def test_without_scripts_the_second_is_still_shown_what_the_first_wrote(page_of, a_ticket, omid, sina):
    ticket = a_ticket()
    his, hers = (at_the_ticket(page_of, person, ticket, java_script_enabled=False) for person in (omid, sina))
    his.locator(BOX).fill("پاسخ امید")
    hers.locator(BOX).fill("پاسخ سینا")
    his.get_by_role("button", name="ارسال پاسخ", exact=True).click()
    hers.get_by_role("button", name="ارسال پاسخ", exact=True).click()
    assert (thread_of(hers)[-1], hers.locator(BOX).input_value()) == ("امید رستمی: پاسخ امید", "پاسخ سینا")
