from types import SimpleNamespace

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from autonax_support.schema.prepared import Later, Prepared


def _living(key: Later, now: Later) -> QuerySet:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


LIVING = Prepared(_living, key=CharField(), now=DateTimeField())


class SessionStore(db.SessionStore):
    """Django's own sessions in its own table, read by a prepared query: every page begins with it."""

    def _get_session_from_db(self) -> SimpleNamespace | None:
        row = LIVING.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
            return None
        return SimpleNamespace(session_data=row[0])
