from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AutonaxSupportConfig(AppConfig):
    name = "autonax_support"
    verbose_name = "پشتیبانی اتوناکس"

    def ready(self) -> None:
        from autonax_support import checks  # noqa: F401 - importing it registers the checks
        from autonax_support.reference import ensure_managers, last_app

        post_migrate.connect(ensure_managers, sender=last_app())
