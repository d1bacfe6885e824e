"""The three departments of the guide and their hours, put in wherever there is none at all: a new database, and one that a test emptied."""

from typing import Any

from django.apps import apps as real_apps

GUIDE_WEEK, GUIDE_HOURS = range(5), (8 * 60, 16 * 60)  # Saturday to Wednesday
GUIDE_DEPARTMENTS = ("پشتیبانی فنی", "آموزش", "اجرا و راه‌اندازی سیستم")


def ensure_reference_data(sender: Any, using: str = "default", apps: Any = None, **signal: Any) -> None:
    """On post_migrate, whose `apps` are those of the migration just reached, or None after a flush."""
    try:
        department = (apps or real_apps).get_model("tickets", "Department")
    except LookupError:  # migrated back to before the departments
        return
    departments = department.objects.using(using)
    if not departments.exists():
        made = departments.bulk_create([department(name=name, position=place) for place, name in enumerate(GUIDE_DEPARTMENTS, start=1)])
        give_hours(apps or real_apps, using, made)


def give_hours(apps: Any, using: str, departments: list[Any]) -> None:
    """Those of the guide."""
    try:
        span = apps.get_model("tickets", "WorkSpan")
    except LookupError:  # migrated back to before the hours
        return
    begin, end = GUIDE_HOURS
    span.objects.using(using).bulk_create(
        [span(department=department, weekday=weekday, begin=begin, end=end) for department in departments for weekday in GUIDE_WEEK]
    )
