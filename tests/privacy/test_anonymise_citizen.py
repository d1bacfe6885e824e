"""A citizen asks to be forgotten: the number goes out of fields and texts, however it is spelled; everything else stays."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.files.models import Attachment
from autonax_support.persian.identity import HIDDEN, hide_national_id, holds_national_id, veil_national_ids
from autonax_support.persian.text import to_persian_digits
from autonax_support.privacy import citizens
from tests.privacy.conftest import FIELD, REFERENCE, a_draft, a_file, arabic, objects
from tests.privacy.test_anonymise_user import whole_database
from tickets import erasing
from tickets.models import CaseReference, Draft, Event, Message, Rating, Ticket
from tickets.verbs.filing import Case

PERSIAN, ARABIC = to_persian_digits(FIELD), arabic(FIELD)
PARTED = f"{PERSIAN[:3]}-{PERSIAN[3:9]}-{PERSIAN[9:]}"
SPELLINGS = [FIELD, PERSIAN, ARABIC, PARTED, "852 034 2272", f"{PERSIAN[:3]}\u200c{FIELD[3:]}", f"کدملی{PERSIAN}است"]
OTHERS = ["18520342272", "85203422720", "۸۵۲۰۳۴۲۲۷۳", "8520342", "99010294000040", "85 2034-2271"]


def run(number=FIELD, **options):
    out = StringIO()
    call_command("anonymise_person", national_id=number, stdout=out, **options)
    return out.getvalue()


def knows(value):
    return holds_national_id(value, FIELD)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_every_spelling_is_hidden_and_nothing_around_it(typed):
    hidden = hide_national_id(f"مالک {typed}، خریدار ۸۳۵۳۱۹۹۳۰۰", FIELD)
    assert (HIDDEN in hidden, knows(hidden), hidden.startswith("مالک"), hidden.endswith("خریدار ۸۳۵۳۱۹۹۳۰۰")) == (True, False, True, True)


@pytest.mark.parametrize("typed", OTHERS)
def test_other_numbers_stay_as_they_are(typed):
    assert hide_national_id(f"شماره {typed} است", FIELD) == f"شماره {typed} است"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("کد 8520342272", "کد 852****272"),
        ("۸۵۲-۰۳۴۲۲۷-۲", "۸۵۲****۲۷۲"),
        ("٨٥٢٠٣٤٢٢٧٢ و 8353199300", "٨٥٢****٢٧٢ و 835****300"),
        ("99010294000040", "99010294000040"),
        ("09121112233", "09121112233"),
        ("1405-09-04", "1405-09-04"),
    ],
)
def test_lists_mask_ten_digits_that_stand_alone(typed, shown):
    assert veil_national_ids(typed) == shown


@pytest.fixture
def spoken_of(a_ticket, sara, neda, omid, technical):
    """Three tickets carry or mention the number, one of another office among them; a fourth is about somebody else."""
    now = timezone.now()
    carried = a_ticket(subject=f"کد ملی {ARABIC} اشتباه است", body=f"مالک {PARTED}")
    carried.answer(by=omid, at=now, body="بررسی شد")
    carried.rate(by=sara, at=now, stars=3, remark=f"هنوز {PERSIAN}")
    a_file(sara, f"کارت {FIELD}.png", message=carried.messages.first())
    referred = a_ticket(case=Case("99010447000041", REFERENCE), subject="بدون عدد", body="متن")
    CaseReference.objects.create(ticket=referred, role="buyer", national_id=FIELD)
    CaseReference.objects.create(ticket=referred, role="sample", tracking_number="99010294000041", national_id=FIELD)
    mentioned = a_ticket(by=neda, case=Case(), subject="بدون پرونده", body=f"همان {PERSIAN}")
    a_file(neda, message=mentioned.messages.get())
    other = a_ticket(case=Case("99010447000041", REFERENCE), subject=f"کد {REFERENCE}", body="۸۵۲۰۳۴۲۲۷۳")
    a_draft(sara, "filing", subject=f"دوباره {ARABIC}", national_id=FIELD, body="متن")
    a_draft(sara, "reply", other, body="هیچ")
    return carried, referred, mentioned, other


def test_the_tickets_are_found_by_field_reference_and_text(spoken_of):
    carried, referred, mentioned, _ = spoken_of
    assert citizens.tickets_with(FIELD) == sorted([carried.pk, referred.pk, mentioned.pk])


def test_no_row_of_the_database_knows_the_number_any_more(spoken_of):
    run(PERSIAN, yes=True)
    assert [row for row in whole_database() if knows(row[1])] == []


def test_the_name_of_malware_that_is_gone_is_forgotten_too(spoken_of):
    file = Attachment.objects.get(name__contains=FIELD)
    file.scanned("infected", at=timezone.now())
    run(yes=True)
    file.refresh_from_db()
    assert (file.scan_state, knows(file.name), HIDDEN in file.name) == ("infected", False, True)


def test_everything_else_stays(spoken_of):
    carried, referred, mentioned, other = spoken_of
    events = list(Event.objects.order_by("pk").values())
    untouched = Ticket.objects.values().get(pk=other.pk)
    run(yes=True)
    for row in (carried, referred, mentioned):
        row.refresh_from_db()
    assert (carried.subject, carried.national_id) == (f"کد ملی {HIDDEN} اشتباه است", "")
    assert list(carried.messages.order_by("pk").values_list("body", flat=True)) == [f"مالک {HIDDEN}", "بررسی شد"]
    assert Rating.objects.get().remark == f"هنوز {HIDDEN}"
    assert (referred.national_id, list(referred.references.values_list("role", "tracking_number"))) == (
        REFERENCE,
        [("sample", "99010294000041")],
    )
    assert mentioned.messages.get().body == f"همان {HIDDEN}"
    assert Ticket.objects.values().get(pk=other.pk) == untouched
    assert list(Event.objects.order_by("pk").values()) == events
    assert objects() == 4


def test_the_search_forgets_the_number_and_keeps_the_words(spoken_of, sara):
    carried, *_, other = spoken_of
    run(yes=True)
    assert {text: set(Ticket.objects.matching(text, sara)) for text in (FIELD, "اشتباه", "مالک", REFERENCE)} == {
        FIELD: set(),
        "اشتباه": {carried},
        "مالک": {carried},
        REFERENCE: {spoken_of[1], other},
    }


def test_a_draft_loses_the_number_and_counts_as_changed(spoken_of):
    run(yes=True)
    draft = Draft.objects.get(kind="filing")
    assert (draft.data, draft.version) == ({"subject": f"دوباره {HIDDEN}", "national_id": "", "body": "متن"}, 2)


def test_files_go_only_when_asked_and_only_of_tickets_about_this_person(spoken_of, django_capture_on_commit_callbacks):
    carried, _, mentioned, _ = spoken_of
    with django_capture_on_commit_callbacks(execute=True):
        run(yes=True, files=True)
    gone = {
        file.message.ticket_id: file.erased_at is not None
        for row in (carried, mentioned)
        for m in row.messages.all()
        for file in m.attachments.all()
    }
    assert (gone, objects()) == ({carried.pk: True, mentioned.pk: False}, 2)


def test_without_yes_it_only_counts(spoken_of):
    out = run()
    assert ("3  تیکت" in out, "1  پیش‌نویس" in out, Message.objects.filter(body__contains=HIDDEN).count()) == (True, True, 0)


def test_each_ticket_is_recorded_by_its_number_alone(spoken_of):
    carried, referred, mentioned, _ = spoken_of
    run(yes=True)
    entries = [entry.data for entry in AuditEntry.objects.filter(verb="anonymised").order_by("pk")]
    assert [entry["ticket"] for entry in entries] == [carried.pk, referred.pk, mentioned.pk]
    assert entries[0]["counts"] == {"texts": 4, "files": 0}


def test_a_second_run_finds_nothing(spoken_of):
    run(yes=True)
    assert citizens.anonymise(FIELD, at=timezone.now()) == {"tickets": 0, "texts": 0, "files": 0, "drafts": 0}


def test_a_run_that_is_cut_off_leaves_whole_tickets_and_goes_on(spoken_of, monkeypatch):
    carried, referred, mentioned, _ = spoken_of
    real = erasing.index_messages_again
    turns = iter([real])

    def cut_off(messages):
        next(turns, lambda messages: (_ for _ in ()).throw(KeyboardInterrupt))(messages)

    with monkeypatch.context() as broken:
        broken.setattr(erasing, "index_messages_again", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(yes=True)
    assert citizens.tickets_with(FIELD) == sorted([referred.pk, mentioned.pk])
    run(yes=True)
    assert citizens.tickets_with(FIELD) == []


@pytest.mark.parametrize("typed", ["852034227", "85203422722", "سارا", ""])
def test_what_is_no_national_id_is_refused(db, typed):
    with pytest.raises(CommandError, match="شماره ملی ۱۰ رقم است"):
        run(typed, yes=True)


def test_one_of_the_two_must_be_named(db):
    with pytest.raises(CommandError):
        call_command("anonymise_person", "--yes")


def test_it_is_quick_for_a_number_that_nobody_has(spoken_of, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        assert citizens.tickets_with("0013542419") == []
