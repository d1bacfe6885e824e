import pytest

from tests.generating.generating import generate


@pytest.fixture
def generated(db) -> None:
    """Some tickets, of which the eighth has 200 messages."""
    generate()
