"""The generated columns beside those of the models, so that a field added to a model later gets its default here too."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from autonax_support.generating.scribe import COLUMNS

APPS = {"attachment": "files"}


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...]
    constants: tuple


def table_of(name: str) -> Table:
    model: type[Model] = apps.get_model(APPS.get(name, "tickets"), name)
    written = COLUMNS[name]
    others = [field for field in model._meta.local_concrete_fields if field.column not in written and not _numbers_itself(field)]
    constants = tuple(_stored(field.get_default()) for field in others)
    return Table(model._meta.db_table, (*written, *(field.column for field in others)), constants)


def _numbers_itself(field: object) -> bool:
    return field.primary_key and field.get_internal_type().endswith("AutoField")


def _stored(value: object) -> object:
    return "{}" if value == {} else value


TABLES = tuple(COLUMNS)  # in the order in which rows may point to each other
