from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    name = "announcements"
    verbose_name = "اطلاعیه‌ها و پیغام‌ها"
    default_auto_field = "django.db.models.BigAutoField"
