import pytest
from django.urls import reverse

from tests.desk.reading import NOT_FOUND, QUEUE, address, stored
from tickets.models import Event, Message

VERBS = ["change", "transfer", "assign", "prioritise", "develop", "close", "reopen", "reveal", "undo"]
METHODS = ["get", "head", "post"]
FIELDS = {"body": "بیگانه", "kind": "answer", "reason": "solved", "priority": "urgent", "assignee": "nobody", "promised": "۱۴۰۹/۰۱/۰۱"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("method", METHODS)
def test_mina_gets_404_on_everything_of_technicals_tickets(a_ticket, client, mina, training, verb, method):
    ticket = a_ticket()
    client.force_login(mina)
    fields = FIELDS | {"department": training.pk} if method == "post" else None
    response = getattr(client, method)(address(ticket, verb), fields) if fields else getattr(client, method)(address(ticket, verb))
    assert response.status_code == 404
    assert method == "head" or NOT_FOUND in response.content.decode()
    assert (stored(ticket).status, Message.objects.count(), Event.objects.count()) == ("new", 1, 1)


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_what_no_page_of_the_desk_answers_tells_mina_nothing_about_a_ticket(a_ticket, client, mina, method):
    client.force_login(mina)
    ask = getattr(client, method)
    there, nowhere = ask(address(a_ticket(), "change")), ask("/admin/tickets/ticket/1/change/")
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content) == (405, there.content)


def test_what_is_foreign_and_what_is_missing_look_the_same(a_ticket, client, mina):
    client.force_login(mina)
    foreign, missing = client.get(address(a_ticket())), client.get(f"{QUEUE}999999/change/")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert len(foreign.content) == len(missing.content)


@pytest.mark.parametrize("person", ["neda", "sara", "leila"])
@pytest.mark.parametrize("verb", VERBS)
def test_no_clerk_reaches_the_desk(a_ticket, client, request, person, verb):
    client.force_login(request.getfixturevalue(person))
    for path in ("/admin/", QUEUE, address(a_ticket(), verb)):
        assert client.get(path).status_code == 404
        assert client.post(path, FIELDS).status_code == 404


@pytest.mark.parametrize("verb", VERBS[1:])
def test_a_verb_is_a_post(a_ticket, client, omid, verb):
    client.force_login(omid)
    assert client.get(address(a_ticket(), verb)).status_code == 405


@pytest.mark.parametrize(
    "path", ["add/", "{}/delete/", "{}/history/", "{}/", "x/change/", "99999999999/change/", "{}/change/x/", "۱/change/"]
)
def test_no_other_address_of_the_admin_is_open(a_ticket, client, kaveh, path):
    client.force_login(kaveh)
    response = client.get(QUEUE + path.format(a_ticket().pk), follow=True)
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("app", "model", "field"), [("tickets", "message", "ticket"), ("tickets", "draft", "ticket"), ("tickets", "ticket", "continues")]
)
def test_the_autocomplete_tells_nothing(a_ticket, client, mina, app, model, field):
    a_ticket()
    client.force_login(mina)
    query = {"term": "1", "app_label": app, "model_name": model, "field_name": field}
    response = client.get(reverse("admin:autocomplete"), query)
    assert response.status_code in (403, 404)


def test_no_other_field_may_be_asked_for(a_ticket, client, omid):
    a_ticket()
    client.force_login(omid)
    assert client.get(QUEUE, {"_to_field": "national_id", "_popup": "1"}).status_code == 400


def test_messages_and_events_have_no_admin_of_their_own(client, kaveh):
    client.force_login(kaveh)
    for model in ("message", "event", "draft", "rating", "searchdoc"):
        assert client.get(f"/admin/tickets/{model}/").status_code == 404


def test_omid_who_has_no_right_of_djangos_sees_the_queue_and_nothing_else(client, omid):
    client.force_login(omid)
    assert omid.get_all_permissions() == set()
    assert [[model["object_name"] for model in app["models"]] for app in client.get("/admin/").context["app_list"]] == [["Ticket"]]
    assert client.get("/admin/tickets/department/").status_code == 403


def test_who_lost_the_department_writes_nothing(a_ticket, at_desk, omid):
    ticket = a_ticket()
    omid.memberships.all().delete()
    assert at_desk(omid, ticket, "change", body="دیر شد", kind="answer").status_code == 404
    assert Message.objects.count() == 1
