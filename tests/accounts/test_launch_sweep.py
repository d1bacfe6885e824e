"""A used token is remembered longer than it lives, a case no longer than its browser takes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from autonax_support.accounts.models import LaunchUse, User
from autonax_support.sweeping import sweep_launches
from autonax_support.work import EVERY, TASKS
from tests.launching import CASE, come, post

pytestmark = pytest.mark.django_db


def swept(**later):
    sweep_launches(None, timezone.now() + timedelta(**later))
    return list(LaunchUse.objects.values_list("case", flat=True))


def test_the_worker_does_it_every_hour():
    assert (TASKS["sweep_launches"].path, EVERY["sweep_launches"]) == ("autonax_support.sweeping.sweep_launches", timedelta(hours=1))


def test_a_case_with_which_nobody_arrived_goes(client, host):
    post(client, host())
    assert (swept(seconds=30), swept(seconds=61)) == ([CASE], [{}])


def test_a_used_token_is_remembered_for_a_day_beyond_its_life(client, host):
    token = host()
    come(client, token)
    assert (len(swept(hours=23)), post(client, token).status_code) == (1, 403)
    assert swept(hours=25) == []


def test_the_person_of_a_launch_stays(client, host):
    come(client, host())
    swept(days=2)
    assert User.objects.count() == 1


def test_the_database_itself_keeps_no_case_after_arrival(client, host):
    come(client, host())
    with pytest.raises(IntegrityError), transaction.atomic():
        LaunchUse.objects.update(case=CASE)


def test_the_database_itself_takes_a_token_once(client, host):
    come(client, host())
    use = LaunchUse.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        LaunchUse.objects.create(issuer=use.issuer, token_id=use.token_id, used_at=use.used_at, expires_at=use.expires_at)
