"""LAUNCH_KEYS: a file that is wrong in any way stops the start, with the reason."""

import json
import stat

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as generate_ec_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from autonax_support.accounts.launch.keys import Hosts, WrongKeys, read_keys
from tests.launching import EDDSA, ISSUER, ORIGIN, RSA, SECRET, described, pem
from tests.project.running import manage, production, start_web

PRIVATE = EDDSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
GOOD = {"alg": "EdDSA", "public_key": pem(EDDSA)}


@pytest.fixture
def read(tmp_path):
    def written(told):
        file = tmp_path / "keys.json"
        file.write_text(told if isinstance(told, str) else json.dumps(told))
        return read_keys(file)

    return written


def one_key(**key):
    return {"issuers": {ISSUER: {"keys": {"k": key}}}}


def test_no_file_is_no_host():
    assert (read_keys(""), read_keys("").with_key("k"), read_keys("").origins) == (Hosts(), None, frozenset())


def test_a_file_names_hosts_origins_and_keys(read):
    hosts = read(described())
    host, key = hosts.with_key("rsa")
    assert (host.issuer, hosts.origins, key.algorithm, key.is_shared, key.is_retired) == (ISSUER, {ORIGIN}, "RS256", False, False)
    assert [hosts.with_key(kid) for kid in ("2031", "", None, 7, ["rsa"])] == [None] * 5


def test_no_key_is_shown_by_mistake(read):
    assert SECRET not in repr(read(described()))


WRONG = {
    "The file is not JSON": "{",
    "The file must be a JSON object": [],
    "«issuers» must name": {},
    "«issuer» means nothing here": {"issuer": {}},
    "A name stands twice": '{"issuers": {}, "issuers": {}}',
    "«keys» must hold at least one key": {"issuers": {ISSUER: {"keys": {}}}},
    "its name must be printable ASCII": {"issuers": {"اتوناکس": {"keys": {"k": GOOD}}}},
    "«origins» must be a list": {"issuers": {ISSUER: {"origins": ["https://host.example.ir/path"], "keys": {"k": GOOD}}}},
    "such as https://host.example.ir": {"issuers": {ISSUER: {"origins": ["*"], "keys": {"k": GOOD}}}},
    "«Retired» means nothing here": one_key(**GOOD, Retired=True),
    "«retired» true or false": one_key(**GOOD, retired="yes"),
    "«alg» must be EdDSA, RS256 or HS256": one_key(alg="none", public_key=pem(EDDSA)),
    "The key k: «alg» must be": one_key(alg="HS512", secret=SECRET),
    "RS256 takes «public_key»": one_key(alg="RS256", secret=SECRET),
    "HS256 takes «secret»": one_key(alg="HS256", public_key=pem(EDDSA)),
    "a string, and no other": one_key(**GOOD, secret=SECRET),
    "«public_key» is of another kind": one_key(alg="EdDSA", public_key=pem(RSA)),
    "The key k: «public_key» is of another kind": one_key(alg="RS256", public_key=pem(generate_ec_key(SECP256R1()))),
    "«public_key» is not a public key in PEM": one_key(alg="EdDSA", public_key="MCowBQ"),
    "this is a private key": one_key(alg="EdDSA", public_key=PRIVATE),
    "2048 bits or more": one_key(alg="RS256", public_key=pem(generate_private_key(65537, 1024))),
    "32 random characters or more": one_key(alg="HS256", secret="x" * 10 + "abcdefghij"),
    "«secret» must be 32 random": one_key(alg="HS256", secret="a" * 64),
    "stands there twice": {"issuers": {name: {"keys": {"k": GOOD}} for name in ("one", "two")}},
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_wrong_file_is_named_by_what_is_wrong(read, reason):
    with pytest.raises(WrongKeys) as wrong:
        read(WRONG[reason])
    assert reason in str(wrong.value)
    assert [part for part in (SECRET, PRIVATE.splitlines()[1]) if part in str(wrong.value)] == []


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(WrongKeys, match="The file cannot be read: No such file or directory."):
        read_keys(tmp_path / "none.json")


def site_with(tmp_path, told, mode=0o640):
    file = tmp_path / "launch_keys.json"
    file.write_text(json.dumps(told))
    file.chmod(mode)
    return production(tmp_path, LAUNCH_KEYS=str(file))


def test_a_sound_file_starts(tmp_path):
    started = start_web(**site_with(tmp_path, described()))
    assert (started.returncode, started.stderr.count("Error")) == (0, 0)


def test_a_wrong_file_stops_the_start_with_its_reason(tmp_path):
    refused = start_web(**site_with(tmp_path, one_key(alg="none", public_key=pem(EDDSA)))).stderr
    assert ("LAUNCH_KEYS" in refused, "«alg» must be EdDSA, RS256 or HS256" in refused) == (True, True)


def test_a_shared_secret_that_everybody_may_read_stops_the_start(tmp_path):
    refused = start_web(**site_with(tmp_path, described(), 0o644))
    assert (refused.returncode, "LAUNCH_KEYS holds a shared secret" in refused.stderr) == (1, True)


def test_public_keys_may_be_read_by_everybody(tmp_path):
    assert start_web(**site_with(tmp_path, one_key(**GOOD), 0o644)).returncode == 0


@pytest.mark.parametrize("written", ["https://Autonax.Example.ir", "https://autonax.example.ir:443", "https://autonax.example.ir"])
def test_an_origin_is_known_however_it_is_written(read, written):
    told = described()
    told["issuers"][ISSUER]["origins"] = [written, "http://localhost:8000"]
    assert read(told).origins == {"https://autonax.example.ir", "http://localhost:8000"}


def test_an_origin_without_tls_stops_the_start(tmp_path):
    told = described()
    told["issuers"][ISSUER]["origins"] = ["http://autonax.example.ir"]
    refused = start_web(**site_with(tmp_path, told))
    assert (refused.returncode, "every origin must be https" in refused.stderr) == (1, True)


def test_the_demo_s_host_is_not_a_part_of_production(tmp_path):
    names = "from django.urls import get_resolver; print([key for key in get_resolver().reverse_dict if 'demo' in str(key)])"
    assert manage("shell", "-v0", "-c", names, **production(tmp_path)).stdout.strip() == "[]"


def test_the_demo_s_key_is_for_its_owner_alone(tmp_path, settings):
    from autonax_support.demo.host import make_keys

    make_keys(tmp_path, 8123)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    key = (tmp_path / "host_key.pem").read_bytes()
    make_keys(tmp_path, 8124)
    assert modes == {"host_key.pem": 0o600, "launch_keys.json": 0o600}
    assert (tmp_path / "host_key.pem").read_bytes() == key
    assert "http://localhost:8124" in read_keys(tmp_path / "launch_keys.json").origins
