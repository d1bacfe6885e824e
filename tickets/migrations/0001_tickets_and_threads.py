import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tickets.models.department


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_audit_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        max_length=100, unique=True, validators=[tickets.models.department.without_unit_word], verbose_name="نام"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="ترتیب")),
                ("is_active", models.BooleanField(default=True, verbose_name="تیکت می\u200cپذیرد")),
                (
                    "province",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="accounts.province", verbose_name="استان"
                    ),
                ),
            ],
            options={
                "verbose_name": "بخش",
                "verbose_name_plural": "بخش\u200cها",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False, verbose_name="شماره تیکت")),
                ("filed_by_name", models.CharField(max_length=150, verbose_name="نام کاربر")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "جدید"),
                            ("read", "خوانده شده"),
                            ("answered", "پاسخ داده شده پشتیبان"),
                            ("followed_up", "پاسخ داده شده کاربر"),
                            ("in_development", "در دست توسعه"),
                            ("closed", "بسته شده"),
                        ],
                        default="new",
                        max_length=14,
                        verbose_name="وضعیت",
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[("normal", "عادی"), ("urgent", "فوری")], default="normal", max_length=6, verbose_name="اولویت"
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="موضوع")),
                (
                    "case_kind",
                    models.CharField(
                        choices=[
                            ("none", "بدون پرونده"),
                            ("assistant", "پرونده کمکی"),
                            ("trade", "پرونده خرید و فروش"),
                            ("other", "پرونده"),
                        ],
                        default="other",
                        max_length=9,
                        verbose_name="نوع پرونده",
                    ),
                ),
                ("tracking_number", models.CharField(blank=True, max_length=16, verbose_name="شماره پیگیری")),
                ("national_id", models.CharField(blank=True, max_length=10, verbose_name="شماره ملی")),
                ("filed_at", models.DateTimeField(verbose_name="تاریخ ثبت")),
                ("last_activity_at", models.DateTimeField(verbose_name="آخرین رویداد")),
                ("awaiting_support_since", models.DateTimeField(blank=True, null=True, verbose_name="در انتظار از")),
                ("first_answered_at", models.DateTimeField(blank=True, null=True, verbose_name="نخستین پاسخ")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="مهلت پاسخ")),
                ("promised_at", models.DateTimeField(blank=True, null=True, verbose_name="موعد رفع مشکل")),
                (
                    "queue_at",
                    models.DateTimeField(editable=False, verbose_name="جای در صف"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="زمان بستن")),
                (
                    "closed_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "مشکل برطرف شد"),
                            ("guided", "راهنمایی انجام شد"),
                            ("duplicate", "تکراری است"),
                            ("no_answer", "پاسخی از دفتر نرسید"),
                            ("elsewhere", "به پشتیبانی مربوط نیست"),
                            ("other", "دلیل دیگر"),
                            ("by_office", "دفتر اعلام کرد مشکل حل شده است"),
                            ("quiet", "بستن خودکار"),
                        ],
                        max_length=10,
                        verbose_name="دلیل بستن",
                    ),
                ),
                ("reopened_count", models.PositiveSmallIntegerField(default=0, verbose_name="دفعات باز شدن")),
                ("support_unread", models.BooleanField(default=True, verbose_name="پیام جدید")),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_tickets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کارشناس مسئول",
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="tickets.ticket",
                        verbose_name="در ادامه",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="tickets.department",
                        verbose_name="بخش",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_tickets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="accounts.office",
                        verbose_name="دفتر",
                    ),
                ),
            ],
            options={
                "verbose_name": "تیکت",
                "verbose_name_plural": "تیکت\u200cها",
                "permissions": [("work_in_all_departments", "کار در همه بخش\u200cها")],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("first", "نخستین پاسخ"), ("next", "پاسخ بعدی")], max_length=5, verbose_name="نوع")),
                ("priority", models.CharField(max_length=6, verbose_name="اولویت")),
                ("started", models.DateTimeField(verbose_name="آغاز")),
                ("due", models.DateTimeField(verbose_name="مهلت پاسخ")),
                ("answered", models.DateTimeField(blank=True, null=True, verbose_name="زمان پاسخ")),
                ("kept", models.BooleanField(blank=True, null=True, verbose_name="در مهلت")),
                ("business_minutes", models.PositiveIntegerField(blank=True, null=True, verbose_name="دقیقه کاری")),
                ("department", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="tickets.department", verbose_name="بخش")),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کارشناس",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="tickets.ticket", verbose_name="تیکت"
                    ),
                ),
            ],
            options={
                "verbose_name": "مهلت پاسخ",
                "verbose_name_plural": "مهلت\u200cهای پاسخ",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("filed", "متن تیکت"),
                            ("reply", "پاسخ کاربر"),
                            ("answer", "پاسخ پشتیبانی"),
                            ("note", "یادداشت داخلی"),
                            ("reason", "دلیل"),
                        ],
                        max_length=6,
                        verbose_name="نوع",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("office", "کاربر دفتر"), ("support", "کارشناس پشتیبانی"), ("system", "سامانه")],
                        max_length=7,
                        verbose_name="طرف",
                    ),
                ),
                ("author_name", models.CharField(blank=True, max_length=150, verbose_name="نام نویسنده")),
                ("author_department", models.CharField(blank=True, max_length=100, verbose_name="بخش نویسنده")),
                ("body", models.TextField(blank=True, verbose_name="متن پیام")),
                ("submission_key", models.UUIDField(editable=False, null=True, unique=True, verbose_name="کلید ارسال")),
                ("created_at", models.DateTimeField(verbose_name="زمان")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="نویسنده",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="tickets.ticket",
                        verbose_name="تیکت",
                    ),
                ),
            ],
            options={
                "verbose_name": "پیام",
                "verbose_name_plural": "پیام\u200cها",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=20, verbose_name="رویداد")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("web", "دفتر"),
                            ("desk", "میز پشتیبانی"),
                            ("launch", "ورود از اتوناکس"),
                            ("worker", "پردازشگر پس\u200cزمینه"),
                        ],
                        max_length=6,
                        verbose_name="از",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("office", "دفتر و پشتیبانی"), ("desk", "پشتیبانی"), ("audit", "بازبینی")],
                        max_length=6,
                        verbose_name="بینندگان",
                    ),
                ),
                ("before", models.JSONField(default=dict, verbose_name="پیش از آن")),
                ("after", models.JSONField(default=dict, verbose_name="پس از آن")),
                ("batch", models.UUIDField(null=True, verbose_name="دسته")),
                ("at", models.DateTimeField(verbose_name="زمان")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="tickets.message"
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="tickets.ticket",
                        verbose_name="تیکت",
                    ),
                ),
            ],
            options={
                "verbose_name": "رویداد",
                "verbose_name_plural": "رویدادها",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False, verbose_name="کلید")),
                (
                    "kind",
                    models.CharField(
                        choices=[("filing", "ثبت تیکت"), ("reply", "پاسخ کاربر"), ("answer", "پاسخ پشتیبانی")],
                        max_length=6,
                        verbose_name="نوع",
                    ),
                ),
                ("data", models.JSONField(default=dict, verbose_name="متن")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="نسخه")),
                ("updated_at", models.DateTimeField(verbose_name="زمان")),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="نویسنده",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="tickets.ticket",
                        verbose_name="تیکت",
                    ),
                ),
            ],
            options={
                "verbose_name": "پیش\u200cنویس",
                "verbose_name_plural": "پیش\u200cنویس\u200cها",
            },
        ),
        migrations.CreateModel(
            name="CaseReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("sample", "نمونه پرونده"), ("owner", "مالک خودرو"), ("buyer", "خریدار"), ("seller", "فروشنده")],
                        max_length=10,
                        verbose_name="نقش",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="ردیف")),
                ("tracking_number", models.CharField(blank=True, max_length=16, verbose_name="شماره پیگیری")),
                ("national_id", models.CharField(blank=True, max_length=10, verbose_name="شماره ملی")),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="references", to="tickets.ticket", verbose_name="تیکت"
                    ),
                ),
            ],
            options={
                "verbose_name": "نمونه پرونده",
                "verbose_name_plural": "نمونه\u200cهای پرونده",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SearchDoc",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_note", models.BooleanField(default=False)),
                ("key", models.TextField()),
                ("key_version", models.PositiveSmallIntegerField()),
                (
                    "message",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="search_doc", to="tickets.message"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.office"),
                ),
                ("ticket", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="search_docs", to="tickets.ticket")),
            ],
            options={
                "verbose_name": "متن جستجو",
                "verbose_name_plural": "متن\u200cهای جستجو",
            },
        ),
        migrations.CreateModel(
            name="Unread",
            fields=[
                ("pk", models.CompositePrimaryKey("user_id", "ticket_id", blank=True, editable=False, primary_key=True, serialize=False)),
                ("ticket", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="unread", to="tickets.ticket")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="unread", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "پاسخ خوانده\u200cنشده",
                "verbose_name_plural": "پاسخ\u200cهای خوانده\u200cنشده",
            },
        ),
        migrations.CreateModel(
            name="DepartmentMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_head", models.BooleanField(default=False, verbose_name="سرپرست بخش")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="tickets.department", verbose_name="بخش"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کارشناس",
                    ),
                ),
            ],
            options={
                "verbose_name": "عضو بخش",
                "verbose_name_plural": "اعضای بخش",
                "constraints": [models.UniqueConstraint(fields=("department", "user"), name="one_membership_per_department")],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="rating",
                        serialize=False,
                        to="tickets.ticket",
                        verbose_name="تیکت",
                    ),
                ),
                ("stars", models.PositiveSmallIntegerField(verbose_name="ستاره")),
                ("remark", models.TextField(blank=True, verbose_name="توضیح")),
                ("at", models.DateTimeField(verbose_name="زمان")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="tickets.department", verbose_name="بخش"
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings_received",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کارشناس پشتیبانی",
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
            ],
            options={
                "verbose_name": "امتیاز",
                "verbose_name_plural": "امتیازها",
            },
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["office", "-last_activity_at", "-number"], name="inbox_all"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["office", "status", "-last_activity_at", "-number"], name="inbox_status"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("awaiting_support_since__isnull", False)),
                fields=["office", "-last_activity_at", "-number"],
                name="inbox_awaiting_support",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["office", "tracking_number"], name="ticket_case"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("awaiting_support_since__isnull", False)),
                fields=["department", "queue_at", "number"],
                name="queue_next",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["department", "status", "queue_at", "number"], name="queue_status"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["department", "-number"], name="queue_newest"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("awaiting_support_since__isnull", False)), fields=["queue_at", "number"], name="queue_next_anywhere"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["new", "read", "answered", "followed_up", "in_development", "closed"])),
                name="ticket_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(condition=models.Q(("priority__in", ["normal", "urgent"])), name="ticket_priority_known"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("case_kind__in", ["none", "assistant", "trade", "other"])), name="ticket_case_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(condition=models.Q(("subject__length__lte", 200)), name="ticket_subject_length"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(condition=models.Q(("subject", ""), _negated=True), name="ticket_subject_given"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("tracking_number__regex", "^([0-9]{10,16})?$")), name="ticket_tracking_number_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(("national_id__regex", "^([0-9]{10})?$")), name="ticket_national_id_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case_kind", "none"), ("tracking_number", "")),
                    models.Q(models.Q(("case_kind", "none"), _negated=True), models.Q(("tracking_number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ticket_case_has_tracking_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("awaiting_support_since__isnull", False), ("status__in", ["new", "read", "followed_up"])),
                    models.Q(("awaiting_support_since", None), ("status__in", ["answered", "closed"])),
                    ("status", "in_development"),
                    _connector="OR",
                ),
                name="ticket_ball_fits_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("status", "closed"), models.Q(("closed_reason", ""), _negated=True)),
                    models.Q(models.Q(("status", "closed"), _negated=True), ("closed_at", None), ("closed_reason", "")),
                    _connector="OR",
                ),
                name="ticket_closed_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("status", "in_development"), _negated=True), ("promised_at__isnull", False), _connector="OR"),
                name="ticket_development_promised",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.UniqueConstraint(condition=models.Q(("answered", None)), fields=("ticket",), name="one_open_promise"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered", None), ("business_minutes", None), ("kept", None)),
                    models.Q(("answered__isnull", False), ("business_minutes__isnull", False), ("kept__isnull", False)),
                    _connector="OR",
                ),
                name="promise_closed_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["ticket", "id"], name="message_thread"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(condition=models.Q(("kind", "filed")), fields=("ticket",), name="one_filed_message"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(condition=models.Q(("body__length__lte", 20000)), name="message_body_length"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "reason"), _negated=True), ("body__length__lte", 1000), _connector="OR"),
                name="message_reason_length",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["ticket", "id"], name="event_thread"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(condition=models.Q(("batch__isnull", False)), fields=["batch"], name="event_batch"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["owner", "kind", "ticket", "-updated_at"], name="draft_of_owner"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "filing"), ("ticket", None)),
                    models.Q(("kind__in", ["reply", "answer"]), ("ticket__isnull", False)),
                    _connector="OR",
                ),
                name="draft_kind_fits_ticket",
            ),
        ),
        migrations.AddIndex(
            model_name="casereference",
            index=models.Index(
                condition=models.Q(("tracking_number", ""), _negated=True), fields=["tracking_number"], name="reference_tracking"
            ),
        ),
        migrations.AddIndex(
            model_name="casereference",
            index=models.Index(
                condition=models.Q(("national_id", ""), _negated=True), fields=["national_id"], name="reference_national_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="casereference",
            constraint=models.UniqueConstraint(fields=("ticket", "role", "position"), name="one_reference_per_place"),
        ),
        migrations.AddConstraint(
            model_name="casereference",
            constraint=models.CheckConstraint(condition=models.Q(("position__range", (1, 3))), name="reference_position_1_to_3"),
        ),
        migrations.AddConstraint(
            model_name="casereference",
            constraint=models.CheckConstraint(
                condition=models.Q(("national_id", ""), ("tracking_number", ""), _negated=True), name="reference_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="casereference",
            constraint=models.CheckConstraint(
                condition=models.Q(("tracking_number__regex", "^([0-9]{10,16})?$")), name="reference_tracking_number_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="casereference",
            constraint=models.CheckConstraint(
                condition=models.Q(("national_id__regex", "^([0-9]{10})?$")), name="reference_national_id_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="searchdoc",
            constraint=models.UniqueConstraint(condition=models.Q(("message", None)), fields=("ticket",), name="one_search_doc_per_ticket"),
        ),
        migrations.AddConstraint(
            model_name="searchdoc",
            constraint=models.CheckConstraint(
                condition=models.Q(("message__isnull", False), ("is_note", False), _connector="OR"), name="search_note_is_a_message"
            ),
        ),
        migrations.AddIndex(
            model_name="rating",
            index=models.Index(fields=["department", "-at"], name="rating_department_recent"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(condition=models.Q(("stars__range", (1, 5))), name="rating_one_to_five_stars"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(condition=models.Q(("remark__length__lte", 1000)), name="rating_remark_length"),
        ),
    ]
