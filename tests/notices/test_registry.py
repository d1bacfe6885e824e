"""The composition root: every kind has its function, and everything periodic is known."""

import pytest
from django.utils.module_loading import import_string

from autonax_support.sweeping import DONE_KEPT
from autonax_support.work import EVERY, TASKS


@pytest.mark.parametrize("kind", sorted(TASKS))
def test_every_kind_has_a_function_and_a_name(kind):
    assert callable(import_string(TASKS[kind].path))
    assert TASKS[kind].title
    assert len(kind) <= 40


def test_everything_periodic_is_known_and_its_rows_are_kept_beyond_their_period():
    assert set(EVERY) <= set(TASKS)
    assert max(EVERY.values()) < DONE_KEPT
