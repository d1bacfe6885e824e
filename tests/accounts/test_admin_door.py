import pytest
from django.contrib import admin
from django.http import Http404
from django.urls import NoReverseMatch, get_resolver, reverse


def desk_addresses():
    """Every address below /admin/, with a number wherever one is asked for."""
    found = set()

    def walk(patterns, prefix):
        for pattern in patterns:
            text = str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, prefix + text)
            elif pattern.name:
                found.add(pattern.name)

    walk([entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "admin"], "/")
    return sorted(found)


def address(name):
    for args in ([], [1], [1, 1], ["accounts"]):
        try:
            return reverse(f"admin:{name}", args=args)
        except NoReverseMatch:
            continue
    return "/admin/no-such-page/"


@pytest.mark.parametrize("person", ["sara", "leila"])
def test_for_people_of_an_office_the_desk_does_not_exist(at_home, request, person):
    client = at_home(request.getfixturevalue(person))
    addresses = [address(name) for name in desk_addresses()] + ["/admin/no-such-page/"]
    assert len(addresses) > 30
    for method in (client.get, client.post):
        assert {place: method(place).status_code for place in addresses} == dict.fromkeys(addresses, 404)


def test_the_site_itself_refuses_clerks_even_without_the_middleware(rf, sara):
    request = rf.get("/admin/")
    request.user = sara
    for view in (admin.site.admin_view(admin.site.index), admin.site.login):
        with pytest.raises(Http404):
            view(request)


def test_a_stranger_is_led_to_the_one_sign_in(client, db):
    assert client.get("/admin/accounts/user/").url == "/accounts/login/?next=/admin/accounts/user/"
    assert client.get("/admin/login/?next=/admin/accounts/user/").url == "/accounts/login/?next=%2Fadmin%2Faccounts%2Fuser%2F"


def test_omid_sees_the_desk_in_its_own_name(at_home, omid):
    page = at_home(omid).get("/admin/").content.decode()
    assert "میز پشتیبانی اتوناکس" in page
    assert "میز کار" in page


def test_omid_changes_his_password_where_everybody_does(at_home, omid):
    client = at_home(omid)
    assert client.get("/admin/password_change/").url == "/accounts/me/password/"
    assert client.get("/admin/password_change/done/").url == "/accounts/me/"


def test_omid_who_is_signed_in_goes_on_to_the_desk(at_home, omid):
    client = at_home(omid)
    assert client.get(client.get("/admin/login/").url).url == "/admin/"


def test_a_field_without_a_name_is_a_wrong_address_and_no_failure(at_home, kaveh, office_a):
    client = at_home(kaveh)
    address = f"/admin/accounts/office/{office_a.pk}/change/"
    assert client.get(f"{address}?_to_field=").status_code == 400
    assert client.post(address, {"_to_field": ""}).status_code == 400
    assert client.get(f"{address}?_to_field=id").status_code == 200


@pytest.mark.parametrize("row", ["try_again", "", "-1", "1.5", "۱", "9" * 40, "\x00"])
def test_a_ticked_row_that_is_no_number_is_a_wrong_request_and_no_failure(at_home, kaveh, row):
    fields = {"action": "try_again", "_selected_action": ["1", row]}
    assert at_home(kaveh).post("/admin/notices/job/", fields).status_code == 400


def test_a_ticked_row_that_is_gone_changes_nothing(at_home, kaveh):
    fields = {"action": "try_again", "_selected_action": ["1", "9" * 18]}
    assert at_home(kaveh).post("/admin/notices/job/", fields).status_code == 302


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_the_desk_answers_to_no_other_method(at_home, kaveh, method):
    assert getattr(at_home(kaveh), method)("/admin/accounts/office/").status_code == 405
