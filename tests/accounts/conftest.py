import pytest

from tests import launching


@pytest.fixture
def host(settings, tmp_path):
    """Makes the helpdesk know the host of tests/launching.py; a function that gives a token of it, with these claims changed."""
    launching.known(settings, tmp_path)
    return lambda kid="2026", **changes: launching.signed(launching.claims(settings, **changes), kid)
