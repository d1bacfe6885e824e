"""Background jobs at the desk: to read for the support manager, and to try the dead ones again."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.notices.models import Job
from tests.accounts.test_desk_words import read
from tests.notices.conftest import stored

LIST = "/admin/notices/job/"


@pytest.fixture
def desk(at_home, kaveh):
    return at_home(kaveh)


@pytest.fixture
def dead(db):
    now = timezone.now()
    job = Job.objects.enqueue("sweep_jobs", {"id": 7}, at=now)
    Job.objects.filter(pk=job.pk).update(state="dead", attempts=10, finished_at=now, error="ValueError 12345678", done=3, total=9)
    return job


def shown(page):
    return [job.pk for job in page.context["cl"].result_list]


def chosen(*jobs):
    return {"action": "try_again", "index": "0", "_selected_action": [job.pk for job in jobs]}


def test_kaveh_reads_what_each_job_is_and_how_it_stands(desk, dead):
    Job.objects.enqueue("of_tomorrow", {}, at=timezone.now())
    page = desk.get(LIST)
    text = read(page)
    for words in ("پاک کردن کارهای انجام‌شده", "ناموفق", "۱۰", "۳ از ۹", "در صف"):
        assert words in text
    assert '<bdi dir="ltr">ValueError 12345678</bdi>' in page.content.decode()
    assert '<bdi dir="ltr">of_tomorrow</bdi>' in page.content.decode()


def test_the_newest_come_first_and_the_older_ones_by_key_without_a_count(desk, django_assert_num_queries):
    jobs = [Job.objects.enqueue("sweep_jobs", {}, at=timezone.now()).pk for _ in range(60)][::-1]
    first = desk.get(LIST)
    second = desk.get(LIST + first.context["cl"].older)
    assert (shown(first), shown(second), second.context["cl"].older) == (jobs[:50], jobs[50:], None)
    with django_assert_num_queries(5) as queries:
        desk.get(LIST)
    assert [query["sql"] for query in queries if "COUNT(" in query["sql"] and "LIMIT" not in query["sql"]] == []


def test_the_chosen_ones_are_counted_by_the_script_that_counts_in_persian(desk, dead):
    page = desk.get(LIST).content.decode()
    assert page.index("js/admin-numbers.js") < page.index("admin/js/actions.js")


def test_the_dead_ones_are_found_among_all(desk, dead):
    Job.objects.enqueue("sweep_jobs", {}, at=timezone.now())
    assert shown(desk.get(LIST, {"state__exact": "dead"})) == [dead.pk]


def test_a_dead_job_is_tried_again_and_that_is_on_record(desk, dead, kaveh):
    page = desk.post(LIST, chosen(dead), follow=True)
    assert "۱ کار دوباره در صف گذاشته شد." in page.content.decode()
    again = stored(dead)
    assert (again.state, again.attempts, again.finished_at) == ("queued", 0, None)
    assert timezone.now() - again.run_at < timedelta(minutes=1)
    entry = AuditEntry.objects.get(verb="changed")
    assert (entry.actor, entry.data["model"], entry.data["id"], entry.data["after"]) == (kaveh, "notices.job", dead.pk, {"state": "queued"})


def test_only_a_dead_job_is_tried_again(desk):
    waiting = Job.objects.enqueue("sweep_jobs", {}, at=timezone.now())
    before = stored(waiting).run_at
    page = desk.post(LIST, chosen(waiting), follow=True)
    assert "فقط کار ناموفق دوباره در صف گذاشته می‌شود." in page.content.decode()
    assert (stored(waiting).run_at, AuditEntry.objects.filter(verb="changed").count()) == (before, 0)


def test_a_job_is_read_but_neither_added_changed_nor_deleted(desk, dead):
    place = f"{LIST}{dead.pk}/"
    assert "&quot;id&quot;: 7" in desk.get(f"{place}change/").content.decode()
    refused = [desk.post(f"{LIST}add/"), desk.post(f"{place}change/"), desk.post(f"{place}delete/", {"post": "yes"})]
    assert [response.status_code for response in refused] == [403] * 3
    assert stored(dead).state == "dead"


def test_who_may_only_look_tries_nothing_again(at_home, omid, dead):
    omid.user_permissions.add(Permission.objects.get(codename="view_job"))
    client = at_home(omid)
    assert "try_again" not in client.get(LIST).content.decode()
    client.post(LIST, chosen(dead))
    assert stored(dead).state == "dead"


@pytest.mark.parametrize(("who", "status"), [("omid", 403), ("sina", 403), ("sara", 404)])
def test_nobody_else_sees_them(at_home, request, dead, who, status):
    client = at_home(request.getfixturevalue(who))
    assert [client.get(LIST).status_code, client.post(LIST, chosen(dead)).status_code] == [status] * 2
    assert stored(dead).state == "dead"
