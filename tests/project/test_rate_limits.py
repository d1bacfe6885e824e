"""Who sends too much waits, and what they wrote is kept; who works quickly meets no limit."""

import json
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from autonax_support import limits
from autonax_support.accounts.models import ActionCount
from tickets.models import Draft, Ticket

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _limits_as_in_use(settings):
    settings.RATE_LIMIT_PERCENT = 100


@pytest.fixture
def used_up(db):
    """A function: this person or address has done this as often as it may, in this window and the next."""

    def fill(who: str, limit: limits.Limit, beyond: int = 0) -> None:
        now = int(timezone.now().timestamp())
        for begun in (now // limit.seconds * limit.seconds, (now // limit.seconds + 1) * limit.seconds):
            window = datetime.fromtimestamp(begun, UTC)
            ActionCount.objects.create(who=who, action=limit.action, window=window, count=limit.most + beyond)

    return fill


def of(person) -> str:
    return f"user {person.pk}"


def keys_of(page) -> dict[str, str]:
    html = page.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("submission_key", "draft_token")}


@pytest.fixture
def typed(at_home, sara, technical) -> dict[str, str]:
    keys = keys_of(at_home(sara).get("/tickets/new/", follow=True))
    return {"subject": "پلاک", "department": str(technical.pk), "tracking_number": "99010294000040", "body": "نیم ساعت نوشتن"} | keys


FILE, REPLY, ANSWER = (limits.SENT[name] for name in ("tickets:new", "inbox:reply", "admin:tickets_ticket_change"))
SIGN_IN = limits.SENT["accounts:login"]


def test_the_last_one_within_the_limit_is_filed_and_the_next_is_kept(client, typed, sara, used_up):
    used_up(of(sara), FILE, beyond=-1)
    assert client.post("/tickets/new/", typed).status_code == 302
    again = client.get("/tickets/new/", follow=True)
    answer = client.post("/tickets/new/", typed | keys_of(again) | {"body": "تیکت بعدی"})
    draft = Draft.objects.get()
    page = answer.content.decode()
    assert (answer.status_code, Ticket.objects.count(), draft.data["body"]) == (429, 1, "تیکت بعدی")
    assert 1 <= int(answer.headers["Retry-After"]) <= FILE.seconds
    assert "کمی صبر کنید" in page
    assert re.search(
        "درخواست‌ها از این حساب پشت سر هم رسیده است. [۰-۹]+ (ثانیه|دقیقه) دیگر دوباره «ثبت تیکت» را بزنید؛ متن شما سر جای خود است.", page
    )
    assert f'href="{draft.get_absolute_url()}"' in page
    assert "تیکت بعدی" in client.get(draft.get_absolute_url()).content.decode()


def test_a_reply_beyond_the_limit_waits_in_its_box(at_home, a_ticket, sara, used_up):
    ticket = a_ticket()
    address = f"/inbox/{ticket.pk}/"
    client = at_home(sara)
    keys = keys_of(client.get(address))
    used_up(of(sara), REPLY)
    assert client.post(f"{address}reply/", {"body": "پاسخ من", **keys}).status_code == 429
    assert (ticket.messages.count(), "پاسخ من" in client.get(address).content.decode()) == (1, True)


def test_an_answer_beyond_the_limit_waits_at_the_desk(at_home, a_ticket, omid, used_up):
    address = f"/admin/tickets/ticket/{a_ticket().pk}/change/"
    client = at_home(omid)
    keys = keys_of(client.get(address))
    used_up(of(omid), ANSWER)
    assert client.post(address, {"body": "پاسخ کارشناس", "kind": "answer", **keys}).status_code == 429
    assert Draft.objects.get(owner=omid).data["body"] == "پاسخ کارشناس"


