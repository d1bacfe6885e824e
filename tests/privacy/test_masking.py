"""National IDs stand on the page of their ticket and in their own draft, and nowhere else: every address is looked at as everybody."""

import logging
import re
from io import StringIO
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.persian.text import to_ascii_digits
from tests.journeys.addresses import every_address
from tests.privacy.conftest import ALL, ANSWER, BODY, FIELD, FILE, FILING, NOTE, REFERENCE, REMARK, REPLY, SUBJECT, a_draft
from tickets.models import Batch, CaseReference, Ticket

TYPED = {SUBJECT, BODY, FILE}
DESK_PAGE = TYPED | {NOTE, REMARK}
OF_CASE = {FIELD, REFERENCE}  # what the office wrote into the fields
ALLOWED = {
    ("sara", "inbox:ticket"): TYPED | OF_CASE | {REMARK, REPLY},
    ("sara", "drafts:draft"): TYPED | OF_CASE | {REMARK, REPLY},  # leads to the reply box of the thread
    **{("sara", f"inbox:{verb}"): TYPED | OF_CASE | {REMARK, REPLY} for verb in ("reply", "rate")},  # lead to it as well
    ("sara", "tickets:new"): {FILING},
    **{(person, f"inbox:{verb}"): TYPED | OF_CASE | {REMARK} for person in ("reza", "leila") for verb in ("ticket", "reply", "rate")},
    # the list of canned replies leads there when it is opened by its address
    **{("omid", f"admin:tickets_ticket_{page}"): DESK_PAGE | {ANSWER} for page in ("change", "canned")},
    **{(person, f"admin:tickets_ticket_{page}"): DESK_PAGE for person in ("sina", "kaveh") for page in ("change", "canned")},
}
CONFIGURATION = (
    "admin:accounts_",
    "admin:auth_",
    "admin:announcements_",
    "admin:tickets_department",
    "admin:tickets_holiday",
    "admin:tickets_specialday",
    "admin:tickets_calendar",
)
LISTS = (
    "/inbox/?q=پلاک",
    "/inbox/?status=answered",
    "/drafts/",
    "/admin/tickets/ticket/?view=all",
    "/admin/tickets/ticket/?view=waiting",
    "/inbox/1/",
)


OF_THE_HOST = ":demo_host"  # stands in for Autonax, and shows the case of the guide


def numbers_in(shown):
    """Which of them can be read, in whatever digits, with or without dashes."""
    digits = re.sub(r"(?<=\d)-(?=\d)", "", to_ascii_digits(shown))
    return {number for number in ALL if number in digits}


def is_closed_to(user, name):
    """The refusals that test_every_address walks through: one page, the same each time. And what is no page of ours."""
    if name == OF_THE_HOST:
        return True
    if user.is_staff:
        return user.username != "kaveh" and name.startswith(CONFIGURATION)
    return name.startswith("admin:") and name != "admin:tickets_ticket_change"


@pytest.fixture
def looked_at(request, told, kaveh):
    """A function: which of the numbers this person meets, at which address, in the page or in an address it leads to."""
    news = Announcement.objects.create(title="قطع موقت", body="متن", author=kaveh, published_at=timezone.now())
    now = timezone.now()
    batch = Batch.objects.create(
        key=uuid4(), by=kaveh, verb="close", asked={"why": "solved"}, numbers=[told.ticket.pk], at=now, finished_at=now
    )
    rows = {
        "admin_key": batch,
        "inbox_number": told.ticket,
        "admin_number": told.ticket,
        "admin_id": told.ticket.filed_by,
        "drafts_key": told.reply,
        "files_pk": told.file,
        "announcements_pk": news,
        "uploads_pk": told.upload,
    }
    addresses = {address.name: address.path for address in every_address(**rows)} | {path: path for path in LISTS}

    def look(person):
        client = Client(raise_request_exception=False)
        client.force_login(user := request.getfixturevalue(person))
        met = {}
        for name in addresses:
            if is_closed_to(user, name):
                continue
            response = client.get(addresses[name], follow=True)
            if numbers := numbers_in(b"".join(response).decode(errors="ignore") + str(response.redirect_chain)):
                met[person, name] = numbers
        return met

    return look


