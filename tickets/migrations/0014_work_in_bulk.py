import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0013_settled_promises_of_a_department"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False, verbose_name="کلید")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("assign", "واگذاری"),
                            ("transfer", "ارجاع"),
                            ("prioritise", "اولویت"),
                            ("develop", "در دست توسعه"),
                            ("close", "بستن"),
                        ],
                        max_length=10,
                        verbose_name="کار",
                    ),
                ),
                ("asked", models.JSONField(default=dict, verbose_name="خواسته")),
                ("numbers", models.JSONField(default=list, verbose_name="تیکت\u200cها")),
                ("refused", models.JSONField(default=dict, verbose_name="انجام\u200cنشده")),
                ("back", models.CharField(blank=True, max_length=6000, verbose_name="نمای صف")),
                ("at", models.DateTimeField(verbose_name="زمان")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="زمان پایان")),
                ("undo_asked_at", models.DateTimeField(null=True, verbose_name="زمان درخواست برگرداندن")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="زمان برگرداندن")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کارشناس",
                    ),
                ),
            ],
            options={
                "verbose_name": "کار گروهی",
                "verbose_name_plural": "کارهای گروهی",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verb__in", ["assign", "transfer", "prioritise", "develop", "close"])), name="batch_verb_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("back__length__lte", 6000)), name="batch_back_length"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undo_asked_at", None), ("undone_at", None)),
                            models.Q(("finished_at__isnull", False), ("undo_asked_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="batch_undone_after_its_end",
                    ),
                ],
            },
        ),
    ]
