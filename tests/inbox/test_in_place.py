"""In a real browser: the list is swapped in place, the address and the focus stay right, nothing is left in the browser's storage."""

import pytest


@pytest.fixture
def at_the_inbox(page, at_home, sara, settings):
    def opened(address="/inbox/"):
        cookie = at_home(sara).cookies[settings.SESSION_COOKIE_NAME].value
        page.goto("/accounts/login/")
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
        page.goto(address)
        return page

    return opened


def test_a_tab_changes_the_list_in_place_and_back_again(at_the_inbox, many_tickets):
    many_tickets(3)
    page = at_the_inbox()
    page.locator("h1").evaluate("heading => { heading.dataset.same = 'yes' }")
    page.click("#tab-closed")
    page.wait_for_url("**/inbox/?status=closed")
    page.get_by_text("در این فهرست تیکتی نیست.").wait_for()
    kept = page.locator("h1").get_attribute("data-same"), page.evaluate("document.activeElement.id")
    page.go_back()
    page.locator("#tab-all[aria-current=page]").wait_for()
    stored = page.evaluate("[localStorage, sessionStorage].map(place => JSON.stringify({...place})).join(' ')")
    assert (kept, page.locator("tbody tr").count(), "پروانه" in stored) == (("yes", "tab-closed"), 3, False)


def test_the_next_page_takes_the_focus_to_the_list(at_the_inbox, many_tickets):
    many_tickets(25)
    page = at_the_inbox()
    page.get_by_role("link", name="قدیمی‌تر").click()
    page.get_by_role("link", name="جدیدتر").wait_for()
    assert (page.locator("tbody tr").count(), page.evaluate("document.activeElement.tagName")) == (5, "SECTION")


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1600])
def test_no_page_is_wider_than_its_window(at_the_inbox, a_ticket, width):
    word = "ActiveX-" * 20
    ticket = a_ticket(subject=f"Error 0x80070005 هنگام نصب {word}", body=f"{word}\n\n{'م' * 300}")
    page = at_the_inbox()
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for address in ("/inbox/", "/inbox/?filters=1&to=x", f"/inbox/{ticket.pk}/"):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert wide == []
