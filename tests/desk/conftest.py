import pytest


@pytest.fixture
def at_desk(at_home):
    """A function: this person posts a verb on this ticket at the desk."""

    def act(person, ticket, verb, **fields):
        return at_home(person).post(f"/admin/tickets/ticket/{ticket.pk}/{verb}/", fields)

    return act


@pytest.fixture
def opened(at_home):
    """A function: this person opens the page of this ticket."""

    def opening(person, ticket, **headers):
        return at_home(person).get(f"/admin/tickets/ticket/{ticket.pk}/change/", headers=headers)

    return opening
