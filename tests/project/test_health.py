import json


def test_healthz_answers_strangers_without_a_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"ok", "no-store")


def test_readyz_says_yes_and_leaves_no_file_behind(client, db, attachments_folder):
    answer = client.get("/readyz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"database": True, "attachments": True})
    assert [path for path in attachments_folder.rglob("*") if path.is_file()] == []


def test_readyz_says_no_when_attachments_cannot_be_kept(client, db, attachments_folder):
    attachments_folder.write_text("a file where the folder should be")
    answer = client.get("/readyz")
    assert (answer.status_code, json.loads(answer.content)) == (503, {"database": True, "attachments": False})


def test_health_pages_only_read(client, db):
    assert [client.post(page).status_code for page in ("/healthz", "/readyz")] == [405, 405]
