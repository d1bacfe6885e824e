"""Two people, or two tabs of one person, press at the same moment: both are served or one is told, and nothing typed is lost."""

import re
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from tests.journeys.forms import Reader
from tests.racing import at_once, browser_of, digests, files, form_on, open_transactions, rounds, same_browser, together
from tickets.drafts import begin
from tickets.models import Draft, Event, Message, Refused, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

ANSWER = "ارسال پاسخ"
ANYWAY = "با این حال ارسال شود"
CONFLICT = "پیش از ارسال شما، تیکت تغییر کرد"


def desk(ticket) -> str:
    return f"/admin/tickets/ticket/{ticket.pk}/change/"


def loaded(ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def bodies(ticket, kind: str) -> list[str]:
    return sorted(ticket.messages.filter(kind=kind).values_list("body", flat=True))


def is_sound(ticket) -> Ticket:
    """As it is stored. Every message was said by one event, and no event stands for two."""
    said = Event.objects.filter(ticket=ticket).exclude(message=None).values_list("message", flat=True)
    assert sorted(said) == sorted(ticket.messages.values_list("pk", flat=True))
    return Ticket.objects.get(pk=ticket.pk)


def test_two_experts_answering_at_once_lose_no_word_and_leave_no_lock(a_ticket, omid, sina):
    experts = {person: browser_of(person) for person in (omid, sina)}
    for turn in range(rounds(20, 100)):
        ticket = a_ticket()
        forms = {person: begin(person, Draft.Kind.ANSWER, ticket) for person in experts}
        seen = ticket.messages.get().pk

        def press(person, ticket=ticket, forms=forms, seen=seen, turn=turn):
            keys = {"submission_key": str(forms[person].key), "draft_token": forms[person].token, "seen": seen}
            typed = {"body": f"پاسخ {turn} از {person.full_name}", "kind": "answer", "then": "stay"}
            return same_browser(experts[person]).post(desk(ticket), typed | keys)

        for person, answer in zip(experts, at_once(press, list(experts)), strict=True):
            text = f"پاسخ {turn} از {person.full_name}"
            if answer.status_code == 302:
                assert bodies(ticket, "answer").count(text) == 1
                continue
            page = answer.content.decode()
            assert (answer.status_code, CONFLICT in page, f"{text}</textarea>" in page) == (200, True, True)
            assert Draft.objects.get(owner=person).data["body"] == text
            again = next(form for form in Reader(page).forms if any(words == ANYWAY for words, *_ in form.buttons))
            assert experts[person].post(again.action, again.filled_in(ANYWAY, {})).status_code == 302
        assert bodies(ticket, "answer") == sorted(f"پاسخ {turn} از {person.full_name}" for person in experts)
        assert is_sound(ticket).status == "answered"
        assert Draft.objects.count() == 0
    if connection.vendor == "postgresql":
        assert open_transactions() == 0


def test_closing_and_replying_at_once_leave_the_ticket_as_the_later_of_the_two(a_ticket, omid, sara):
    for _ in range(rounds(10, 100)):
        ticket = a_ticket()
        ticket.answer(by=omid, at=timezone.now(), body="سلام")
        together(
            partial(loaded(ticket).close, by=omid, at=timezone.now(), reason="solved"),
            partial(loaded(ticket).reply, by=sara, at=timezone.now(), body="هنوز نه"),
        )
        last = Event.objects.filter(ticket=ticket).order_by("-id").first().verb
        stored = is_sound(ticket)
        assert (last, stored.status, stored.reopened_count) in [("close", "closed", 0), ("reply", "followed_up", 1)]
        assert bodies(ticket, "reply") == ["هنوز نه"]


def test_transfer_and_answer_at_once_send_the_answer_or_keep_it(a_ticket, omid, sina, training):
    browser = browser_of(omid)
    for turn in range(rounds(10, 100)):
        ticket = a_ticket()
        opened = form_on(browser, desk(ticket), ANSWER).filled_in(ANSWER, {"body": f"پاسخ {turn}"})
        answer, _ = together(
            partial(same_browser(browser).post, desk(ticket), opened),
            partial(loaded(ticket).transfer, by=sina, at=timezone.now(), to=training, reason="آموزش"),
        )
        assert is_sound(ticket).department == training
        is_sent = answer.status_code == 302
        kept = list(Draft.objects.filter(owner=omid, ticket=ticket).values_list("data__body", flat=True))
        assert (bodies(ticket, "answer"), kept) == (([f"پاسخ {turn}"], []) if is_sent else ([], [f"پاسخ {turn}"]))
        if not is_sent:
            assert answer.status_code == 409
            assert f"پاسخ {turn}" in answer.content.decode()


def test_a_draft_saved_while_it_is_sent_is_sent_once_and_leaves_no_draft(a_ticket, sara):
    browser, ticket = browser_of(sara), a_ticket()
    for turn in range(rounds(10, 100)):
        opened = form_on(browser, f"/inbox/{ticket.pk}/", ANSWER)
        typed = opened.filled_in(ANSWER, {"body": f"پاسخ {turn}"})
        together(
            partial(same_browser(browser).post, opened.action, typed | {"attachments": files()}),
            partial(same_browser(browser).post, opened.action, typed | {"save_draft": "quiet"}),
        )
        message = ticket.messages.get(body=f"پاسخ {turn}")
        assert set(message.attachments.values_list("received_sha256", flat=True)) == digests()
        assert Draft.objects.count() == 0


@pytest.mark.parametrize("kind", ["filed", "reply", "answer"])
def test_two_tabs_sending_one_draft_at_once_send_one_text_and_keep_the_other(kind, a_ticket, sara, omid, technical):
    person = omid if kind == "answer" else sara
    browser = browser_of(person)
    for turn in range(rounds(10, 60)):
        ticket = None if kind == "filed" else a_ticket()
        address = {"filed": "/tickets/new/", "reply": f"/inbox/{ticket and ticket.pk}/reply/", "answer": ticket and desk(ticket)}[kind]
        writing = begin(person, {"filed": "filing"}.get(kind, kind), ticket)
        typed = {"submission_key": str(writing.key), "draft_token": writing.token, "kind": "answer"}
        typed |= {"subject": "پلاک", "department": technical.pk, "no_case": "1"} if kind == "filed" else {}
        texts = {f"متن {tab} {turn}" for tab in ("الف", "ب")}
        answers = together(*(partial(same_browser(browser).post, address, typed | {"body": text}) for text in sorted(texts)))
        assert {answer.status_code for answer in answers} == {302}
        sent = set(Message.objects.filter(kind=kind, body__in=texts).values_list("body", flat=True))
        kept = [draft.data["body"] for draft in Draft.objects.all()]
        assert (len(sent), sent | set(kept), len(kept)) == (1, texts, 1)
        if kind != "filed":
            is_sound(ticket)
        Draft.objects.all().delete()


def test_every_verb_at_once_leaves_a_ticket_that_the_rules_allow(a_ticket, sara, reza, omid, sina, training):
    """The CHECKs of the table hold at each commit; here also what one event says follows from the one before it."""
    now = timezone.now
    verbs = [
        lambda ticket: ticket.read(by=omid, at=now()),
        lambda ticket: ticket.answer(by=omid, at=now(), body="پاسخ"),
        lambda ticket: ticket.answer(by=sina, at=now(), body="پاسخ دیگر"),
        lambda ticket: ticket.note(by=sina, at=now(), body="یادداشت"),
        lambda ticket: ticket.reply(by=sara, at=now(), body="هنوز نه"),
        lambda ticket: ticket.reply(by=reza, at=now(), body="من هم"),
        lambda ticket: ticket.assign(by=sina, at=now(), to=omid),
        lambda ticket: ticket.prioritise(by=sina, at=now(), priority="urgent"),
        lambda ticket: ticket.develop(by=omid, at=now(), promised=timezone.localdate()),
        lambda ticket: ticket.close(by=sina, at=now(), reason="solved"),
        lambda ticket: ticket.close(by=sara, at=now(), reason="by_office"),
        lambda ticket: ticket.rate(by=reza, at=now(), stars=4),
    ]
    for _ in range(rounds(10, 100)):
        ticket = a_ticket()

        def act(verb, ticket=ticket) -> bool:
            try:
                verb(Ticket.objects.get(pk=ticket.pk))
            except Refused as refusal:
                return bool(re.search("[آ-ی]", str(refusal)))
            return True

        assert all(at_once(act, verbs))
        stored = is_sound(ticket)
        state: dict = {}
        for event in Event.objects.filter(ticket=ticket).order_by("id"):
            assert {name: state[name] for name in event.before if name in state} == {
                name: value for name, value in event.before.items() if name in state
            }
            state |= event.after
        assert state["status"] == stored.status
        assert bodies(ticket, "reply") == ["من هم", "هنوز نه"]
