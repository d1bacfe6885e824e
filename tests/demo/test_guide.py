"""The guide's three tickets, word for word, and the numbers after them."""

from django.utils import timezone

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import numeric_with_time
from tickets.models import Department, Ticket
from tickets.verbs.filing import Case


def facts(number: int) -> dict[str, str]:
    ticket = Ticket.objects.get(pk=number)
    return {
        "subject": ticket.subject,
        "case": f"{ticket.tracking_number} {ticket.national_id}",
        "department": ticket.department.name,
        "status": ticket.get_status_display(),
        "user": ticket.filed_by_name,
        "office": f"{ticket.office.code} {ticket.office}",
    }


def thread(number: int) -> list[tuple[str, str, str]]:
    messages = Ticket.objects.get(pk=number).messages.all()
    return [(message.author_name, numeric_with_time(message.created_at), message.body) for message in messages]


OURS = {"user": "کاربر دفتر", "office": "729901020001 دفتر شهر نمونه ۲"}


def test_the_plate(demo):
    assert facts(100481) == OURS | {
        "subject": "پلاک خودرو اشتباه است",
        "case": "99010294000040 8520342272",
        "department": "پشتیبانی فنی",
        "status": "خوانده شده",
    }
    assert thread(100481) == [("کاربر دفتر", "۱۴۰۰/۰۴/۲۸ ساعت ۱۵:۵۹", "در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است")]


def test_the_old_data(demo):
    assert facts(100506) == OURS | {
        "subject": "ورود اطلاعات قدیم اصلی",
        "case": "99010447000041 8353199300",
        "department": "پشتیبانی فنی",
        "status": "پاسخ داده شده پشتیبان",
    }
    assert thread(100506) == [
        ("کاربر دفتر", "۱۴۰۰/۰۴/۲۹ ساعت ۹:۳۲", "کد ملی صحیح نمی‌باشد و نیاز به ویرایش دارد"),
        ("جواد صیادآبتین", "۱۴۰۰/۰۴/۲۹ ساعت ۹:۳۳", "تصویر شناسنامه یا کارت ملی پیوست شود"),
    ]


def test_the_user_s_data(demo):
    assert facts(100037) == OURS | {
        "subject": "اصلاح مشخصات کاربری",
        "case": " ",
        "department": "اجرا و راه‌اندازی سیستم",
        "status": "پاسخ داده شده پشتیبان",
    }
    assert [line[1][:10] for line in thread(100037)] == ["۱۴۰۰/۰۴/۲۱", "۱۴۰۰/۰۴/۲۱"]


def test_nobody_can_sign_in_as_the_guide_s_people(demo):
    people = User.objects.filter(full_name__in=["کاربر دفتر", "جواد صیادآبتین"])
    assert [person.has_usable_password() for person in people] == [False, False]


def test_the_next_ticket_is_numbered_past_all(demo):
    highest = Ticket.objects.order_by("-pk")[0].pk
    department = Department.objects.all()[0]
    filed = Ticket.file(by=demo["sara"], at=timezone.now(), subject="تازه", department=department, body="متن", case=Case())
    assert filed.pk == highest + 1
