"""What a department's hours are, read from its spans, the holidays and the special days."""

import pytest
from django.db import IntegrityError, transaction

from autonax_support.accounts.models import Province
from autonax_support.persian.calendar import from_jalali
from tests.hours import give_hours
from tickets.models import Department, Holiday, SpecialDay, WorkSpan
from tickets.working_time import calendar_changed, hours_of, hours_of_all

DAY, OFFICE = from_jalali(1405, 9, 7), ((480, 960),)  # a Saturday


@pytest.fixture
def province(office_a):
    return office_a.city.province


def hours(department):
    """As whoever loads the department now gets them."""
    calendar_changed()
    return hours_of(Department.objects.get(pk=department.pk))


def test_a_new_installation_works_saturday_to_wednesday(technical):
    assert hours(technical).week == dict.fromkeys(range(5), OFFICE)


def test_a_department_that_is_new_has_no_hours_until_somebody_gives_them(db):
    assert hours(Department.objects.create(name="گزارش‌گیری")).week == {}


def test_lunch_is_a_gap_and_spans_that_touch_are_one(technical):
    give_hours(technical, ((780, 1020), (480, 600), (600, 720)), [0])
    assert hours(technical).week == {0: ((480, 720), (780, 1020))}


def test_a_holiday_of_the_country_closes_every_department(technical, training):
    Holiday.objects.create(day=DAY, title="آلودگی هوا")
    assert [hours(department).spans(DAY) for department in (technical, training)] == [(), ()]


def test_one_of_a_province_closes_the_departments_there(technical, training, province):
    technical.province = province
    technical.save()
    Holiday.objects.create(day=DAY, title="سوگواری", province=province)
    assert [hours(department).spans(DAY) for department in (technical, training)] == [(), OFFICE]


def test_one_that_no_longer_stands_closes_nobody(technical):
    Holiday.objects.create(day=DAY, title="لغو شد", is_active=False)
    SpecialDay.objects.create(day=DAY, title="لغو شد", is_active=False)
    assert hours(technical).spans(DAY) == OFFICE


def test_who_works_round_the_clock_works_on_holidays_and_rests_on_closures(technical):
    give_hours(technical, ((0, 1440),), range(7))
    Department.objects.filter(pk=technical.pk).update(works_on_holidays=True)
    Holiday.objects.create(day=DAY, title="آلودگی هوا")
    assert hours(technical).spans(DAY) == ((0, 1440),)
    SpecialDay.objects.create(day=DAY, title="قطع برق")
    assert hours(technical).spans(DAY) == ()


def test_an_opening_wins_over_a_holiday_and_a_closure_over_the_week(technical, training):
    Holiday.objects.create(day=DAY, title="آلودگی هوا")
    SpecialDay.objects.create(day=DAY, begin=600, end=720, title="جبران", department=technical)
    assert [hours(department).spans(DAY) for department in (technical, training)] == [((600, 720),), ()]


def test_a_departments_own_special_day_wins_over_one_of_all(technical, training):
    SpecialDay.objects.create(day=DAY, title="قطع برق")
    SpecialDay.objects.create(day=DAY, begin=600, end=720, title="شیفت", department=technical)
    assert [hours(department).spans(DAY) for department in (technical, training)] == [((600, 720),), ()]


def test_of_a_closure_and_an_opening_of_the_same_day_the_closure_counts(technical):
    SpecialDay.objects.create(day=DAY, begin=600, end=720, title="شیفت")
    SpecialDay.objects.create(day=DAY, title="قطع برق")
    assert hours(technical).spans(DAY) == ()


def test_what_was_read_costs_no_query_until_it_changes(technical, django_assert_num_queries):
    hours(technical)
    loaded = Department.objects.get(pk=technical.pk)
    with django_assert_num_queries(0):
        hours_of(loaded)
    calendar_changed([technical])
    loaded = Department.objects.get(pk=technical.pk)
    with django_assert_num_queries(3):
        hours_of(loaded)


def test_a_change_that_is_rolled_back_leaves_nothing_behind(technical):
    with transaction.atomic():
        Holiday.objects.create(day=DAY, title="آلودگی هوا")
        assert hours(technical).spans(DAY) == ()
        transaction.set_rollback(True)
    assert hours_of(Department.objects.get(pk=technical.pk)).spans(DAY) == OFFICE


def test_many_departments_take_as_many_queries_as_one(technical, django_assert_num_queries):
    made = Department.objects.bulk_create([Department(name=f"شعبه {place}", province=None) for place in range(20)])
    give_hours(made[3], ((0, 1440),), range(7))
    calendar_changed()
    departments = list(Department.objects.all())
    with django_assert_num_queries(3):
        found = hours_of_all(departments)
    assert found.keys() == {department.pk for department in departments}
    assert (found[made[3].pk].spans(DAY), found[made[4].pk].spans(DAY), found[technical.pk].spans(DAY)) == (((0, 1440),), (), OFFICE)
    with django_assert_num_queries(0):
        assert hours_of_all(departments) == found


@pytest.mark.parametrize(
    "wrong",
    [
        lambda department: WorkSpan(department=department, weekday=7, begin=480, end=960),
        lambda department: WorkSpan(department=department, weekday=5, begin=960, end=960),
        lambda department: WorkSpan(department=department, weekday=5, begin=480, end=1441),
        lambda department: WorkSpan(department=department, weekday=0, begin=480, end=600),  # it begins when another does
        lambda department: SpecialDay(day=DAY, title="نیمه", begin=480),
        lambda department: SpecialDay(day=DAY, title="نیمه", end=480),
        lambda department: SpecialDay(day=DAY, title="وارونه", begin=960, end=480),
        lambda department: Holiday(day=DAY, title="بار دوم"),
        lambda department: Department(name="شتاب", first_response_urgent=0),
        lambda department: Department(name="شتاب", warn_percent=91),
    ],
)
def test_the_database_refuses_what_is_no_calendar(technical, wrong):
    Holiday.objects.create(day=DAY, title="آلودگی هوا")
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong(technical).save()


@pytest.mark.parametrize("is_own", [True, False])
def test_a_day_is_closed_once(technical, is_own):
    row = {"day": DAY, "title": "قطع برق", "department": technical if is_own else None}
    SpecialDay.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialDay.objects.create(**row)


def test_two_provinces_may_have_the_same_holiday(province):
    for place in (province, Province.objects.create(name="دور")):
        Holiday.objects.create(day=DAY, title="سوگواری", province=place)
        with pytest.raises(IntegrityError), transaction.atomic():
            Holiday.objects.create(day=DAY, title="سوگواری", province=place)
