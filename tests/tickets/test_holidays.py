"""The shipped holidays against the law, the moon and another list; and each new year's file."""

from datetime import date, timedelta
from io import StringIO

import holidays as another_list
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from autonax_support.accounts.models import Province
from autonax_support.notices.models import Job
from autonax_support.persian.calendar import from_jalali, to_jalali
from autonax_support.work import worker
from tests.hours import at
from tickets.holidays import SHIPPED, read
from tickets.models import Holiday, Ticket

YEARS = (1404, 1405, 1406)
SOLAR = {(1, 1), (1, 2), (1, 3), (1, 4), (1, 12), (1, 13), (3, 14), (3, 15), (11, 22), (12, 29)}  # none of the years is a leap year
LUNAR = [  # month and day of the lunar year, and a word of the title
    (1, 9, "تاسوعا"),
    (1, 10, "عاشورا"),
    (2, 20, "اربعین"),
    (2, 28, "رحلت پیامبر"),
    (2, 30, "شهادت امام رضا"),  # the last of Safar
    (3, 8, "شهادت امام حسن عسکری"),
    (3, 17, "میلاد پیامبر"),
    (6, 3, "شهادت حضرت فاطمه"),
    (7, 13, "ولادت امام علی"),
    (7, 27, "مبعث"),
    (8, 15, "ولادت امام زمان"),
    (9, 21, "شهادت امام علی"),
    (10, 1, "عید فطر"),
    (10, 2, "تعطیل پس از عید فطر"),
    (10, 25, "شهادت امام جعفر صادق"),
    (12, 10, "عید قربان"),
    (12, 18, "عید غدیر"),
]
COLUMNS = "day,title,certainty,source"
YEAR_1407 = "1407/01/01,نوروز,confirmed,تقویم رسمی کشور\n1407/01/12,روز جمهوری اسلامی,forecast,تقویم رسمی کشور"


@pytest.fixture(scope="module")
def shipped():
    return {row.day: row for row in read(SHIPPED.read_text(encoding="utf-8").splitlines())}


@pytest.fixture
def file(tmp_path):
    def written(text: str, columns: str = COLUMNS) -> str:
        (tmp_path / "holidays.csv").write_text(f"{columns}\n{text}\n", encoding="utf-8")
        return str(tmp_path / "holidays.csv")

    return written


def said(*arguments, **options) -> str:
    out = StringIO()
    call_command("holidays", *arguments, stdout=out, **options)
    return out.getvalue()


