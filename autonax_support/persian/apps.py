from django.apps import AppConfig


class PersianConfig(AppConfig):
    name = "autonax_support.persian"
    label = "persian"
    verbose_name = "فارسی"