@pytest.mark.postgresql  # pages are the same on both, and these are many
@pytest.mark.parametrize(
    "person", ["sara", "neda", "omid", "kaveh", *(pytest.param(name, marks=pytest.mark.long) for name in ("reza", "leila", "sina", "mina"))]
)
def test_national_ids_are_met_where_they_belong_and_nowhere_else(person, looked_at, caplog):
    assert looked_at(person) == {place: numbers for place, numbers in ALLOWED.items() if place[0] == person}
    assert numbers_in(caplog.text) == set()


def test_the_reveal_shows_the_field_to_who_asked_alone(told, at_home, omid, sina):
    page = f"/admin/tickets/ticket/{told.ticket.pk}/"
    at_home(omid).post(f"{page}reveal/")
    assert FIELD in numbers_in(at_home(omid).get(f"{page}change/").content.decode())
    assert FIELD not in numbers_in(at_home(sina).get(f"{page}change/").content.decode())


def test_lists_show_that_there_is_a_number_and_not_which(told, at_home, sara, omid):
    assert "کد ملی \u2066۰۰۱****۴۱۹\u2069 اشتباه است" in at_home(sara).get("/inbox/").content.decode()
    assert "کد ملی \u2066۰۰۱****۴۱۹\u2069 اشتباه است" in at_home(omid).get("/admin/tickets/ticket/?view=all").content.decode()


def test_tickets_of_the_same_case_are_masked_too(told, a_ticket, at_home, omid):
    other = a_ticket()
    page = at_home(omid).get(f"/admin/tickets/ticket/{other.pk}/change/").content.decode()
    assert "۰۰۱****۴۱۹" in page
    assert SUBJECT not in to_ascii_digits(page)


def test_a_draft_without_subject_is_not_cut_within_a_number(sara, at_home):
    a_draft(sara, "filing", body="م" * 72 + f" {FILING}")
    page = to_ascii_digits(at_home(sara).get("/drafts/").content.decode())
    assert (FILING[:7] in page, "556***" in page) == (False, True)


def test_sara_finds_by_the_number_and_sees_it_in_her_own_search_only(told, at_home, sara):
    page = at_home(sara).get("/inbox/", {"q": FIELD})
    assert [row.pk for row in page.context["page"].rows] == [told.ticket.pk]
    assert numbers_in(page.content.decode()) == {FIELD}


@pytest.mark.usefixtures("db")
def test_a_failed_sign_in_keeps_no_national_id_somebody_typed_as_a_name(client, django_user_model):
    from autonax_support.accounts.models import AuditEntry

    client.post("/accounts/login/", {"username": FIELD, "password": "x"})
    assert [numbers_in(str(entry.data)) for entry in AuditEntry.objects.filter(verb="sign_in_failed")] == [set()]


def test_a_reference_is_named_without_its_number(told):
    assert str(CaseReference.objects.get()) == "مالک خودرو ۸۳۵****۳۰۰"


@pytest.fixture
def log():
    """What the program's own handler would write."""
    ours = next(handler for handler in logging.getLogger().handlers if type(handler.formatter).__name__ == "PrivateLine")
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ours.formatter)
    handler.addFilter(ours.filters[0])
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_the_log_veils_what_a_refused_row_and_an_address_would_tell(told, client, log, sara):
    """PostgreSQL quotes the row it refuses in its message."""
    try:
        with transaction.atomic():
            Ticket.objects.filter(pk=told.ticket.pk).update(status="closed")
    except IntegrityError as refused:
        logging.getLogger("tests").error("%s, %s", refused, FIELD, exc_info=True)
    client.force_login(sara)
    client.get(f"/inbox/{FIELD}/")
    lines = log.getvalue()
    assert "IntegrityError" in lines
    assert "/inbox/#/" in lines
    assert numbers_in(lines) == set()
