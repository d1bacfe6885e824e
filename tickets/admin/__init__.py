from tickets.admin.departments import DepartmentAdmin
from tickets.admin.ticket import TicketAdmin

__all__ = ["DepartmentAdmin", "TicketAdmin"]
