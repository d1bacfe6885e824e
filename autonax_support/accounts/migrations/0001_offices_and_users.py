import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Province",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "این استان پیش‌تر ثبت شده است."}, max_length=100, unique=True, verbose_name="نام"
                    ),
                ),
            ],
            options={
                "verbose_name": "استان",
                "verbose_name_plural": "استان‌ها",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="City",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cities", to="accounts.province", verbose_name="استان"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="نام")),
            ],
            options={
                "verbose_name": "شهر",
                "verbose_name_plural": "شهرها",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "host_issuer",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="نام سامانه‌ای که دفتر از آن می‌آید؛ برای دفترهای ثبت‌شده در همین‌جا خالی است.",
                        max_length=200,
                        verbose_name="سامانه میزبان",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=12,
                        validators=[django.core.validators.RegexValidator("^[0-9]{1,12}\\Z", "کد دفتر فقط رقم دارد و حداکثر ۱۲ رقم است.")],
                        verbose_name="کد دفتر",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="نام دفتر")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="تلفن")),
                (
                    "is_active",
                    models.BooleanField(default=True, help_text="کاربران دفتر غیرفعال نمی‌توانند وارد شوند.", verbose_name="فعال"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="تاریخ ثبت")),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offices", to="accounts.city", verbose_name="شهر"
                    ),
                ),
            ],
            options={
                "verbose_name": "دفتر",
                "verbose_name_plural": "دفترها",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "این نام کاربری پیش‌تر ثبت شده است."},
                        max_length=150,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z0-9@.+_-]+\\Z", "نام کاربری فقط حروف انگلیسی، رقم و نشانه‌های @ . + - _ دارد."
                            )
                        ],
                        verbose_name="نام کاربری",
                    ),
                ),
                ("full_name", models.CharField(max_length=150, verbose_name="نام و نام خانوادگی")),
                (
                    "role",
                    models.CharField(
                        choices=[("clerk", "کاربر دفتر"), ("office_manager", "مدیر دفتر"), ("staff", "کارشناس پشتیبانی")],
                        default="clerk",
                        max_length=20,
                        verbose_name="نقش",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        help_text="برای کاربر دفتر و مدیر دفتر لازم است؛ برای کارشناس پشتیبانی خالی بماند.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="accounts.office",
                        verbose_name="دفتر",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="ایمیل")),
                ("mobile", models.CharField(blank=True, max_length=20, verbose_name="موبایل")),
                ("host_issuer", models.CharField(blank=True, max_length=200, null=True, verbose_name="سامانه میزبان")),
                ("host_subject", models.CharField(blank=True, max_length=200, null=True, verbose_name="شناسه در سامانه میزبان")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="حساب غیرفعال نمی‌تواند وارد شود؛ آنچه نوشته است می‌ماند.", verbose_name="فعال"
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="تاریخ عضویت")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "کاربر",
                "verbose_name_plural": "کاربران",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("sign_in", "ورود"),
                            ("sign_in_failed", "ورود ناموفق"),
                            ("sign_out", "خروج"),
                            ("password_changed", "تغییر گذرواژه"),
                            ("created", "ثبت"),
                            ("changed", "تغییر"),
                            ("reveal", "نمایش شماره ملی"),
                        ],
                        max_length=40,
                        verbose_name="رویداد",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=64, verbose_name="نشانی شبکه")),
                ("at", models.DateTimeField(db_index=True, verbose_name="زمان")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="جزئیات")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
            ],
            options={
                "verbose_name": "رویداد سامانه",
                "verbose_name_plural": "رویدادهای سامانه",
            },
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.UniqueConstraint(
                fields=("host_issuer", "code"),
                name="office_code_once_in_its_host",
                violation_error_message="دفتری با این کد پیش‌تر ثبت شده است.",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{1,12}\\Z")),
                name="office_code_is_digits",
                violation_error_message="کد دفتر فقط رقم دارد و حداکثر ۱۲ رقم است.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                fields=("host_issuer", "host_subject"),
                name="user_once_in_their_host",
                violation_error_message="این شناسه سامانه میزبان پیش‌تر ثبت شده است.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("host_issuer", None), ("host_subject", None)),
                    models.Q(("host_issuer__isnull", False), ("host_subject__isnull", False)),
                    _connector="OR",
                ),
                name="user_host_is_whole",
                violation_error_message="سامانه میزبان و شناسه در آن با هم نوشته می‌شود.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("office", None), ("role", "staff")),
                    models.Q(("office__isnull", False), ("role__in", ["clerk", "office_manager"])),
                    _connector="OR",
                ),
                name="user_role_fits_office",
                violation_error_message="کاربر دفتر و مدیر دفتر به یک دفتر تعلق دارند و کارشناس پشتیبانی به هیچ دفتری؛ نقش یا دفتر را تغییر دهید.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_superuser", False), ("role", "staff"), _connector="OR"),
                name="user_superuser_is_staff",
                violation_error_message="فقط کارشناس پشتیبانی می‌تواند راهبر سامانه باشد.",
            ),
        ),
        migrations.AddConstraint(
            model_name="city",
            constraint=models.UniqueConstraint(
                fields=("province", "name"),
                name="city_once_in_its_province",
                violation_error_message="این شهر پیش‌تر در همین استان ثبت شده است.",
            ),
        ),
    ]
