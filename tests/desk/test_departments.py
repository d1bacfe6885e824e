import pytest

from autonax_support.accounts.models import AuditEntry
from tickets.models import Department, DepartmentMember, WorkSpan
from tickets.models.department import RESPONSES

MEMBERS, SPANS = "members-", "work_spans-"
LIST = "/admin/tickets/department/"


SATURDAY = ({"weekday": "0", "begin": "۸:۰۰", "end": "16:00"},)


def form(name="گزارش‌گیری", position="4", rows=(), initial=0, spans=SATURDAY, **more):
    fields = {"name": name, "position": position, "province": "", "is_active": "on", "warn_percent": "20"}
    fields |= dict.fromkeys(RESPONSES, "480")
    return fields | inline(MEMBERS, rows, initial) | inline(SPANS, spans, 0) | more


@pytest.fixture
def no_hours(technical):
    """So that one span can be posted without those that are there."""
    WorkSpan.objects.filter(department=technical).delete()


def inline(prefix, rows, initial):
    fields = {f"{prefix}TOTAL_FORMS": len(rows), f"{prefix}INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        fields |= {f"{prefix}{place}-{name}": value for name, value in row.items()}
    return fields


def test_kaveh_adds_a_department_with_its_head(at_home, kaveh, omid):
    response = at_home(kaveh).post(f"{LIST}add/", form(rows=[{"user": omid.pk, "is_head": "on"}]))
    assert response.status_code == 302
    member = DepartmentMember.objects.get(department__name="گزارش‌گیری")
    assert (member.user, member.is_head) == (omid, True)


@pytest.mark.parametrize("name", ["واحد گزارش", "بخش گزارش"])
def test_the_name_stands_without_the_word_department(at_home, kaveh, name):
    response = at_home(kaveh).post(f"{LIST}add/", form(name=name))
    assert "نام بخش را بدون «واحد» و «بخش» بنویسید." in response.content.decode()
    assert not Department.objects.filter(name=name).exists()


def test_only_staff_may_be_members(at_home, kaveh, sara):
    client = at_home(kaveh)
    assert sara.full_name not in client.get(f"{LIST}add/").content.decode()
    assert client.post(f"{LIST}add/", form(rows=[{"user": sara.pk}])).status_code == 200
    assert not DepartmentMember.objects.filter(user=sara).exists()


def test_a_member_who_is_no_longer_staff_is_still_chosen(at_home, kaveh, sara, technical, no_hours):
    member = DepartmentMember.objects.create(user=sara, department=technical)
    client, place = at_home(kaveh), f"{LIST}{technical.pk}/change/"
    assert f'<option value="{sara.pk}" selected>{sara}</option>' in client.get(place).content.decode()
    row = {"id": member.pk, "department": technical.pk, "user": sara.pk}
    assert client.post(place, form("فنی", "1", [row, {"user": sara.pk}], 1)).status_code == 200
    assert client.post(place, form("فنی", "1", [row], 1)).status_code == 302
    assert list(technical.members.values_list("user", flat=True)) == [sara.pk]


def test_omid_loses_the_department_and_it_is_on_record(at_home, kaveh, omid, technical, no_hours):
    member = omid.memberships.get()
    row = {"id": member.pk, "department": technical.pk, "user": omid.pk, "DELETE": "on"}
    at_home(kaveh).post(f"{LIST}{technical.pk}/change/", form(technical.name, "1", [row], 1))
    assert not omid.memberships.exists()
    assert AuditEntry.objects.filter(verb="changed", data__members={"removed": [[omid.pk, False]]}).count() == 1


def test_departments_are_not_deleted(at_home, kaveh, technical):
    client = at_home(kaveh)
    assert client.get(f"{LIST}{technical.pk}/delete/").status_code == 403
    assert client.post(f"{LIST}{technical.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Department.objects.filter(pk=technical.pk).exists()


def test_experts_do_not_see_them(at_home, sina, technical):
    client = at_home(sina)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{technical.pk}/change/").status_code == 403


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [("8", "۱۶:۳۰", (480, 990)), ("۰۰:۰۰", "24:00", (0, 1440)), ("\u200f۷:۳۰\u200f", "8.45", (450, 525))],
)
def test_hours_are_typed_as_people_type_them(at_home, kaveh, begin, end, minutes):
    at_home(kaveh).post(f"{LIST}add/", form(spans=[{"weekday": "2", "begin": begin, "end": end}]))
    assert list(WorkSpan.objects.filter(department__name="گزارش‌گیری").values_list("weekday", "begin", "end")) == [(2, *minutes)]


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([], "دست‌کم یک بازه کاری در هفته تعیین کنید."),
        ([{"weekday": "0", "begin": "", "end": ""}], "این قسمت را پر کنید."),
        ([{"weekday": "0", "begin": "16:00", "end": "8:00"}], "ساعت پایان باید پس از ساعت آغاز باشد."),
        ([{"weekday": "0", "begin": "8:00", "end": "24:01"}], "ساعت را به شکل ۸:۳۰ وارد کنید؛ پایان روز ۲۴:۰۰ است."),
        ([{"weekday": "0", "begin": "8:60", "end": "9"}], "ساعت را به شکل ۸:۳۰ وارد کنید؛ پایان روز ۲۴:۰۰ است."),
        ([{"weekday": "0", "begin": "صبح", "end": "9"}], "ساعت را به شکل ۸:۳۰ وارد کنید؛ پایان روز ۲۴:۰۰ است."),
        (
            [{"weekday": "0", "begin": "12:00", "end": "16:00"}, {"weekday": "0", "begin": "8:00", "end": "12:01"}],
            "این بازه با بازه دیگری در همان روز هم‌پوشانی دارد.",
        ),
    ],
)
def test_what_is_no_week_is_said(at_home, kaveh, spans, said):
    page = at_home(kaveh).post(f"{LIST}add/", form(spans=spans))
    assert said in page.content.decode()
    assert not Department.objects.filter(name="گزارش‌گیری").exists()


