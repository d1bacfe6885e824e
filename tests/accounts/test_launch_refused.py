"""What is no token for here lets nobody in: one page, one line of the audit, and nothing else is written."""

import base64
import json
import time
from datetime import UTC, datetime

import jwt
import pytest
from django.contrib.sessions.models import Session

from autonax_support.accounts.launch.keys import read_keys
from autonax_support.accounts.models import ActionCount, AuditEntry, LaunchUse, Office, Province, User
from tests import launching
from tests.launching import CASE, EDDSA, ISSUER, OFFICE, SECRET, STRANGER, come, pem, post

pytestmark = pytest.mark.django_db
NOW = int(time.time())


def b64(said):
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def unsigned(said):
    return f"{b64({'alg': 'none', 'kid': '2026', 'typ': 'JWT'})}.{b64(said)}."


def by(key, algorithm, kid="2026", **header):
    return lambda said: jwt.encode(said, key, algorithm, headers={"kid": kid, **header})


def public_key_as_secret(said):
    """The oldest trick: the public key is known to all, and taken for the secret of HS256."""
    head, body = b64({"alg": "HS256", "kid": "2026"}), b64(said)
    mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(f"{head}.{body}".encode(), pem(EDDSA).encode())
    return f"{head}.{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def cut(part):
    def broken(said):
        parts = launching.signed(said).split(".")
        parts[part] = ""
        return ".".join(parts)

    return broken


def another_body(said):
    head, _, signature = launching.signed(said).split(".")
    return f"{head}.{b64(said | {'sub': 'user-18'})}.{signature}"


FORGED = {
    "unsigned": (unsigned, "algorithm"),
    "signed by a stranger": (by(STRANGER, "EdDSA"), "signature"),
    "a stranger's key in its header": (by(STRANGER, "EdDSA", jwk={"kty": "OKP"}, jku="https://evil.example/keys"), "signature"),
    "another algorithm": (by(SECRET, "HS512", "old"), "algorithm"),
    "the public key as a secret": (public_key_as_secret, "algorithm"),
    "an unknown key": (by(EDDSA, "EdDSA", "2031"), "unknown_key"),
    "no key named": (lambda said: jwt.encode(said, EDDSA, "EdDSA"), "unknown_key"),
    "an extension it cannot know": (by(EDDSA, "EdDSA", crit=["exp"], exp=1), "malformed"),
    "another body": (another_body, "signature"),
    "no header": (cut(0), "malformed"),
    "no body": (cut(1), "signature"),
    "no signature": (cut(2), "signature"),
    "nothing": (lambda said: "", "missing"),
    "no token at all": (lambda said: "سلام", "malformed"),
    "much too long": (lambda said: launching.signed(said | {"pad": "x" * 20_000}), "malformed"),
    "a deep header": (lambda said: base64.urlsafe_b64encode(b"[" * 6000).decode() + ".e30.x", "malformed"),
}
CLAIMS = {
    "expired": ({"iat": NOW - 300, "exp": NOW - 200}, "expired"),
    "from the future": ({"iat": NOW + 86_400, "exp": NOW + 86_460}, "future"),
    "not yet": ({"nbf": NOW + 3600}, "future"),
    "made for too long": ({"exp": NOW + 3600}, "too_long"),
    "over before it began": ({"iat": NOW, "exp": NOW - 5}, "too_long"),
    "for ever": ({"exp": float("inf")}, "claims"),
    "expiring in words": ({"exp": "tomorrow"}, "claims"),
    "expiring truly": ({"exp": True, "iat": True}, "claims"),
    "another audience": ({"aud": "https://elsewhere.example"}, "audience"),
    "several audiences": ({"aud": ["http://127.0.0.1:8000/launch/"]}, "audience"),
    "a summary's": ({"aud": "http://127.0.0.1:8000/launch/summary/"}, "audience"),
    "another host": ({"iss": "https://another.example.ir"}, "issuer"),
    **{f"without {name}": ({name: None}, "claims") for name in ("aud", "iat", "exp", "jti", "sub", "name", "role", "office")},
    "without iss": ({"iss": None}, "claims"),
    "a short jti": ({"jti": "1"}, "claims"),
    "a number for jti": ({"jti": 1234567890123456}, "claims"),
    "a number for sub": ({"sub": 17}, "claims"),
    "an empty sub": ({"sub": ""}, "claims"),
    "a sub with a space": ({"sub": "user 17"}, "claims"),
    "a blank name": ({"name": "\u200c \u200f"}, "claims"),
    "a long name": ({"name": "س" * 151}, "claims"),
    "staff": ({"role": "staff"}, "claims"),
    "a list for a role": ({"role": ["clerk"]}, "claims"),
    "a word for an office": ({"office": "دفتر"}, "claims"),
    "an office without a city": ({"office": {**OFFICE, "city": ""}}, "claims"),
    "an office with letters": ({"office": {**OFFICE, "code": "72A"}}, "claims"),
    "a foreign mobile": ({"mobile": "+4915112345678"}, "claims"),
    "a short tracking number": ({"case": {**CASE, "tracking_number": "123"}}, "claims"),
    "a case without its number": ({"case": {"subject": "پلاک"}}, "claims"),
    "a national ID that is a number": ({"case": {**CASE, "national_id": 8520342272}}, "claims"),
    "a long subject": ({"case": {**CASE, "subject": "پ" * 201}}, "claims"),
    "a kind nobody knows": ({"case": {**CASE, "kind": "none"}}, "claims"),
    "a list for a case": ({"case": []}, "claims"),
    "a target outside": ({"target": "//evil.example"}, "claims"),
}


