"""Whatever a host says: it is put into our form, or refused; nothing breaks, and nothing comes in that a form of ours would not take."""

import copy
import json
import re
from datetime import UTC, datetime

import jwt
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from autonax_support.accounts.launch.claims import TARGETS, Claims, claims_of
from autonax_support.accounts.launch.token import LAUNCH, LEEWAY, NotAccepted, verified
from autonax_support.persian.text import clean_line, is_blank
from tests import launching
from tests.launching import CASE, ISSUER, OFFICE

SOUND = {"sub": "user-17", "name": "سارا محمدی", "mobile": "09121234567", "role": "clerk", "office": OFFICE, "case": CASE, "target": "new"}
PLACES = [(name,) for name in SOUND] + [("office", name) for name in OFFICE] + [("case", name) for name in CASE]
TEXT = st.text(max_size=300) | st.text("۰۱۲٣٤5678 \u200c\u200e\u202eسيك\x00\ud800", max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=5,
)
PERSIAN, ARABIC = "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"
QUICK = how(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
BARE = how(deadline=None, max_examples=80)


def judged(said: dict) -> Claims | None:
    try:
        return claims_of(said, ISSUER)
    except NotAccepted:
        return None


def replaced(place: tuple[str, ...], value: object) -> dict:
    said = copy.deepcopy(SOUND)
    part = said
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    return said


def is_sound(claims: Claims) -> bool:
    lines = (claims.name, claims.office_title, claims.province, claims.city)
    case = claims.case
    return all(
        [
            *(line == clean_line(line) and not is_blank(line) and len(line) <= 200 for line in lines),
            re.fullmatch("[0-9]{1,12}", claims.office_code),
            re.fullmatch("(09[0-9]{9})?", claims.mobile),
            re.fullmatch("[\x21-\x7e]{1,200}", claims.subject),
            claims.role in ("clerk", "office_manager"),
            claims.target in TARGETS,
            case is None or re.fullmatch("[0-9]{10,16}", case.tracking_number),
            case is None or re.fullmatch("([0-9]{10})?", case.national_id),
            case is None or (case.subject == clean_line(case.subject) and len(case.subject) <= 200),
            case is None or case.kind in ("assistant", "trade", "other"),
        ]
    )


@BARE
@given(place=st.sampled_from(PLACES), value=VALUES)
def test_one_claim_of_any_kind_is_put_right_or_refused(place, value):
    claims = judged(replaced(place, value))
    assert claims is None or is_sound(claims)


@BARE
@given(said=st.dictionaries(st.sampled_from(list(SOUND)) | TEXT, VALUES))
def test_any_object_at_all_is_put_right_or_refused(said):
    claims = judged(said)
    assert claims is None or is_sound(claims)


@BARE
@given(name=st.text(min_size=1, max_size=150))
def test_a_name_that_can_be_seen_is_taken(name):
    claims = judged({**SOUND, "name": name})
    assert (claims is None) == is_blank(clean_line(name))


@BARE
@given(number=st.from_regex("[0-9]{10,16}", fullmatch=True), digits=st.sampled_from([PERSIAN, ARABIC]))
def test_digits_of_any_script_are_the_same_number(number, digits):
    written = number.translate(str.maketrans("0123456789", digits))
    assert judged(replaced(("case", "tracking_number"), written)).case.tracking_number == number


@BARE
@given(one=st.text(min_size=1, max_size=20), other=st.text(min_size=1, max_size=20))
def test_two_ids_of_a_host_never_become_one(one, other):
    found = [judged({**SOUND, "sub": sub}) for sub in (one, other)]
    assert None in found or (found[0].subject == found[1].subject) == (one == other)


@QUICK
@given(token=st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_no_text_is_a_token(settings, tmp_path, token):
    launching.known(settings, tmp_path)
    with pytest.raises(NotAccepted):
        verified(token, LAUNCH, datetime.now(UTC))


@QUICK
@given(header=st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "b64", "jku", "jwk", "x5u"]), VALUES))
def test_no_header_lets_an_unsigned_token_in(settings, tmp_path, header):
    launching.known(settings, tmp_path)
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "kid": "2026", **header}, launching.claims(settings))]
    token = ".".join([*(jwt.utils.base64url_encode(part).decode() for part in parts), ""])
    with pytest.raises(NotAccepted):
        verified(token, LAUNCH, datetime.now(UTC))


@QUICK
@given(issued=st.integers(-400, 400), lives=st.integers(-200, 400))
def test_a_token_is_good_within_its_time_and_no_longer(settings, tmp_path, issued, lives):
    launching.known(settings, tmp_path)
    now = 1_800_000_000
    token = launching.signed(launching.claims(settings, iat=now + issued, exp=now + issued + lives))
    is_good = 0 < lives <= 120 and issued <= LEEWAY and issued + lives > -LEEWAY
    try:
        verified(token, LAUNCH, datetime.fromtimestamp(now, UTC))
        taken = True
    except NotAccepted:
        taken = False
    assert taken == is_good


@QUICK
@given(place=st.integers(0, 2), at=st.integers(0), change=st.integers(1, 63))
def test_one_changed_letter_spoils_a_token(settings, tmp_path, place, at, change):
    launching.known(settings, tmp_path)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    parts = launching.signed(launching.claims(settings)).split(".")
    at %= len(parts[place])
    other = letters[(letters.index(parts[place][at]) + change) % 64]
    parts[place] = parts[place][:at] + other + parts[place][at + 1 :]
    with pytest.raises(NotAccepted):
        verified(".".join(parts), LAUNCH, datetime.now(UTC))


ODD_JSON = {
    "a list": b"[1]",
    "a word": b'"x"',
    "nothing": b"null",
    "no UTF-8": b'{"name": "\xff"}',
    "a lone surrogate": b'{"jti": "\\ud800aaaaaaaaaaaaaaaa", "sub": "\\udc00"}',
    "half a pair in the name": b'{"name": "\\ud800"}',
    "a number of five thousand digits": b'{"exp": ' + b"9" * 5000 + b"}",
    "a number of four thousand digits": b'{"exp": ' + b"9" * 4000 + b"}",
    "more than every number": b'{"exp": 1e999}',
    "no number": b'{"exp": NaN}',
    "five thousand lists": b'{"case": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "a number for a name twice": b'{"name": "\xd8\xb3", "name": 7}',
}


@pytest.mark.parametrize("kind", ODD_JSON)
def test_whatever_json_a_host_signs_is_put_right_or_refused(settings, tmp_path, kind):
    """As bytes: what a serialiser of ours would never write."""
    launching.known(settings, tmp_path)
    odd, sound = ODD_JSON[kind], json.dumps(launching.claims(settings)).encode()
    body = sound[:-1] + b", " + odd[1:] if odd.startswith(b"{") else odd  # of two of a name the later one counts
    head = jwt.utils.base64url_encode(b'{"alg":"EdDSA","kid":"2026"}')
    text = head + b"." + jwt.utils.base64url_encode(body)
    token = text + b"." + jwt.utils.base64url_encode(launching.EDDSA.sign(text))
    with pytest.raises(NotAccepted):
        claims_of(verified(token.decode(), LAUNCH, datetime.now(UTC))[1], ISSUER)
