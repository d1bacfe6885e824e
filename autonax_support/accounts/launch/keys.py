"""LAUNCH_KEYS: the hosts that may send people here, and their keys. Read once, at the start; docs/host.md describes the file.

A key carries its algorithm, and a `kid` stands for one key of one host in the whole file, so that nothing in a token decides how it is
checked (SECURITY R33; ASVS 9.1.2, 9.1.3).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

NAME = re.compile(r"[\x21-\x7e]{1,200}")
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")
SECRET_LEAST = 32  # bytes; a shorter one can be found by trying
RSA_LEAST = 2048  # bits
ALGORITHMS = {"EdDSA": Ed25519PublicKey, "RS256": RSAPublicKey}
SHARED = "HS256"


class WrongKeys(ValueError):
    """What is wrong with the file, in words for the operator; never a part of a secret."""


@dataclass(frozen=True)
class Key:
    kid: str
    algorithm: str
    material: Any = field(repr=False)
    is_retired: bool = False

    @property
    def is_shared(self) -> bool:
        return self.algorithm == SHARED


@dataclass(frozen=True)
class Host:
    issuer: str
    origins: frozenset[str]
    keys: tuple[Key, ...]

    def may_send(self, origin: str) -> bool:
        """Whether a page there may send somebody here: a stranger's, with a token of the stranger's own, may not (login CSRF).

        A page under «no-referrer» or «same-origin» says `null`, and nobody can tell then; nor for a host that has named no origins.
        """
        return origin in ("", "null") or not self.origins or origin in self.origins


@dataclass(frozen=True)
class Hosts:
    hosts: tuple[Host, ...] = ()

    def with_key(self, kid: object) -> tuple[Host, Key] | None:
        return next(((host, key) for host in self.hosts for key in host.keys if key.kid == kid), None)

    @property
    def origins(self) -> frozenset[str]:
        return frozenset(origin for host in self.hosts for origin in host.origins)


def read_keys(path: str | Path) -> Hosts:
    """Raises WrongKeys. Without a path there is no host, and nobody arrives by launch."""
    if not path:
        return Hosts()
    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"), object_pairs_hook=_once)
    except OSError as error:
        raise WrongKeys(f"The file cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise WrongKeys("The file is not JSON.") from None
    hosts = Hosts(tuple(_hosts(_only(told, {"issuers"}, "The file"))))
    kids = [key.kid for host in hosts.hosts for key in host.keys]
    if twice := {kid for kid in kids if kids.count(kid) > 1}:
        raise WrongKeys(f"The key id {min(twice)} stands there twice.")
    return hosts


def _hosts(told: dict[str, Any]) -> Iterator[Host]:
    issuers = told.get("issuers")
    if not isinstance(issuers, dict) or not issuers:
        raise WrongKeys("«issuers» must name at least one host.")
    for issuer, host in issuers.items():
        where = f"The host {issuer}"
        _only(host, {"origins", "keys"}, where)
        keys, origins = host.get("keys"), host.get("origins", [])
        if not NAME.fullmatch(issuer) or not isinstance(keys, dict) or not keys:
            raise WrongKeys(f"{where}: its name must be printable ASCII, and «keys» must hold at least one key.")
        if not isinstance(origins, list) or not all(isinstance(origin, str) and ORIGIN.fullmatch(origin) for origin in origins):
            raise WrongKeys(f"{where}: «origins» must be a list of addresses without a path, such as https://host.example.ir.")
        yield Host(issuer, frozenset(map(_as_sent, origins)), tuple(_key(kid, key) for kid, key in keys.items()))


def _as_sent(origin: str) -> str:
    """As a browser writes it: in small letters, without the port that goes without saying."""
    scheme, _, place = origin.lower().partition("://")
    return f"{scheme}://{place.removesuffix({'https': ':443', 'http': ':80'}[scheme])}"


def _key(kid: str, told: Any) -> Key:
    where = f"The key {kid}"
    _only(told, {"alg", "public_key", "secret", "retired"}, where)
    algorithm, retired = told.get("alg"), told.get("retired", False)
    if not NAME.fullmatch(kid) or not isinstance(retired, bool):
        raise WrongKeys(f"{where}: its name must be printable ASCII, and «retired» true or false.")
    if algorithm not in (*ALGORITHMS, SHARED):
        raise WrongKeys(f"{where}: «alg» must be EdDSA, RS256 or HS256.")
    part, read = ("secret", _secret) if algorithm == SHARED else ("public_key", _public)
    if not isinstance(told.get(part), str) or len({"public_key", "secret"} & told.keys()) != 1:
        raise WrongKeys(f"{where}: {algorithm} takes «{part}», a string, and no other.")
    return Key(kid, algorithm, read(told[part], algorithm, where), retired)


def _secret(text: str, algorithm: str, where: str) -> bytes:
    secret = text.encode()
    if len(secret) < SECRET_LEAST or len(set(secret)) < 8 or b"-----BEGIN" in secret:
        raise WrongKeys(f"{where}: «secret» must be {SECRET_LEAST} random characters or more.")
    return secret


def _public(pem: str, algorithm: str, where: str) -> Ed25519PublicKey | RSAPublicKey:
    if "PRIVATE" in pem:
        raise WrongKeys(f"{where}: this is a private key. It belongs to the host alone; make a new pair, and put the public key here.")
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        raise WrongKeys(f"{where}: «public_key» is not a public key in PEM.") from None
    if not isinstance(key, ALGORITHMS[algorithm]):
        raise WrongKeys(
            f"{where}: «public_key» is of another kind than {algorithm}, which takes {'RSA' if algorithm == 'RS256' else 'Ed25519'}."
        )
    if isinstance(key, RSAPublicKey) and key.key_size < RSA_LEAST:
        raise WrongKeys(f"{where}: an RSA key must have {RSA_LEAST} bits or more.")
    return key


def _only(told: Any, known: set[str], where: str) -> dict[str, Any]:
    """A misspelled «retired» must not leave a key in use."""
    if not isinstance(told, dict):
        raise WrongKeys(f"{where} must be a JSON object.")
    if unknown := told.keys() - known:
        raise WrongKeys(f"{where}: «{min(unknown)}» means nothing here.")
    return told


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise WrongKeys("A name stands twice in one object of the file.")
    return told
