import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_second_factor_in_the_audit"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditentry",
            name="verb",
            field=models.CharField(
                choices=[
                    ("sign_in", "ورود"),
                    ("sign_in_failed", "ورود ناموفق"),
                    ("sign_in_locked", "بسته شدن ورود"),
                    ("launch_refused", "ورود ناموفق از اتوناکس"),
                    ("sign_out", "خروج"),
                    ("password_changed", "تغییر گذرواژه"),
                    ("created", "ثبت"),
                    ("changed", "تغییر"),
                    ("reveal", "نمایش شماره ملی"),
                    ("sessions_ended", "بستن نشست\u200cها"),
                    ("otp_on", "فعال\u200cسازی ورود دومرحله\u200cای"),
                    ("otp_off", "خاموش کردن ورود دومرحله\u200cای"),
                    ("otp_reset", "برداشتن ورود دومرحله\u200cای"),
                    ("otp_failed", "کد یک\u200cبارمصرف نادرست"),
                    ("otp_recovery", "ورود با کد بازیابی"),
                    ("otp_codes", "کدهای بازیابی جدید"),
                    ("exported", "خروجی اطلاعات شخصی"),
                    ("anonymised", "ناشناس\u200cسازی"),
                    ("erased", "پاک\u200cسازی پس از مدت نگهداری"),
                ],
                max_length=40,
                verbose_name="رویداد",
            ),
        ),
        migrations.CreateModel(
            name="LaunchUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issuer", models.CharField(max_length=200, verbose_name="سامانه میزبان")),
                ("token_id", models.CharField(max_length=100, verbose_name="شناسه لینک ورود")),
                ("used_at", models.DateTimeField(verbose_name="زمان استفاده")),
                ("expires_at", models.DateTimeField(db_index=True, verbose_name="پایان اعتبار")),
                ("handle", models.CharField(max_length=64, null=True, unique=True, verbose_name="نشانه ورود")),
                ("target", models.CharField(blank=True, max_length=20, verbose_name="مقصد")),
                ("case", models.JSONField(blank=True, default=dict, verbose_name="پرونده")),
                ("arrived_at", models.DateTimeField(blank=True, null=True, verbose_name="زمان رسیدن")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="launches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="کاربر",
                    ),
                ),
            ],
            options={
                "verbose_name": "ورود از اتوناکس",
                "verbose_name_plural": "ورودها از اتوناکس",
                "constraints": [
                    models.UniqueConstraint(fields=("issuer", "token_id"), name="launch_token_used_once"),
                    models.CheckConstraint(
                        condition=models.Q(("arrived_at", None), ("case", {}), _connector="OR"), name="launch_case_goes_on_arrival"
                    ),
                    models.CheckConstraint(condition=models.Q(("issuer__length__lte", 200)), name="launch_issuer_length"),
                    models.CheckConstraint(condition=models.Q(("token_id__length__lte", 100)), name="launch_token_id_length"),
                ],
            },
        ),
    ]
