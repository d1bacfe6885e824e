from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0011_special_days_with_both_hours"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="digested_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="زمان آخرین خلاصه"),
        ),
    ]
