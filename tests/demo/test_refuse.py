"""Where `manage.py demo` refuses: on every database but the demo's own."""

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from autonax_support.accounts.models import User
from tests.project.running import manage, production


def test_a_site_of_its_own_is_refused(tmp_path):
    refused = manage("demo", **production(tmp_path))
    assert (refused.returncode, "Demo data is loaded into the demo's own database only" in refused.stderr) == (1, True)


@pytest.mark.django_db
def test_a_database_outside_the_demo_gets_no_sign_in():
    with override_settings(DEMO=False), pytest.raises(CommandError, match="داده‌های نمایشی فقط"):
        call_command("demo")
    assert User.objects.count() == 0


def test_a_database_with_other_people_is_left_alone(omid):
    with pytest.raises(CommandError, match="کاربران دیگری"):
        call_command("demo")
    assert list(User.objects.all()) == [omid]
