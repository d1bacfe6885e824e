from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "autonax_support.files"
    label = "files"
    verbose_name = "پیوست‌ها"
    default_auto_field = "django.db.models.BigAutoField"