def test_lunch_is_a_gap(at_home, kaveh):
    spans = [
        {"weekday": "0", "begin": "8", "end": "12"},
        {"weekday": "0", "begin": "12", "end": "13"},
        {"weekday": "1", "begin": "9", "end": "10"},
    ]
    assert at_home(kaveh).post(f"{LIST}add/", form(spans=spans)).status_code == 302


def test_a_department_without_hours_is_seen_in_the_list(at_home, kaveh, technical):
    WorkSpan.objects.filter(department=technical).delete()
    page = at_home(kaveh).get(LIST).content.decode()
    assert "ندارد؛ مهلت پاسخ داده نمی‌شود" in page
    assert "۴۰ ساعت در هفته" in page


def test_the_week_is_on_record(at_home, kaveh):
    at_home(kaveh).post(f"{LIST}add/", form())
    assert AuditEntry.objects.filter(verb="changed", data__week=[[0, 480, 960]]).count() == 1


def test_a_span_that_came_meanwhile_is_told_and_not_a_crash(at_home, kaveh, technical):
    page = at_home(kaveh).post(f"{LIST}{technical.pk}/change/", form(technical.name, "1"))
    assert "این بازه با بازه دیگری در همان روز هم‌پوشانی دارد." in page.content.decode()


def test_every_saving_gives_the_calendar_another_number(at_home, kaveh, technical, no_hours):
    """Or the number that was read, and is written back, could hide a change that came in between."""
    before = technical.calendar_version
    assert at_home(kaveh).post(f"{LIST}{technical.pk}/change/", form("فنی", "1")).status_code == 302
    first = Department.objects.get(pk=technical.pk)
    assert first.calendar_version != before
    rows = [{"id": first.work_spans.get().pk, "department": technical.pk, **SATURDAY[0]}]
    named = form("پشتیبانی", "1") | inline(SPANS, rows, 1)
    assert at_home(kaveh).post(f"{LIST}{technical.pk}/change/", named).status_code == 302
    second = Department.objects.get(pk=technical.pk)
    assert (second.name, second.calendar_version != first.calendar_version) == ("پشتیبانی", True)
