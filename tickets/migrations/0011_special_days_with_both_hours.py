"""An opening has a beginning and an end; the first form of this rule let one of the two be missing."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("tickets", "0010_departments_that_work_on_holidays")]

    operations = [
        migrations.RemoveConstraint(model_name="specialday", name="special_day_in_order"),
        migrations.AddConstraint(
            model_name="specialday",
            constraint=models.CheckConstraint(
                condition=Q(begin=None, end=None) | Q(begin__isnull=False, end__isnull=False, begin__lt=F("end"), end__lte=1440),
                name="special_day_in_order",
            ),
        ),
    ]