def test_reza_is_not_asked_to_wait_for_sara(at_home, sara, reza, used_up):
    used_up(of(sara), limits.METHOD["POST"])
    assert at_home(sara).post("/accounts/me/", {"full_name": "سارا"}).status_code == 429
    assert at_home(reza).post("/accounts/me/", {"full_name": "رضا"}).status_code == 302


def test_a_script_gets_words_and_the_wait_as_json(client, typed, sara, used_up):
    used_up(of(sara), FILE)
    answer = client.post("/tickets/new/", typed, headers=JSON)
    told = json.loads(answer.content)
    assert (answer.status_code, set(told), told["saved"]) == (429, {"message", "retry_after", "saved"}, True)
    assert answer.headers["Retry-After"] == str(told["retry_after"])


def test_saving_too_often_is_refused_without_a_promise(client, typed, sara, used_up):
    used_up(of(sara), limits.AUTOSAVE)
    answer = client.post("/tickets/new/", typed | {"save_draft": "quiet"}, headers=JSON)
    assert (answer.status_code, json.loads(answer.content)["saved"], Draft.objects.count()) == (429, False, 0)
    assert "سر جای خود" not in json.loads(answer.content)["message"]


def test_saving_too_often_by_the_button_keeps_the_text(client, typed, sara, used_up):
    """Without a script, and of what a page leaves behind, nobody would send it again."""
    used_up(of(sara), limits.AUTOSAVE)
    answer = client.post("/tickets/new/", typed | {"save_draft": "1"})
    assert (answer.status_code, Draft.objects.get().data["body"]) == (429, "نیم ساعت نوشتن")
    assert "متن شما سر جای خود است" in answer.content.decode()


def test_calling_it_a_draft_opens_no_other_door(client, sara, used_up):
    """Only forms that have drafts are counted as saved; a password is not guessed under that name."""
    used_up("address 127.0.0.1", SIGN_IN)
    used_up(of(sara), limits.SENT["accounts:password"])
    said = {"username": "sara", "password": "demo-1405", "save_draft": "1"}
    assert client.post("/accounts/login/", said).status_code == 429
    client.force_login(sara)
    assert client.post("/accounts/me/password/", {"old_password": "x", "save_draft": "1"}).status_code == 429


def test_a_flood_is_not_kept_without_end(client, typed, sara, used_up):
    used_up(of(sara), FILE, beyond=limits.RESCUED)
    answer = client.post("/tickets/new/", typed)
    assert (answer.status_code, Draft.objects.count(), "سر جای خود" in answer.content.decode()) == (429, 0, False)


def test_the_form_of_another_person_is_kept_for_her_and_not_shown(client, typed, sara, reza, used_up):
    used_up(of(reza), FILE)
    client.force_login(reza)
    answer = client.post("/tickets/new/", typed)
    draft = Draft.objects.get()
    assert (answer.status_code, draft.owner, str(draft.key) in answer.content.decode()) == (429, sara, False)


def test_a_form_left_open_counts_for_its_owner_and_not_for_the_whole_office(client, typed, sara, used_up):
    client.logout()
    used_up("address 127.0.0.1", FILE)
    assert client.post("/tickets/new/", typed).status_code == 302
    assert Draft.objects.get().data["body"] == "نیم ساعت نوشتن"
    ActionCount.objects.filter(who=f"form of {sara.pk}", action="file").update(count=FILE.most)
    assert client.post("/tickets/new/", typed).status_code == 429
    assert client.post("/accounts/login/", typed).status_code == 200  # there the address counts, whatever form comes along


def test_signed_out_people_are_counted_by_address(client, sara, used_up):
    used_up("address 127.0.0.1", SIGN_IN)
    here = client.post("/accounts/login/", {"username": "sara", "password": "demo-1405"})
    assert (here.status_code, "درخواست‌ها از این رایانه پشت سر هم رسیده است." in here.content.decode()) == (429, True)
    assert client.post("/accounts/login/", {"username": "sara", "password": "demo-1405"}, REMOTE_ADDR="127.0.0.2").status_code == 302


