"""What a delivery tells: each room knows the words of its own notices, and leaves out those of the others."""

from datetime import datetime

from announcements import telling as announcements
from autonax_support.notices.composing import Told
from autonax_support.notices.models import Notice
from tickets import telling as tickets


def tell(notices: list[Notice], at: datetime) -> list[Told]:
    """Of one person. A delivery is of one ticket or of one announcement (notices/queueing.py), so no order is lost here."""
    return [*tickets.tell(notices, at), *announcements.tell(notices, at)]
