from django.contrib.auth.backends import ModelBackend

from autonax_support.accounts.models import User


class OfficeBackend(ModelBackend):
    """Reads the office with the user: every page of a clerk needs both, in one query."""

    def user_can_authenticate(self, user: User) -> bool:
        """True for everybody: sign-in tells a person with the right password that the account is inactive."""
        return True

    def get_user(self, user_id: int) -> User | None:
        return User.objects.who_may_sign_in().select_related("office").filter(pk=user_id).first()
