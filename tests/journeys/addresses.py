"""Every address of the product, out of the URL resolver, with a real row wherever one is asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
SIGN_OUT = ("admin:logout", "accounts:logout")  # the one that knows no clerk first


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    places: frozenset[str]

    @property
    def is_of_the_desk(self) -> bool:
        return self.path.startswith("/admin/")


def every_address(**rows: Model) -> list[Address]:
    """`rows` fill the places of the same name; signing out comes last."""
    found = [_address(name, route, rows) for name, route in _routes(get_resolver().url_patterns, "", "/")]
    return sorted(found, key=lambda address: SIGN_OUT.index(address.name) + 1 if address.name in SIGN_OUT else 0)


def _routes(patterns: list, space: str, route: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        here = route + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, pattern.namespace or space, here)
        elif isinstance(pattern, URLPattern):
            yield f"{space}:{pattern.name or here}", here


def _address(name: str, route: str, rows: dict[str, Model]) -> Address:
    space = name.split(":")[0]
    places = [first or second for first, second in PLACE.findall(route)]
    path = PLACE.sub(lambda place: str(_filler(space, place[1] or place[2], route, rows)), route)
    return Address(name, path, frozenset(places))


def _filler(space: str, place: str, route: str, rows: dict[str, Model]) -> object:
    if place == "object_id" and "content_type_id" not in route:
        _, app, model, *_ = route.strip("/").split("/")
        row = apps.get_model(app, model).objects.first()
        return row.pk if row else 1
    fixed = {"app_label": "tickets", "url": "no-such-page/", "content_type_id": 1, "object_id": 1}
    if place in fixed:
        return fixed[place]
    assert f"{space}_{place}" in rows, f"{route} is new: give it a row `{space}_{place}` in rows.py"
    return rows[f"{space}_{place}"].pk
