import json
from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.notices.models import Delivery, Job, WorkerBeat


def test_healthz_answers_strangers_without_a_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"ok", "no-store")


def test_readyz_says_yes_and_leaves_no_file_behind(client, db, attachments_folder):
    answer = client.get("/readyz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"database": True, "attachments": True, "worker": False})
    assert [path for path in attachments_folder.rglob("*") if path.is_file()] == []


def test_readyz_says_no_when_attachments_cannot_be_kept(client, db, attachments_folder):
    attachments_folder.write_text("a file where the folder should be")
    answer = client.get("/readyz")
    assert (answer.status_code, json.loads(answer.content)) == (503, {"database": True, "attachments": False, "worker": False})


def test_health_pages_only_read(client, db):
    assert [client.post(page).status_code for page in ("/healthz", "/readyz")] == [405, 405]


@pytest.mark.parametrize(
    ("seen", "due", "sent", "told"),
    [(0, 0, 0, True), (1, 4, 4, True), (1, 6, 0, False), (1, 0, 6, False), (3, 0, 0, False)],
    ids=["just now", "a little behind", "far behind with a job", "far behind with a delivery", "no worker has been seen"],
)
def test_readyz_says_whether_background_work_keeps_up_and_serves_people_all_the_same(client, db, seen, due, sent, told):
    now = timezone.now()
    WorkerBeat.objects.beat("w", at=now - timedelta(minutes=seen))
    Job.objects.enqueue("sweep_jobs", {}, at=now - timedelta(minutes=due))
    Delivery.objects.create(channel="email", ordering_key="email:1:1", run_at=now - timedelta(minutes=sent), expires_at=now)
    answer = client.get("/readyz")
    assert (answer.status_code, json.loads(answer.content)["worker"]) == (200, told)


def test_a_job_in_hand_is_not_a_job_left_lying(client, db):
    now = timezone.now()
    WorkerBeat.objects.beat("w", at=now)
    job = Job.objects.enqueue("sweep_jobs", {}, at=now - timedelta(minutes=20))
    Job.objects.filter(pk=job.pk).update(leased_until=now + timedelta(seconds=30), leased_by="w")
    assert json.loads(client.get("/readyz").content)["worker"] is True
