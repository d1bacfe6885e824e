import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.persian.calendar import numeric_with_time
from tests.announcements.conftest import DAY, NOW

QUEUE = "/admin/announcements/announcement/"
ADD = f"{QUEUE}add/"


def typed(**changes):
    """What Kaveh fills in; a box that is not ticked is not sent."""
    fields = {"title": "قطع استعلام", "body": "از ساعت ۱۴", "kind": "broadcast", "level": "urgent", "published_at": "", "expires_at": ""}
    return {**fields, **changes}


def change(announcement):
    return f"{QUEUE}{announcement.pk}/change/"


def text_of(response):
    return response.content.decode()


def test_kaveh_writes_a_draft_and_is_its_author(manager, kaveh):
    manager.post(ADD, typed(pinned="on"))
    draft = Announcement.objects.get()
    assert (draft.title, draft.author, draft.published_at, draft.pinned, draft.version) == ("قطع استعلام", kaveh, None, True, 1)


def test_kaveh_publishes_on_saving(manager, sara, office_b):
    page = manager.post(ADD, typed(_publish="انتشار"), follow=True)
    assert Announcement.objects.visible_to(sara, timezone.now()).get().title == "قطع استعلام"
    assert "اطلاعیه برای ۲ دفتر منتشر شد." in text_of(page)


def test_kaveh_publishes_at_a_jalali_moment(manager):
    manager.post(ADD, typed(published_at="۱۴۸۰/۰۱/۰۱ ساعت ۸:۳۰"))
    announcement = Announcement.objects.get()
    assert numeric_with_time(announcement.published_at) == "۱۴۸۰/۰۱/۰۱ ساعت ۸:۳۰"
    assert announcement.state(timezone.now()) == "scheduled"


def test_kaveh_takes_a_scheduled_one_back(manager, an_announcement):
    announcement = an_announcement(published_at=timezone.now() + DAY)
    manager.post(change(announcement), typed())
    announcement.refresh_from_db()
    assert announcement.published_at is None


def test_what_is_out_keeps_its_time(manager, an_announcement):
    announcement = an_announcement(published_at=NOW - 90 * DAY)
    manager.post(change(announcement), typed(title="عنوان تازه", published_at="۱۴۸۰/۰۱/۰۱ ساعت ۸:۳۰", _publish="انتشار"))
    announcement.refresh_from_db()
    assert (announcement.title, announcement.published_at) == ("عنوان تازه", NOW - 90 * DAY)


def test_an_end_before_the_beginning_is_said_at_the_field(manager):
    page = manager.post(ADD, typed(published_at="۱۴۰۵/۰۹/۰۲ ساعت ۱۰:۰۰", expires_at="۱۴۰۵/۰۹/۰۲ ساعت ۹:۰۰"))
    errors = page.context["adminform"].form.errors
    assert errors == {"expires_at": ["زمان پایان پیش از زمان انتشار است. یکی از دو زمان را تغییر دهید."]}


@pytest.mark.parametrize("moment", ["2026-11-23 10:00", "۱۴۰۵/۱۲/۳۰ ساعت ۱۰:۰۰", "x", "\x00"])
def test_a_wrong_moment_keeps_what_was_typed(manager, moment):
    page = manager.post(ADD, typed(published_at=moment))
    assert list(page.context["adminform"].form.errors) == ["published_at"]
    assert "از ساعت ۱۴" in text_of(page)
    assert Announcement.objects.count() == 0


@pytest.mark.parametrize(("field", "most"), [("title", 200), ("body", 50_000)])
def test_a_text_too_long_is_refused_and_kept(manager, field, most):
    page = manager.post(ADD, typed(**{field: "م" * (most + 1)}))
    assert list(page.context["adminform"].form.errors) == [field]
    assert "م" * (most + 1) in text_of(page)


def test_the_stored_text_is_clean(manager):
    manager.post(ADD, typed(title="كد\x00 ملي\n", body="متن\u202e\r\nدوم"))
    assert Announcement.objects.values_list("title", "body").get() == ("کد ملی", "متن\nدوم")


def test_a_change_after_confirmations_asks_what_it_is(manager, sara, an_announcement):
    announcement = an_announcement(needs_confirmation=True)
    announcement.confirm(by=sara, at=timezone.now())
    page = manager.post(change(announcement), typed(needs_confirmation="on"))
    assert "۱ نفر پیش‌تر اعلام آگاهی کرده‌اند. این تغییر چیست؟" in text_of(page)
    assert list(page.context["adminform"].form.errors) == ["edit"]


@pytest.mark.parametrize(("edit", "version"), [("fix", 1), ("new", 2)])
def test_a_spelling_fix_keeps_confirmations_and_a_new_version_does_not(manager, sara, an_announcement, edit, version):
    announcement = an_announcement(needs_confirmation=True)
    announcement.confirm(by=sara, at=timezone.now())
    manager.post(change(announcement), typed(needs_confirmation="on", edit=edit))
    announcement.refresh_from_db()
    assert (announcement.title, announcement.version) == ("قطع استعلام", version)


def test_without_confirmations_nothing_is_asked(manager, an_announcement):
    announcement = an_announcement()
    assert "edit" not in manager.get(change(announcement)).context["adminform"].form.fields
    manager.post(change(announcement), typed(title="دیگر"))
    assert Announcement.objects.get().title == "دیگر"


