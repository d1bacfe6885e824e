"""The record of what happened, at the desk: to read, not to write."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry

LIST = "/admin/accounts/auditentry/"


@pytest.fixture
def desk(at_home, kaveh):
    kaveh.user_permissions.add(*Permission.objects.filter(content_type__app_label="accounts"))
    return at_home(kaveh)


@pytest.fixture
def entries(sara):
    return [AuditEntry.record("sign_in", actor=sara, address="192.0.2.7", at=timezone.now(), n=number) for number in range(60)]


def shown(page):
    return [entry.pk for entry in page.context["cl"].result_list]


def test_the_newest_come_first_and_the_older_ones_by_key(desk, entries):
    keys = [entry.pk for entry in reversed(entries)]
    first = desk.get(LIST)
    assert shown(first) == keys[:50]
    second = desk.get(LIST + first.context["cl"].older)
    assert (shown(second), second.context["cl"].older) == (keys[50:], None)
    assert first.context["cl"].older.replace("&", "&amp;") in first.content.decode()


@pytest.mark.parametrize("key", ["x", "-1", "1\x00", "9" * 40, "۱"])
def test_a_page_key_that_is_garbage_shows_the_first_page(desk, entries, key):
    assert shown(desk.get(LIST, {"after": key})) == [entry.pk for entry in reversed(entries)][:50]


def test_nothing_is_counted(desk, entries, django_assert_num_queries):
    desk.get("/admin/")  # the first page of a session writes it
    with django_assert_num_queries(5) as queries:
        desk.get(LIST)
    assert [query["sql"] for query in queries if "COUNT(" in query["sql"] and "LIMIT" not in query["sql"]] == []


def test_kaveh_finds_the_entries_of_a_person_and_of_a_kind(desk, entries):
    AuditEntry.record("reveal", actor=None, address="", at=timezone.now())
    assert len(shown(desk.get(LIST, {"verb__exact": "reveal", "at_in": "today"}))) == 1
    assert len(shown(desk.get(LIST, {"q": "سارا"}))) == 50


def test_an_entry_is_read_but_neither_added_changed_nor_deleted(desk, entries):
    place = f"{LIST}{entries[0].pk}/"
    page = desk.get(f"{place}change/")
    assert "&quot;n&quot;: 0" in page.content.decode()
    refused = [desk.post(f"{LIST}add/"), desk.post(f"{place}change/"), desk.post(f"{place}delete/", {"post": "yes"})]
    assert [response.status_code for response in refused] == [403] * 3
    assert AuditEntry.objects.count() == 60


def test_omid_does_not_see_it(at_home, omid):
    assert at_home(omid).get(LIST).status_code == 403
