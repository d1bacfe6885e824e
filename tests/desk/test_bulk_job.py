"""More than fifty at once are a job: it acts as who asked, by the rights of that moment, and is done once however often it begins."""

import pytest
from django.utils import timezone

from autonax_support.notices.models import Job
from autonax_support.work import worker
from tests.desk.bulking import BULK, batch_of, in_bulk
from tests.desk.reading import QUEUE
from tickets import bulk
from tickets.models import Batch, Event, Ticket

MANY = 53


class Killed(BaseException):
    """As a worker is that loses its power."""


@pytest.fixture
def many(a_ticket):
    return [a_ticket() for _ in range(MANY)]


def done_by_the_worker():
    for job in Job.objects.filter(kind__in=["bulk", "bulk_undo"], state="queued"):
        {"bulk": bulk.run, "bulk_undo": bulk.run_undo}[job.kind](job, timezone.now())


@pytest.fixture(autouse=True)
def quiet_progress(monkeypatch):
    """These jobs are called as the worker calls them, but claimed by nobody."""
    monkeypatch.setattr(Job, "progress", lambda self, done, total=None: None)


def assigned() -> int:
    return Ticket.objects.exclude(assignee=None).count()


def test_it_leads_to_a_page_that_tells_how_far_it_is(many, at_home, omid):
    client = at_home(omid)
    response = in_bulk(client, "take", many)
    batch = batch_of(response)
    assert (response.url, assigned()) == (f"{BULK}{batch.pk}/", 0)
    page = client.get(response.url).content.decode()
    assert ("۰ تیکت از ۵۳ تیکت انجام شد." in page, 'hx-trigger="every 2s"' in page, "تازه کردن صفحه" in page) == (True, True, True)
    done_by_the_worker()
    page = client.get(response.url).content.decode()
    assert ("۵۳ تیکت به امید رستمی واگذار شد." in page, 'hx-trigger="every 2s"' in page, "برگرداندن" in page) == (True, False, True)
    assert f"{QUEUE}?view=next" in page


def test_asked_by_a_script_it_gives_that_part_alone(many, at_home, omid):
    client = at_home(omid)
    response = in_bulk(client, "take", many)
    part = client.get(response.url, headers={"HX-Request": "true"}).content.decode()
    assert (part.count("<section"), "<html" in part) == (1, False)


def test_the_worker_itself_does_it(many, at_home, omid, monkeypatch):
    monkeypatch.undo()
    in_bulk(at_home(omid), "take", many)
    running = worker()
    running.every = {}
    while Job.objects.filter(kind="bulk", state="queued").exists():
        assert running.step()
    assert (assigned(), Job.objects.get(kind="bulk").state, Job.objects.get(kind="bulk").done) == (MANY, "done", MANY)


def test_a_crash_in_the_middle_is_gone_on_from(many, at_home, omid, training, monkeypatch):
    response = in_bulk(at_home(omid), "transfer", many, department=training.pk, reason="آموزشی است")
    turns = iter(range(20))

    def until_killed(self, done, total=None):
        if next(turns, None) is None:
            raise Killed

    monkeypatch.setattr(Job, "progress", until_killed)
    with pytest.raises(Killed):
        done_by_the_worker()
    assert (Event.objects.filter(verb="transfer").count(), batch_of(response).finished_at) == (21, None)
    monkeypatch.setattr(Job, "progress", lambda self, done, total=None: None)
    done_by_the_worker()
    done_by_the_worker()
    assert (Event.objects.filter(verb="transfer").count(), Ticket.objects.filter(department=training).count()) == (MANY, MANY)
    assert batch_of(response).refused == {}


def test_a_request_that_was_cut_off_is_ended_by_the_worker(a_ticket, at_home, omid, monkeypatch):
    tickets, client = [a_ticket(), a_ticket()], at_home(omid)
    do, cut = bulk._do, []

    def once(batch, number, at):
        if cut:
            raise Killed
        cut.append(do(batch, number, at))

    monkeypatch.setattr(bulk, "_do", once)
    with pytest.raises(Killed):
        in_bulk(client, "take", tickets)
    assert assigned() == 1
    monkeypatch.setattr(bulk, "_do", do)
    done_by_the_worker()
    assert (assigned(), Batch.objects.get().finished_at is not None) == (2, True)