def test_pinning_asks_nothing(manager, sara, an_announcement):
    announcement = an_announcement(needs_confirmation=True)
    announcement.confirm(by=sara, at=timezone.now())
    manager.post(change(announcement), typed(title=announcement.title, body=announcement.body, needs_confirmation="on", pinned="on"))
    assert Announcement.objects.values_list("pinned", "version").get() == (True, 1)


def test_the_preview_shows_what_the_offices_will_see(manager, an_announcement):
    page = text_of(manager.get(change(an_announcement(body="## تیتر\n\n**مهم** <script>alert(1)</script>"))))
    assert ['<h2 dir="auto">تیتر</h2>' in page, "<strong>مهم</strong>" in page, "<script>alert" in page] == [True, True, False]


def test_the_page_tells_who_has_read_it(manager, sara, reza, neda, an_announcement):
    announcement = an_announcement(needs_confirmation=True)
    announcement.read(by=sara, at=timezone.now())
    announcement.confirm(by=neda, at=timezone.now())
    page = text_of(manager.get(change(announcement)))
    told = ["۲ نفر خوانده‌اند", "۱ نفر اعلام آگاهی کرده‌اند", "۱ نفر هنوز نخوانده‌اند"]
    assert [words in page for words in told] == [True, True, True]


def test_the_list_speaks_jalali(manager, an_announcement):
    announcement = an_announcement()
    page = text_of(manager.get(QUEUE))
    assert [numeric_with_time(announcement.published_at) in page, str(timezone.now().year) in page] == [True, False]


def test_the_list_says_where_each_one_stands(manager, sara, an_announcement):
    an_announcement(needs_confirmation=True, pinned=True).confirm(by=sara, at=timezone.now())
    row = manager.get(QUEUE).context["results"][0]
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in row]
    assert [cells[2], *cells[5:]] == ["منتشر شده", "سنجاق‌شده", "۱", "۱"]


def test_enter_saves_and_never_publishes(manager):
    buttons = re.findall(r'type="submit" value="[^"]*"[^>]*name="(\w+)"', text_of(manager.get(ADD)))
    assert [buttons[0], buttons[-1]] == ["_save", "_publish"]


@pytest.mark.parametrize("state", ["draft", "scheduled", "live", "expired"])
def test_the_list_is_narrowed_by_state(manager, an_announcement, state):
    now = timezone.now()
    an_announcement("draft", published_at=None)
    an_announcement("scheduled", published_at=now + DAY)
    an_announcement("live", published_at=now - DAY)
    an_announcement("expired", published_at=now - 2 * DAY, expires_at=now - DAY)
    found = manager.get(QUEUE, {"state": state}).context["cl"].result_list
    assert [one.title for one in found] == [state]


@pytest.mark.parametrize("words", ["كد ملي", "۱۵ کد", "15", "١٥"])
def test_the_search_reads_any_keyboard(manager, an_announcement, words):
    an_announcement("تغییر کد ملی از ۱۵ آذر")
    an_announcement("چیز دیگر")
    found = manager.get(QUEUE, {"q": words}).context["cl"].result_list
    assert [one.title for one in found] == ["تغییر کد ملی از ۱۵ آذر"]


def test_the_action_publishes_drafts_and_names_what_is_out(manager, an_announcement):
    draft, out = an_announcement("پیش‌نویس", published_at=None), an_announcement("منتشر")
    chosen = {"action": "publish", "_selected_action": [draft.pk, out.pk]}
    page = text_of(manager.post(QUEUE, chosen, follow=True))
    assert "منتشر: این اطلاعیه پیش‌تر منتشر شده است؛ دوباره فرستاده نشد." in page
    assert Announcement.objects.live(timezone.now()).count() == 2


def test_nothing_is_deleted(manager, an_announcement):
    announcement = an_announcement()
    assert manager.post(f"{QUEUE}{announcement.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Announcement.objects.count() == 1


def test_an_unknown_announcement_is_not_found(manager):
    assert manager.get(f"{QUEUE}999999/change/").status_code == 404


def test_an_expert_without_the_right_writes_nothing(omid, signed_in):
    assert signed_in(omid).post(ADD, typed()).status_code == 403
    assert Announcement.objects.count() == 0


def test_a_clerk_finds_no_admin(sara, signed_in):
    signed_in(sara).post(ADD, typed())
    assert Announcement.objects.count() == 0


@pytest.mark.parametrize("count", [10, 300])
def test_the_list_costs_the_same_for_any_number(manager, many_announcements, django_assert_max_num_queries, count):
    many_announcements(count)
    manager.get(QUEUE)
    with django_assert_max_num_queries(10):
        assert manager.get(QUEUE).status_code == 200


def test_what_is_only_looked_at_shows_no_form(omid, signed_in, an_announcement):
    omid.user_permissions.add(Permission.objects.get(codename="view_announcement"))
    moment = timezone.now() - timedelta(hours=1)
    page = text_of(signed_in(omid).get(change(an_announcement(published_at=moment))))
    assert [numeric_with_time(moment) in page, 'name="title"' in page] == [True, False]
