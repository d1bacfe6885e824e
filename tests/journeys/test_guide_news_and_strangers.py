"""The guide's last chapter, announcements, in a real browser; and what Neda of another office meets at Sara's ticket."""

from announcements.models import Announcement, Receipt
from tests.journeys.steps import PICTURE, file_ticket, press

CONFIRM = "خواندم و آگاه شدم"
NOWHERE = "این صفحه پیدا نشد"


def test_kaveh_publishes_and_sara_reads_and_confirms(page_of, kaveh, sara):
    desk = page_of(kaveh, "/admin/announcements/announcement/add/")
    desk.get_by_label("عنوان").fill("قطع موقت استعلام")
    desk.get_by_label("متن", exact=False).first.fill("از ساعت ۱۴ تا ۱۶ **قطع** است.")
    desk.get_by_label("نیازمند اعلام آگاهی").check()
    press(desk, "انتشار")
    desk.get_by_text("اطلاعیه برای ۱ دفتر منتشر شد.").wait_for()
    page = page_of(sara, "/inbox/")
    link = page.get_by_role("navigation").get_by_role("link", name="اطلاعیه‌ها و پیغام‌ها")
    assert "۱ اطلاعیه خوانده‌نشده" in link.inner_text()
    link.click()
    page.get_by_role("main").get_by_role("link", name="قطع موقت استعلام").click()
    assert page.locator(".prose strong").inner_text() == "قطع"
    press(page, CONFIRM)
    page.get_by_role("button", name=CONFIRM).wait_for(state="detached")
    page.goto("/inbox/")
    assert "خوانده‌نشده" not in link.inner_text()
    receipt = Receipt.objects.get()
    assert (receipt.user, receipt.announcement, receipt.confirmed_version) == (sara, Announcement.objects.get(), 1)


def test_for_neda_nothing_of_saras_ticket_exists(page_of, sara, neda, technical):
    office_a = page_of(sara)
    number = file_ticket(office_a, PICTURE)
    file = office_a.locator(".files a").get_attribute("href")
    page = page_of(neda)
    page.faults.expected.append("status of 404")
    for address in (f"/inbox/{number}/", file, f"{file}thumbnail/"):
        assert page.goto(address).status == 404
        assert page.locator("h1").inner_text() == NOWHERE
    page.goto("/tickets/new/")
    for verb in ("reply", "close", "rate"):
        page.evaluate(
            "action => { const form = document.querySelector('form[data-once]'); form.action = action; form.submit(); }",
            f"/inbox/{number}/{verb}/",
        )
        page.wait_for_url(f"**/inbox/{number}/{verb}/")
        assert page.locator("h1").inner_text() == NOWHERE
        page.goto("/tickets/new/")
    page.goto(f"/inbox/?q={number}")
    assert page.get_by_text("چیزی پیدا نشد").count() == 1
