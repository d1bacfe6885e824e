"""The holidays of 1404 to 1406; and for departments that are there already a week to begin with: Saturday to Wednesday, 8 to 16."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tickets.holidays import SHIPPED, read

WEEK, BEGIN, END = range(5), 8 * 60, 16 * 60


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    holiday, span, department = (apps.get_model("tickets", name) for name in ("Holiday", "WorkSpan", "Department"))
    rows = read(SHIPPED.read_text(encoding="utf-8").splitlines())
    holiday.objects.bulk_create([holiday(day=row.day, **row.values) for row in rows], ignore_conflicts=True)
    spans = [span(department=row, weekday=weekday, begin=BEGIN, end=END) for row in department.objects.all() for weekday in WEEK]
    span.objects.bulk_create(spans, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0008_working_calendar_and_promises")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
