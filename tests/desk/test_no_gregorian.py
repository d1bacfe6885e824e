"""No stock date form, Gregorian filter or calendar of Django anywhere in the admin."""

import pytest
from django.contrib import admin
from django.contrib.admin import widgets
from django.contrib.admin.filters import DateFieldListFilter
from django.db.models import DateField
from django.urls import reverse

from autonax_support.accounts.models import User
from autonax_support.persian.forms import JalaliDateField, JalaliDateTimeField

pytestmark = pytest.mark.once

SITES = admin.site._registry.items()
STOCK = (widgets.AdminDateWidget, widgets.AdminSplitDateTime, widgets.AdminTimeWidget)


@pytest.fixture
def asking(rf, db):
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("operator", full_name="راهبر سامانه")
    return request


@pytest.mark.parametrize(("model", "site"), SITES, ids=lambda part: getattr(part, "__name__", None))
def test_no_form_has_a_stock_date(asking, model, site):
    forms = [site.get_form(asking), *(formset.form for formset, _ in site.get_formsets_with_inlines(asking))]
    fields = [field for form in forms for field in form.base_fields.values()]
    assert [field.label for field in fields if isinstance(field.widget, STOCK)] == []
    assert "calendar" not in str(site.media)


@pytest.mark.parametrize(("model", "site"), SITES, ids=lambda part: getattr(part, "__name__", None))
def test_no_list_has_a_gregorian_filter(asking, model, site):
    dates = {field.name for field in model._meta.get_fields() if isinstance(field, DateField)}
    assert site.date_hierarchy is None
    assert [
        one for one in site.get_list_filter(asking) if one in dates or (isinstance(one, tuple) and issubclass(one[1], DateFieldListFilter))
    ] == []


@pytest.mark.parametrize(("model", "site"), SITES, ids=lambda part: getattr(part, "__name__", None))
def test_every_list_shows_no_gregorian_year(client, asking, model, site):
    client.force_login(asking.user)
    response = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
    assert response.status_code == 200
    assert ">20" not in response.content.decode()


def test_dates_are_asked_for_in_jalali(asking):
    from announcements.models import Announcement

    fields = admin.site._registry[Announcement].get_form(asking).base_fields
    kinds = {type(field) for name, field in fields.items() if name.endswith("_at")}
    assert kinds <= {JalaliDateField, JalaliDateTimeField}
    assert kinds == {JalaliDateTimeField}