def nothing_but_a_line(reason):
    entries = [(entry.verb, entry.actor, entry.data["reason"], set(entry.data)) for entry in AuditEntry.objects.all()]
    assert entries in ([("launch_refused", None, reason, {"reason", "issuer"})], [("launch_refused", None, reason, {"reason"})])
    assert [model.objects.count() for model in (LaunchUse, User, Office, Province, Session)] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("kind", FORGED)
def test_a_forged_token_is_refused(client, settings, tmp_path, kind):
    launching.known(settings, tmp_path)
    make, reason = FORGED[kind]
    answer = post(client, make(launching.claims(settings)))
    assert (answer.status_code, dict(answer.cookies)) == (403, {})
    page = answer.content.decode()
    assert "این لینک ورود دیگر کار نمی‌کند" in page
    assert (
        "لینک ورود از اتوناکس ۱۲۰ ثانیه و فقط یک بار کار می‌کند. به صفحه پرونده در اتوناکس برگردید و دوباره «پشتیبانی همراه» را بزنید. "
        "چیزی ثبت نشده است."
    ) in page
    nothing_but_a_line(reason)


@pytest.mark.parametrize("kind", CLAIMS)
def test_a_token_that_says_something_wrong_is_refused(client, host, kind):
    changes, reason = CLAIMS[kind]
    assert post(client, host(**changes)).status_code == 403
    nothing_but_a_line(reason)


@pytest.mark.parametrize("skew", [-14, 14])
def test_a_clock_that_is_a_little_off_harms_nobody(client, host, skew):
    now = int(time.time()) + skew
    assert post(client, host(iat=now - 119 if skew < 0 else now, exp=now + 1 if skew < 0 else now + 120)).status_code == 303


def test_a_token_works_once(client, host):
    token = host()
    come(client, token)
    people = User.objects.count()
    assert [post(client, token).status_code for _ in range(3)] == [403, 403, 403]
    refused = AuditEntry.objects.filter(verb="launch_refused")
    assert ([entry.data for entry in refused], User.objects.count()) == ([{"reason": "replayed", "issuer": ISSUER}] * 3, people)


def test_also_from_its_own_browser_which_stays_signed_in(client, host):
    token = host()
    come(client, token)
    assert (post(client, token).status_code, client.get("/inbox/").status_code) == (403, 200)


