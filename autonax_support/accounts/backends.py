from django.contrib.auth.backends import ModelBackend
from django.db.models import BigAutoField, QuerySet

from autonax_support.accounts.models import User
from autonax_support.schema.prepared import Later, Prepared


class OfficeBackend(ModelBackend):
    """Reads the office with the user: every page of a clerk needs both, in one query."""

    def user_can_authenticate(self, user: User) -> bool:
        """True for everybody: sign-in tells a person with the right password that the account is inactive."""
        return True

    def get_user(self, user_id: int) -> User | None:
        return MAY_ENTER.first(user=user_id)


def _may_enter(user: Later) -> QuerySet:
    return User.objects.who_may_sign_in().select_related("office").filter(pk=user)


MAY_ENTER = Prepared(_may_enter, user=BigAutoField())