def test_searching_is_limited_and_reading_is_not(at_home, sara, used_up):
    client = at_home(sara)
    used_up(of(sara), limits.SEARCH)
    counted = ActionCount.objects.count()
    assert client.get("/inbox/?q=پلاک").status_code == 429
    assert [client.get(page).status_code for page in ("/inbox/", "/inbox/?status=closed", "/help/", "/accounts/me/")] == [200] * 4
    assert ActionCount.objects.count() == counted


def test_htmx_loads_the_refusal_as_a_page(at_home, sara, used_up):
    used_up(of(sara), limits.SEARCH)
    answer = at_home(sara).get("/inbox/", {"q": "x"}, headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/inbox/?q=x")


def test_counting_takes_one_statement(at_home, sara):
    client = at_home(sara)
    with CaptureQueriesContext(connection) as captured:
        client.post("/accounts/me/", {"full_name": "سارا"})
    assert sum("accounts_actioncount" in query["sql"] for query in captured) == 1


def test_what_is_refused_or_broken_counts_as_well(at_home, sara, a_ticket):
    client = at_home(sara)
    client.post("/inbox/1/close/")
    Client(enforce_csrf_checks=True, headers={"cookie": client.cookies.output(header="", attrs=[])}).post("/accounts/me/", {})
    assert ActionCount.objects.get(who=of(sara)).count == 2


def test_zero_percent_switches_counting_off(at_home, sara, settings):
    settings.RATE_LIMIT_PERCENT = 0
    at_home(sara).post("/accounts/me/", {"full_name": "سارا"})
    assert ActionCount.objects.count() == 0


def test_a_percentage_scales_all_limits(at_home, sara, used_up, settings):
    used_up(of(sara), limits.METHOD["POST"])
    settings.RATE_LIMIT_PERCENT = 200
    assert at_home(sara).post("/accounts/me/", {"full_name": "سارا"}).status_code == 302


def test_the_table_names_addresses_that_are_there():
    names = {f"{space}:{name}" for space, (_, resolver) in get_resolver().namespace_dict.items() for name in resolver.reverse_dict if name}
    assert set(limits.SENT) - names == set()


@pytest.mark.parametrize(
    ("limit", "pace"),  # seconds between two of them in a hurried hour
    [(FILE, 40), (REPLY, 20), (ANSWER, 10), (limits.AUTOSAVE, 1), (limits.SEARCH, 1), (limits.METHOD["POST"], 2), (limits.DOWNLOAD, 0.2)],
)
def test_a_hurried_person_stays_far_below(limit, pace):
    assert limit.most >= 2 * limit.seconds / pace


def test_windows_persons_and_actions_are_counted_apart(db):
    hit = ActionCount.objects.hit
    assert [hit("user 1", "file", NOON), hit("user 1", "file", NOON), hit("user 2", "file", NOON)] == [1, 2, 1]
    assert [hit("user 1", "reply", NOON), hit("user 1", "file", NOON + timedelta(minutes=10))] == [1, 1]
    assert ActionCount.objects.outlived(NOON + timedelta(minutes=1)).count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_two():
    def ten_times():
        for _ in range(10):
            ActionCount.objects.hit("user 1", "file", NOON)
        connections.close_all()

    workers = [threading.Thread(target=ten_times) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert ActionCount.objects.get().count == 40


@pytest.mark.django_db(transaction=True)
def test_when_nothing_can_be_counted_people_work_on_but_nobody_guesses_passwords(client, sara):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_actioncount RENAME TO out_of_reach")
    try:
        closed = client.post("/accounts/login/", {"username": "sara", "password": "demo-1405"})
        is_in = "_auth_user_id" in client.session
        client.force_login(sara)
        opened = client.post("/accounts/me/", {"full_name": "سارا"})
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE out_of_reach RENAME TO accounts_actioncount")
    assert (closed.status_code >= 500, is_in, opened.status_code) == (True, False, 302)
