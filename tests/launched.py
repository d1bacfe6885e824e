"""A client whose session holds the case of a launch, as arriving from Autonax leaves it."""

from dataclasses import asdict

from django.test import Client

from autonax_support.accounts.case import SESSION_KEY, OpenCase


def launched(client: Client, **case: str) -> None:
    session = client.session
    session[SESSION_KEY] = asdict(OpenCase(**case))
    session.save()
