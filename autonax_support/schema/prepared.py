"""SELECTs that the ORM writes once for each of their shapes; from then on only the values change.

Building and compiling the queries of a page cost more CPU than PostgreSQL's answers (bench/README.md). The querysets stay what they are,
`visible_to` and all: they are written with a `Later` in the place of each value, and the SQL they become is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from itertools import count
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Field, Lookup, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from psycopg2.extensions import AsIs

Rows = list[tuple]
NUMBERS = count()


class Later(Expression):
    """A value that is not known yet."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Later]]:
        return "%s", [self]


class Listing(Field):
    """The kind of a value that is a list of numbers, however long it is: one parameter."""

    def get_db_prep_value(self, value: list[int], connection: Any, prepared: bool = False) -> list[int] | str:
        return value if connection.vendor == "postgresql" else json.dumps(value)


@Field.register_lookup
class Listed(Lookup):
    """`number__listed=numbers`: an IN whose SQL does not depend on how many there are."""

    lookup_name = "listed"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return self._among(compiler, "{} = ANY({}::bigint[])")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return self._among(compiler, "{} IN (SELECT value FROM json_each({}))")

    def _among(self, compiler: Any, sql: str) -> tuple[str, list[Any]]:
        (left, before), (right, after) = compiler.compile(self.lhs), compiler.compile(self.rhs)
        return sql.format(left, right), [*before, *after]


class Select(NamedTuple):
    name: str
    sql: str
    params: tuple[Any, ...]
    values: tuple[str, ...]  # the names of what is bound, in the order of PREPARE
    read: Callable[[Rows], list[Any]]


class Prepared:
    """`write(*shape, **values)` returns a queryset of objects or a `values_list`; `fields` says of what kind each value is.

    What decides how the SQL reads (which filters there are, whether a person is staff) is the shape; there must be few. A value may never
    decide that: it is a `Later` while the SQL is written, so to compare it would be an error then. What is to be prefetched is not.

    PostgreSQL too parses and plans it once for each connection; where the best plan depends on the values, make them two shapes.
    """

    def __init__(self, write: Callable[..., QuerySet], **fields: Field) -> None:
        self._write, self._fields = write, fields
        self._known: dict[tuple[Hashable, ...], Select | None] = {}

    def all(self, *shape: Hashable, **values: Any) -> list[Any]:
        key = (connection.vendor, *shape)
        if key not in self._known:
            self._known[key] = self._compiled(*shape)
        select = self._known[key]
        if select is None:
            return []
        bound = {name: field.get_db_prep_value(values[name], connection) for name, field in self._fields.items()}
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                _prepare(cursor, select)
                cursor.execute(f"EXECUTE {select.name}{_places(len(select.values))}", [bound[name] for name in select.values])
            else:
                cursor.execute(select.sql, [bound[param.name] if isinstance(param, Later) else param for param in select.params])
            return select.read(cursor.fetchall())

    def first(self, *shape: Hashable, **values: Any) -> Any:
        """Or None."""
        found = self.all(*shape, **values)
        return found[0] if found else None

    def _compiled(self, *shape: Hashable) -> Select | None:
        queryset = self._write(*shape, **{name: Later(name, field) for name, field in self._fields.items()})
        compiler = queryset.query.get_compiler(connection.alias)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:  # of `none()`; PostgreSQL need not be asked
            return None
        convert, name = _converter(compiler), f"prepared_{next(NUMBERS)}"
        values = tuple(dict.fromkeys(param.name for param in params if isinstance(param, Later)))
        if not issubclass(queryset._iterable_class, ModelIterable):
            return Select(name, sql, tuple(params), values, convert)
        build = _builder(compiler)
        return Select(name, sql, tuple(params), values, lambda rows: [build(row) for row in convert(rows)])


def _prepare(cursor: Any, select: Select) -> None:
    """Once for each connection. Constants are written into the text, for indexes that hold only for them."""
    raw, known = connection.connection, getattr(connection, "prepared_selects", None)
    if known is None or known[0] is not raw:
        known = connection.prepared_selects = (raw, set())
    if select.name not in known[1]:
        marked = [AsIs(f"${select.values.index(param.name) + 1}") if isinstance(param, Later) else param for param in select.params]
        with connection.wrap_database_errors:  # the driver's own cursor is asked, whose errors nobody else would know
            text = cursor.cursor.mogrify(select.sql, marked).decode()
            cursor.cursor.execute(f"PREPARE {select.name} AS {text}")
        known[1].add(select.name)


def _places(count: int) -> str:
    return f" ({', '.join(['%s'] * count)})" if count else ""


def _converter(compiler: Any) -> Callable[[Rows], Rows]:
    """Each column as the ORM reads it."""
    converters = compiler.get_converters([column for column, _, _ in compiler.select])

    def convert(rows: Rows) -> Rows:
        out = [list(row) for row in rows]
        for place, (readers, column) in converters.items():
            for row in out:
                for read in readers:
                    row[place] = read(row[place], column, connection)
        return [tuple(row) for row in out]

    return convert if converters else lambda rows: rows


def _builder(compiler: Any) -> Callable[[tuple], Any]:
    """A row as the ORM makes an object of it: fields, `select_related`, annotations (django.db.models.query.ModelIterable)."""
    select, info, annotations = compiler.select, compiler.klass_info, compiler.annotation_col_map or {}
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    model, names = info["model"], [column.target.attname for column, _, _ in select[first:last]]
    related = get_related_populators(info, select, connection.alias)

    def build(row: tuple) -> Any:
        made = model.from_db(connection.alias, names, row[first:last])
        for relation in related:
            relation.populate(row, made)
        for name, place in annotations.items():
            setattr(made, name, row[place])
        return made

    return build
