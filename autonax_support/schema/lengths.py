"""Length limits as database CHECKs: SQLite takes no notice of VARCHAR(n), and TextField has no limit anywhere."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


def at_most(limit: int, *fields: str, name: str, told: str | None = None) -> models.CheckConstraint:
    """A CHECK that none of `fields` holds more than `limit` characters; `told` is what a form says of it."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__length__lte": limit})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=told)
