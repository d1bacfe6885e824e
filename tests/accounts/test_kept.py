"""What all admins of configuration share: garbage for a chosen row is an error at its field, and a search stays a small query."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from autonax_support.accounts.models import User
from tests.cast import PASSWORD

GARBAGE = {"NUL": "\x00", "a number and NUL": "1\x00", "letters": "abc", "400 digits": "9" * 400, "5000 digits": "9" * 5000}
GARBAGE |= {"nineteen digits": "9" * 19, "below zero": "-1", "a list": "[1]"}
FORMS = {"city": "/admin/accounts/office/add/", "office": "/admin/accounts/user/add/", "province": "/admin/accounts/city/add/"}


@pytest.fixture
def desk(at_home, db):
    return at_home(User.objects.create_superuser("operator", PASSWORD, full_name="راهبر سامانه"))


@pytest.mark.parametrize("field", FORMS)
@pytest.mark.parametrize("sent", GARBAGE.values(), ids=GARBAGE)
def test_garbage_for_a_chosen_row_is_an_error_at_its_field(desk, office_a, field, sent):
    page = desk.post(FORMS[field], {field: sent})
    assert (page.status_code, field in page.context["adminform"].errors) == (200, True)


@pytest.mark.parametrize("field", ["groups", "user_permissions"])
@pytest.mark.parametrize("sent", GARBAGE.values(), ids=GARBAGE)
def test_garbage_among_several_rows_is_an_error_at_its_field(desk, sara, field, sent):
    page = desk.post(f"/admin/accounts/user/{sara.pk}/change/", {field: [sent]})
    wanted = ["این گزینه دیگر نیست. یکی از گزینه‌های فهرست را انتخاب کنید."]
    assert (page.status_code, page.context["adminform"].errors[field]) == (200, wanted)


def test_so_it_is_for_the_rights_of_a_group(desk):
    page = desk.post("/admin/auth/group/add/", {"name": "گروه", "permissions": ["9" * 19]})
    assert (page.status_code, list(page.context["adminform"].errors)) == (200, ["permissions"])


def test_a_chosen_row_is_still_chosen_when_the_form_is_shown_again(desk, office_a):
    page = desk.post(FORMS["city"], {"city": office_a.city.pk})
    assert f'<option value="{office_a.city.pk}" selected>{office_a.city}</option>' in page.content.decode()


@pytest.mark.parametrize("place", ["office", "user", "city", "province", "auditentry"])
@pytest.mark.parametrize("query", ["ا ب " * 2500, "'a' \"b\" " * 2000, "۱ 1 " * 2500, "x" * 5000])
def test_a_query_of_thousands_of_words_is_cut(desk, office_a, place, query):
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(f"/admin/accounts/{place}/", {"q": query}).status_code == 200
    assert [told["sql"] for told in queries if len(told["sql"]) > 20_000] == []


def test_so_is_what_is_typed_into_a_chooser(desk, office_a):
    query = {"term": "نمونه " * 2000, "app_label": "accounts", "model_name": "user", "field_name": "office"}
    assert len(desk.get("/admin/autocomplete/", query).json()["results"]) == 1


def test_the_words_before_the_cut_still_find(desk, office_a, office_b):
    page = desk.get("/admin/accounts/office/", {"q": "دفتر شهر نمونه " + "۱ " * 20})
    assert [office.code for office in page.context["cl"].result_list] == [office_a.code]