def by_the_moon(year: int, month: int, day: int) -> date:
    """The tabular lunar calendar, which the one that is looked at in the sky follows within two days."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date(622, 7, 18) + timedelta(days)


@pytest.mark.parametrize("year", YEARS)
def test_each_year_has_every_holiday_of_the_law_and_no_other(shipped, year):
    of_year = {to_jalali(day)[1:]: row for day, row in shipped.items() if to_jalali(day)[0] == year}
    assert of_year.keys() >= SOLAR
    titles = "،".join(row.title for row in of_year.values())
    assert [word for _, _, word in LUNAR if word not in titles] == []
    moon = {day for day, row in of_year.items() if any(word in row.title for _, _, word in LUNAR)}
    assert moon | SOLAR == of_year.keys()


@pytest.mark.parametrize(("month", "day", "word"), LUNAR)
def test_lunar_holidays_follow_the_moon(shipped, month, day, word):
    expected = [by_the_moon(year, month, day) for year in range(1446, 1450)]
    found = [row.day for row in shipped.values() if any(part.startswith(word) or f"و {word}" in part for part in row.title.split("، "))]
    assert len(found) >= 3
    assert [str(one) for one in found if min(abs(one - other) for other in expected) > timedelta(2)] == []


def test_what_only_the_moon_decides_is_a_forecast_in_1406_alone(shipped):
    forecasts = {row.day for row in shipped.values() if not row.is_confirmed}
    assert forecasts == {day for day in shipped if to_jalali(day)[0] == 1406 and to_jalali(day)[1:] not in SOLAR}


def test_21_ramadan_of_1405_is_the_9th_of_esfand(shipped):
    assert shipped[from_jalali(1405, 12, 9)].title == "شهادت امام علی (ع)"
    assert from_jalali(1405, 12, 9) == date(2027, 2, 28)
    assert from_jalali(1405, 12, 10) not in shipped


def test_another_list_differs_where_it_is_known_to(shipped):
    """It adds a day to the calendar of Mecca where the official one is not out, and has a week of closures without a law."""
    first, last = from_jalali(1404, 1, 1), from_jalali(1406, 12, 29)
    theirs = {day for day in another_list.country_holidays("IR", years=range(2025, 2029)) if first <= day <= last}
    ours_alone = {"/".join(map(str, to_jalali(day))) for day in shipped.keys() - theirs}
    assert ours_alone == {"1405/12/9", "1406/3/24", "1406/8/11", "1406/10/22", "1406/11/28"}
    week = {f"1404/12/{day}" for day in range(10, 17)}
    theirs_alone = {"/".join(map(str, to_jalali(day))) for day in theirs - shipped.keys()}
    assert theirs_alone == week | {"1405/12/10", "1406/3/26", "1406/8/12", "1406/10/23", "1406/11/29"}


def test_the_shipped_file_is_imported_once(db, shipped):
    Holiday.objects.all().delete()
    assert said() == f"{len(shipped)} added, 0 changed, 0 as they were\n"
    assert said() == f"0 added, 0 changed, {len(shipped)} as they were\n"
    assert set(Holiday.objects.values_list("day", flat=True)) == shipped.keys()


def test_a_new_year_is_added_and_changed_by_the_next_file(db, file):
    assert said(file(YEAR_1407)) == "2 added, 0 changed, 0 as they were\n"
    second = Holiday.objects.get(day=from_jalali(1407, 1, 12))
    assert (second.title, second.is_confirmed, second.source, second.province) == ("روز جمهوری اسلامی", False, "تقویم رسمی کشور", None)
    assert said(file(YEAR_1407.replace("forecast", "confirmed"))) == "0 added, 1 changed, 1 as they were\n"
    second.refresh_from_db()
    assert second.is_confirmed


def test_a_forecast_that_the_official_list_does_not_have_is_named(db, file):
    """The moon came a day later: the forecast day stands until somebody switches it off, and so does what somebody did switch off."""
    said(file("1407/03/14,تاسوعای حسینی,forecast,\n1407/03/15,عاشورای حسینی,forecast,\n1407/03/16,قیام,confirmed,"))
    Holiday.objects.filter(title="قیام").update(is_active=False)
    path = file("1407/03/15,تاسوعای حسینی,confirmed,\n1407/03/16,عاشورای حسینی,confirmed,")
    told = ["1407/03/14 is a forecast that the file does not have: look at it", "1407/03/16 is in the file but switched off: look at it"]
    assert said(path, dry_run=True).splitlines()[1:] == told
    assert said(path).splitlines() == ["0 added, 2 changed, 0 as they were", *told]


def test_a_dry_run_only_tells(db, file):
    assert said(file(YEAR_1407), dry_run=True) == "2 would be added, 0 would be changed, 0 as they were\n"
    assert not Holiday.objects.filter(day=from_jalali(1407, 1, 1)).exists()


def test_it_reads_what_a_spreadsheet_writes(db, tmp_path):
    path = tmp_path / "holidays.csv"
    path.write_bytes(f'\ufeff{COLUMNS}\r\n۱۴۰۷/۰۱/۰۱,"نوروز، عيد فطر",confirmed,\r\n\r\n'.encode())
    assert said(str(path)) == "1 added, 0 changed, 0 as they were\n"
    assert Holiday.objects.get(day=from_jalali(1407, 1, 1)).title == "نوروز، عید فطر"


def test_a_holiday_of_a_province_stands_beside_one_of_the_country(db, file):
    yazd = Province.objects.create(name="یزد")
    path = file("1407/01/01,نوروز,confirmed,,\n1407/01/01,جشن,confirmed,,یزد", f"{COLUMNS},province")
    assert said(path) == "2 added, 0 changed, 0 as they were\n"
    assert said(path) == "0 added, 0 changed, 2 as they were\n"
    assert list(Holiday.objects.filter(day=from_jalali(1407, 1, 1)).order_by("id").values_list("province", flat=True)) == [None, yazd.pk]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1407/12/30,اسفند,confirmed,", "line 4: '1407/12/30' is no Jalali day"),
        ("2028-03-20,نوروز,confirmed,", "line 4: '2028-03-20' is no Jalali day"),
        ("1407/01/02,,confirmed,", "line 4: a title is missing"),
        ("1407/01/02,نوروز,sure,", "line 4: certainty is confirmed or forecast"),
        ("1407/01/02,نوروز", "line 4: not as many columns as the first line has"),
        ("1407/01/02,نوروز,confirmed,,یزد", "line 4: not as many columns as the first line has"),
        (f"1407/01/02,{'ن' * 201},confirmed,", "line 4: title is longer than 200 characters"),
        ("1407/01/12,بار دوم,confirmed,", "line 4: the same day as in line 3"),
        ("\n1407/01/12,بار دوم,confirmed,", "line 5: the same day as in line 3"),
        ('1407/01/02,نوروز,confirmed,"تقویم\n1407/01/03,نوروز,confirmed,', "line 4: unexpected end of data"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_imported(db, file, row, why):
    with pytest.raises(CommandError, match=f"^Nothing was imported. {why}$"):
        said(file(f"{YEAR_1407}\n{row}"))
    assert not Holiday.objects.filter(day__gte=from_jalali(1407, 1, 1)).exists()


def test_a_province_that_is_not_there_is_named_with_its_line(db, file):
    with pytest.raises(CommandError, match="line 3: no province is called یزذ"):
        said(file("1407/01/01,نوروز,confirmed,,\n1407/01/02,جشن,confirmed,,یزذ", f"{COLUMNS},province"))
    assert not Holiday.objects.filter(day__gte=from_jalali(1407, 1, 1)).exists()


@pytest.mark.parametrize("content", [None, b"", b"date,name\n", "day,title,certainty,source\n1407/01/01,نوروز,confirmed,".encode("cp1256")])
def test_what_is_no_such_file_is_refused(db, tmp_path, content):
    if content is not None:
        (tmp_path / "holidays.csv").write_bytes(content)
    with pytest.raises(CommandError, match=r"^Nothing was imported\."):
        said(str(tmp_path / "holidays.csv"))


@pytest.fixture
def on_saturday(file) -> str:
    return file("1405/09/07,آلودگی هوا,confirmed,")


def test_due_times_move_with_what_was_imported(working, a_ticket, on_saturday):
    ticket = a_ticket(at=at(1405, 9, 4, 17))
    assert said(on_saturday, dry_run=True).splitlines()[1:] == ["1 due times would be moved"]
    assert not Job.objects.filter(kind="reschedule").exists()
    assert said(on_saturday).splitlines()[1:] == ["1 due times are being moved"]
    worker(clock=timezone.now).run_once()
    assert Ticket.objects.get(pk=ticket.pk).due_at == at(1405, 9, 8, 16)
    assert said(on_saturday) == "0 added, 0 changed, 1 as they were\n"


def test_a_year_that_is_still_to_come_moves_nothing(working, a_ticket, file):
    a_ticket(at=at(1405, 9, 4, 17))
    assert len(said(file(YEAR_1407)).splitlines()) == 1
