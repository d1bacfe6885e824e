"""The permission comes before every other answer, however a file is asked for and whoever would deliver it."""

import pytest
from django.urls import reverse

from tests.files.conftest import a_draft, kept
from tickets.models import Event

ASKED = {
    "whole": {},
    "a part": {"range": "bytes=0-4"},
    "beyond the end": {"range": "bytes=999999-"},
    "unchanged by mark": {"if_none_match": "*"},
    "unchanged by time": {"if_modified_since": "Tue, 24 Nov 2099 10:30:00 GMT"},
    "only if it is that one": {"if_match": '"other"'},
    "a part of that one": {"range": "bytes=0-4", "if_range": '"other"'},
}


@pytest.mark.parametrize("accel", ["", pytest.param("/protected/", marks=pytest.mark.once)], ids=["program", "nginx"])
@pytest.mark.parametrize("headers", ASKED.values(), ids=ASKED)
def test_who_may_not_see_a_file_learns_nothing_of_it(
    headers, accel, picture, noted, sara, reza, neda, mina, omid, client, settings, attachments_folder
):
    settings.ATTACHMENTS_ACCEL = accel
    unsent = kept(a_draft(sara), "a.png")
    for person, forbidden in (
        (neda, (picture, noted, unsent)),
        (mina, (picture, noted, unsent)),
        (reza, (noted, unsent)),
        (omid, (unsent,)),
    ):
        client.force_login(person)
        addresses = [reverse(f"files:{what}", args=[file.pk]) for file in forbidden for what in ("attachment", "thumbnail")]
        answers = [getattr(client, method)(address, headers=headers) for address in addresses for method in ("get", "head")]
        assert {(answer.status_code, answer.get("ETag"), answer.get("X-Accel-Redirect")) for answer in answers} == {(404, None, None)}
    assert Event.objects.filter(verb="see_file").count() == 0
