"""A department that works round the clock works on holidays too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0009_hours_and_holidays")]

    operations = [
        migrations.AddField(
            model_name="department",
            name="works_on_holidays",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="برای بخش شبانه\u200cروزی. تعطیلی موردی برای آن هم تعطیل است.",
                verbose_name="در تعطیلات رسمی کار می\u200cکند",
            ),
        ),
    ]
