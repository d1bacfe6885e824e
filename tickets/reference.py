"""The three departments of the guide, put in wherever there is none at all: a new database, and one that a test emptied."""

from typing import Any

from django.apps import apps as real_apps

GUIDE_DEPARTMENTS = ("پشتیبانی فنی", "آموزش", "اجرا و راه‌اندازی سیستم")


def ensure_reference_data(sender: Any, using: str = "default", apps: Any = None, **signal: Any) -> None:
    """On post_migrate, whose `apps` are those of the migration just reached, or None after a flush."""
    try:
        department = (apps or real_apps).get_model("tickets", "Department")
    except LookupError:  # migrated back to before the departments
        return
    departments = department.objects.using(using)
    if not departments.exists():
        departments.bulk_create([department(name=name, position=place) for place, name in enumerate(GUIDE_DEPARTMENTS, start=1)])
