from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.templatetags.admin_list import results
from django.db import models
from django.test import RequestFactory
from django.utils import timezone

from autonax_support.accounts.models import User
from autonax_support.persian.admin import JalaliAdmin, jalali_periods, jalali_range_filter
from autonax_support.persian.calendar import day_of, day_start, from_jalali, numeric

JOINED = datetime(2026, 11, 23, 20, 30, 15, tzinfo=UTC)
PERIODS = {
    "today": ("۱۴۰۵/۰۹/۰۲", "۱۴۰۵/۰۹/۰۳"),
    "week": ("۱۴۰۵/۰۸/۲۶", "۱۴۰۵/۰۹/۰۳"),
    "month": ("۱۴۰۵/۰۹/۰۱", "۱۴۰۵/۱۰/۰۱"),
    "last_month": ("۱۴۰۵/۰۸/۰۱", "۱۴۰۵/۰۹/۰۱"),
    "year": ("۱۴۰۵/۰۱/۰۱", "۱۴۰۶/۰۱/۰۱"),
}


class People(JalaliAdmin, admin.ModelAdmin):
    list_display = ["full_name", "date_joined"]
    fields = ["full_name", ("last_login", "date_joined")]
    readonly_fields = ["date_joined"]
    list_filter = [jalali_range_filter("date_joined", "تاریخ ثبت")]

    def has_change_permission(self, request, obj=None):
        return True


class Readers(People):
    def has_change_permission(self, request, obj=None):
        return False


def asked(user: User, **query: str):
    request = RequestFactory().get("/", query)
    request.user = user
    return request


@pytest.fixture
def people() -> People:
    return People(User, admin.AdminSite())


@pytest.fixture
def sara_since_azar(sara) -> User:
    User.objects.filter(pk=sara.pk).update(date_joined=JOINED, last_login=JOINED)
    sara.refresh_from_db()
    return sara


@pytest.mark.django_db
def test_kaveh_sees_one_jalali_text_field_for_a_moment(people, kaveh, sara_since_azar):
    form = people.get_form(asked(kaveh), sara_since_azar, change=True)(instance=sara_since_azar)
    assert form["last_login"].as_widget().count("<input") == 1
    assert 'value="۱۴۰۵/۰۹/۰۳ ساعت ۰:۰۰"' in form["last_login"].as_widget()
    assert "vDateField" not in str(form.media) + str(form)


@pytest.mark.django_db
def test_kaveh_saves_a_moment_as_utc(people, kaveh, sara_since_azar):
    form_class = people.get_form(asked(kaveh), sara_since_azar, change=True)
    form = form_class({"full_name": "سارا", "last_login": "۱۴۰۵/۰۹/۰۲ ساعت ۱۰:۰۰"}, instance=sara_since_azar)
    assert form.errors == {}
    assert form.save(commit=False).last_login == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_kaveh_is_refused_a_gregorian_moment(people, kaveh, sara_since_azar):
    form_class = people.get_form(asked(kaveh), sara_since_azar, change=True)
    form = form_class({"full_name": "سارا", "last_login": "2026-11-23 10:00"}, instance=sara_since_azar)
    assert form.errors == {"last_login": ["این سال پذیرفته نمی‌شود؛ سال شمسی را از ۱۳۰۰ تا ۱۴۹۹ وارد کنید."]}


def test_a_day_has_the_jalali_field_too(people):
    field = models.DateField("روز")
    field.set_attributes_from_name("day")
    drawn = people.formfield_for_dbfield(field, RequestFactory().get("/"))
    assert (type(drawn).__name__, type(drawn.widget).__name__) == ("JalaliDateField", "JalaliDateInput")


@pytest.mark.django_db
def test_a_list_shows_jalali_dates_and_sorts_by_them(people, kaveh, sara_since_azar):
    changes = people.get_changelist_instance(asked(kaveh, o="2"))
    changes.formset = None
    cells = [cell for row in results(changes) for cell in row if "date_joined" in cell]
    assert '<td class="field-date_joined">۱۴۰۵/۰۹/۰۳ ساعت ۰:۰۰</td>' in cells
    assert len(cells) == User.objects.count()
    assert changes.get_ordering_field_columns() == {2: "asc"}


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [(People, "date_joined"), (Readers, "last_login")])
def test_what_may_only_be_read_is_jalali(kind, name, kaveh, sara_since_azar):
    shown = kind(User, admin.AdminSite())
    request = asked(kaveh)
    fields = admin.utils.flatten_fieldsets(shown.get_fieldsets(request, sara_since_azar))
    column = next(field for field in fields if getattr(field, "__name__", "") == name)
    form = shown.get_form(request, sara_since_azar, change=True)(instance=sara_since_azar)
    assert AdminReadonlyField(form, column, is_first=True, model_admin=shown).contents() == "۱۴۰۵/۰۹/۰۳ ساعت ۰:۰۰"


@pytest.mark.parametrize("period", PERIODS)
def test_periods_are_jalali(period):
    assert tuple(map(numeric, jalali_periods(from_jalali(1405, 9, 2))[period])) == PERIODS[period]


@pytest.mark.parametrize("day", [from_jalali(1405, 1, 1), from_jalali(1403, 12, 30), from_jalali(1405, 12, 29)])
def test_this_month_follows_last_month_over_new_year(day):
    periods = jalali_periods(day)
    assert periods["last_month"][1] == periods["month"][0] <= day < periods["month"][1]


@pytest.mark.django_db
def test_the_filter_counts_a_day_from_midnight_of_tehran(people, kaveh, sara, reza):
    midnight = day_start(day_of(timezone.now()))
    User.objects.filter(pk=sara.pk).update(date_joined=midnight)
    User.objects.filter(pk=reza.pk).update(date_joined=midnight - timedelta(seconds=1))
    found = people.get_changelist_instance(asked(kaveh, date_joined_in="today")).get_queryset(asked(kaveh, date_joined_in="today"))
    assert list(found.filter(pk__in=[sara.pk, reza.pk])) == [sara]


@pytest.mark.django_db
def test_an_unknown_period_filters_nothing(people, kaveh, sara):
    request = asked(kaveh, date_joined_in="x'\x00")
    assert people.get_changelist_instance(request).get_queryset(request).filter(pk=sara.pk).count() == 1


def test_a_range_of_days_reaches_a_date_field_as_days():
    assert {type(day) for day in jalali_periods(date(2026, 11, 23))["week"]} == {date}
