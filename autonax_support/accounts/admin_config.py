"""Apart from apps.py, where Django would take it for the app's own configuration."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    default_site = "autonax_support.accounts.admin_site.DeskSite"
