from autonax_support.accounts.admin import audit, group, office, place, second_factor, user

__all__ = ["audit", "group", "office", "place", "second_factor", "user"]
