import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0015_ratings_by_stars"),
    ]

    operations = [
        migrations.CreateModel(
            name="CannedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, verbose_name="عنوان")),
                ("body", models.TextField(verbose_name="متن پاسخ")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
                ("is_active", models.BooleanField(default=True, verbose_name="در فهرست پاسخ‌ها می‌آید")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        help_text="خالی: همه بخش‌ها",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="canned_replies",
                        to="tickets.department",
                        verbose_name="بخش",
                    ),
                ),
            ],
            options={
                "verbose_name": "پاسخ آماده",
                "verbose_name_plural": "پاسخ‌های آماده",
                "ordering": ["position", "title", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("department", 0),
                        models.F("title"),
                        name="one_canned_reply_of_a_title",
                        violation_error_message="پاسخ آماده دیگری با این عنوان در همین بخش هست. عنوان دیگری بنویسید.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("body", ""), _negated=True)),
                        name="canned_reply_given",
                        violation_error_message="عنوان و متن پاسخ را بنویسید.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__lte", 100)),
                        name="canned_reply_title_length",
                        violation_error_message="عنوان حداکثر ۱۰۰ نویسه است.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body__length__lte", 20000)),
                        name="canned_reply_body_length",
                        violation_error_message="متن پاسخ حداکثر ۲۰٬۰۰۰ نویسه است.",
                    ),
                ],
            },
        ),
    ]
