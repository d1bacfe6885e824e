"""What the invented people write, and the search keys that are put together instead of made."""

import pytest

from autonax_support.generating.hands import typed
from autonax_support.generating.moments import filing_time, text_of
from autonax_support.generating.numbers import any_number, national_id
from autonax_support.generating.phrases import TEMPLATES, Phrasebook, filled, key_of, stands_alone
from autonax_support.generating.scribe import CONTENT_TYPES, JOINTS, Scribe
from autonax_support.generating.seeding import seeded, zipf
from autonax_support.generating.shapes import CHUNK, LENGTHS, LONGEST_AT, MESSAGES, lengths
from autonax_support.generating.words import FILES
from autonax_support.generating.world import Plan, World
from autonax_support.persian.identity import national_id_checks
from autonax_support.persian.text import clean_line, clean_text, search_key

KINDS = ("filed", "reply", "answer", "note")
PLAN = Plan(1000, 7, 1_785_000_000)


@pytest.fixture(scope="module")
def scribe():
    return Scribe(PLAN, World([], []), Phrasebook(7), 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_of_a_text_is_what_the_product_would_write(scribe, kind):
    rng = seeded(7, kind)
    for _ in range(150):
        said = scribe.text(kind, rng)
        body = rng.choice(JOINTS).join(part.text for part in said)
        assert key_of(said) == search_key(body), body


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_sentence_is_stored_as_it_was_typed_and_stands_alone(kind):
    rng = seeded(3, kind)
    for template in TEMPLATES[kind]:
        for _ in range(8):
            said = typed(filled(template, rng), rng)
            assert said == clean_line(said) == clean_text(said)
            assert not set(said) & set("{}\t\\\n")
        assert stands_alone(filled(template, rng)), template


@pytest.mark.parametrize("text", ["ها باز نشد", "ام روز", "", "هنوز نمی", "۱۲ بار"])
def test_what_would_be_glued_to_its_neighbour_does_not_stand_alone(text):
    assert not stands_alone(text)


def test_one_sentence_is_typed_in_many_ways():
    rng = seeded(1)
    said = {typed("کارت‌خوان ۱۲ كار نمی‌کند", rng) for _ in range(200)}
    assert {"کارت‌خوان ۱۲ کار نمی‌کند", "کارت خوان 12 کار نمی کند", "کارتخوان ۱۲ کار نمیکند"} <= said
    assert len(said) > 12


def test_words_are_frequent_and_rare():
    rng = seeded(2)
    places = [zipf(rng, 1000) for _ in range(20_000)]
    assert (min(places), max(places) < 1000) == (0, True)
    assert places.count(0) > 5 * places.count(9) > 5 * places.count(99)


def test_every_national_id_has_its_check_digit():
    rng = seeded(4)
    assert [number for _ in range(300) if not national_id_checks(number := national_id(rng))] == []
    assert any_number(rng, "پلاک") != any_number(rng, "پلاک")


def test_a_thousand_tickets_have_four_thousand_messages_whatever_the_seed():
    assert (sum(LENGTHS.values()), MESSAGES) == (CHUNK, 4 * CHUNK)
    for seed in (1, 2):
        drawn = lengths(seed, 5)
        assert (len(drawn), sum(drawn), drawn[LONGEST_AT]) == (CHUNK, MESSAGES, 200)
    assert lengths(1, 5) != lengths(2, 5)


def test_nobody_files_on_a_friday_or_later_than_today():
    times = [filing_time(PLAN, place) for place in range(PLAN.tickets)]
    assert [time for time in times if time > PLAN.until or (time // 86400 + 3) % 7 == 4] == []
    assert text_of(times[0]) < text_of(times[-1])


def test_every_invented_file_has_its_type():
    assert {name.rpartition(".")[2] for name, _ in FILES} <= set(CONTENT_TYPES)
