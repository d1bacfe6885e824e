from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "autonax_support.accounts"
    label = "accounts"
    verbose_name = "دفترها و کاربران"

    def ready(self) -> None:
        from autonax_support.accounts.triggers import ensure

        post_migrate.connect(ensure, sender=self, dispatch_uid="accounts.triggers")