def test_the_same_number_from_two_hosts_is_two_tokens(client, settings, tmp_path):
    told = launching.described()
    told["issuers"]["https://other.example.ir"] = {"keys": {"other": {"alg": "EdDSA", "public_key": pem(STRANGER)}}}
    launching.known(settings, tmp_path, told)
    said = launching.claims(settings)
    theirs = jwt.encode(said | {"iss": "https://other.example.ir"}, STRANGER, "EdDSA", headers={"kid": "other"})
    assert [post(client, token).status_code for token in (launching.signed(said), theirs)] == [303, 303]


def test_a_key_of_one_host_does_not_sign_for_another(client, settings, tmp_path):
    told = launching.described()
    told["issuers"]["https://other.example.ir"] = {"keys": {"other": {"alg": "EdDSA", "public_key": pem(STRANGER)}}}
    launching.known(settings, tmp_path, told)
    forged = jwt.encode(launching.claims(settings), STRANGER, "EdDSA", headers={"kid": "other"})
    assert post(client, forged).status_code == 403
    nothing_but_a_line("issuer")


@pytest.mark.parametrize("kid", ["2026", "rsa", "old"])
def test_each_configured_key_opens(client, host, kid):
    assert post(client, host(kid)).status_code == 303


def test_without_a_shared_secret_in_the_file_nothing_shared_opens(client, settings, tmp_path):
    told = launching.described()
    del told["issuers"][ISSUER]["keys"]["old"]
    launching.known(settings, tmp_path, told)
    assert post(client, launching.signed(launching.claims(settings), "old")).status_code == 403


def test_keys_are_changed_without_a_gap(client, settings, tmp_path):
    """The new key is told first; the host signs with it; then the old one is retired."""
    told = launching.described()
    launching.known(settings, tmp_path, told)
    before = [post(client, launching.signed(launching.claims(settings), kid)).status_code for kid in ("rsa", "2026")]
    told["issuers"][ISSUER]["keys"]["rsa"]["retired"] = True
    launching.known(settings, tmp_path, told)
    after = [post(client, launching.signed(launching.claims(settings), kid)).status_code for kid in ("rsa", "2026")]
    assert (before, after) == ([303, 303], [403, 303])
    assert AuditEntry.objects.get(verb="launch_refused").data == {"reason": "retired_key", "issuer": ISSUER}


def test_where_no_host_is_configured_nobody_arrives(client, settings):
    settings.LAUNCH_HOSTS = read_keys("")
    assert post(client, launching.signed(launching.claims(settings))).status_code == 403


@pytest.mark.parametrize(("origin", "status"), [("https://evil.example", 403), (f"{ISSUER}.evil.ir", 403), (ISSUER, 303), ("null", 303)])
def test_a_form_on_a_stranger_s_page_signs_nobody_in(client, host, origin, status):
    assert client.post("/launch/", {"token": host()}, headers={"origin": origin}).status_code == status
    if status == 403:
        nothing_but_a_line("origin")


def test_a_host_that_names_no_origins_may_send_from_anywhere(client, settings, tmp_path):
    told = launching.described()
    told["issuers"][ISSUER]["origins"] = []
    launching.known(settings, tmp_path, told)
    sent = {"token": launching.signed(launching.claims(settings))}
    assert client.post("/launch/", sent, headers={"origin": "https://anywhere.example"}).status_code == 303


def test_who_tries_for_ever_waits_and_fills_no_audit(client, settings, host):
    settings.RATE_LIMIT_PERCENT = 100
    now = int(time.time())
    for begun in (now // 600 * 600, now // 600 * 600 + 600):
        window = datetime.fromtimestamp(begun, UTC)
        ActionCount.objects.create(who="address 127.0.0.1", action="launch", window=window, count=1200)
    answer = post(client, host())
    assert (answer.status_code, AuditEntry.objects.count(), LaunchUse.objects.count()) == (429, 0, 0)
    assert "دوباره «پشتیبانی همراه» را بزنید" in answer.content.decode()


def test_the_audit_shows_it_in_persian(at_home, client, kaveh, host):
    post(client, host(exp=NOW - 100, iat=NOW - 200))
    kaveh.is_superuser = True
    kaveh.save()
    page = at_home(kaveh).get("/admin/accounts/auditentry/").content.decode()
    assert "ورود ناموفق از اتوناکس" in page
