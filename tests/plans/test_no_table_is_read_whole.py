"""EXPLAIN of everything that the lists, their tabs, counts, filters and searches ask: an index leads to every ticket and message.

The tables of a test are small, and reading them whole would be the cheapest; forbidden that, the planner shows whether it has a way.
"""

import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from announcements.models import Announcement
from autonax_support import summary
from autonax_support.accounts.models import LaunchUse, User
from autonax_support.notices.models import Notice
from tests.desk.bulking import in_bulk
from tests.launched import launched
from tickets.models import Promise

pytestmark = pytest.mark.postgresql

GROWING = {
    "tickets_ticket",
    "tickets_message",
    "tickets_searchdoc",
    "tickets_event",
    "tickets_unread",
    "tickets_rating",
    "tickets_promise",
    "tickets_casereference",
    "files_attachment",
    "accounts_auditentry",
    "accounts_launchuse",
    "accounts_user",
    "notices_notice",
}
SEARCHES = ["", "پلاک کد", "100001", "8520342272", "99010294000040"]
STATUSES = ["awaiting_you", "awaiting_support", "new", "closed"]
DAYS = [{"from": "1405/01/01"}, {"from": "1404/01/01", "to": "1405/12/29"}]
VIEWS = ["next", "unassigned", "mine", "waiting", "development", "overdue", "all", "open", "today", "answered"]
OF_QUEUE = [{"status": "new"}, {"assignee": "me"}, {"assignee": "nobody"}, {"priority": "urgent"}, {"rating": "any"}, {"rating": "1"}]


