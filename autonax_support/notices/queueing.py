"""How notices are put on their way: rows beside theirs, in the same transaction. A worker sends them later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from autonax_support.notices.gateways import is_open
from autonax_support.notices.models import Channels, Delivery, Notice
from autonax_support.notices.models.delivery import TRIED_FOR, address_of

GATHERING = timedelta(minutes=2)  # so long what happens to a ticket is gathered into one message
Kind = Notice.Kind
SMS_KINDS = frozenset(
    {Kind.ANSWERED, Kind.DEVELOPED, Kind.PROMISE_MOVED, Kind.CLOSED, Kind.CLOSING_SOON, Kind.ANNOUNCED, Kind.BREACH_NEAR, Kind.BREACHED}
)


def queue_deliveries(notices: Iterable[Notice], *, at: datetime) -> None:
    """For stored notices of people who can be reached and want to be: at most four statements, for any number of them.

    A notice joins what this person has not been sent yet about the same ticket.
    """
    ways = [(channel, notice) for channel in Delivery.Channel.values if is_open(channel) for notice in notices if _fits(channel, notice)]
    if not ways:
        return
    channels = Channels.objects.of({notice.recipient for _, notice in ways})
    wanted = {ordering_key(channel, notice): (channel, notice) for channel, notice in ways if channels[notice.recipient_id].wants(channel)}
    places = Delivery.objects.joinable(wanted, at) if wanted else {}
    fresh = [
        Delivery(
            channel=channel,
            target=address_of(notice.recipient, channel),
            ordering_key=key,
            run_at=channels[notice.recipient_id].time_for(channel, at + GATHERING),
            expires_at=at + TRIED_FOR,
        )
        for key, (channel, notice) in wanted.items()
        if key not in places
    ]
    places |= {delivery.ordering_key: delivery.pk for delivery in Delivery.objects.bulk_create(fresh)}
    told = Delivery.notices.through
    told.objects.bulk_create([told(delivery_id=places[key], notice_id=notice.pk) for key, (_, notice) in wanted.items()])


def ordering_key(channel: str, notice: Notice) -> str:
    """What has the same goes out in its order. A notice of no ticket has nothing that must stand before or after it.

    One holiday moves the due times of many tickets: that is one piece of news to a person, and one message.
    """
    subject = "moved" if notice.kind == Kind.DUE_MOVED else notice.ticket_id or f"n{notice.pk}"
    return f"{channel}:{notice.recipient_id}:{subject}"


def _fits(channel: str, notice: Notice) -> bool:
    has_words = channel == Delivery.Channel.EMAIL or notice.kind in SMS_KINDS
    return has_words and bool(address_of(notice.recipient, channel))
