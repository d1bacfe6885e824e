"""One verb on many tickets: what was ticked, what the verb asks for, what is counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import a_member
from tests.desk.bulking import BULK, batch_of, in_bulk, outcome, verbs_of
from tests.desk.reading import QUEUE, numbers, stored, told
from tickets.admin.bulk import NO_VERB, NONE, WRONG_FILTER
from tickets.models import Batch, Department, Event, Message

NOT_YOURS = "این تیکت در میان تیکت‌های شما نیست."


@pytest.mark.parametrize(
    ("verb", "fields", "said", "column", "value"),
    [
        ("take", {}, "۳ تیکت به امید رستمی واگذار شد.", "assignee__full_name", "امید رستمی"),
        ("prioritise", {}, "اولویت ۳ تیکت: فوری.", "priority", "urgent"),
        ("develop", {}, "۳ تیکت در دست توسعه است.", "status", "in_development"),
        ("close", {}, "۳ تیکت بسته شد.", "status", "closed"),
    ],
)
def test_omid_does_it_to_three_at_once(a_ticket, at_home, omid, verb, fields, said, column, value):
    tickets, client = [a_ticket() for _ in range(3)], at_home(omid)
    response = in_bulk(client, verb, tickets, **fields)
    assert response.url.startswith(f"{QUEUE}?view=next&batch=")
    assert said in client.get(response.url).content.decode()
    ids = [ticket.pk for ticket in tickets]
    assert set(type(tickets[0]).objects.filter(pk__in=ids).values_list(column, flat=True)) == {value}
    assert [number for _, number in verbs_of(batch_of(response))] == ids
    assert set(Event.objects.filter(batch__isnull=False).values_list("actor", flat=True)) == {omid.pk}


def test_he_gives_them_to_a_colleague_and_takes_them_away(a_ticket, at_home, omid, sina):
    tickets, client = [a_ticket(), a_ticket()], at_home(omid)
    given = in_bulk(client, "assign", tickets, assignee=sina.pk)
    assert outcome(client, given).told == "۲ تیکت به سینا کاظمی واگذار شد."
    assert {stored(ticket).assignee for ticket in tickets} == {sina}
    taken = in_bulk(client, "release", tickets)
    assert outcome(client, taken).told == "۲ تیکت بدون کارشناس شد."
    assert {stored(ticket).assignee for ticket in tickets} == {None}


def test_sina_transfers_with_a_reason_that_each_office_reads(a_ticket, at_home, sina, training):
    tickets, client = [a_ticket(), a_ticket()], at_home(sina)
    response = in_bulk(client, "transfer", tickets, department=training.pk, reason="آموزشی است")
    assert outcome(client, response).told == "۲ تیکت به بخش آموزش ارجاع داده شد."
    assert {stored(ticket).department for ticket in tickets} == {training}
    assert list(Message.objects.filter(kind="reason").values_list("body", flat=True)) == ["آموزشی است"] * 2
    assert numbers(client.get(response.url)) == []


def test_the_words_do_not_stay_in_the_batch(a_ticket, at_home, omid, training):
    client = at_home(omid)
    batch = batch_of(in_bulk(client, "transfer", [a_ticket()], department=training.pk, reason="راز"))
    assert batch.asked == {"department": training.pk}
    batch = batch_of(in_bulk(client, "close", [a_ticket()], reason="other", remark="راز"))
    assert batch.asked == {"why": "other"}


@pytest.mark.parametrize("verb", ["assign", "transfer", "prioritise", "develop", "close"])
def test_what_the_verb_needs_is_asked_first_and_how_many_it_is_about(a_ticket, at_home, omid, verb):
    tickets = [a_ticket(), a_ticket()]
    response = at_home(omid).post(BULK, {"verb": verb, "ticket": [ticket.pk for ticket in tickets], "queue": "view=all"})
    page = response.content.decode()
    assert (response.status_code, "۲ تیکت انتخاب شد." in page, 'name="confirmed"' in page) == (200, True, True)
    assert f'value="{tickets[0].pk}-{tickets[1].pk}"' in page
    assert (response.context["form"].is_bound, Event.objects.exclude(verb="file").count()) == (False, 0)


@pytest.mark.parametrize(
    ("verb", "fields", "wrong"),
    [
        ("assign", {"assignee": ""}, {"assignee"}),
        ("transfer", {"department": "", "reason": "چون"}, {"department"}),
        ("transfer", {"department": "99999", "reason": "چون"}, {"department"}),
        ("prioritise", {"priority": "x"}, {"priority"}),
        ("develop", {"promised": "۱۴۰۰/۰۱/۰۱", "reason": "چون"}, {"promised"}),
        ("develop", {"promised": "فردا", "reason": "چون"}, {"promised"}),
        ("close", {"reason": "other", "remark": ""}, {"remark"}),
        ("close", {"reason": "quiet", "remark": "چون"}, {"reason"}),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_rest_stays(a_ticket, at_home, omid, verb, fields, wrong):
    ticket = a_ticket()
    response = in_bulk(at_home(omid), verb, [ticket], **fields)
    page = response.content.decode()
    assert (response.status_code, set(response.context["form"].errors)) == (200, wrong)
    assert ("چون</textarea>" in page) == ("چون" in fields.values())
    assert f'value="{ticket.pk}"' in page
    assert (Batch.objects.count(), stored(ticket).status) == (0, "new")


@pytest.mark.parametrize("fields", [{}, {"ticket": ["x", "-1", "۱۲", "9" * 40, ""]}, {"tickets": "-"}])
def test_nothing_ticked_is_told(at_home, omid, fields):
    response = at_home(omid).post(BULK, {"verb": "take", "queue": "view=mine"} | fields)
    assert (response.url, told(response), Batch.objects.count()) == (f"{QUEUE}?view=mine", [NONE], 0)


@pytest.mark.parametrize("verb", ["", "delete", "\x00", "واگذاری"])
def test_a_verb_that_is_none_changes_nothing(a_ticket, at_home, omid, verb):
    response = at_home(omid).post(BULK, {"verb": verb, "queue": "view=mine", "ticket": a_ticket().pk})
    assert (response.url, told(response), Batch.objects.count()) == (f"{QUEUE}?view=mine", [NO_VERB], 0)


def test_ones_own_are_changed_and_foreign_and_missing_look_the_same(a_ticket, at_home, omid, training):
    mine, foreign, client = a_ticket(), a_ticket(department=training), at_home(omid)
    response = in_bulk(client, "take", [mine, foreign, 999_999])
    found = outcome(client, response)
    assert (found.told, found.failed) == ("۱ تیکت به امید رستمی واگذار شد.", [(foreign.pk, NOT_YOURS), (999_999, NOT_YOURS)])
    page = client.get(response.url).content.decode()
    assert "۲ تیکت تغییر نکرد:" in page
    assert stored(foreign).assignee is None


def test_what_a_ticket_refuses_is_told_with_its_number(a_ticket, at_home, omid, sina, training):
    open_one, closed, his = (a_ticket() for _ in range(3))
    closed.close(by=sina, at=timezone.now(), reason="solved")
    his.assign(by=sina, at=timezone.now(), to=omid)
    client = at_home(omid)
    found = outcome(client, in_bulk(client, "take", [open_one, closed, his]))
    assert found.failed == [(closed.pk, "این تیکت پیش‌تر بسته شده است."), (his.pk, "کارشناس مسئول آن همین بود.")]


def test_a_colleague_of_another_department_is_no_choice(a_ticket, at_home, omid, mina):
    ticket = a_ticket()
    response = in_bulk(at_home(omid), "assign", [ticket], assignee=mina.pk)
    assert response.context["form"].errors["assignee"] == ["این همکار عضو بخش این تیکت‌ها نیست. همکار دیگری را انتخاب کنید."]
    assert mina.full_name not in response.content.decode()
    assert stored(ticket).assignee is None


def test_a_colleague_of_one_of_the_departments_takes_only_its_tickets(a_ticket, at_home, kaveh, mina, omid, training):
    technical, taught, client = a_ticket(), a_ticket(department=training), at_home(kaveh)
    found = outcome(client, in_bulk(client, "assign", [technical, taught], assignee=mina.pk))
    assert found.changed == {taught.pk}
    assert found.failed == [(technical.pk, "مینا صادقی عضو بخش پشتیبانی فنی نیست. همکار دیگری را انتخاب کنید.")]


def test_a_department_that_takes_nothing_any_more_is_refused(a_ticket, at_home, omid, training):
    Department.objects.filter(pk=training.pk).update(is_active=False)
    response = in_bulk(at_home(omid), "transfer", [a_ticket()], department=training.pk, reason="چون")
    assert (response.status_code, set(response.context["form"].errors)) == (200, {"department"})


def test_the_whole_view_is_asked_for_with_its_filters_and_in_its_order(a_ticket, at_home, omid, training):
    at = timezone.now()
    urgent, ordinary = [a_ticket() for _ in range(2)], a_ticket()
    foreign = a_ticket(department=training)
    for ticket in (*urgent, foreign):
        ticket.prioritise(by=omid if ticket != foreign else None, at=at, priority="urgent")
    response = at_home(omid).post(BULK, {"verb": "take", "whole": "1", "queue": "view=all&priority=urgent", "ticket": ordinary.pk})
    assert response.context["picked"].numbers == [urgent[1].pk, urgent[0].pk]
    assert Batch.objects.count() == 0


def test_the_whole_of_a_search_is_what_it_found(a_ticket, at_home, omid):
    found, other = a_ticket(), a_ticket(subject="چاپ پروانه", body="چیزی دیگر")
    response = at_home(omid).post(BULK, {"verb": "close", "whole": "1", "queue": f"view=all&q={found.pk}"})
    assert response.context["picked"].numbers == [found.pk]
    response = at_home(omid).post(BULK, {"verb": "close", "whole": "1", "queue": "view=all&q=پلاک"})
    assert response.context["picked"].numbers == [found.pk]
    assert other.pk not in response.context["picked"].numbers


@pytest.mark.parametrize(
    "wrong",
    [
        "from=۱۴۰۵/۱۳/۰۱",
        "to=فردا",
        "from=۱۴۰۵/۰۲/۰۲&to=۱۴۰۵/۰۲/۰۱",
        "department=99999",
        "assignee=x",
        "office=نیست",
        "q=" + "پلاک " * 60,
    ],
)
@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "1"}])
def test_the_whole_of_a_view_whose_filter_is_wrong_is_refused(a_ticket, at_home, omid, wrong, confirmed):
    """The page may show more than was meant; a date with a slip of the finger must not close the whole queue."""
    ticket = a_ticket()
    form = {"verb": "close", "whole": "1", "queue": f"view=all&{wrong}", "reason": "solved"}
    response = at_home(omid).post(BULK, form | confirmed)
    assert (told(response), stored(ticket).status, Batch.objects.count()) == ([WRONG_FILTER], "new", 0)
    assert response.url.startswith(f"{QUEUE}?view=all&")


@pytest.mark.parametrize("queue", ["", "q=پلاک", "view=all&q=" + "x" * 9000])
def test_a_view_that_nobody_saw_is_nothing(a_ticket, at_home, omid, queue):
    a_ticket()
    assert told(at_home(omid).post(BULK, {"verb": "close", "whole": "1", "queue": queue})) == [NONE]


def test_the_whole_view_is_at_most_five_hundred(a_ticket, at_home, omid):
    ticket = a_ticket()
    values = {field.attname: getattr(ticket, field.attname) for field in ticket._meta.concrete_fields if not field.primary_key}
    type(ticket).objects.bulk_create(type(ticket)(**values) for _ in range(504))
    response = at_home(omid).post(BULK, {"verb": "take", "whole": "1", "queue": "view=next"})
    first = list(type(ticket).objects.order_by("queue_at", "number").values_list("pk", flat=True)[:500])
    assert response.context["picked"].numbers == first
    assert "۵۰۰ تیکت نخست آن انتخاب شد." in response.content.decode()


def test_the_same_form_sent_twice_is_done_once(a_ticket, at_home, omid, sina):
    tickets, client, key = [a_ticket(), a_ticket()], at_home(omid), "8d9c1a52-6a5b-4f6f-9a5e-1a5d0e6f7b11"
    first = in_bulk(client, "close", tickets, key=key)
    tickets[0].reopen(by=sina, at=timezone.now())
    again = in_bulk(client, "close", tickets, key=key)
    assert again.url == first.url
    assert (stored(tickets[0]).status, Event.objects.filter(verb="close").count()) == ("new", 2)


def test_a_page_gone_back_to_does_another_thing(a_ticket, at_home, omid):
    tickets, client, key = [a_ticket(), a_ticket()], at_home(omid), "8d9c1a52-6a5b-4f6f-9a5e-1a5d0e6f7b11"
    assert in_bulk(client, "take", tickets[:1], key=key).url != in_bulk(client, "take", tickets[1:], key=key).url
    assert {stored(ticket).assignee for ticket in tickets} == {omid}


def test_who_is_in_two_departments_works_in_both(a_ticket, at_home, omid, training):
    tickets, client = [a_ticket(), a_ticket(department=training)], at_home(a_member(omid, training))
    assert outcome(client, in_bulk(client, "take", tickets)).changed == {ticket.pk for ticket in tickets}


@pytest.mark.parametrize("person", ["sara", "leila", "neda"])
def test_no_clerk_gets_there(a_ticket, at_home, request, person):
    ticket = a_ticket()
    assert in_bulk(at_home(request.getfixturevalue(person)), "take", [ticket]).status_code == 404
    assert stored(ticket).assignee is None


def test_it_is_a_post(at_home, omid):
    assert at_home(omid).get(BULK).status_code == 405


def test_old_batches_are_swept(a_ticket, at_home, omid):
    from tickets.bulk import sweep_batches

    response = in_bulk(at_home(omid), "take", [a_ticket()])
    sweep_batches(None, timezone.now() + timedelta(days=1))
    assert batch_of(response).verb == "assign"
    sweep_batches(None, timezone.now() + timedelta(days=3))
    assert Batch.objects.count() == 0
