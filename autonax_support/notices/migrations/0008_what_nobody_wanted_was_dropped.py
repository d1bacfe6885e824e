"""What was not sent because nobody was to be told any more stood among the failures, with a word for it as its error."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("notices", "Delivery").objects.filter(state="dead", error="Unwanted").update(state="dropped", error="")


def give_up(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("notices", "Delivery").objects.filter(state="dropped").update(state="dead", error="Unwanted")


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_deliveries_that_are_dropped")]

    operations = [migrations.RunPython(drop, give_up)]
