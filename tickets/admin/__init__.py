from tickets.admin.calendars import HolidayAdmin, SpecialDayAdmin
from tickets.admin.canned_replies import CannedReplyAdmin
from tickets.admin.departments import DepartmentAdmin
from tickets.admin.ticket import TicketAdmin

__all__ = ["CannedReplyAdmin", "DepartmentAdmin", "HolidayAdmin", "SpecialDayAdmin", "TicketAdmin"]
