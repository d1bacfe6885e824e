from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0006_digests_of_a_department")]

    operations = [
        migrations.RemoveIndex(model_name="delivery", name="delivery_to_sweep"),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "در صف ارسال"),
                    ("sent", "فرستاده شد"),
                    ("waiting", "در انتظار تلاش دوباره"),
                    ("dead", "ارسال ناموفق"),
                    ("dropped", "کنار گذاشته شد"),
                ],
                default="queued",
                max_length=7,
                verbose_name="وضعیت",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ["sent", "dead", "dropped"])), fields=["expires_at"], name="delivery_to_sweep"
            ),
        ),
    ]
