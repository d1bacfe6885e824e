"""Who may do what at the desk: an expert, the head of a department, a support manager; and that each change leaves its line."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.accounts.models import User
from tests.cast import a_member, an_expert
from tests.desk.reading import NOT_FOUND, QUEUE, address, numbers, stored
from tickets.models import Event, Message
from tickets.verbs.filing import Case

CONFIGURATION = [
    "accounts/user/",
    "accounts/office/",
    "tickets/department/",
    "announcements/announcement/",
    "tickets/holiday/",
    "notices/job/",
]
VERBS = {
    "assign": {"assignee": "omid"},
    "prioritise": {"priority": "urgent"},
    "develop": {"promised": "۱۴۰۹/۰۱/۲۰"},
    "close": {"reason": "solved"},
    "transfer": {"department": "training", "reason": "آموزشی است"},
    "reveal": {},
    "change": {"body": "پاسخ", "kind": "answer"},
}
WRITES = VERBS | {"note": {"body": "یادداشت", "kind": "note"}}


@pytest.fixture
def posted(at_desk, request):
    """A function: this person does this to the ticket; the names of people and departments are filled in."""

    def done(person, ticket, verb: str):
        fields = {
            name: request.getfixturevalue(value).pk if value in ("omid", "training") else value for name, value in WRITES[verb].items()
        }
        return at_desk(person, ticket, "change" if verb == "note" else verb, **fields)

    return done


@pytest.mark.parametrize("verb", WRITES)
@pytest.mark.parametrize("who", ["omid", "sina", "kaveh"])
def test_each_change_leaves_one_line_with_its_doer(a_ticket, opened, posted, request, training, omid, who, verb):
    person, ticket = request.getfixturevalue(who), a_ticket()
    opened(person, ticket)
    before = Event.objects.count()
    assert posted(person, ticket, verb).status_code == 302
    event = Event.objects.latest("id")
    assert Event.objects.count() == before + 1
    written = {"change": "answer"}.get(verb, verb)
    assert (event.verb, event.actor, event.source, event.ticket_id) == (written, person, "desk", ticket.pk)


@pytest.mark.parametrize("verb", ["reopen", "undo"])
def test_what_takes_a_change_back_leaves_its_line_too(a_ticket, at_desk, omid, verb):
    ticket = a_ticket()
    at_desk(omid, ticket, "close", reason="solved")
    at_desk(omid, ticket, verb)
    assert (Event.objects.latest("id").verb, Event.objects.latest("id").actor) == (verb, omid)


@pytest.mark.parametrize("who", ["omid", "sina", "colleague"])
def test_an_expert_gives_a_ticket_to_any_member_of_its_department(a_ticket, at_desk, technical, omid, sina, who):
    people = {"omid": omid, "sina": sina, "colleague": a_member(an_expert("hamed", "حامد"), technical)}
    ticket = a_ticket()
    at_desk(omid, ticket, "assign", assignee=people[who].pk)
    assert stored(ticket).assignee == people[who]


@pytest.mark.parametrize("who", ["mina", "kaveh", "sara", "gone", "nobody's", "long"])
def test_and_to_nobody_else_whatever_is_sent(a_ticket, at_desk, technical, request, omid, who):
    gone = a_member(an_expert("gone", "رفته", is_active=False), technical)
    made_up = {"gone": gone.pk, "nobody's": 999999, "long": "9" * 40}
    ticket = a_ticket()
    assignee = made_up[who] if who in made_up else request.getfixturevalue(who).pk
    assert at_desk(omid, ticket, "assign", assignee=assignee).status_code == 200
    assert (stored(ticket).assignee, Event.objects.filter(verb="assign").count()) == (None, 0)


def test_who_works_in_two_departments_works_in_both(a_ticket, at_desk, at_home, omid, training):
    a_member(omid, training)
    here, there = a_ticket(), a_ticket(department=training)
    assert set(numbers(at_home(omid).get(QUEUE))) == {here.pk, there.pk}
    assert at_desk(omid, there, "assign", assignee=omid.pk).status_code == 302
    assert stored(there).assignee == omid


def test_kaveh_works_in_every_department_and_is_a_member_of_none(a_ticket, at_desk, opened, kaveh, training):
    for department in ({}, {"department": training}):
        ticket = a_ticket(**department)
        assert opened(kaveh, ticket).status_code == 200
        at_desk(kaveh, ticket, "close", reason="solved")
        assert stored(ticket).status == "closed"


@pytest.mark.parametrize("path", CONFIGURATION)
@pytest.mark.parametrize(("who", "status"), [("omid", 403), ("sina", 403), ("kaveh", 200)])
def test_configuration_is_the_managers(at_home, request, path, who, status):
    assert at_home(request.getfixturevalue(who)).get(f"/admin/{path}").status_code == status


@pytest.mark.parametrize(("who", "count"), [("omid", 0), ("sina", 0), ("kaveh", 1)])
def test_announcements_are_the_managers(at_home, request, who, count):
    fields = {"kind": "notice", "level": "normal", "title": "قطع سرویس", "body": "متن", "published_at_0": "", "published_at_1": ""}
    page = at_home(request.getfixturevalue(who)).get("/admin/announcements/announcement/add/")
    fields |= {name: page.context["adminform"].form[name].value() or "" for name in ("kind", "level")} if count else {}
    at_home(request.getfixturevalue(who)).post("/admin/announcements/announcement/add/", fields)
    assert Announcement.objects.count() == count


def test_being_head_opens_no_other_department(a_ticket, opened, at_home, sina, training):
    foreign = a_ticket(department=training)
    assert opened(sina, foreign).status_code == 404
    assert numbers(at_home(sina).get(QUEUE, {"view": "all"})) == []


@pytest.mark.parametrize("query", ["پلاک", "{}", "99010294000040", "8520342272"])
@pytest.mark.parametrize("narrowed", [{}, {"view": "all"}, {"view": "overdue"}, {"view": "open"}, {"view": "answered"}])
def test_no_search_finds_a_foreign_ticket(a_ticket, at_home, mina, query, narrowed):
    ticket = a_ticket()
    response = at_home(mina).get(QUEUE, {"q": query.format(ticket.pk), **narrowed})
    assert (response.status_code, numbers(response)) == (200, [])


@pytest.mark.parametrize("view", ["next", "unassigned", "mine", "overdue", "open", "today", "answered", "all"])
def test_no_view_and_no_filter_shows_a_foreign_ticket(a_ticket, at_home, mina, technical, view):
    ticket = a_ticket()
    ticket.assign(by=None, at=timezone.now(), to=None)
    client = at_home(mina)
    for query in ({}, {"department": technical.pk}, {"assignee": "nobody"}, {"undo": ticket.pk}):
        response = client.get(QUEUE, {"view": view, **query})
        assert (numbers(response), f"/{ticket.pk}/change/" in response.content.decode()) == ([], False)


def test_the_same_case_in_a_foreign_department_is_not_told(a_ticket, opened, mina, training):
    case = Case("99010294000040", "8520342272")
    foreign, own = a_ticket(subject="فقط برای فنی", case=case), a_ticket(department=training, case=case)
    page = opened(mina, own).content.decode()
    assert ("فقط برای فنی" in page, f"/{foreign.pk}/change/" in page) == (False, False)


@pytest.mark.parametrize("path", ["history/", "delete/", "export/", ""])
def test_the_admins_own_pages_of_a_foreign_ticket_are_not_there(a_ticket, at_home, mina, kaveh, path):
    ticket = a_ticket()
    for person in (mina, kaveh):
        response = at_home(person).get(f"{QUEUE}{ticket.pk}/{path}", follow=True)
        assert (response.status_code, NOT_FOUND in response.content.decode()) == (404, True)


@pytest.mark.parametrize("action", ["delete_selected", "close", "assign", "transfer"])
def test_no_action_on_the_list_reaches_a_foreign_ticket(a_ticket, at_home, mina, action):
    ticket = a_ticket()
    at_home(mina).post(QUEUE, {"action": action, "_selected_action": [ticket.pk], "reason": "solved", "assignee": mina.pk})
    assert (stored(ticket).status, Event.objects.count()) == ("new", 1)


def test_who_is_made_inactive_is_out_at_once(a_ticket, at_home, omid):
    client = at_home(omid)
    assert client.get(QUEUE).status_code == 200
    User.objects.filter(pk=omid.pk).update(is_active=False)
    assert client.get(QUEUE).status_code == 302
    assert Message.objects.count() == 0


def test_a_right_of_djangos_opens_no_ticket(a_ticket, at_home, mina):
    """Only membership and the manager's right do: «change_ticket» from the list of rights means nothing."""
    mina.user_permissions.set(Permission.objects.filter(content_type__app_label="tickets", codename__in=["view_ticket", "change_ticket"]))
    assert at_home(mina).get(address(a_ticket())).status_code == 404
