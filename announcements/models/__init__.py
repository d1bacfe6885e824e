from announcements.models.announcement import Announcement
from announcements.models.receipt import Receipt
from announcements.models.refused import Refused

__all__ = ["Announcement", "Receipt", "Refused"]
