import pytest

from autonax_support.demo.canned import REPLIES, keep_replies
from tickets import canned
from tickets.models import CannedReply


@pytest.mark.django_db
def test_every_department_has_replies_of_its_own_and_there_are_common_ones():
    keep_replies()
    assert CannedReply.objects.count() == len(REPLIES)
    of = CannedReply.objects.values_list("department__name", flat=True).distinct()
    assert set(of) == {None, "پشتیبانی فنی", "آموزش", "اجرا و راه‌اندازی سیستم"}


def test_all_that_stands_in_braces_can_be_filled_in():
    assert [(title, canned.unknown(body), canned.has_loose_brace(body)) for _, title, body in REPLIES if canned.unknown(body)] == []