def test_who_has_left_the_department_meanwhile_changes_nothing(many, at_home, omid):
    client = at_home(omid)
    response = in_bulk(client, "take", many)
    omid.memberships.all().delete()
    done_by_the_worker()
    assert (assigned(), set(batch_of(response).refused.values())) == (0, {bulk.NOT_YOURS})
    assert "۵۳ تیکت تغییر نکرد:" in client.get(response.url).content.decode()


def test_whose_account_was_closed_meanwhile_changes_nothing(many, at_home, omid):
    response = in_bulk(at_home(omid), "take", many)
    type(omid).objects.filter(pk=omid.pk).update(is_active=False)
    done_by_the_worker()
    assert (assigned(), set(batch_of(response).refused.values())) == (0, {bulk.NOT_ACTIVE})


def test_it_is_taken_back_by_a_job_too_as_of_when_it_was_asked(many, at_home, omid):
    client = at_home(omid)
    batch = batch_of(in_bulk(client, "take", many))
    done_by_the_worker()
    response = client.post(f"{BULK}{batch.pk}/undo/")
    assert "۰ تیکت از ۵۳ تیکت به حالت قبل برگشت." in client.get(response.url).content.decode()
    done_by_the_worker()
    done_by_the_worker()
    assert "۵۳ تیکت به حالت قبل برگشت." in client.get(response.url).content.decode()
    assert (assigned(), Event.objects.filter(verb="undo").count()) == (0, MANY)


def test_only_who_asked_sees_the_page(many, at_home, omid, kaveh):
    address = in_bulk(at_home(omid), "take", many).url
    assert [at_home(person).get(address).status_code for person in (kaveh, omid)] == [404, 200]


def give_up(kind):
    """As the worker does after its last attempt."""
    job = Job.objects.get(kind=kind)
    Job.objects.filter(pk=job.pk).update(attempts=10, leased_by="worker")
    job.refresh_from_db()
    assert job.fail("OperationalError", at=timezone.now())


def test_one_that_was_given_up_says_what_is_left_and_goes_on(many, at_home, omid, monkeypatch):
    client, do, turns = at_home(omid), bulk._do, iter(range(20))

    def until_broken(batch, number, at):
        if next(turns, None) is None:
            raise OSError
        do(batch, number, at)

    address = in_bulk(client, "close", many).url
    monkeypatch.setattr(bulk, "_do", until_broken)
    with pytest.raises(OSError, match="^$"):
        done_by_the_worker()
    give_up("bulk")
    page = client.get(address).content.decode()
    assert ("این کار نیمه‌کاره ماند: ۲۰ تیکت از ۵۳ تیکت انجام شد." in page, "۳۳ تیکت مانده است" in page) == (True, True)
    assert ("۲۰ تیکت بسته شد." in page, "تغییر نکرد" in page, 'hx-trigger="every 2s"' in page) == (True, False, False)
    monkeypatch.setattr(bulk, "_do", do)
    assert client.post(address).url == address
    assert "۲۰ تیکت از ۵۳ تیکت انجام شد." in client.get(address).content.decode()
    done_by_the_worker()
    page = client.get(address).content.decode()
    assert ("۵۳ تیکت بسته شد." in page, "نیمه‌کاره" in page) == (True, False)
    assert Event.objects.filter(verb="close").count() == MANY


def test_a_taking_back_that_was_given_up_goes_on_too(many, at_home, omid):
    client = at_home(omid)
    batch = batch_of(in_bulk(client, "take", many))
    done_by_the_worker()
    address = client.post(f"{BULK}{batch.pk}/undo/").url
    give_up("bulk_undo")
    page = client.get(address).content.decode()
    assert "برگرداندن نیمه‌کاره ماند: ۰ تیکت از ۵۳ تیکت به حالت قبل برگشت." in page
    client.post(address)
    done_by_the_worker()
    assert ("۵۳ تیکت به حالت قبل برگشت." in client.get(address).content.decode(), assigned()) == (True, 0)


def test_nobody_else_goes_on_with_it_and_one_that_runs_is_left_alone(many, at_home, omid, sina):
    address = in_bulk(at_home(omid), "take", many).url
    assert at_home(sina).post(address).status_code == 404
    before = Job.objects.values_list("state", "attempts", "run_at").get()
    assert at_home(omid).post(address).url == address
    assert Job.objects.values_list("state", "attempts", "run_at").get() == before
