"""How the database finds the files a person may see: by keys and indexes, however many tickets there are."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from autonax_support.files.models import Attachment
from tests.files.conftest import AT
from tickets.models import Message, Ticket

WHOLE_TABLE = {"postgresql": "Seq Scan on", "sqlite": "SCAN "}
MESSAGE_BY_KEY = {"postgresql": "Index Scan using tickets_message_pkey", "sqlite": "USING INTEGER PRIMARY KEY (rowid=?)"}
SMALL = ("tickets_draft", "tickets_department")  # a handful of rows, quicker read than looked up


def a_row(message):
    return Attachment(
        message=message,
        owner=message.author,
        storage_key=uuid4().hex,
        name="یادداشت.txt",
        kind="text",
        content_type="text/plain",
        size=4,
        received_sha256="0" * 64,
        stored_sha256="0" * 64,
        created_at=AT,
    )


@pytest.fixture
def many(a_ticket, neda, technical):
    """Two thousand tickets of two offices, each with a message and its file."""
    mine = a_ticket()
    fields = {field.attname: getattr(mine, field.attname) for field in mine._meta.concrete_fields if not field.primary_key}
    Ticket.objects.bulk_create(Ticket(**fields | {"office_id": (mine.office_id, neda.office_id)[turn % 2]}) for turn in range(2000))
    said = {"kind": "reply", "side": "office", "author": mine.filed_by, "body": "متن", "created_at": AT}
    Message.objects.bulk_create(Message(ticket=ticket, **said) for ticket in Ticket.objects.exclude(pk=mine.pk))
    Attachment.objects.bulk_create(map(a_row, Message.objects.select_related("author")))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return mine


def plan_of(files):
    """Whether a file's message is looked up by its key, and which tables are read from beginning to end."""
    plan = files.explain()
    whole = [line for line in plan.splitlines() if WHOLE_TABLE[connection.vendor] in line and not any(table in line for table in SMALL)]
    return MESSAGE_BY_KEY[connection.vendor] in plan, whole


@pytest.fixture(params=["sara", "omid", "kaveh"])
def person(request):
    if request.param == "kaveh":
        kaveh = request.getfixturevalue("kaveh")
        kaveh.user_permissions.add(Permission.objects.get(codename="work_in_all_departments"))
    return request.getfixturevalue(request.param)


def test_one_file_is_found_by_its_keys(many, person):
    file = Attachment.objects.get(message__ticket=many)
    files = Attachment.objects.visible_to(person).filter(pk=file.pk)
    assert (list(files), *plan_of(files)) == ([file], True, [])


def test_the_files_of_a_thread_are_found_by_its_messages(many, person):
    files = Attachment.objects.visible_to(person).filter(message__ticket=many).order_by("position", "pk")
    assert (len(files), *plan_of(files)) == (1, True, [])
