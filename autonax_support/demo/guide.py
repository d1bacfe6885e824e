"""The three tickets of the Persian guide, word for word, with their own numbers and in their own year."""

from datetime import datetime, time, timedelta

from django.db import connection

from autonax_support.accounts.models import User
from autonax_support.demo.people import DEPLOYMENT, TECHNICAL
from autonax_support.persian.calendar import TEHRAN, from_jalali
from autonax_support.schema.numbers import first_number_sql
from tickets.models import Department, Ticket, Unread
from tickets.verbs.filing import Case

PLATE, OLD_DATA, USER_DATA = 100481, 100506, 100037
GUIDE_CASE = Case("99010294000040", "8520342272")
TABLE, COLUMN = Ticket._meta.db_table, Ticket._meta.pk.column


def at_1400(month: int, day: int, clock: str) -> datetime:
    return datetime.combine(from_jalali(1400, month, day), time.fromisoformat(clock), TEHRAN)


def file_guide_tickets(people: dict[str, User]) -> None:
    """In the order of their numbers, since the sequence only ever moves up."""
    clerk, expert = people["office-user"], people["javad"]
    _user_data(clerk, expert)
    _plate(clerk, expert)
    _old_data(clerk, expert)
    Unread.objects.all().delete()


def skip_numbers_up_to(first: int) -> None:
    """The next ticket gets this number, unless a higher one is used already."""
    with connection.cursor() as cursor:
        for statement in first_number_sql(connection.vendor, TABLE, COLUMN, first)[0]:
            cursor.execute(statement)


def _plate(clerk: User, expert: User) -> None:
    body = "در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است"
    filed = at_1400(4, 28, "15:59")
    ticket = _file(PLATE, clerk, filed, "پلاک خودرو اشتباه است", TECHNICAL, body, GUIDE_CASE)
    ticket.read(by=expert, at=filed + timedelta(minutes=21))


def _old_data(clerk: User, expert: User) -> None:
    body = "کد ملی صحیح نمی‌باشد و نیاز به ویرایش دارد"
    filed = at_1400(4, 29, "09:32")
    case = Case("99010447000041", "8353199300")
    ticket = _file(OLD_DATA, clerk, filed, "ورود اطلاعات قدیم اصلی", TECHNICAL, body, case)
    ticket.read(by=expert, at=filed)
    ticket.answer(by=expert, at=filed + timedelta(minutes=1), body="تصویر شناسنامه یا کارت ملی پیوست شود")


def _user_data(clerk: User, expert: User) -> None:
    body = "نام خانوادگی کاربر دفتر در مشخصات کاربری اشتباه ثبت شده است. لطفاً اصلاح شود."
    filed = at_1400(4, 21, "10:12")
    ticket = _file(USER_DATA, clerk, filed, "اصلاح مشخصات کاربری", DEPLOYMENT, body, Case())
    ticket.read(by=expert, at=filed + timedelta(minutes=40))
    answer = "مشخصات کاربری اصلاح شد. یک بار از سامانه خارج و دوباره وارد شوید."
    ticket.answer(by=expert, at=filed + timedelta(hours=1), body=answer)


def _file(number: int, by: User, at: datetime, subject: str, department: str, body: str, case: Case) -> Ticket:
    skip_numbers_up_to(number)
    row = Department.objects.get(name=department)
    return Ticket.file(by=by, at=at, subject=subject, department=row, body=body, case=case)
