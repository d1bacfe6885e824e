"""The plain pages of the admin on a tablet and on a telephone."""

import pytest

from announcements.models import Announcement
from autonax_support.accounts.models import User
from tests.cast import PASSWORD

NEWS = "/admin/announcements/announcement/"
LOST = """() => [...document.querySelectorAll('main *')].filter(one => {
    const box = one.getBoundingClientRect()
    return box.width && (box.left < -1 || box.right > innerWidth + 1) && !one.closest('.results')
}).map(one => one.tagName + one.className)"""
TABLE = (
    "() => { const box = document.querySelector('.results'); return [box.scrollWidth <= box.clientWidth, getComputedStyle(box).overflowX] }"
)


@pytest.fixture
def desk(pages, kaveh, sara):
    """A function: Kaveh at a screen of this width, where Sara's office has a long name and one announcement was confirmed."""
    sara.office.title = "دفتر خدمات الکترونیک شهری که نامش در یک سطر گوشی هرگز جا نمی‌شود"
    sara.office.save()
    news = Announcement.objects.create(
        title="قطع موقت استعلام", body="متن", author=kaveh, published_at=sara.date_joined, needs_confirmation=True
    )
    news.confirm(by=sara, at=sara.date_joined)

    def opened(width):
        page = pages(width)
        page.goto("/accounts/login/")
        page.fill("#id_username", "Kaveh")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url("**/admin/")
        return page

    return opened


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_stands_beside_the_page(desk, width):
    page = desk(width)
    places = [
        NEWS,
        f"{NEWS}{Announcement.objects.get().pk}/change/",
        f"/admin/accounts/user/{User.objects.get(username='sara').pk}/change/",
    ]
    lost = {}
    for place in [*places, "/admin/accounts/user/", "/admin/accounts/office/"]:
        page.goto(place)
        lost[place] = page.evaluate(LOST)
    assert lost == dict.fromkeys(lost, [])


@pytest.mark.parametrize("width", [768, 1280])
def test_every_column_of_the_announcements_is_seen_at_once(desk, width):
    page = desk(width)
    page.goto(NEWS)
    assert page.evaluate(TABLE) == [True, "auto"]


def test_the_chosen_rows_are_counted_in_persian(desk):
    page = desk(1280)
    page.goto(NEWS)
    page.check("tbody .action-select")
    assert page.inner_text(".action-counter") == "۱ از ۱ مورد انتخاب شده است"


@pytest.mark.parametrize("width", [360, 390])
def test_a_departments_week_and_members_are_seen_whole(desk, working, omid, width):
    User.objects.filter(pk=omid.pk).update(full_name="سید محمدامین موسوی‌نژاد اصفهانی‌پور طباطبایی")
    page = desk(width)
    page.goto(f"/admin/tickets/department/{working.pk}/change/")
    hidden = "() => [...document.querySelectorAll('.inline-group')].map(box => box.scrollWidth - box.clientWidth)"
    assert page.evaluate(hidden) == [0, 0]
