import logging
import os

import pytest

from tests.journeys.conftest import an_answered_ticket, page_of, pages

__all__ = ["an_answered_ticket", "page_of", "pages"]


@pytest.fixture
def is_long() -> bool:
    return bool(os.environ.get("TEST_LONG"))


@pytest.fixture(autouse=True)
def refusals_are_expected(caplog):
    caplog.set_level(logging.ERROR, "django.request")
    caplog.set_level(logging.CRITICAL, "django.security")
