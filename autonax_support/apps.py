from django.apps import AppConfig


class AutonaxSupportConfig(AppConfig):
    name = "autonax_support"
    verbose_name = "پشتیبانی اتوناکس"

    def ready(self) -> None:
        from autonax_support import checks  # noqa: F401 - importing it registers the checks
