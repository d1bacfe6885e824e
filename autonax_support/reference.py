"""Rows the product cannot do without, put in after every migrate: the group of the support managers."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed

MANAGERS = "مدیر پشتیبانی"
CONFIGURED = {
    "accounts": ("province", "city", "office", "user"),
    "tickets": ("cannedreply", "department", "departmentmember", "workspan", "holiday", "specialday"),
    "announcements": ("announcement",),
}
RIGHTS = {
    ("tickets", "work_in_all_departments"),
    ("notices", "view_job"),
    ("notices", "change_job"),
    ("notices", "view_delivery"),
    ("notices", "change_delivery"),
    ("notices", "view_workerbeat"),
    *((app, f"{verb}_{model}") for app, models in CONFIGURED.items() for model in models for verb in ("add", "change", "view")),
}


def last_app() -> AppConfig:
    """The one whose post_migrate comes last: by then Django has made the permissions of all."""
    return [config for config in installed.get_app_configs() if config.models_module][-1]


def ensure_managers(sender: AppConfig, using: str, apps: Any = installed, **signal: Any) -> None:
    """Adds what is missing, and takes nothing away that an operator has added."""
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:  # migrated back to before there were groups
        return
    labels = {app for app, _ in RIGHTS}
    found = permission.objects.using(using).filter(content_type__app_label__in=labels).select_related("content_type")
    managers, _ = group.objects.using(using).get_or_create(name=MANAGERS)
    managers.permissions.add(*(row for row in found if (row.content_type.app_label, row.codename) in RIGHTS))
