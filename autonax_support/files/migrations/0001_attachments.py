"""Attachments of messages and drafts, and files on their way."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tickets", "0002_what_only_sql_says"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="شناسه")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
                ("storage_key", models.CharField(max_length=100, unique=True, verbose_name="نشانی در انبار")),
                ("thumbnail_key", models.CharField(blank=True, default="", max_length=100, verbose_name="نشانی عکس کوچک")),
                ("name", models.CharField(max_length=150, verbose_name="نام فایل")),
                (
                    "kind",
                    models.CharField(
                        choices=[("picture", "عکس"), ("pdf", "PDF"), ("word", "Word"), ("excel", "Excel"), ("text", "متن"), ("zip", "ZIP")],
                        max_length=10,
                        verbose_name="نوع",
                    ),
                ),
                ("content_type", models.CharField(max_length=100, verbose_name="نوع محتوا")),
                ("size", models.PositiveBigIntegerField(verbose_name="حجم")),
                ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="پهنا")),
                ("height", models.PositiveIntegerField(blank=True, null=True, verbose_name="بلندا")),
                (
                    "received_sha256",
                    models.CharField(
                        max_length=64, validators=[django.core.validators.MinLengthValidator(64)], verbose_name="SHA-256 دریافت\u200cشده"
                    ),
                ),
                (
                    "stored_sha256",
                    models.CharField(
                        max_length=64, validators=[django.core.validators.MinLengthValidator(64)], verbose_name="SHA-256 نگهداری\u200cشده"
                    ),
                ),
                (
                    "scan_state",
                    models.CharField(
                        choices=[("none", "ویروس\u200cیابی نشده"), ("clean", "بدون بدافزار"), ("infected", "دارای بدافزار")],
                        default="none",
                        max_length=10,
                        verbose_name="ویروس\u200cیابی",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="زمان بارگذاری")),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="tickets.draft",
                        verbose_name="پیش\u200cنویس",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="tickets.message",
                        verbose_name="پیام",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
            ],
            options={
                "verbose_name": "پیوست",
                "verbose_name_plural": "پیوست\u200cها",
                "ordering": ["position", "created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("draft__isnull", False), ("message__isnull", True)),
                            models.Q(("draft__isnull", True), ("message__isnull", False)),
                            _connector="OR",
                        ),
                        name="attachment_message_xor_draft",
                        violation_error_message="هر پیوست به یک پیام یا یک پیش\u200cنویس تعلق دارد.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 209715200)),
                        name="attachment_size_range",
                        violation_error_message="حجم پیوست بیرون از اندازه است.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["picture", "pdf", "word", "excel", "text", "zip"])),
                        name="attachment_kind_known",
                        violation_error_message="این نوع پیوست شناخته نیست.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scan_state__in", ["none", "clean", "infected"])),
                        name="attachment_scan_state_known",
                        violation_error_message="این وضعیت ویروس\u200cیابی شناخته نیست.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("height__gte", 1),
                                ("height__isnull", False),
                                ("kind", "picture"),
                                ("width__gte", 1),
                                ("width__isnull", False),
                            ),
                            models.Q(models.Q(("kind", "picture"), _negated=True), ("height__isnull", True), ("width__isnull", True)),
                            _connector="OR",
                        ),
                        name="attachment_picture_has_size",
                        violation_error_message="پهنا و بلندا فقط برای عکس است.",
                    ),
                    models.CheckConstraint(condition=models.Q(("name__length__lte", 150)), name="attachment_name_length"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="attachment_name_not_empty",
                        violation_error_message="نام پیوست خالی است.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name="شناسه")),
                ("name", models.CharField(max_length=150, verbose_name="نام فایل")),
                ("size", models.PositiveBigIntegerField(verbose_name="حجم")),
                ("received", models.PositiveBigIntegerField(default=0, verbose_name="دریافت\u200cشده")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("receiving", "در حال بارگذاری"),
                            ("checking", "در حال بررسی فایل"),
                            ("done", "بارگذاری شد"),
                            ("refused", "پذیرفته نشد"),
                        ],
                        default="receiving",
                        max_length=12,
                        verbose_name="وضعیت",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="زمان بارگذاری")),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="tickets.draft",
                        verbose_name="پیش\u200cنویس",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
            ],
            options={
                "verbose_name": "فایل",
                "verbose_name_plural": "فایل\u200cها",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name__length__lte", 150)), name="upload_name_length"),
                    models.CheckConstraint(
                        condition=models.Q(("received__gte", 0), ("received__lte", models.F("size")), ("size__gte", 1)),
                        name="upload_received_within_size",
                        violation_error_message="حجم دریافت\u200cشده با حجم فایل نمی\u200cخواند.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["receiving", "checking", "done", "refused"])),
                        name="upload_state_known",
                        violation_error_message="این وضعیت شناخته نیست.",
                    ),
                ],
            },
        ),
    ]
