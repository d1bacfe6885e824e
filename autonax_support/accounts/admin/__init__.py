from autonax_support.accounts.admin import audit, group, office, place, user

__all__ = ["audit", "group", "office", "place", "user"]
