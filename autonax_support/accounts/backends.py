from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import BigAutoField, OuterRef, QuerySet, Subquery, Value
from django_otp.plugins.otp_totp.models import TOTPDevice

from autonax_support.accounts.models import User
from autonax_support.schema.prepared import Later, Prepared


class OfficeBackend(ModelBackend):
    """Reads the office with the user, and whether there is a second factor: every page needs them, in one query."""

    def user_can_authenticate(self, user: User) -> bool:
        """True for everybody: sign-in tells a person with the right password that the account is inactive."""
        return True

    def get_user(self, user_id: int) -> User | None:
        return MAY_ENTER.first(user=user_id)

    def _get_permissions(self, user: User, about: object, source: str) -> set[str]:
        """Fills what Django's own remembers, by one prepared query: every page of the desk asks for what the person and the groups may."""
        if user.is_active and not user.is_superuser and not hasattr(user, f"_{source}_perm_cache"):
            granted = GRANTED.all(user=user.pk)
            for holder in HOLDERS:
                setattr(user, f"_{holder}_perm_cache", {f"{app}.{name}" for app, name, by in granted if by == holder})
        return super()._get_permissions(user, about, source)


def _may_enter(user: Later) -> QuerySet:
    device = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True).order_by("pk").values("pk")[:1]
    return User.objects.who_may_sign_in().select_related("office").filter(pk=user).annotate(second_factor=Subquery(device))


def _granted(*, user: Later) -> QuerySet:
    own, groups = (
        Permission.objects.filter(**{path: user}).order_by().values_list("content_type__app_label", "codename", Value(holder))
        for holder, path in HOLDERS.items()
    )
    return own.union(groups, all=True)


HOLDERS = {"user": "user", "group": "group__user"}  # as Django calls them, and the way from a permission to whom it reaches
MAY_ENTER = Prepared(_may_enter, user=BigAutoField())
GRANTED = Prepared(_granted, user=BigAutoField())
