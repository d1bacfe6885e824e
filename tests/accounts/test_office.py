"""Offices, cities and provinces at the desk."""

from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission

from autonax_support.accounts.models import AuditEntry, City, Office
from tests.cast import an_office

OFFICES = "/admin/accounts/office/"
CODE_ERROR = "کد دفتر فقط رقم دارد و حداکثر ۱۲ رقم است."


@pytest.fixture
def kaveh(kaveh):
    kaveh.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return kaveh


@pytest.fixture
def desk(at_home, kaveh):
    return at_home(kaveh)


def typed(city, **changes):
    return {"code": "۷۲۹۹", "title": "دفتر نو", "city": city.pk, "phone": "۰۲۱", "is_active": "on", **changes}


def found(page):
    return [office.code for office in page.context["cl"].result_list]


def test_kaveh_adds_an_office_with_persian_digits(desk, office_a):
    assert desk.post(f"{OFFICES}add/", typed(office_a.city)).url == OFFICES
    assert Office.objects.filter(code="7299", title="دفتر نو", host_issuer="").count() == 1


def test_what_changed_is_on_record(desk, kaveh, office_a):
    desk.post(f"{OFFICES}{office_a.pk}/change/", typed(office_a.city, code=office_a.code, title="نام دیگر", phone="", is_active=""))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.data["model"], entry.data["id"]) == ("changed", kaveh, "accounts.office", office_a.pk)
    assert entry.data["before"] == {"title": "دفتر شهر نمونه ۱", "is_active": True}
    assert entry.data["after"] == {"title": "نام دیگر", "is_active": False}


@pytest.mark.parametrize("code", ["72-99", "1234567890123", "کد"])
def test_a_code_that_is_none_is_refused_in_persian(desk, office_a, code):
    assert desk.post(f"{OFFICES}add/", typed(office_a.city, code=code)).context["adminform"].errors == {"code": [CODE_ERROR]}


def test_a_code_is_taken_once(desk, office_a):
    errors = desk.post(f"{OFFICES}add/", typed(office_a.city, code=office_a.code)).context["adminform"].errors
    assert errors == {"__all__": ["دفتری با این کد پیش‌تر ثبت شده است."]}


@pytest.mark.parametrize("query", ["۷۲۹۹۰۱۰۲۰۰۱", "72990102001", "نمونه 1", "نمونه ۱", "٧٢٩٩٠١٠٢٠٠١"])
def test_kaveh_finds_an_office_however_the_digits_are_typed(desk, office_a, office_b, query):
    assert found(desk.get(OFFICES, {"q": query})) == [office_a.code]


def test_kaveh_finds_an_office_however_the_letters_are_typed(desk, office_a, office_b):
    office_b.title = "دفتر کیش"
    office_b.save()
    assert found(desk.get(OFFICES, {"q": "كيش"})) == [office_b.code]


@pytest.mark.parametrize("query", ["x\x00y", "'", "%", "\u202e", "x" * 5000])
def test_a_hostile_query_breaks_nothing(desk, office_a, query):
    assert desk.get(OFFICES, {"q": query}).status_code == 200


@pytest.mark.parametrize("key", ["is_active__exact", "city__province__id__exact", "code", "title__icontains", "o", "p", "nonsense"])
def test_a_hostile_filter_breaks_nothing(desk, office_a, key):
    assert [desk.get(OFFICES, {key: value}).status_code < 500 for value in ("x\x00y", "9" * 40, "'", "")] == [True] * 4


def test_nothing_is_deleted(desk, office_a):
    assert desk.post(f"{OFFICES}{office_a.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(OFFICES, {"action": "delete_selected", "_selected_action": office_a.pk, "post": "yes"}, follow=True).status_code == 200
    assert Office.objects.count() == 1


def test_omid_may_not_configure(at_home, omid, office_a):
    client = at_home(omid)
    assert client.get(OFFICES).status_code == 403
    assert client.post(f"{OFFICES}add/", typed(office_a.city)).status_code == 403


def test_only_a_superuser_moves_an_office_to_another_host(desk, office_a):
    desk.post(f"{OFFICES}{office_a.pk}/change/", typed(office_a.city, host_issuer="evil"))
    office_a.refresh_from_db()
    assert office_a.host_issuer == ""


@pytest.mark.parametrize("offices", [1, 40])
def test_the_list_needs_the_same_queries_for_many_offices(desk, office_a, offices, django_assert_num_queries):
    for number in range(1, offices):
        an_office(str(8000 + number), f"دفتر {number}", city=f"شهر {number % 7}")
    desk.get("/admin/")  # the first page of a session writes it
    with django_assert_num_queries(7):
        assert len(found(desk.get(OFFICES))) == offices


def test_the_list_shows_jalali_dates(desk, office_a):
    page = desk.get(OFFICES).content.decode()
    assert (str(office_a.created_at.year) in page, '<td class="field-created_at">۱۴' in page) == (False, True)


def test_kaveh_adds_a_city(desk, office_a):
    desk.post("/admin/accounts/city/add/", {"province": office_a.city.province.pk, "name": " يزد "})
    assert City.objects.filter(name="یزد").count() == 1


@pytest.mark.parametrize("key", ["999999", "x", "1\x00", "9" * 40])
def test_an_unknown_office_is_not_found(desk, key):
    assert desk.get(f"{OFFICES}{quote(key)}/change/").status_code == 404
