import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("notices", "0003_kinds_of_promises"),
    ]

    operations = [
        migrations.CreateModel(
            name="Channels",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="channels",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
                ("email", models.BooleanField(default=True, verbose_name="ایمیل")),
                ("sms", models.BooleanField(default=False, verbose_name="پیامک")),
                ("quiet_from", models.PositiveSmallIntegerField(default=21, verbose_name="آغاز سکوت پیامک")),
                ("quiet_until", models.PositiveSmallIntegerField(default=8, verbose_name="پایان سکوت پیامک")),
            ],
            options={
                "verbose_name": "راه\u200cهای خبررسانی",
                "verbose_name_plural": "راه\u200cهای خبررسانی",
            },
        ),
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="نام")),
                ("began_at", models.DateTimeField(verbose_name="آغاز کار")),
                ("seen_at", models.DateTimeField(verbose_name="آخرین نشانه")),
            ],
            options={
                "verbose_name": "پردازشگر پس\u200cزمینه",
                "verbose_name_plural": "پردازشگرهای پس\u200cزمینه",
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="error",
            field=models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="آخرین خطا"),
        ),
        migrations.AddField(  # without a default: nothing has written deliveries yet
            model_name="delivery",
            name="expires_at",
            field=models.DateTimeField(verbose_name="تلاش تا"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="sendings",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="ارسال\u200cهای بی\u200cخبر"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state__in", ["sent", "dead"])), fields=["expires_at"], name="delivery_to_sweep"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(condition=models.Q(("error__length__lte", 200)), name="delivery_error_length"),
        ),
        migrations.AddConstraint(
            model_name="channels",
            constraint=models.CheckConstraint(
                condition=models.Q(("quiet_from__lte", 23), ("quiet_until__lte", 23)), name="channels_quiet_hours"
            ),
        ),
    ]
