from autonax_support.accounts.models.action_count import ActionCount
from autonax_support.accounts.models.audit import AuditEntry, AuditVerb
from autonax_support.accounts.models.launch import LaunchUse
from autonax_support.accounts.models.office import Office
from autonax_support.accounts.models.place import City, Province
from autonax_support.accounts.models.user import Role, User

__all__ = ["ActionCount", "AuditEntry", "AuditVerb", "City", "LaunchUse", "Office", "Province", "Role", "User"]