def nodes(plan: dict):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def whole_reads(sql: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        answer = cursor.fetchone()[0]
    plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return {node["Relation Name"] for node in nodes(plan) if node["Node Type"].endswith("Seq Scan") and node["Relation Name"] in GROWING}


def seen(client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    return response


def one_by_one(client, paths: list[str]) -> None:
    for path in paths:
        seen(client, path)


@pytest.fixture
def read_whole(at_home):
    """A function: which statements of these addresses read a growing table whole, forbidden though it is.

    What is prepared is planned for its values at first, later for any; what is not is planned for its values alone.
    """

    def found(person, paths: list[str], walk=one_by_one) -> dict[str, set[str]]:
        client = at_home(person)
        client.get("/help/")
        with CaptureQueriesContext(connection) as captured:
            walk(client, paths)
        asked = list(dict.fromkeys(query["sql"] for query in captured if query["sql"].startswith(("SELECT", "WITH", "EXECUTE"))))
        prepared = [sql for sql in asked if sql.startswith("EXECUTE")]
        assert prepared
        return planned(asked, "force_custom_plan") | planned(prepared, "force_generic_plan")

    return found


def planned(asked: list[str], mode: str) -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"SET LOCAL plan_cache_mode = {mode}")
        cursor.execute("DISCARD PLANS")  # they were allowed to
    return {f"{mode}: {sql}": tables for sql in asked if (tables := whole_reads(sql))}


def addresses(path: str, always: dict, *choices: dict) -> list[str]:
    """Each choice alone, and all of them together."""
    together = {name: value for choice in choices for name, value in choice.items()}
    return [f"{path}?{urlencode({name: value for name, value in (always | more).items() if value})}" for more in (*choices, together)]


def there_and_back(client, paths: list[str]) -> None:
    """Of each list also its second and third page, and the way back from there."""
    for path in paths:
        older = seen(client, path).context["older"]
        third = older and seen(client, f"/inbox/{older}").context["older"]
        if third:
            seen(client, f"/inbox/{seen(client, f'/inbox/{third}').context['newer']}")


def with_second_pages(client, paths: list[str]) -> None:
    for path in paths:
        if more := seen(client, path).context["cl"].following:
            seen(client, f"/admin/tickets/ticket/{more}")


@pytest.fixture(params=["rare", "frequent"])
def frequency(request, monkeypatch):
    if request.param == "frequent":
        monkeypatch.setattr("tickets.models.search_doc.MANY", 0)


@pytest.mark.usefixtures("frequency")
@pytest.mark.parametrize("text", SEARCHES)
def test_the_inbox(data, read_whole, sara, technical, text):
    choices = [{}, *({"status": status} for status in STATUSES), {"department": technical.pk}, *DAYS]
    paths = addresses("/inbox/", {"q": text}, *choices)
    assert read_whole(sara, paths, there_and_back) == {}


@pytest.mark.usefixtures("frequency")
@pytest.mark.parametrize("who", ["omid", "kaveh"])
@pytest.mark.parametrize("text", SEARCHES)
def test_the_queue(data, read_whole, request, technical, office_a, sina, who, text):
    office = [{"office": office_a.code}, {"office": "نمونه"}, {"province": office_a.city.province_id}]
    narrowed = [*OF_QUEUE, {"department": technical.pk}, {"assignee": sina.pk}, *office, *DAYS]
    views = addresses("/admin/tickets/ticket/", {"q": text}, *({"view": view} for view in VIEWS))
    filters = addresses("/admin/tickets/ticket/", {"q": text, "view": "all"}, *narrowed)
    expert = request.getfixturevalue(who)
    assert read_whole(expert, [*views, *filters], with_second_pages) == {}


def test_the_whole_of_a_view_and_what_became_of_a_batch(data, read_whole, at_home, omid):
    done = in_bulk(at_home(omid), "take", data[:5])
    key = done.url.rpartition("batch=")[2]
    assert read_whole(omid, [done.url, f"/admin/tickets/ticket/bulk/{key}/"]) == {}


def test_what_is_asked_for_the_case_of_a_launch(data, read_whole, at_home, sara):
    launched(at_home(sara), tracking_number="99010294000040")
    assert read_whole(sara, [f"/tickets/new/?draft={uuid4()}"]) == {}


def test_threads_files_and_what_lies_around(data, read_whole, sara, omid):
    number = data[0].pk
    assert read_whole(sara, [f"/inbox/{number}/", "/drafts/", "/announcements/"]) == {}
    assert read_whole(omid, ["/admin/", f"/admin/tickets/ticket/{number}/change/"]) == {}


@pytest.mark.parametrize("who", ["omid", "sina", "kaveh"])
def test_the_home_of_the_desk(data, read_whole, request, who, technical, omid, sara):
    at = timezone.now()
    data[0].rate(by=sara, at=at, stars=4, remark="خوب بود")
    told = {"kind": "first", "department": technical, "priority": "normal", "minutes": 60, "business_minutes": 60, "kept": True}
    Promise.objects.bulk_create(
        Promise(ticket=ticket, expert=omid, started=at, warn_at=at, due=at, answered=at, **told) for ticket in data for _ in range(20)
    )
    assert read_whole(request.getfixturevalue(who), ["/admin/"]) == {}


def test_the_bell_its_count_and_what_reads_it(data, read_whole, sara, omid):
    told = [Notice(recipient=person, kind="breached", ticket=data[3], at=timezone.now()) for person in (sara, omid) for _ in range(60)]
    newest = Notice.objects.bulk_create(told)[-1].pk
    for person in (sara, omid):
        pages = [f"/notices/?{way}={newest - 30}" for way in ("after", "before")]
        assert read_whole(person, ["/notices/", *pages, f"/notices/bell/?of={person.pk}"]) == {}


def test_what_marks_notices_read_and_what_sweeps_them(data, sara, kaveh):
    mine, at = Notice.objects.visible_to(sara).unread(), timezone.now()
    news = Announcement.objects.create(title="قطع", body="متن", author=kaveh, published_at=at)
    asked = [
        mine.filter(pk=5),
        mine.filter(pk__lte=50),
        mine.filter(ticket=data[0]),
        mine.filter(announcement=news),
        Notice.objects.filter(announcement=news, kind="announced").order_by("-recipient_id")[:1],
        Notice.objects.past_their_time(at).filter(at__gte=at).order_by("at")[:1000],
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert [whole_reads(query_of(rows)) for rows in asked] == [set()] * len(asked)


def test_what_a_launch_and_the_counts_of_its_host_ask(data, sara):
    at = timezone.now()
    uses = LaunchUse.objects.bulk_create(
        LaunchUse(issuer="host", token_id=f"{turn:020}", handle=f"{turn:064}", user=sara, used_at=at, expires_at=at) for turn in range(100)
    )
    asked = [
        LaunchUse.objects.arriving(at).filter(handle=uses[7].handle),
        LaunchUse.objects.outlived(at),
        User.objects.filter(host_issuer="host", host_subject="7"),
        summary._counts(sara, now=at, since=at),
    ]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert [whole_reads(query_of(rows)) for rows in asked] == [set()] * len(asked)


def query_of(rows) -> str:
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        return cursor.cursor.mogrify(sql, params).decode()
