from tickets.admin.calendars import HolidayAdmin, SpecialDayAdmin
from tickets.admin.departments import DepartmentAdmin
from tickets.admin.ticket import TicketAdmin

__all__ = ["DepartmentAdmin", "HolidayAdmin", "SpecialDayAdmin", "TicketAdmin"]
