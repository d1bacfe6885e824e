from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "autonax_support.notices"
    label = "notices"
    verbose_name = "اعلان‌ها"
    default_auto_field = "django.db.models.BigAutoField"
