"""Every plain page of the admin in finished Persian, for the operator and for Kaveh."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.translation.trans_real import translation

from announcements.models import Announcement
from autonax_support.accounts.models import AuditEntry, City, Office, Province, User
from autonax_support.notices.models import Delivery, Job, WorkerBeat
from tests.cast import PASSWORD
from tickets.models import CannedReply, Department, Holiday, SpecialDay

EZAFE_MARK = re.compile("[\u0654\u06c0]")
PAGES = sorted(model._meta.label_lower for model in admin.site._registry if model._meta.label_lower != "tickets.ticket")
UNSEEN = {"script", "style", "textarea", "svg", "pre"}
EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use"}
ALLOWED = {"Ctrl", "Command", "https", "example.ir"}  # keys of the keyboard, and the example of a link
CROWDED = 101


class Eye(HTMLParser):
    """What a person reads: text and the names of controls, without what stands in fields, codes and left-to-right parts."""

    def __init__(self):
        super().__init__()
        self.seen, self.open = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.seen += [
            attrs[name] for name in ("title", "alt", "aria-label") if attrs.get(name) and not any(hidden for _, hidden in self.open)
        ]
        if tag == "input" and attrs.get("type") == "submit":
            self.seen.append(attrs["value"])
        if tag not in EMPTY:
            self.open.append((tag, tag in UNSEEN or attrs.get("dir") == "ltr"))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(hidden for _, hidden in self.open):
            self.seen.append(data.strip())


def read(page):
    eye = Eye()
    eye.feed(page.content.decode())
    return "\n".join(eye.seen)


def wrong_words(page):
    """User names are codes; no other Latin letter and no Latin digit belongs on a page."""
    text = read(page)
    known = ALLOWED | set(User.objects.values_list("username", flat=True))
    foreign = [word for word in re.findall(r"[A-Za-z][\w.-]*", text) if word.rstrip(".") not in known]
    return foreign + re.findall(r"(?<![A-Za-z])[0-9]+", text) + EZAFE_MARK.findall(text)


@pytest.fixture
def operator(db):
    return User.objects.create_superuser("operator", PASSWORD, full_name="راهبر سامانه")


@pytest.fixture
def something(kaveh, sara, technical):
    """One row of everything there is."""
    entry = AuditEntry.record("sign_in", actor=sara, address="", at=sara.date_joined)
    news = Announcement.objects.create(title="قطع موقت", body="متن", author=kaveh, published_at=sara.date_joined)
    job = Job.objects.enqueue("sweep_jobs", {"id": 7}, at=sara.date_joined)
    holiday = Holiday.objects.create(day=date(2020, 1, 1), title="تعطیل")
    special = SpecialDay.objects.create(day=date(2020, 1, 1), title="قطع برق", begin=480, end=720)
    mail = Delivery.objects.create(
        channel="email", target="sara@example.ir", ordering_key="k", run_at=sara.date_joined, expires_at=sara.date_joined
    )
    beat = WorkerBeat.objects.create(name="host:1", began_at=sara.date_joined, seen_at=sara.date_joined)
    one = {
        Holiday: holiday,
        SpecialDay: special,
        CannedReply: CannedReply.objects.create(title="مدرک", body="سلام {نام کاربر}", department=technical),
        Delivery: mail,
        WorkerBeat: beat,
        Job: job,
        AuditEntry: entry,
        Announcement: news,
        User: sara,
        Office: sara.office,
        Department: technical,
    }
    one |= {City: sara.office.city, Province: sara.office.city.province, type(kaveh.groups.get()): kaveh.groups.get()}
    return {model._meta.label_lower: row for model, row in one.items()}


def addresses(label, row):
    name = f"admin:{label.replace('.', '_')}"
    places = [reverse(f"{name}_changelist"), f"{reverse(f'{name}_changelist')}?q=۱", reverse(f"{name}_add")]
    places += [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history")]
    return [*places, reverse("admin:auth_user_password_change", args=[row.pk])] if label == "accounts.user" else places


@pytest.mark.parametrize("label", PAGES)
def test_the_pages_read_as_persian(at_home, operator, kaveh, something, label):
    for person in (operator, kaveh):
        client = at_home(person)
        pages = {place: client.get(place) for place in addresses(label, something[label])}
        found = {place: wrong_words(page) for place, page in pages.items() if page.status_code == 200}
        assert found == dict.fromkeys(found, [])
        assert person == kaveh or len(found) >= 4


@pytest.mark.parametrize("label", PAGES)
def test_a_form_sent_empty_is_refused_in_persian(at_home, operator, something, label):
    none = {f"{prefix}-{count}_FORMS": "0" for prefix in ("members", "work_spans") for count in ("TOTAL", "INITIAL")}
    sent = none | {"role": "7", "permissions": "a"}
    page = at_home(operator).post(addresses(label, something[label])[2], sent)
    assert (page.status_code, wrong_words(page)) in [(200, []), (403, [])]


@pytest.mark.parametrize("label", PAGES)
def test_no_page_names_the_same_place_twice_in_a_row(at_home, operator, something, label):
    for place in addresses(label, something[label])[:1] + addresses(label, something[label])[3:]:
        crumbs = read(at_home(operator).get(place)).partition("میز کار\n›")[2].partition("\n\n")[0]
        steps = [step.strip() for step in crumbs.split("›")]
        assert [one for one, other in zip(steps, steps[1:], strict=False) if one.split("\n")[0] == other.split("\n")[0]] == []


def test_after_a_number_the_noun_is_singular(at_home, operator, kaveh):
    Announcement.objects.bulk_create(Announcement(title="خبر", body="متن", author=kaveh) for _ in range(CROWDED))
    text = read(at_home(operator).get("/admin/announcements/announcement/?p=2"))
    assert ("۱۰۱ اطلاعیه" in text, "موردی انتخاب نشده است" in text) == (True, True)


@pytest.mark.parametrize(("password", "told"), [(PASSWORD, "گذرواژه تعیین شده است"), (None, "گذرواژه‌ای تعیین نشده است")])
def test_a_form_says_only_whether_there_is_a_password(at_home, kaveh, sara, password, told):
    sara.set_password(password)
    sara.save()
    page = at_home(kaveh).get(f"/admin/accounts/user/{sara.pk}/change/").content.decode()
    assert [told in page, sara.password[-6:] in page, "md5" in page, 'href="../password/"' in page] == [True, False, False, True]


def test_no_text_of_django_marks_the_ezafe():
    catalogue = translation("fa")._catalog
    texts = [text for part in catalogue._catalogs for text in part.values()]
    shown = {catalogue[key] for part in catalogue._catalogs for key in part}
    assert len(texts) > 500
    assert [text for text in shown if EZAFE_MARK.search(str(text)) or "براساس" in str(text) or "فیلترکردن" in str(text)] == []


def test_rights_are_told_by_what_may_be_done_with_what(at_home, operator):
    page = at_home(operator).get("/admin/auth/group/add/").content.decode()
    assert re.findall(r">(کاربر: \S+)</option>", page) == ["کاربر: افزودن", "کاربر: تغییر", "کاربر: حذف", "کاربر: مشاهده"]
    assert "تیکت: کار در همه بخش‌ها" in page
