"""Deliveries at the desk: what is on its way, what was given up, and «ارسال دوباره». Nobody's address is shown whole."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.notices.admin import masked
from autonax_support.notices.models import Delivery, WorkerBeat
from tests.accounts.test_desk_words import read
from tests.notices.telling import reachable

LIST, WORKERS = "/admin/notices/delivery/", "/admin/notices/workerbeat/"


@pytest.fixture
def desk(at_home, kaveh):
    return at_home(kaveh)


@pytest.fixture
def dead(a_ticket, sara, omid):
    reachable(sara, email="sara@example.ir")
    a_ticket().answer(by=omid, at=timezone.now(), body="پاسخ")
    Delivery.objects.update(state="dead", attempts=10, error="SMTPDataError 451 1234567")
    return Delivery.objects.get()


def chosen(*deliveries):
    return {"action": "send_again", "index": "0", "_selected_action": [delivery.pk for delivery in deliveries]}


def stored(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def test_kaveh_reads_how_each_stands_and_no_address(desk, dead):
    for page in (desk.get(LIST), desk.get(f"{LIST}{dead.pk}/change/")):
        html, words = page.content.decode(), ("ایمیل", "ارسال ناموفق", "۱۰")
        assert [word for word in words if word not in read(page)] == []
        codes = [f'<bdi dir="ltr">{code}</bdi>' for code in ("SMTPDataError 451 1234567", "s***@example.ir")]
        assert ([code for code in codes if code not in html], "sara@example.ir" in html) == ([], False)


def test_the_dead_ones_are_found_among_all(desk, dead):
    Delivery.objects.create(channel="sms", target="09121234567", ordering_key="k", run_at=dead.run_at, expires_at=dead.expires_at)
    page = desk.get(LIST, {"state__exact": "dead"})
    assert [delivery.pk for delivery in page.context["cl"].result_list] == [dead.pk]


def test_nothing_is_counted(desk, dead, django_assert_num_queries):
    desk.get(LIST)
    with django_assert_num_queries(5) as queries:
        desk.get(LIST)
    assert [query["sql"] for query in queries if "COUNT(" in query["sql"] and "LIMIT" not in query["sql"]] == []


def test_a_dead_one_is_sent_again_and_that_is_on_record(desk, dead, kaveh):
    page = desk.post(LIST, chosen(dead), follow=True)
    assert "۱ پیام دوباره در صف ارسال گذاشته شد." in page.content.decode()
    assert (stored(dead).state, stored(dead).attempts) == ("queued", 0)
    entry = AuditEntry.objects.get(verb="changed")
    assert (entry.actor, entry.data["model"], entry.data["id"]) == (kaveh, "notices.delivery", dead.pk)


def test_only_a_dead_one_whose_person_has_an_address_is_sent_again(desk, dead, sara):
    reachable(sara)
    page = desk.post(LIST, chosen(dead), follow=True)
    assert "فقط آنچه فرستاده نشده است و گیرنده‌اش نشانی دارد، دوباره در صف گذاشته می‌شود." in page.content.decode()
    assert (stored(dead).state, AuditEntry.objects.filter(verb="changed").count()) == ("dead", 0)


def test_it_is_neither_added_changed_nor_deleted(desk, dead):
    place = f"{LIST}{dead.pk}/"
    refused = [desk.post(f"{LIST}add/"), desk.post(f"{place}change/"), desk.post(f"{place}delete/", {"post": "yes"})]
    assert [response.status_code for response in refused] == [403] * 3


def test_who_may_only_look_sends_nothing_again(at_home, omid, dead):
    omid.user_permissions.add(Permission.objects.get(codename="view_delivery"))
    client = at_home(omid)
    assert "send_again" not in client.get(LIST).content.decode()
    client.post(LIST, chosen(dead))
    assert stored(dead).state == "dead"


@pytest.mark.parametrize(("who", "status"), [("omid", 403), ("sina", 403), ("sara", 404)])
def test_nobody_else_sees_them(at_home, request, dead, who, status):
    client = at_home(request.getfixturevalue(who))
    assert [client.get(page).status_code for page in (LIST, WORKERS)] == [status] * 2


def test_kaveh_sees_which_workers_live(desk):
    now = timezone.now()
    WorkerBeat.objects.beat("host:1", at=now)
    WorkerBeat.objects.beat("host:2", at=now - timedelta(minutes=5))
    text = desk.get(WORKERS).content.decode()
    assert text.index("host:1") < text.index("در حال کار") < text.index("host:2") < text.index("بی‌خبر")


@pytest.mark.parametrize(
    ("target", "shown"), [("sara@example.ir", "s***@example.ir"), ("09121234567", "0912*****67"), ("0912", "****"), ("", "")]
)
def test_of_an_address_so_much_is_shown(target, shown):
    assert masked(target) == shown
