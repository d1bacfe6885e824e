import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("broadcast", "اطلاعیه"), ("named", "پیغام")], default="broadcast", max_length=9, verbose_name="نوع"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("info", "عادی"), ("important", "مهم"), ("urgent", "فوری")],
                        default="info",
                        max_length=9,
                        verbose_name="اهمیت",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="عنوان")),
                ("body", models.TextField(verbose_name="متن")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="زمان انتشار")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="زمان پایان")),
                ("pinned", models.BooleanField(default=False, verbose_name="سنجاق\u200cشده")),
                ("needs_confirmation", models.BooleanField(default=False, verbose_name="نیازمند اعلام آگاهی")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="نسخه")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="تاریخ ثبت")),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="نویسنده",
                    ),
                ),
            ],
            options={
                "verbose_name": "اطلاعیه",
                "verbose_name_plural": "اطلاعیه\u200cها و پیغام\u200cها",
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField(verbose_name="زمان خواندن")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="زمان اعلام آگاهی")),
                ("confirmed_version", models.PositiveIntegerField(blank=True, null=True, verbose_name="نسخه")),
                (
                    "announcement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="announcements.announcement",
                        verbose_name="اطلاعیه",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcement_receipts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
            ],
            options={
                "verbose_name": "رسید خواندن",
                "verbose_name_plural": "رسیدهای خواندن",
            },
        ),
        migrations.AddIndex(
            model_name="announcement",
            index=models.Index(fields=["-pinned", "-published_at", "-id"], name="announcement_list"),
        ),
        migrations.AddIndex(
            model_name="announcement",
            index=models.Index(fields=["-published_at", "-id"], name="announcement_recent"),
        ),
        migrations.AddIndex(
            model_name="announcement",
            index=models.Index(fields=["level", "-published_at", "-id"], name="announcement_level"),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(condition=models.Q(("title__length__lte", 200)), name="announcement_title_length"),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(condition=models.Q(("body__length__lte", 50000)), name="announcement_body_length"),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["broadcast", "named"]), ("level__in", ["info", "important", "urgent"])),
                name="announcement_kind_and_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="announcement_version_from_1"),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None), ("expires_at", None), ("expires_at__gt", models.F("published_at")), _connector="OR"
                ),
                name="announcement_expires_after_publication",
                violation_error_message="زمان پایان پیش از زمان انتشار است. یکی از دو زمان را تغییر دهید.",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("announcement", "user"), name="receipt_once_per_person"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_version", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_version__gte", 1), ("confirmed_version__isnull", False)),
                    _connector="OR",
                ),
                name="receipt_confirmation_is_whole",
            ),
        ),
    ]
