from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = "تیکت‌ها"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tickets.reference import ensure_reference_data
        from tickets.schema import ensure_schema

        post_migrate.connect(ensure_schema, sender=self)
        post_migrate.connect(ensure_reference_data, sender=self)
